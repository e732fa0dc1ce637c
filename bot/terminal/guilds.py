"""Work on what one guild keeps, from the terminal.

What works on databases takes half a second to import, so it is imported when a command runs.
"""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from bot.terminal.failures import EXIT_FAILED
from bot.terminal.options import EXIT_SETTINGS
from bot.texts import terminal_knowledge as texts
from config.settings import Settings

if TYPE_CHECKING:
    from storage.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Guild:
    """A guild in an open database."""

    guild_id: int
    units: "UnitsOfWork"
    settings: Settings


@asynccontextmanager
async def opened_guild(settings: Settings, chosen: int | None) -> AsyncGenerator[Guild]:
    """Open the database for `chosen`, or the only guild it knows; exits where there is no choice.

    Exits with 1 when the database is of another version, with 2 when no guild can be meant.
    """
    from storage.engine import open_database  # noqa: PLC0415 # see the module's docstring
    from storage.migrate import head_revision, revision_of  # noqa: PLC0415 # likewise
    from storage.unit_of_work import UnitsOfWork  # noqa: PLC0415 # likewise

    url = settings.effective_database_url
    if await revision_of(url) != head_revision():
        click.echo(texts.UPGRADE_FIRST, err=True)
        sys.exit(EXIT_FAILED)
    database = open_database(url)
    try:
        units = UnitsOfWork(database)
        yield Guild(await _guild_of(units, chosen), units, settings)
    finally:
        await database.close()


async def _guild_of(units: "UnitsOfWork", chosen: int | None) -> int:
    """Return the guild that was chosen, or the only one that the database knows."""
    if chosen is not None:
        return chosen
    async with units.reading() as work:
        known = await work.guilds.known()
    if len(known) != 1:
        click.echo(texts.which_guild(known) if known else texts.NO_GUILD, err=True)
        sys.exit(EXIT_SETTINGS)
    return known[0]
