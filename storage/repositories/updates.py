"""Updates on the progress: numbered per guild, never deleted, each change with its history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, ScalarResult, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.errors import ConflictError
from storage.models import UpdateChangeRow, UpdateRow
from storage.progress_records import (
    NewUpdateChange,
    Part,
    Update,
    UpdateChange,
    UpdateContent,
    UpdateState,
)
from storage.repositories.statements import insert_into
from storage.repositories.update_columns import (
    change_of,
    content_columns,
    plan_columns,
    record_of,
)

_MOST_NUMBERS: Final = 50  # tried before giving up: as many people would have to write at once


class UpdateRepository:
    """What moderators tell about the progress."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self,
        guild_id: int,
        content: UpdateContent,
        *,
        author_id: int | None,
        at: datetime,
        form_id: int | None = None,
    ) -> tuple[Update, bool]:
        """Keep a new draft; the flag tells whether it is new.

        The same form sent in twice gives the update that it made the first time, as it is now.

        Raises:
            ConflictError: when no number could be had.

        """
        for _attempt in range(_MOST_NUMBERS):
            row_id = await self._session.scalar(
                insert_into(self._session, UpdateRow)
                .values(
                    guild_id=guild_id,
                    number=await self._next_number(guild_id),
                    version=1,
                    state=UpdateState.DRAFT.value,
                    author_id=author_id,
                    created_at=at,
                    form_id=form_id,
                    **content_columns(content),
                )
                .on_conflict_do_nothing()
                .returning(UpdateRow.id)
            )
            if row_id is not None:
                return await self._one(UpdateRow.id == row_id), True
            if form_id is not None and (made := await self.of_form(form_id)) is not None:
                return made, False
        message = "no free number for an update"
        raise ConflictError(message)

    async def add_occurrence(self, series: Update, *, at: datetime) -> Update | None:
        """Keep what a repeating update publishes now; None when that was done for this moment."""
        for _attempt in range(_MOST_NUMBERS):
            row_id = await self._session.scalar(
                insert_into(self._session, UpdateRow)
                .values(
                    guild_id=series.guild_id,
                    number=await self._next_number(series.guild_id),
                    version=1,
                    state=UpdateState.PUBLISHED.value,
                    author_id=series.author_id,
                    created_at=at,
                    published_at=at,
                    due_at=series.planned_for,
                    series_id=series.id,
                    **content_columns(series.content),
                )
                .on_conflict_do_nothing()
                .returning(UpdateRow.id)
            )
            if row_id is not None:
                return await self._one(UpdateRow.id == row_id)
            done = select(UpdateRow.id).where(
                UpdateRow.series_id == series.id, UpdateRow.due_at == series.planned_for
            )
            if await self._session.scalar(done) is not None:
                return None
        message = "no free number for an update"
        raise ConflictError(message)

    async def get(self, update_id: int) -> Update | None:
        """Return an update, or None when it does not exist."""
        return await self._found(UpdateRow.id == update_id)

    async def lock(self, update_id: int) -> Update | None:
        """Do the same, and let nobody else change it before this unit ends."""
        row = await self._session.scalar(
            select(UpdateRow).where(UpdateRow.id == update_id).with_for_update()
        )
        return record_of(row) if row else None

    async def by_number(self, guild_id: int, number: int) -> Update | None:
        """Return the update that people of a guild know by this number, or None."""
        return await self._found(UpdateRow.guild_id == guild_id, UpdateRow.number == number)

    async def of_form(self, form_id: int) -> Update | None:
        """Return the update that a form made, or None."""
        return await self._found(UpdateRow.form_id == form_id)

    async def put(self, changed: Update) -> None:
        """Write down all of an update but its number, guild and author; `lock` it first."""
        await self._session.execute(
            update(UpdateRow)
            .where(UpdateRow.id == changed.id)
            .values(
                version=changed.version,
                state=changed.state.value,
                published_at=changed.published_at,
                due_at=changed.due_at,
                edited_at=changed.edited_at,
                withdrawn_at=changed.withdrawn_at,
                withdrawal_reason=changed.withdrawal_reason,
                **content_columns(changed.content),
                **plan_columns(changed.plan),
            )
        )

    async def latest(
        self, guild_id: int, *, part: Part | None = None, limit: int
    ) -> tuple[Update, ...]:
        """Return what is published in a guild, the newest first; of one part when given."""
        wanted = _published_in(guild_id)
        if part is not None:
            wanted = (*wanted, UpdateRow.part == part.value)
        return _records(
            await self._session.scalars(
                select(UpdateRow)
                .where(*wanted)
                .order_by(UpdateRow.published_at.desc(), UpdateRow.number.desc())
                .limit(limit)
            )
        )

    async def published_between(
        self, guild_id: int, since: datetime, until: datetime
    ) -> tuple[Update, ...]:
        """Return what was published at or after `since` and before `until`, the oldest first."""
        return _records(
            await self._session.scalars(
                select(UpdateRow)
                .where(
                    *_published_in(guild_id),
                    UpdateRow.published_at >= since,
                    UpdateRow.published_at < until,
                )
                .order_by(UpdateRow.published_at, UpdateRow.number)
            )
        )

    async def drafts(self, guild_id: int, *, limit: int = 100) -> tuple[Update, ...]:
        """Return the drafts of a guild, the newest first."""
        return await self._in_state(guild_id, UpdateState.DRAFT, limit)

    async def planned(self, guild_id: int, *, limit: int = 100) -> tuple[Update, ...]:
        """Return what is planned in a guild, what comes first in front."""
        return _records(
            await self._session.scalars(
                select(UpdateRow)
                .where(UpdateRow.guild_id == guild_id, UpdateRow.state == UpdateState.PLANNED.value)
                .order_by(UpdateRow.planned_for, UpdateRow.number)
                .limit(limit)
            )
        )

    async def due_planned(self, now: datetime, *, limit: int = 100) -> tuple[Update, ...]:
        """Return what is planned at or before `now` in any guild, the longest due first."""
        return _records(
            await self._session.scalars(
                select(UpdateRow)
                .where(UpdateRow.state == UpdateState.PLANNED.value, UpdateRow.planned_for <= now)
                .order_by(UpdateRow.planned_for, UpdateRow.id)
                .limit(limit)
            )
        )

    async def of_guild(
        self, guild_id: int, *, offset: int = 0, limit: int = 25
    ) -> tuple[Update, ...]:
        """Return the updates of a guild in every state, the newest first."""
        return _records(
            await self._session.scalars(
                select(UpdateRow)
                .where(UpdateRow.guild_id == guild_id)
                .order_by(UpdateRow.number.desc())
                .offset(offset)
                .limit(limit)
            )
        )

    async def count(self, guild_id: int) -> int:
        """Count the updates of a guild in every state."""
        wanted = select(func.count()).select_from(UpdateRow).where(UpdateRow.guild_id == guild_id)
        return await self._session.scalar(wanted) or 0

    async def record(self, changed: Update, change: NewUpdateChange) -> int:
        """Add a line to an update's history; return its id."""
        rows = await self._session.scalars(
            insert(UpdateChangeRow)
            .values(
                update_id=changed.id,
                event=change.event.value,
                actor_id=change.actor_id,
                at=change.at,
                version=changed.version,
                reason=change.reason,
                **content_columns(change.content or changed.content),
                **plan_columns(change.plan or changed.plan),
            )
            .returning(UpdateChangeRow.id)
        )
        return rows.one()

    async def change(self, change_id: int) -> UpdateChange | None:
        """Return one line of a history, or None when it does not exist."""
        row = await self._session.get(UpdateChangeRow, change_id)
        return change_of(row) if row else None

    async def history_of(self, update_id: int) -> tuple[UpdateChange, ...]:
        """Return all that happened to an update, the oldest first, proposals included."""
        rows = await self._session.scalars(
            select(UpdateChangeRow)
            .where(UpdateChangeRow.update_id == update_id)
            .order_by(UpdateChangeRow.id)
        )
        return tuple(map(change_of, rows))

    async def _next_number(self, guild_id: int) -> int:
        last = await self._session.scalar(
            select(func.max(UpdateRow.number)).where(UpdateRow.guild_id == guild_id)
        )
        return (last or 0) + 1

    async def _in_state(self, guild_id: int, state: UpdateState, limit: int) -> tuple[Update, ...]:
        return _records(
            await self._session.scalars(
                select(UpdateRow)
                .where(UpdateRow.guild_id == guild_id, UpdateRow.state == state.value)
                .order_by(UpdateRow.number.desc())
                .limit(limit)
            )
        )

    async def _found(self, *wanted: ColumnElement[bool]) -> Update | None:
        row = await self._session.scalar(select(UpdateRow).where(*wanted))
        return record_of(row) if row else None

    async def _one(self, wanted: ColumnElement[bool]) -> Update:
        rows = await self._session.scalars(select(UpdateRow).where(wanted))
        return record_of(rows.one())


def _published_in(guild_id: int) -> tuple[ColumnElement[bool], ...]:
    return (UpdateRow.guild_id == guild_id, UpdateRow.state == UpdateState.PUBLISHED.value)


def _records(rows: ScalarResult[UpdateRow] | Sequence[UpdateRow]) -> tuple[Update, ...]:
    return tuple(map(record_of, rows))
