"""Papers that are files: sent along with a command, kept by the bot, shown below the agenda."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import discord

from bot.services.container import Services
from bot.services.meetings.checking import papers_of
from bot.services.meetings.errors import NoPaperError, PaperGoneError, TooManyError
from bot.ui.acknowledging import Screen
from bot.ui.meetings.screens import agenda_screen
from storage.meeting_event_records import PaperFile
from storage.meeting_records import AgendaItem, Meeting, Paper

MOST: Final = 10  # papers of one item
_PIN: Final = "📎"


@dataclass(frozen=True, slots=True)
class Agenda:
    """An agenda on the screen, and the files that go below it."""

    screen: Screen
    files: Sequence[PaperFile] = ()


async def agenda_of(services: Services, meeting: Meeting) -> Agenda:
    """Return the agenda of a meeting with its files."""
    page = await services.meetings.shelf.page(meeting.id)
    files = await services.meetings.papers.files_of(meeting.id, page.agenda)
    return Agenda(agenda_screen(page), files)


async def send_files(
    interaction: discord.Interaction[Any], files: Sequence[PaperFile], *, ephemeral: bool
) -> None:
    """Send files behind an answer; none is nothing to send."""
    if files:
        sent = [discord.File(io.BytesIO(one.content), filename=one.name) for one in files]
        await interaction.followup.send(files=sent, ephemeral=ephemeral)


def paper_lines(item: AgendaItem | None) -> str:
    """Return the papers of an item as its form shows them, one a line."""
    papers = item.papers if item else ()
    return "\n".join(
        f"{_PIN} {one.title}" if one.file_id is not None else f"{one.title} {one.url}"
        for one in papers
    )


def typed_papers(text: str, item: AgendaItem | None) -> tuple[Paper, ...]:
    """Read what became of the lines: a file whose line is gone is taken off.

    Raises:
        NoPaperError: when a line names a file that the item does not have.
        BadLinkError, TooManyError: when a line is no address, or there are too many.

    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    files = {one.title: one for one in (item.papers if item else ()) if one.file_id is not None}
    kept: list[Paper] = []
    for line in lines:
        if line.startswith(_PIN):
            name = line.removeprefix(_PIN).strip()
            if name not in files:
                raise NoPaperError
            kept.append(files.pop(name))
        else:
            kept += papers_of([line])
    if len(kept) > MOST:
        raise TooManyError(limit=MOST)
    return tuple(kept)


async def fetched(
    services: Services, interaction: discord.Interaction[Any], meeting: Meeting, paper_id: int
) -> Paper:
    """Return a file that was sent along, with its bytes kept; asking twice fetches once.

    Raises:
        PaperGoneError: when it cannot be had any more.
        PapersFullError: when it is too large.

    """
    papers = services.meetings.papers
    noted = await papers.get(paper_id, meeting_id=meeting.id)
    if not noted.is_kept:
        try:
            content = await interaction.client.http.get_from_cdn(noted.address)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            raise PaperGoneError from error
        await papers.keep(noted, content)
    return Paper(noted.name, "", noted.id)


def with_file(papers: tuple[Paper, ...], file: Paper) -> tuple[Paper, ...]:
    """Return papers with one more file; a file of the same name makes place for it.

    Raises:
        TooManyError: when there are too many.

    """
    others = [
        one
        for one in papers
        if one.file_id is None or one.title.casefold() != file.title.casefold()
    ]
    if len(others) >= MOST:
        raise TooManyError(limit=MOST)
    return (*others, file)
