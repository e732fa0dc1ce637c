"""What moderators are told of their guild's documents, each thing once."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.document_records import (
    KNOWLEDGE_NOTICE_KIND,
    KnowledgeNotice,
    KnowledgeNoticeKind,
)
from storage.models import DeliveryRow
from storage.models.documents import KnowledgeNoticeRow
from storage.repositories.statements import insert_into


class KnowledgeNoticeRepository:
    """Notices about documents. Until one has a delivery it is untold."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ensure(  # noqa: PLR0913 -- the columns of a notice, each by name
        self,
        guild_id: int,
        kind: KnowledgeNoticeKind,
        *,
        at: datetime,
        mark: str,
        document_id: str = "",
        title: str = "",
    ) -> bool:
        """Note something to tell; tells whether it is new. `mark` tells two of one kind apart."""
        row_id = await self._session.scalar(
            insert_into(self._session, KnowledgeNoticeRow)
            .values(
                guild_id=guild_id,
                kind=kind.value,
                document_id=document_id,
                mark=mark,
                title=title,
                noticed_at=at,
            )
            .on_conflict_do_nothing()
            .returning(KnowledgeNoticeRow.id)
        )
        return row_id is not None

    async def unsolved(
        self, guild_id: int, kind: KnowledgeNoticeKind
    ) -> tuple[KnowledgeNotice, ...]:
        """Return what of a kind is not solved yet, the oldest first."""
        rows = await self._session.scalars(
            select(KnowledgeNoticeRow)
            .where(
                KnowledgeNoticeRow.guild_id == guild_id,
                KnowledgeNoticeRow.kind == kind.value,
                KnowledgeNoticeRow.solved_at.is_(None),
            )
            .order_by(KnowledgeNoticeRow.id)
        )
        return tuple(_record(row) for row in rows)

    async def solve(self, notice_id: int, *, at: datetime) -> None:
        """Note that it is over."""
        await self._session.execute(
            update(KnowledgeNoticeRow)
            .where(KnowledgeNoticeRow.id == notice_id, KnowledgeNoticeRow.solved_at.is_(None))
            .values(solved_at=at)
        )

    async def untold(self, *, limit: int) -> tuple[KnowledgeNotice, ...]:
        """Return what is unsolved and has no message yet, the oldest first."""
        is_told = (
            select(DeliveryRow.id)
            .where(
                DeliveryRow.kind == KNOWLEDGE_NOTICE_KIND,
                DeliveryRow.subject_id == KnowledgeNoticeRow.id,
            )
            .exists()
        )
        rows = await self._session.scalars(
            select(KnowledgeNoticeRow)
            .where(KnowledgeNoticeRow.solved_at.is_(None), ~is_told)
            .order_by(KnowledgeNoticeRow.id)
            .limit(limit)
        )
        return tuple(_record(row) for row in rows)

    async def get(self, notice_id: int) -> KnowledgeNotice | None:
        """Return one notice."""
        row = await self._session.get(KnowledgeNoticeRow, notice_id)
        return _record(row) if row else None


def _record(row: KnowledgeNoticeRow) -> KnowledgeNotice:
    return KnowledgeNotice(
        id=row.id,
        guild_id=row.guild_id,
        kind=KnowledgeNoticeKind(row.kind),
        document_id=row.document_id,
        title=row.title,
        noticed_at=row.noticed_at,
        solved_at=row.solved_at,
    )
