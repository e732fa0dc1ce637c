"""Subscriptions: who gets updates as private messages, and who stopped getting them."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.delivery_records import DeliveryState, Problem
from storage.models import DeliveryRow, SubscriptionRow
from storage.progress_records import Part
from storage.repositories.statements import insert_into
from storage.subscription_records import Subscription

_EVERYTHING: Final = "*"
_UNREACHABLE: Final = (Problem.DM_CLOSED.value, Problem.UNKNOWN_PERSON.value)


class SubscriptionRepository:
    """One row for each subject that a person wants."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_part(self, guild_id: int, part: Part | None) -> tuple[int, ...]:
        """Return who gets an update about `part`: subscribed to it or to everything, each once.

        An update without a part goes to those who want everything.
        """
        users = await self._session.scalars(
            select(SubscriptionRow.user_id)
            .where(
                SubscriptionRow.guild_id == guild_id,
                SubscriptionRow.topic.in_({_topic(part), _EVERYTHING}),
                SubscriptionRow.stopped_at.is_(None),
            )
            .distinct()
            .order_by(SubscriptionRow.user_id)
        )
        return tuple(users)

    async def of_person(self, guild_id: int, user_id: int) -> tuple[Subscription, ...]:
        """Return what somebody subscribed to in a guild, stopped ones too: everything first."""
        rows = await self._session.scalars(
            select(SubscriptionRow).where(
                SubscriptionRow.guild_id == guild_id, SubscriptionRow.user_id == user_id
            )
        )
        order = [None, *Part]
        return tuple(sorted(map(_record, rows), key=lambda one: order.index(one.part)))

    async def switch_on(
        self, guild_id: int, part: Part | None, *, user_id: int, at: datetime
    ) -> bool:
        """Subscribe somebody; False, and nothing changes, when it was on already."""
        statement = insert_into(self._session, SubscriptionRow).values(
            guild_id=guild_id, user_id=user_id, topic=_topic(part), since=at, stopped_at=None
        )
        changed = await self._session.scalar(
            statement.on_conflict_do_update(
                index_elements=["guild_id", "user_id", "topic"],
                set_={"since": statement.excluded.since, "stopped_at": None},
                where=SubscriptionRow.stopped_at.is_not(None),
            ).returning(SubscriptionRow.user_id)
        )
        return changed is not None

    async def switch_off(self, guild_id: int, part: Part | None, *, user_id: int) -> bool:
        """End one subscription; False when it was not on. What had stopped is forgotten too."""
        return await self._end(guild_id, user_id, SubscriptionRow.topic == _topic(part))

    async def switch_all_off(self, guild_id: int, *, user_id: int) -> bool:
        """End everything that somebody subscribed to; False when nothing was on."""
        return await self._end(guild_id, user_id)

    async def stop(self, guild_id: int, *, user_id: int, at: datetime) -> bool:
        """Switch off all that is on because messages do not arrive; False when nothing was on."""
        changed = await self._session.scalars(
            update(SubscriptionRow)
            .where(
                SubscriptionRow.guild_id == guild_id,
                SubscriptionRow.user_id == user_id,
                SubscriptionRow.stopped_at.is_(None),
            )
            .values(stopped_at=at)
            .returning(SubscriptionRow.topic)
        )
        return bool(changed.all())

    async def unreachable(self, *, failures: int) -> tuple[tuple[int, int], ...]:
        """Return (guild, person) of subscribers whose last `failures` messages did not arrive.

        Counted are private messages of the guild that were due since they subscribed and that
        arrived, or that Discord refused because of the person; one that arrived starts anew.
        """
        candidates = await self._session.execute(
            select(DeliveryRow.guild_id, DeliveryRow.user_id)
            .join(
                SubscriptionRow,
                (SubscriptionRow.guild_id == DeliveryRow.guild_id)
                & (SubscriptionRow.user_id == DeliveryRow.user_id),
            )
            .where(
                SubscriptionRow.stopped_at.is_(None),
                DeliveryRow.due_at >= SubscriptionRow.since,
                _refused(),
            )
            .group_by(DeliveryRow.guild_id, DeliveryRow.user_id)
            .having(func.count(func.distinct(DeliveryRow.id)) >= failures)
            .order_by(DeliveryRow.guild_id, DeliveryRow.user_id)
        )
        found = [
            (guild_id, user_id)
            for guild_id, user_id in candidates.all()
            if user_id is not None and await self._all_failed(guild_id, user_id, failures)
        ]
        return tuple(found)

    async def _end(self, guild_id: int, user_id: int, *which: ColumnElement[bool]) -> bool:
        """Delete subscriptions; tells whether one of them was on."""
        stops = await self._session.scalars(
            delete(SubscriptionRow)
            .where(SubscriptionRow.guild_id == guild_id, SubscriptionRow.user_id == user_id, *which)
            .returning(SubscriptionRow.stopped_at)
        )
        return None in stops.all()

    async def _all_failed(self, guild_id: int, user_id: int, failures: int) -> bool:
        since = (
            select(func.max(SubscriptionRow.since))
            .where(
                SubscriptionRow.guild_id == guild_id,
                SubscriptionRow.user_id == user_id,
                SubscriptionRow.stopped_at.is_(None),
            )
            .scalar_subquery()
        )
        states = await self._session.scalars(
            select(DeliveryRow.state)
            .where(
                DeliveryRow.guild_id == guild_id,
                DeliveryRow.user_id == user_id,
                DeliveryRow.due_at >= since,
                or_(DeliveryRow.state == DeliveryState.SENT.value, _refused()),
            )
            .order_by(DeliveryRow.due_at.desc(), DeliveryRow.id.desc())
            .limit(failures)
        )
        found = states.all()
        return len(found) == failures and all(one == DeliveryState.FAILED.value for one in found)


def _refused() -> ColumnElement[bool]:
    return (DeliveryRow.state == DeliveryState.FAILED.value) & DeliveryRow.problem.in_(_UNREACHABLE)


def _topic(part: Part | None) -> str:
    return _EVERYTHING if part is None else part.value


def _record(row: SubscriptionRow) -> Subscription:
    return Subscription(
        guild_id=row.guild_id,
        user_id=row.user_id,
        part=None if row.topic == _EVERYTHING else Part(row.topic),
        since=row.since,
        stopped_at=row.stopped_at,
    )
