"""`python -m bot check`: what is in force, and whether the bot could work with it."""

import asyncio
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

import click
from pydantic import SecretStr

from bot.terminal.options import sound_settings_or_exit, unknown
from bot.texts import soundness as texts
from bot.texts import terminal as terminal_texts
from config.settings import Settings, variable_of

EXIT_UNSOUND: Final = 1
# Everything up to the last @ may be a password that was not encoded; parameters may hold one too.
_DATABASE_URL: Final = re.compile(
    r"(?P<scheme>[\w+]+://)(?:(?P<user>[^:@/?]*)(?P<password>:.*)?@)?(?P<place>[^?]*)(?P<query>\?.*)?",
    re.DOTALL,
)


@click.command(help=texts.HELP_CHECK)
@click.option("--online", is_flag=True, help=texts.HELP_CHECK_ONLINE)
def check(*, online: bool) -> None:
    """Print the settings and what was found; exit with 1 when something is wrong."""
    settings = sound_settings_or_exit()
    # Discord and the database take half a second to import; other commands need neither.
    from bot.terminal.soundness import Grade, findings  # noqa: PLC0415 # see above

    click.echo(texts.SETTINGS_IN_FORCE)
    for line in in_force(settings):
        click.echo(line)
    for name in unknown():
        click.echo(terminal_texts.unknown_setting(name))
    click.echo(texts.CHECKED)
    shown = {
        Grade.SOUND: texts.sound,
        Grade.NOTABLE: texts.notable,
        Grade.WRONG: texts.wrong,
    }
    found = asyncio.run(findings(settings, online=online))
    for one in found:
        click.echo(shown[one.grade](one.text))
    wrong = sum(one.grade is Grade.WRONG for one in found)
    click.echo(texts.conclusion(wrong) if wrong else texts.ALL_SOUND)
    if wrong:
        sys.exit(EXIT_UNSOUND)


def in_force(settings: Settings) -> Iterator[str]:
    """Yield one line for each setting; of secrets only whether they are set."""
    for field in type(settings).model_fields:
        value: object = getattr(settings, field)
        if field == "database_url":
            value = without_password(settings.effective_database_url)
        yield texts.setting(
            variable_of(field), _shown(value), is_default=field not in settings.model_fields_set
        )


def without_password(url: str) -> str:
    """Return a database's address without its password and its parameters."""
    parts = _DATABASE_URL.fullmatch(url)
    if parts is None:
        return texts.IS_SET
    user = parts["user"] or ""
    login = f"{user}:{texts.HIDDEN}@" if parts["password"] else f"{user}@" if user else ""
    query = f"?{texts.HIDDEN}" if parts["query"] else ""
    return f"{parts['scheme']}{login}{parts['place']}{query}"


def _shown(value: object) -> str:
    match value:
        case None:
            return texts.IS_NOT_SET
        case SecretStr():
            return texts.IS_SET
        case bool():
            return texts.switch(is_on=value)
        case tuple():
            return ",".join(str(one) for one in cast("tuple[object, ...]", value))
        case Path() | str() | int() | float():
            return str(value)
        case _:
            return texts.IS_SET
