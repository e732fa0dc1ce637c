"""Notices: what moderators are told of deliveries in trouble, counted from the deliveries."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.delivery_records import Delivery, DeliveryState, Problem
from storage.models import DeliveryRow, NoticeRow
from storage.notice_records import Notice, NoticeCount, Trouble
from storage.repositories.delivery_columns import record as delivery_record
from storage.repositories.statements import insert_into

_TROUBLED: Final = (
    DeliveryState.FAILED.value,
    DeliveryState.HELD.value,
    DeliveryState.MISSED.value,
)
_MOST_KINDS: Final = 8
_MOST_TURNS: Final = 3  # in which one may be solved between being found there and being locked


class NoticeRepository:
    """Notices to moderators."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ensure(self, trouble: Trouble, *, at: datetime) -> tuple[Notice, bool]:
        """Return the unsolved notice about a trouble, locked, and whether it was made just now."""
        for _turn in range(_MOST_TURNS):
            added = await self._session.scalar(
                insert_into(self._session, NoticeRow)
                .values(
                    guild_id=trouble.guild_id,
                    problem=trouble.problem.value,
                    lane_id=trouble.lane_id,
                    troubled=0,
                    retried=0,
                    kinds="",
                    version=1,
                    noticed_at=at,
                )
                .on_conflict_do_nothing(
                    index_elements=["guild_id", "problem", "lane_id"],
                    index_where=NoticeRow.solved_at.is_(None),
                )
                .returning(NoticeRow.id)
            )
            row = await self._session.scalar(
                select(NoticeRow).where(_is_about(trouble)).with_for_update()
            )
            if row is not None:
                return _record(row), added is not None
        message = f"a notice about {trouble.problem.value} is solved as fast as it is made"
        raise AssertionError(message)

    async def lock(self, notice_id: int) -> Notice | None:
        """Return a notice, and let nobody else change it before this unit ends; or None."""
        row = await self._session.scalar(
            select(NoticeRow).where(NoticeRow.id == notice_id).with_for_update()
        )
        return _record(row) if row else None

    async def get(self, notice_id: int) -> Notice | None:
        """Return a notice, or None when it does not exist."""
        row = await self._session.get(NoticeRow, notice_id)
        return _record(row) if row else None

    async def unsolved(
        self, guild_id: int | None = None, *, after: int = 0, limit: int = 1_000
    ) -> tuple[Notice, ...]:
        """Return the unsolved notices of one guild, or of all, the oldest first."""
        statement = (
            select(NoticeRow)
            .where(NoticeRow.solved_at.is_(None), NoticeRow.id > after)
            .order_by(NoticeRow.id)
            .limit(limit)
        )
        if guild_id is not None:
            statement = statement.where(NoticeRow.guild_id == guild_id)
        return tuple(map(_record, await self._session.scalars(statement)))

    async def unsolved_of(self, problems: Iterable[Problem]) -> tuple[Notice, ...]:
        """Return the unsolved notices about one of these problems, in any guild."""
        statement = (
            select(NoticeRow)
            .where(
                NoticeRow.solved_at.is_(None),
                NoticeRow.problem.in_([one.value for one in problems]),
            )
            .order_by(NoticeRow.id)
        )
        return tuple(map(_record, await self._session.scalars(statement)))

    async def counts(self, notice_ids: Sequence[int]) -> dict[int, NoticeCount]:
        """Count the deliveries of notices, as they are now."""
        rows = await self._session.execute(
            select(
                DeliveryRow.notice_id,
                DeliveryRow.kind,
                func.count().filter(is_troubled()),
                func.count().filter(DeliveryRow.is_open.is_(True)),
            )
            .where(DeliveryRow.notice_id.in_(notice_ids))
            .group_by(DeliveryRow.notice_id, DeliveryRow.kind)
            .order_by(DeliveryRow.notice_id, DeliveryRow.kind)
        )
        found = dict.fromkeys(notice_ids, NoticeCount())
        for notice_id, kind, troubled, retried in rows:
            if notice_id is None or not troubled + retried:
                continue
            before = found[notice_id]
            found[notice_id] = NoticeCount(
                troubled=before.troubled + troubled,
                retried=before.retried + retried,
                kinds=(*before.kinds, kind)[:_MOST_KINDS],
            )
        return found

    async def put(self, notice: Notice) -> None:
        """Write down what is known of a notice; `lock` it first."""
        await self._session.execute(
            update(NoticeRow)
            .where(NoticeRow.id == notice.id)
            .values(
                troubled=notice.count.troubled,
                retried=notice.count.retried,
                kinds=" ".join(notice.count.kinds),
                version=notice.version,
                posted_in=notice.posted_in,
                solved_at=notice.solved_at,
            )
        )

    async def lock_troubled(self, notice_id: int, *, limit: int = 1_000) -> tuple[Delivery, ...]:
        """Return the deliveries in trouble that a notice is about, locked; the oldest first."""
        rows = await self._session.scalars(
            select(DeliveryRow)
            .where(DeliveryRow.notice_id == notice_id, is_troubled())
            .order_by(DeliveryRow.id)
            .limit(limit)
            .with_for_update()
        )
        return tuple(map(delivery_record, rows))


def is_troubled() -> ColumnElement[bool]:
    """Return the condition that a delivery is in trouble, and nobody has let it be."""
    return and_(DeliveryRow.state.in_(_TROUBLED), DeliveryRow.problem.is_not(None))


def _is_about(trouble: Trouble) -> ColumnElement[bool]:
    return and_(
        NoticeRow.guild_id == trouble.guild_id,
        NoticeRow.problem == trouble.problem.value,
        NoticeRow.lane_id == trouble.lane_id,
        NoticeRow.solved_at.is_(None),
    )


def _record(row: NoticeRow) -> Notice:
    return Notice(
        id=row.id,
        trouble=Trouble(guild_id=row.guild_id, problem=Problem(row.problem), lane_id=row.lane_id),
        count=NoticeCount(
            troubled=row.troubled, retried=row.retried, kinds=tuple(row.kinds.split())
        ),
        version=row.version,
        posted_in=row.posted_in,
        noticed_at=row.noticed_at,
        solved_at=row.solved_at,
    )
