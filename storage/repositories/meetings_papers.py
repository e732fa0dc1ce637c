"""Papers of agenda items that are files."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.meeting_event_records import PaperFile, StoredPaper
from storage.models import MeetingPaperRow


class MeetingPaperRepository:
    """The files of meetings."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self, meeting_id: int, *, name: str, size: int, address: str, at: datetime
    ) -> StoredPaper:
        """Note a file that stands elsewhere, to be fetched."""
        row = MeetingPaperRow(
            meeting_id=meeting_id, name=name, size=size, address=address, content=None, added_at=at
        )
        self._session.add(row)
        await self._session.flush()
        return StoredPaper(row.id, meeting_id, name, size, address, is_kept=False)

    async def get(self, paper_id: int) -> StoredPaper | None:
        """Return a file without its bytes, or None."""
        found = await self._session.execute(
            select(
                MeetingPaperRow.id,
                MeetingPaperRow.meeting_id,
                MeetingPaperRow.name,
                MeetingPaperRow.size,
                MeetingPaperRow.address,
                MeetingPaperRow.content.is_not(None),
            ).where(MeetingPaperRow.id == paper_id)
        )
        row = found.one_or_none()
        if row is None:
            return None
        identity, meeting_id, name, size, address, is_kept = row
        return StoredPaper(identity, meeting_id, name, size, address, is_kept=bool(is_kept))

    async def keep(self, paper_id: int, content: bytes) -> None:
        """Keep the bytes of a file; where they came from is of no use any more."""
        await self._session.execute(
            update(MeetingPaperRow)
            .where(MeetingPaperRow.id == paper_id)
            .values(content=content, size=len(content), address="")
        )

    async def sizes_of(self, papers: Collection[int]) -> tuple[int, ...]:
        """Return how many bytes each of these files has that is kept."""
        sizes = await self._session.scalars(
            select(MeetingPaperRow.size).where(
                MeetingPaperRow.id.in_(papers), MeetingPaperRow.content.is_not(None)
            )
        )
        return tuple(sizes)

    async def files_of(self, meeting_id: int, papers: Collection[int]) -> tuple[PaperFile, ...]:
        """Return files of a meeting with their bytes, the first one kept first."""
        rows = await self._session.execute(
            select(MeetingPaperRow.id, MeetingPaperRow.name, MeetingPaperRow.content)
            .where(MeetingPaperRow.meeting_id == meeting_id, MeetingPaperRow.id.in_(papers))
            .order_by(MeetingPaperRow.id)
        )
        return tuple(
            PaperFile(identity, name, content)
            for identity, name, content in rows
            if content is not None
        )

    async def forget_others(
        self, meeting_id: int, papers: Collection[int], *, before: datetime
    ) -> None:
        """Forget the files of a meeting that were added before a moment and are not among these."""
        await self._session.execute(
            delete(MeetingPaperRow).where(
                MeetingPaperRow.meeting_id == meeting_id,
                MeetingPaperRow.id.not_in(papers),
                MeetingPaperRow.added_at < before,
            )
        )
