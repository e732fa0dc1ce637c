"""`python -m bot db …`: upgrade, back up, restore and check the database.

What works on databases takes half a second to import, so each command imports it when it runs.
"""

import asyncio
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.adapters.clock import SystemClock
from bot.folders import backups_in
from bot.terminal.failures import EXIT_FAILED, EXPECTED, tell
from bot.terminal.options import settings_or_exit
from bot.texts import operator as texts

if TYPE_CHECKING:
    from storage.migrate import BackupReport


@click.group(name="db", help=texts.HELP_DB)
def database() -> None:
    """Group the commands about the database."""


@database.command(help=texts.HELP_DB_UPGRADE)
def upgrade() -> None:
    """Bring the database to this version's tables."""
    settings = settings_or_exit()
    from storage import migrate  # noqa: PLC0415 # see the module's docstring

    with _sentences():
        report = asyncio.run(
            migrate.upgrade(
                settings.effective_database_url,
                backups=backups_in(settings.data_dir),
                now=SystemClock().now(),
            )
        )
        click.echo(texts.upgraded(before=report.before, after=report.after))
        _tell_of_backup(report.backup)


@database.command(help=texts.HELP_DB_BACKUP)
@click.option("--into", type=click.Path(path_type=Path), help=texts.HELP_DB_BACKUP_INTO)
def backup(*, into: Path | None) -> None:
    """Make a verified backup, while the bot may go on."""
    settings = settings_or_exit()
    from storage import migrate  # noqa: PLC0415 # see the module's docstring

    with _sentences():
        path = asyncio.run(
            migrate.back_up(
                settings.effective_database_url,
                into=into or backups_in(settings.data_dir),
                now=SystemClock().now(),
            )
        )
        click.echo(texts.backed_up(path))


@database.command(help=texts.HELP_DB_RESTORE)
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put a backup in the place of the database; the old one moves aside."""
    settings = settings_or_exit()
    from bot.app import held_folders  # noqa: PLC0415 # see the module's docstring
    from storage import restore as put_back  # noqa: PLC0415 # likewise, see there
    from storage.address import PostgresAddress, parse_address  # noqa: PLC0415 # likewise, see there

    with _sentences(), held_folders(settings):
        if isinstance(parse_address(settings.effective_database_url), PostgresAddress):
            click.echo(texts.restore_with_pg_restore(), err=True)
            sys.exit(EXIT_FAILED)
        if not file.is_file():
            click.echo(texts.no_such_backup(file), err=True)
            sys.exit(EXIT_FAILED)
        aside = asyncio.run(
            put_back.restore(settings.effective_database_url, backup=file, now=SystemClock().now())
        )
        click.echo(texts.restored(file, aside))


@database.command(help=texts.HELP_DB_CHECK)
def check() -> None:
    """Look at the database and change nothing; exit with 1 when it is not as it should be."""
    settings = settings_or_exit()
    from storage.check import check as look_at  # noqa: PLC0415 # see the module's docstring

    with _sentences():
        report = asyncio.run(look_at(settings.effective_database_url))
    click.echo(texts.revision(report.revision, head=report.head))
    for found in report.differences:
        click.echo(texts.difference(found))
    for found in report.damage:
        click.echo(texts.damage(found))
    click.echo(texts.DATABASE_SOUND if report.is_sound else texts.DATABASE_UNSOUND)
    if not report.is_sound:
        sys.exit(EXIT_FAILED)


@contextmanager
def _sentences() -> Generator[None]:
    """Say an expected error in a sentence and exit."""
    try:
        yield
    except EXPECTED as error:
        sys.exit(tell(error))


def _tell_of_backup(report: "BackupReport") -> None:
    if report.path is not None:
        click.echo(texts.backed_up(report.path))
    elif report.outcome.name in {"NO_PG_DUMP", "FAILED"}:
        click.echo(texts.not_backed_up(report.detail or report.outcome.value), err=True)
