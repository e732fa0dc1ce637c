"""Reminders by rule, and the deliveries that were queued for them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.delivery_records import Delivery, DeliveryState, NewDelivery, Problem
from storage.meeting_records import Reminder
from storage.models import DeliveryRow, ReminderRow
from storage.repositories.delivery_columns import queued_columns, record
from storage.repositories.meetings_columns import reminder_record
from storage.repositories.statements import insert_into

_AT_ONCE: Final = 500  # rows of one INSERT: PostgreSQL takes 32,767 values, SQLite as many
_PLACE_PROBLEMS: Final = tuple(
    one.value for one in (Problem.UNKNOWN_CHANNEL, Problem.NO_RIGHTS, Problem.LOCKED)
)


@dataclass(frozen=True, slots=True)
class NewReminder:
    """A reminder to keep; without `user_id` it is the channel's."""

    guild_id: int
    meeting_id: int
    rule: str
    created_at: datetime
    user_id: int | None = None
    deadline_id: int | None = None


@dataclass(frozen=True, slots=True)
class RuleInUse:
    """A rule that reminders of a meeting have. `is_personal`: people's, not the channel's."""

    rule: str
    deadline_id: int | None
    is_personal: bool


class ReminderRepository:
    """Who is reminded of what, and when."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, new: NewReminder) -> tuple[Reminder, bool]:
        """Keep a reminder; the flag tells whether it is new: the same one is kept once."""
        scope = _scope(new)
        added = await self._session.scalar(
            insert_into(self._session, ReminderRow)
            .values(
                guild_id=new.guild_id,
                meeting_id=new.meeting_id,
                user_id=new.user_id,
                deadline_id=new.deadline_id,
                scope=scope,
                rule=new.rule,
                created_at=new.created_at,
                personal_since=new.created_at if new.user_id is not None else None,
            )
            .on_conflict_do_nothing(index_elements=["meeting_id", "scope", "rule"])
            .returning(ReminderRow.id)
        )
        rows = await self._session.scalars(
            select(ReminderRow).where(
                ReminderRow.meeting_id == new.meeting_id,
                ReminderRow.scope == scope,
                ReminderRow.rule == new.rule,
            )
        )
        return reminder_record(rows.one()), added is not None

    async def get(self, reminder_id: int) -> Reminder | None:
        """Return a reminder, or None when it does not exist (any more)."""
        row = await self._session.get(ReminderRow, reminder_id)
        return reminder_record(row) if row else None

    async def get_all(self, reminder_ids: Collection[int]) -> dict[int, Reminder]:
        """Return those of some reminders that exist, by their ids."""
        rows = await self._session.scalars(
            select(ReminderRow).where(ReminderRow.id.in_(reminder_ids))
        )
        return {row.id: reminder_record(row) for row in rows}

    async def remove(self, reminder_id: int) -> None:
        """Forget a reminder."""
        await self._session.execute(delete(ReminderRow).where(ReminderRow.id == reminder_id))

    async def of_person(self, guild_id: int, user_id: int) -> tuple[Reminder, ...]:
        """Return somebody's reminders in a guild, in the order in which they were made."""
        return await self._found(ReminderRow.guild_id == guild_id, ReminderRow.user_id == user_id)

    async def of_channel(self, meeting_id: int) -> tuple[Reminder, ...]:
        """Return the channel's reminders of a meeting and its deadlines."""
        return await self._found(
            ReminderRow.meeting_id == meeting_id, ReminderRow.user_id.is_(None)
        )

    async def with_rule(self, meeting_id: int, used: RuleInUse) -> tuple[Reminder, ...]:
        """Return all reminders of a meeting that have a rule."""
        return await self._found(*_of_rule(meeting_id, used))

    async def rules_of(self, meeting_id: int) -> tuple[RuleInUse, ...]:
        """Return every rule that a meeting's reminders have, each once."""
        return (await self._rules(ReminderRow.meeting_id == meeting_id)).get(meeting_id, ())

    async def waiting_rules(
        self, meeting_ids: Collection[int]
    ) -> Mapping[int, tuple[RuleInUse, ...]]:
        """Return, by meeting, the rules of reminders that were not queued and had not passed.

        Meetings without such a rule are left out.
        """
        return await self._rules(
            ReminderRow.meeting_id.in_(meeting_ids), ReminderRow.done_for.is_(None)
        )

    async def _rules(self, *conditions: ColumnElement[bool]) -> Mapping[int, tuple[RuleInUse, ...]]:
        is_personal = ReminderRow.user_id.is_not(None)
        rows = await self._session.execute(
            select(ReminderRow.meeting_id, ReminderRow.rule, ReminderRow.deadline_id, is_personal)
            .where(*conditions)
            .distinct()
        )
        found: defaultdict[int, tuple[RuleInUse, ...]] = defaultdict(tuple)
        for meeting_id, rule, deadline_id, personal in rows:
            found[meeting_id] += (RuleInUse(rule, deadline_id, is_personal=bool(personal)),)
        return found

    async def count_of_person(self, guild_id: int, user_id: int) -> int:
        """Count somebody's reminders in a guild."""
        count = await self._session.scalar(
            select(func.count())
            .select_from(ReminderRow)
            .where(ReminderRow.guild_id == guild_id, ReminderRow.user_id == user_id)
        )
        return count or 0

    async def done(
        self, meeting_id: int, used: RuleInUse, *, start: datetime, due: datetime | None
    ) -> None:
        """Note that the waiting reminders of a rule were queued for this start.

        Without `due` their moment had passed already, and nobody was reminded.
        """
        await self._session.execute(
            update(ReminderRow)
            .where(*_of_rule(meeting_id, used), ReminderRow.done_for.is_(None))
            .values(done_for=start, done_due=due)
        )

    async def reopen_unsent(self, meeting_id: int, now: datetime) -> None:
        """Forget what was queued and is not due yet, and cancel those deliveries: it moved."""
        mine = select(ReminderRow.id).where(ReminderRow.meeting_id == meeting_id)
        await self._session.execute(
            update(DeliveryRow)
            .where(
                or_(
                    (DeliveryRow.kind == "meeting_reminder")
                    & (DeliveryRow.subject_id == meeting_id),
                    (DeliveryRow.kind == "personal_reminder") & DeliveryRow.subject_id.in_(mine),
                ),
                DeliveryRow.state == DeliveryState.WAITING.value,
                DeliveryRow.message_id.is_(None),
                DeliveryRow.due_at > now,
            )
            .values(state=DeliveryState.CANCELLED.value, is_open=False, withdrawn=True)
        )
        await self._session.execute(
            update(ReminderRow)
            .where(ReminderRow.meeting_id == meeting_id, ReminderRow.done_due > now)
            .values(done_for=None, done_due=None)
        )

    async def done_with_rule(self, meeting_id: int, used: RuleInUse) -> tuple[Reminder, ...]:
        """Return the reminders of a rule that were queued, one for each start and moment."""
        found = await self._found(*_of_rule(meeting_id, used), ReminderRow.done_for.is_not(None))
        return tuple({(one.done_for, one.done_due): one for one in found}.values())

    async def reopen(self, meeting_id: int, used: RuleInUse, *, start: datetime) -> None:
        """Let the reminders of a rule that were queued for a start come again."""
        await self._session.execute(
            update(ReminderRow)
            .where(*_of_rule(meeting_id, used), ReminderRow.done_for == start)
            .values(done_for=None, done_due=None)
        )

    async def forget_rules(self, meeting_id: int) -> None:
        """Forget the channel's reminders of a meeting itself."""
        await self._session.execute(
            delete(ReminderRow).where(
                ReminderRow.meeting_id == meeting_id,
                ReminderRow.user_id.is_(None),
                ReminderRow.deadline_id.is_(None),
            )
        )

    async def queue_all(self, deliveries: Sequence[NewDelivery]) -> None:
        """Queue many copies at once; a key that is there already changes nothing."""
        for start in range(0, len(deliveries), _AT_ONCE):
            rows = [queued_columns(one) for one in deliveries[start : start + _AT_ONCE]]
            await self._session.execute(
                insert_into(self._session, DeliveryRow).on_conflict_do_nothing(
                    index_elements=["key"]
                ),
                rows,
            )

    async def refused_in_channels(
        self, kinds: Sequence[str], now: datetime
    ) -> tuple[Delivery, ...]:
        """Return copies for a channel that is gone or closed to the bot, while they are of use."""
        rows = await self._session.scalars(
            select(DeliveryRow)
            .where(
                DeliveryRow.kind.in_(kinds),
                DeliveryRow.state == DeliveryState.FAILED.value,
                DeliveryRow.problem.in_(_PLACE_PROBLEMS),
                DeliveryRow.channel_id.is_not(None),
                DeliveryRow.message_id.is_(None),
                DeliveryRow.useful_until > now,
            )
            .order_by(DeliveryRow.id)
            .limit(100)
        )
        return tuple(map(record, rows))

    async def _found(self, *conditions: ColumnElement[bool]) -> tuple[Reminder, ...]:
        rows = await self._session.scalars(
            select(ReminderRow).where(*conditions).order_by(ReminderRow.id)
        )
        return tuple(map(reminder_record, rows))


def _of_rule(meeting_id: int, used: RuleInUse) -> tuple[ColumnElement[bool], ...]:
    owner = ReminderRow.user_id
    deadline = ReminderRow.deadline_id
    return (
        ReminderRow.meeting_id == meeting_id,
        ReminderRow.rule == used.rule,
        owner.is_not(None) if used.is_personal else owner.is_(None),
        deadline.is_(None) if used.deadline_id is None else deadline == used.deadline_id,
    )


def _scope(new: NewReminder) -> str:
    owner = "channel" if new.user_id is None else f"u{new.user_id}"
    return owner if new.deadline_id is None else f"{owner}:t{new.deadline_id}"
