"""What moderators typed about meetings and have not confirmed yet."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from storage.meeting_records import Draft
from storage.models import MeetingDraftRow


class MeetingDraftRepository:
    """Kept until it is confirmed, dropped, or a week old."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(  # noqa: PLR0913 # one row, column by column
        self,
        *,
        guild_id: int,
        meeting_id: int | None,
        base_version: int,
        content: str,
        changed_by: int,
        created_at: datetime,
    ) -> Draft:
        """Keep what somebody typed."""
        row = MeetingDraftRow(
            guild_id=guild_id,
            meeting_id=meeting_id,
            base_version=base_version,
            content=content,
            changed_by=changed_by,
            created_at=created_at,
        )
        self._session.add(row)
        await self._session.flush()
        return _record(row)

    async def get(self, draft_id: int) -> Draft | None:
        """Return a draft, or None when it was confirmed or dropped."""
        row = await self._session.get(MeetingDraftRow, draft_id)
        return _record(row) if row else None

    async def take(self, draft_id: int) -> Draft | None:
        """Return a draft and let it go; None when somebody else took it first."""
        row = await self._session.scalar(
            delete(MeetingDraftRow).where(MeetingDraftRow.id == draft_id).returning(MeetingDraftRow)
        )
        return _record(row) if row else None


def _record(row: MeetingDraftRow) -> Draft:
    return Draft(
        id=row.id,
        guild_id=row.guild_id,
        meeting_id=row.meeting_id,
        base_version=row.base_version,
        content=row.content,
        changed_by=row.changed_by,
        created_at=row.created_at,
    )
