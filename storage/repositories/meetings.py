"""Meetings with their agenda and deadlines."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.meeting_records import (
    AgendaItem,
    Change,
    ChangeKind,
    Deadline,
    DeadlineKind,
    Meeting,
    MeetingState,
    NewMeeting,
    Paper,
)
from storage.models import (
    AgendaItemRow,
    DeadlineRow,
    MeetingChangeRow,
    MeetingRow,
)
from storage.repositories.meetings_columns import (
    agenda_record,
    change_record,
    deadline_record,
    details_columns,
    meeting_record,
    papers_column,
)


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """A deadline to add to a meeting, or to put in the place of one."""

    kind: DeadlineKind
    label: str
    rule: str
    local: datetime
    due_at: datetime


class MeetingRepository:
    """What is planned, per guild."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, new: NewMeeting) -> Meeting:
        """Plan a meeting; it gets the next number of its guild.

        Raises:
            ConflictError: when another one took that number at this very moment.

        """
        last = await self._session.scalar(
            select(func.max(MeetingRow.number)).where(MeetingRow.guild_id == new.guild_id)
        )
        row = MeetingRow(
            guild_id=new.guild_id,
            number=(last or 0) + 1,
            uid=new.uid,
            **details_columns(new.details),
            state=MeetingState.PLANNED.value,
            cancel_reason="",
            version=1,
            sequence=0,
            created_at=new.created_at,
            changed_at=new.created_at,
        )
        self._session.add(row)
        await self._session.flush()
        return meeting_record(row)

    async def get(self, meeting_id: int) -> Meeting | None:
        """Return a meeting, or None."""
        row = await self._session.get(MeetingRow, meeting_id)
        return meeting_record(row) if row else None

    async def lock(self, meeting_id: int) -> Meeting | None:
        """Do the same, and let nobody else change it before this unit ends."""
        row = await self._session.scalar(
            select(MeetingRow).where(MeetingRow.id == meeting_id).with_for_update()
        )
        return meeting_record(row) if row else None

    async def put(self, meeting: Meeting) -> None:
        """Write down what a meeting has become; `lock` it first."""
        await self._session.execute(
            update(MeetingRow)
            .where(MeetingRow.id == meeting.id)
            .values(
                **details_columns(meeting.details),
                state=meeting.state.value,
                cancel_reason=meeting.cancel_reason,
                version=meeting.version,
                sequence=meeting.sequence,
                changed_at=meeting.changed_at,
                event_id=meeting.event_id,
                event_version=meeting.event_version,
            )
        )

    async def by_uid(self, guild_id: int, uid: str) -> Meeting | None:
        """Return the meeting that was planned under this name, or None."""
        row = await self._session.scalar(
            select(MeetingRow).where(MeetingRow.guild_id == guild_id, MeetingRow.uid == uid)
        )
        return meeting_record(row) if row else None

    async def by_event(self, event_id: int) -> Meeting | None:
        """Return the meeting that a scheduled event of Discord shows, or None."""
        row = await self._session.scalar(select(MeetingRow).where(MeetingRow.event_id == event_id))
        return meeting_record(row) if row else None

    async def of_guild(self, guild_id: int, *, limit: int = 500) -> tuple[Meeting, ...]:
        """Return all meetings of a guild, the latest start first."""
        rows = await self._session.scalars(
            select(MeetingRow)
            .where(MeetingRow.guild_id == guild_id)
            .order_by(MeetingRow.starts_at.desc(), MeetingRow.id.desc())
            .limit(limit)
        )
        return tuple(map(meeting_record, rows))

    async def upcoming(
        self, guild_id: int, now: datetime, *, limit: int = 25
    ) -> tuple[Meeting, ...]:
        """Return the meetings of a guild that are planned and begin after `now`, the next first."""
        rows = await self._session.scalars(
            select(MeetingRow)
            .where(MeetingRow.guild_id == guild_id, _is_to_come(now))
            .order_by(MeetingRow.starts_at, MeetingRow.id)
            .limit(limit)
        )
        return tuple(map(meeting_record, rows))

    async def all_upcoming(self, now: datetime) -> tuple[Meeting, ...]:
        """Return the meetings of every guild that are planned and begin after `now`."""
        rows = await self._session.scalars(
            select(MeetingRow).where(_is_to_come(now)).order_by(MeetingRow.starts_at)
        )
        return tuple(map(meeting_record, rows))

    async def events_behind(self, now: datetime) -> tuple[Meeting, ...]:
        """Return the meetings whose scheduled event does not show what they have become."""
        shown = MeetingRow.event_version
        rows = await self._session.scalars(
            select(MeetingRow)
            .where(
                or_(
                    and_(_is_to_come(now), or_(shown.is_(None), shown < MeetingRow.version)),
                    and_(
                        MeetingRow.state == MeetingState.CANCELLED.value,
                        MeetingRow.event_id.is_not(None),
                        shown < MeetingRow.version,
                    ),
                )
            )
            .order_by(MeetingRow.id)
        )
        return tuple(map(meeting_record, rows))

    async def agenda_of(self, meeting_id: int) -> tuple[AgendaItem, ...]:
        """Return the items of the agenda in their order."""
        rows = await self._session.scalars(
            select(AgendaItemRow)
            .where(AgendaItemRow.meeting_id == meeting_id)
            .order_by(AgendaItemRow.position, AgendaItemRow.id)
        )
        return tuple(map(agenda_record, rows))

    async def add_item(
        self, meeting_id: int, *, title: str, text: str, papers: tuple[Paper, ...]
    ) -> AgendaItem:
        """Add an item at the end of the agenda."""
        row = AgendaItemRow(
            meeting_id=meeting_id,
            position=len(await self.agenda_of(meeting_id)) + 1,
            title=title,
            text=text,
            papers=papers_column(papers),
        )
        self._session.add(row)
        await self._session.flush()
        return agenda_record(row)

    async def put_item(self, item: AgendaItem) -> None:
        """Write down what an item has become."""
        await self._session.execute(
            update(AgendaItemRow)
            .where(AgendaItemRow.id == item.id)
            .values(
                position=item.position,
                title=item.title,
                text=item.text,
                papers=papers_column(item.papers),
            )
        )

    async def remove_item(self, item_id: int) -> None:
        """Take an item off the agenda."""
        await self._session.execute(delete(AgendaItemRow).where(AgendaItemRow.id == item_id))

    async def deadlines_of(self, meeting_id: int) -> tuple[Deadline, ...]:
        """Return the deadlines of a meeting, the first to come first."""
        rows = await self._session.scalars(
            select(DeadlineRow)
            .where(DeadlineRow.meeting_id == meeting_id)
            .order_by(DeadlineRow.due_at, DeadlineRow.id)
        )
        return tuple(map(deadline_record, rows))

    async def deadlines_by_meeting(
        self, meeting_ids: Collection[int]
    ) -> Mapping[int, tuple[Deadline, ...]]:
        """Return the deadlines of meetings that have any, in the order of above."""
        rows = await self._session.scalars(
            select(DeadlineRow)
            .where(DeadlineRow.meeting_id.in_(meeting_ids))
            .order_by(DeadlineRow.due_at, DeadlineRow.id)
        )
        found: defaultdict[int, tuple[Deadline, ...]] = defaultdict(tuple)
        for row in rows:
            found[row.meeting_id] += (deadline_record(row),)
        return found

    async def add_deadline(self, meeting_id: int, new: NewDeadline) -> Deadline:
        """Add a deadline."""
        row = DeadlineRow(
            meeting_id=meeting_id,
            kind=new.kind.value,
            label=new.label,
            rule=new.rule,
            local=new.local,
            due_at=new.due_at,
        )
        self._session.add(row)
        await self._session.flush()
        return deadline_record(row)

    async def put_deadline(self, deadline: Deadline) -> None:
        """Write down what a deadline has become."""
        await self._session.execute(
            update(DeadlineRow)
            .where(DeadlineRow.id == deadline.id)
            .values(
                kind=deadline.kind.value,
                label=deadline.label,
                rule=deadline.rule,
                local=deadline.local,
                due_at=deadline.due_at,
            )
        )

    async def remove_deadline(self, deadline_id: int) -> None:
        """Take a deadline away, with its reminders."""
        await self._session.execute(delete(DeadlineRow).where(DeadlineRow.id == deadline_id))

    async def note(self, meeting: Meeting, kind: ChangeKind, *, by: int, told: str) -> Change:
        """Write down what somebody changed; `meeting` is as it has become."""
        row = MeetingChangeRow(
            meeting_id=meeting.id,
            kind=kind.value,
            version=meeting.version,
            at=meeting.changed_at,
            changed_by=by,
            told=told,
        )
        self._session.add(row)
        await self._session.flush()
        return change_record(row)

    async def change(self, change_id: int) -> Change | None:
        """Return one event of a history, or None."""
        row = await self._session.get(MeetingChangeRow, change_id)
        return change_record(row) if row else None

    async def history_of(self, meeting_id: int) -> tuple[Change, ...]:
        """Return everything that happened to a meeting, the first thing first."""
        rows = await self._session.scalars(
            select(MeetingChangeRow)
            .where(MeetingChangeRow.meeting_id == meeting_id)
            .order_by(MeetingChangeRow.id)
        )
        return tuple(map(change_record, rows))


def _is_to_come(now: datetime) -> ColumnElement[bool]:
    return and_(MeetingRow.state == MeetingState.PLANNED.value, MeetingRow.starts_at > now)
