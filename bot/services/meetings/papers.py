"""Papers of agenda items that are files: noted when sent along, kept once they are fetched.

The bytes are kept by the bot, as the addresses of Discord's files expire after a day. All files of
a meeting fit below one message, so that whoever asks for the agenda gets them at once.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from bot.services.meetings.checking import one_line
from bot.services.meetings.errors import NoMeetingError, PaperGoneError, PapersFullError
from bot.services.ports import Clock
from bot.texts import meetings as texts
from storage.meeting_event_records import PaperFile, StoredPaper
from storage.meeting_records import AgendaItem, Paper
from storage.unit_of_work import UnitOfWork, UnitsOfWork

MOST_BYTES: Final = 8 * 1024 * 1024  # of one meeting: Discord takes 10 MB below a message
MOST_FILES: Final = 10  # what Discord takes below a message
NAME: Final = 80  # characters
_ENDING: Final = 10
_LONGEST: Final = 1_000
_UNUSED: Final = dt.timedelta(days=1)
"""How long a file is kept that nobody put on the agenda: as long as Discord keeps its address."""
_LARGEST_ID: Final = 2**63 - 1


class MeetingPapers:
    """The files of meetings."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Keep them in `units`."""
        self._units = units
        self._clock = clock

    async def note(self, meeting_id: int, *, name: str, size: int, address: str) -> StoredPaper:
        """Note a file that was sent along; its form comes first, the bytes later.

        Raises:
            PapersFullError: when it is larger than all files of a meeting may be.

        """
        if size > MOST_BYTES:
            raise PapersFullError(most=MOST_BYTES, count=MOST_FILES)
        now = self._clock.now()
        async with self._units() as work:
            if await work.meetings.lock(meeting_id) is None:
                raise NoMeetingError
            await forget_unused(work, meeting_id, now)
            return await work.meeting_papers.add(
                meeting_id, name=file_name(name), size=size, address=address, at=now
            )

    async def get(self, paper_id: int, *, meeting_id: int) -> StoredPaper:
        """Return a file of a meeting, without its bytes.

        Raises:
            PaperGoneError: when the meeting has no such file.

        """
        if not 0 < paper_id <= _LARGEST_ID:
            raise PaperGoneError
        async with self._units.reading() as work:
            found = await work.meeting_papers.get(paper_id)
        if found is None or found.meeting_id != meeting_id:
            raise PaperGoneError
        return found

    async def keep(self, paper: StoredPaper, content: bytes) -> None:
        """Keep the bytes of a file.

        Raises:
            PapersFullError: when they are more than Discord said.

        """
        if len(content) > MOST_BYTES:
            raise PapersFullError(most=MOST_BYTES, count=MOST_FILES)
        async with self._units() as work:
            await work.meeting_papers.keep(paper.id, content)

    async def files_of(self, meeting_id: int, agenda: Sequence[AgendaItem]) -> list[PaperFile]:
        """Return the files on the agenda of a meeting with their bytes, in its order."""
        wanted = files_on(agenda)
        if not wanted:
            return []
        async with self._units.reading() as work:
            found = {one.id: one for one in await work.meeting_papers.files_of(meeting_id, wanted)}
        return [found[one] for one in wanted if one in found]


async def check_files(
    work: UnitOfWork, agenda: Sequence[AgendaItem], item_id: int | None, papers: Sequence[Paper]
) -> None:
    """Refuse papers of an item with which the files of its meeting are too many or too large.

    Raises:
        PapersFullError: when they are.
        PaperGoneError: when a file was forgotten since.

    """
    others = files_on([one for one in agenda if one.id != item_id])
    files = [*others, *(one.file_id for one in papers if one.file_id is not None)]
    if not files:
        return
    sizes = await work.meeting_papers.sizes_of(files)
    if len(files) > MOST_FILES or sum(sizes) > MOST_BYTES:
        raise PapersFullError(most=MOST_BYTES, count=MOST_FILES)
    if len(sizes) < len(set(files)):
        raise PaperGoneError


async def forget_unused(work: UnitOfWork, meeting_id: int, now: dt.datetime) -> None:
    """Forget the files of a meeting that are not on its agenda, and were not just sent along."""
    used = files_on(await work.meetings.agenda_of(meeting_id))
    await work.meeting_papers.forget_others(meeting_id, used, before=now - _UNUSED)


def files_on(agenda: Sequence[AgendaItem]) -> list[int]:
    """Return the ids of the files on an agenda, in its order."""
    return [paper.file_id for item in agenda for paper in item.papers if paper.file_id is not None]


def file_name(name: str) -> str:
    """Return a name that is safe on every disk and shows as it is, its ending kept."""
    plain = one_line(name, _LONGEST)
    kept = "".join(one if one.isalnum() or one in "._- ()" else "_" for one in plain)
    stem, dot, ending = kept.strip(". ").rpartition(".")
    if not dot or not 0 < len(ending) <= _ENDING:
        return kept.strip("._ ")[:NAME].rstrip() or texts.PAPER_NAME
    return f"{stem[: NAME - len(ending) - 1].rstrip()}.{ending}"
