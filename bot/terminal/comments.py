"""`python -m bot comments …`: comments of members, outside Discord."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.adapters.clock import SystemClock
from bot.terminal.failures import EXIT_FAILED, EXPECTED, tell
from bot.terminal.guilds import Guild, opened_guild
from bot.terminal.options import EXIT_SETTINGS, settings_or_exit
from bot.texts import comments_export as texts
from bot.texts import terminal_knowledge as guild_texts

if TYPE_CHECKING:
    from bot.services.comments.reporting import Stage

_FORMATS = ("csv", "xlsx", "json", "markdown")


@click.group(help=texts.HELP_GROUP)
def comments() -> None:
    """Group the commands about comments."""


@comments.command(help=texts.HELP_EXPORT)
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), required=True, help=texts.HELP_FORMAT
)
@click.option("--guild", type=int, help=guild_texts.HELP_GUILD)
@click.option("--topic", help=texts.HELP_TOPIC)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help=texts.HELP_OUTPUT,
)
def export(form: str, *, guild: int | None, topic: str | None, output: Path) -> None:
    """Write what may be passed on; exit with 1 when there is nothing or it cannot be written."""
    settings = settings_or_exit()

    async def done() -> int:
        async with opened_guild(settings, guild) as found:
            return await _export(found, form, topic=topic, output=output)

    try:
        sys.exit(asyncio.run(done()))
    except EXPECTED as error:
        sys.exit(tell(error))


async def _export(opened: Guild, form: str, *, topic: str | None, output: Path) -> int:
    # All this takes half a second to import, which `--help` would pay.
    from bot.adapters.exports.comments import Format, file_of  # noqa: PLC0415 # see above
    from bot.adapters.landscape import LandscapeDrawer  # noqa: PLC0415 # likewise
    from bot.services.comments.errors import UnknownRoundError  # noqa: PLC0415 # likewise
    from bot.services.comments.exporting import Exporting  # noqa: PLC0415 # likewise
    from bot.services.comments.landscape import Landscapes  # noqa: PLC0415 # likewise
    from bot.services.comments.reporting import Reporting  # noqa: PLC0415 # likewise
    from bot.services.comments.rounds import Rounds  # noqa: PLC0415 # likewise
    from bot.services.comments.shown_votes import StepwiseVotes  # noqa: PLC0415 # likewise

    units, clock = opened.units, SystemClock()
    try:
        rounds = Rounds(units, clock)
        of = await rounds.find(topic, guild_id=opened.guild_id) if topic else None
    except UnknownRoundError:
        click.echo(texts.UNKNOWN_TOPIC, err=True)
        return EXIT_SETTINGS
    landscapes = Landscapes(StepwiseVotes(units), LandscapeDrawer())
    reporting = Reporting(units, clock, Exporting(units), landscapes)
    report = await reporting.gather(opened.guild_id, of, _progress)
    if not report.rows:
        click.echo(texts.nothing(report.left_out), err=True)
        return EXIT_FAILED
    file = await asyncio.to_thread(file_of, report, Format(form))
    try:
        await asyncio.to_thread(_write, output, file.content)
    except OSError as error:
        why = error.strerror or type(error).__name__
        click.echo(texts.not_written(str(output), why), err=True)
        return EXIT_FAILED
    click.echo(texts.written(len(report.rows), str(output), report.left_out))
    return 0


def _write(output: Path, content: bytes) -> None:
    """Write all of it or leave what was there."""
    part = output.with_name(f".{output.name}.part")
    try:
        part.write_bytes(content)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


async def _progress(stage: "Stage", count: int) -> None:
    if not sys.stderr.isatty():
        return
    said = {"reading": texts.READING, "drawing": texts.drawing(count), "writing": texts.WRITING}
    click.echo(said[stage.value], err=True)
