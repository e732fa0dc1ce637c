"""Deliveries: queued by facts, found by the dispatcher lane by lane, written back one by one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.delivery_records import (
    Backlog,
    Delivery,
    DeliveryState,
    Lane,
    NewDelivery,
)
from storage.models import DeliveryRow, LeaseRow
from storage.repositories.delivery_columns import queued_columns, record, writing_down
from storage.repositories.delivery_revision import UNSENT, revision
from storage.repositories.notices import is_troubled
from storage.repositories.statements import insert_into


class DeliveryRepository:
    """What the bot says by itself."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def queue(self, delivery: NewDelivery) -> bool:
        """Queue a copy; False, and nothing changes, when its key is there already."""
        added = await self._session.scalar(
            insert_into(self._session, DeliveryRow)
            .values(**queued_columns(delivery))
            .on_conflict_do_nothing(index_elements=["key"])
            .returning(DeliveryRow.id)
        )
        return added is not None

    async def queue_all(self, deliveries: Sequence[NewDelivery]) -> None:
        """Queue many copies at once; those whose key is there already stay as they are."""
        if deliveries:
            await self._session.execute(
                insert_into(self._session, DeliveryRow).on_conflict_do_nothing(
                    index_elements=["key"]
                ),
                [queued_columns(one) for one in deliveries],
            )

    async def revise(self, kind: str, subject_id: int, *, version: int) -> None:
        """Want this version in every copy of a subject; an older one changes nothing.

        Copies that Discord refused for their content are tried again: the content is new.
        """
        await self.revise_all(kind, {subject_id: version})

    async def revise_all(self, kind: str, versions: Mapping[int, int]) -> None:
        """Do the same for many subjects, each with its version."""
        if versions:
            connection = await self._session.connection()
            await connection.execute(
                revision(kind),
                [{"subject": one, "version": version} for one, version in versions.items()],
            )

    async def withdraw(self, kind: str, subject_id: int) -> None:
        """Want every copy of a subject taken back: unsent ones are cancelled, for good."""
        stands = DeliveryRow.message_id.is_not(None)
        is_failed = DeliveryRow.state == DeliveryState.FAILED.value
        is_unsent = DeliveryRow.state == DeliveryState.WAITING.value
        is_known = or_(DeliveryRow.state == DeliveryState.SENT.value, and_(is_failed, stands))
        is_uncertain = DeliveryRow.state == DeliveryState.ATTEMPTING.value
        await self._session.execute(
            update(DeliveryRow)
            .where(
                DeliveryRow.kind == kind,
                DeliveryRow.subject_id == subject_id,
                DeliveryRow.withdrawn.is_(False),
            )
            .values(
                withdrawn=True,
                is_open=or_(is_known, is_uncertain),
                state=case(
                    (or_(is_unsent, and_(is_failed, ~stands)), DeliveryState.CANCELLED.value),
                    (is_known, DeliveryState.SENT.value),
                    else_=DeliveryRow.state,
                ),
            )
        )

    async def get(self, delivery_id: int) -> Delivery | None:
        """Return a copy, or None when it does not exist (any more)."""
        row = await self._session.get(DeliveryRow, delivery_id)
        return record(row) if row else None

    async def lock(self, delivery_id: int) -> Delivery | None:
        """Do the same, and let nobody else change it before this unit ends."""
        row = await self._session.scalar(
            select(DeliveryRow).where(DeliveryRow.id == delivery_id).with_for_update()
        )
        return record(row) if row else None

    async def lock_free(self, delivery_ids: Collection[int]) -> dict[int, Delivery]:
        """Do the same with many, but leave out those that somebody else holds now."""
        rows = await self._session.scalars(
            select(DeliveryRow)
            .where(DeliveryRow.id.in_(delivery_ids))
            .with_for_update(skip_locked=True)
        )
        return {row.id: record(row) for row in rows}

    async def put(self, delivery: Delivery) -> None:
        """Write down all that is known of a copy; `lock` it first."""
        await self.put_all([delivery])

    async def put_all(self, deliveries: Sequence[Delivery]) -> None:
        """Do the same with many."""
        if deliveries:
            connection = await self._session.connection()
            await connection.execute(*writing_down(deliveries))

    async def by_key(self, key: str) -> Delivery | None:
        """Return the copy with this key, or None."""
        row = await self._session.scalar(select(DeliveryRow).where(DeliveryRow.key == key))
        return record(row) if row else None

    async def of_subject(self, kind: str, subject_id: int) -> tuple[Delivery, ...]:
        """Return every copy of a subject, in the order in which they were queued."""
        rows = await self._session.scalars(
            select(DeliveryRow)
            .where(DeliveryRow.kind == kind, DeliveryRow.subject_id == subject_id)
            .order_by(DeliveryRow.id)
        )
        return tuple(map(record, rows))

    async def troubled(self, guild_id: int, *, limit: int = 100) -> tuple[Delivery, ...]:
        """Return the copies of a guild that failed, are held or were missed; the newest first."""
        rows = await self._session.scalars(
            select(DeliveryRow)
            .where(DeliveryRow.guild_id == guild_id, is_troubled())
            .order_by(DeliveryRow.due_at.desc(), DeliveryRow.id.desc())
            .limit(limit)
        )
        return tuple(map(record, rows))

    async def troubled_of_kind(self, guild_id: int, kind: str) -> tuple[Delivery, ...]:
        """Return those of one kind, the oldest first; at most a hundred."""
        rows = await self._session.scalars(
            select(DeliveryRow)
            .where(DeliveryRow.guild_id == guild_id, DeliveryRow.kind == kind, is_troubled())
            .order_by(DeliveryRow.id)
            .limit(100)
        )
        return tuple(map(record, rows))

    async def lanes_due(self, now: datetime, *, limit: int) -> tuple[Lane, ...]:
        """Return the lanes with something to do at `now`, the longest due first."""
        lane = func.coalesce(DeliveryRow.channel_id, DeliveryRow.user_id)
        is_private = DeliveryRow.user_id.is_not(None)
        rows = await self._session.execute(
            select(lane, is_private)
            .where(_actionable(now))
            .group_by(lane, is_private)
            .order_by(func.min(DeliveryRow.due_at), func.min(DeliveryRow.id))
            .limit(limit)
        )
        return tuple(Lane(lane_id, is_private=bool(private)) for lane_id, private in rows)

    async def next_in(self, lane: Lane, now: datetime, *, limit: int) -> tuple[Delivery, ...]:
        """Return the copies of a lane that are next at `now`, in order of `due_at` and id.

        One that waits for its next try holds back the later unsent ones of its own subject only.
        """
        in_lane = (DeliveryRow.user_id if lane.is_private else DeliveryRow.channel_id) == lane.id
        wanted = (
            select(DeliveryRow)
            .where(_actionable(now), in_lane)
            .order_by(DeliveryRow.due_at, DeliveryRow.id)
            .limit(limit)
        )
        some_wait = exists().where(
            in_lane,
            DeliveryRow.is_open.is_(True),
            DeliveryRow.state.in_(UNSENT),
            DeliveryRow.next_try_at > now,
        )
        found = (await self._session.execute(wanted.add_columns(some_wait))).all()
        if not any(waits for _, waits in found):
            return tuple(record(row) for row, _ in found)
        # Seldom, and looking who holds back whom takes long.
        rows = await self._session.scalars(wanted.where(~_is_held_back(lane, now)))
        return tuple(map(record, rows))

    async def dm_channel_of(self, user_id: int) -> int | None:
        """Return the channel in which an earlier private message to somebody stands, or None."""
        return await self._session.scalar(
            select(DeliveryRow.place_id)
            .where(DeliveryRow.user_id == user_id, DeliveryRow.place_id.is_not(None))
            .order_by(DeliveryRow.id.desc())
            .limit(1)
        )

    async def crossposts(self, channel_id: int, *, since: datetime) -> tuple[datetime, ...]:
        """Return when publishing a message of a channel was last tried, since then, in order."""
        moments = await self._session.scalars(
            select(DeliveryRow.crosspost_at)
            .where(DeliveryRow.channel_id == channel_id, DeliveryRow.crosspost_at > since)
            .order_by(DeliveryRow.crosspost_at)
        )
        return tuple(moment for moment in moments if moment is not None)

    async def backlog(self, guild_id: int, now: datetime) -> Backlog:
        """Count what of a guild is still to be done."""
        is_due = DeliveryRow.due_at <= now
        waiting, due, oldest = (
            await self._session.execute(
                select(
                    func.count(),
                    func.count().filter(is_due),
                    func.min(DeliveryRow.due_at).filter(is_due),
                ).where(DeliveryRow.guild_id == guild_id, DeliveryRow.is_open.is_(True))
            )
        ).one()
        return Backlog(waiting=waiting, due=due, oldest_due=oldest)

    async def holders_of(self, prefix: str, now: datetime) -> int:
        """Count the leases whose name begins with `prefix`, processes that live; forget the dead.

        Such names are never taken again, so nothing else would clear them away.
        """
        dead = (
            select(LeaseRow.name)
            .where(LeaseRow.name.startswith(prefix, autoescape=True), LeaseRow.expires_at <= now)
            # One that comes back this moment holds its row and may be about to count as well.
            .with_for_update(skip_locked=True)
        )
        await self._session.execute(delete(LeaseRow).where(LeaseRow.name.in_(dead)))
        return (
            await self._session.scalar(
                select(func.count())
                .select_from(LeaseRow)
                .where(LeaseRow.name.startswith(prefix, autoescape=True), LeaseRow.expires_at > now)
            )
            or 0
        )


def _actionable(now: datetime) -> ColumnElement[bool]:
    return and_(
        DeliveryRow.is_open.is_(True),
        DeliveryRow.due_at <= now,
        or_(DeliveryRow.next_try_at.is_(None), DeliveryRow.next_try_at <= now),
    )


def _is_held_back(lane: Lane, now: datetime) -> ColumnElement[bool]:
    earlier = aliased(DeliveryRow)
    return exists().where(
        DeliveryRow.state.in_(UNSENT),
        earlier.state.in_(UNSENT),
        earlier.kind == DeliveryRow.kind,
        earlier.subject_id == DeliveryRow.subject_id,
        (earlier.user_id if lane.is_private else earlier.channel_id) == lane.id,
        earlier.is_open.is_(True),
        earlier.next_try_at > now,
        or_(
            earlier.due_at < DeliveryRow.due_at,
            and_(earlier.due_at == DeliveryRow.due_at, earlier.id < DeliveryRow.id),
        ),
    )
