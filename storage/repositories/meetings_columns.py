"""Meetings and what belongs to them as columns, and back."""

import json
from typing import Any, TypedDict, cast

from storage.meeting_records import (
    AgendaItem,
    Answer,
    Attendance,
    Change,
    ChangeKind,
    Deadline,
    DeadlineKind,
    Details,
    Meeting,
    MeetingKind,
    MeetingState,
    Mode,
    Paper,
    Proxy,
    ProxyState,
    Reminder,
)
from storage.models import (
    AgendaItemRow,
    AttendanceRow,
    DeadlineRow,
    MeetingChangeRow,
    MeetingRow,
    ProxyRow,
    ReminderRow,
)


class DetailsColumns(TypedDict):
    """The columns that moderators fill in."""

    kind: str
    title: str
    local_start: Any
    zone: str
    starts_at: Any
    minutes: int
    place: str
    link: str


def details_columns(details: Details) -> DetailsColumns:
    """Return the columns that moderators fill in."""
    return {
        "kind": details.kind.value,
        "title": details.title,
        "local_start": details.local_start,
        "zone": details.zone,
        "starts_at": details.starts_at,
        "minutes": details.minutes,
        "place": details.place,
        "link": details.link,
    }


def meeting_record(row: MeetingRow) -> Meeting:
    """Return a meeting as it leaves storage."""
    return Meeting(
        id=row.id,
        guild_id=row.guild_id,
        number=row.number,
        uid=row.uid,
        details=Details(
            kind=MeetingKind(row.kind),
            title=row.title,
            local_start=row.local_start,
            zone=row.zone,
            starts_at=row.starts_at,
            minutes=row.minutes,
            place=row.place,
            link=row.link,
        ),
        state=MeetingState(row.state),
        version=row.version,
        sequence=row.sequence,
        created_at=row.created_at,
        changed_at=row.changed_at,
        cancel_reason=row.cancel_reason,
        event_id=row.event_id,
        event_version=row.event_version,
    )


def papers_column(papers: tuple[Paper, ...]) -> str:
    """Return papers as JSON."""
    return json.dumps([[one.title, one.url, one.file_id] for one in papers])


def agenda_record(row: AgendaItemRow) -> AgendaItem:
    """Return an agenda item as it leaves storage."""
    papers = cast("list[list[Any]]", json.loads(row.papers))
    return AgendaItem(
        id=row.id,
        meeting_id=row.meeting_id,
        position=row.position,
        title=row.title,
        text=row.text,
        papers=tuple(Paper(*one) for one in papers),
    )


def deadline_record(row: DeadlineRow) -> Deadline:
    """Return a deadline as it leaves storage."""
    return Deadline(
        id=row.id,
        meeting_id=row.meeting_id,
        kind=DeadlineKind(row.kind),
        label=row.label,
        rule=row.rule,
        local=row.local,
        due_at=row.due_at,
    )


def change_record(row: MeetingChangeRow) -> Change:
    """Return an event of a history as it leaves storage."""
    return Change(
        id=row.id,
        meeting_id=row.meeting_id,
        kind=ChangeKind(row.kind),
        version=row.version,
        at=row.at,
        changed_by=row.changed_by,
        told=row.told,
    )


def attendance_record(row: AttendanceRow) -> Attendance:
    """Return what one person said as it leaves storage."""
    return Attendance(
        meeting_id=row.meeting_id,
        user_id=row.user_id,
        answer=Answer(row.answer),
        mode=Mode(row.mode),
        answered_at=row.answered_at,
    )


def proxy_record(row: ProxyRow, holder_id: int | None) -> Proxy:
    """Return a proxy as it leaves storage."""
    return Proxy(
        id=row.id,
        meeting_id=row.meeting_id,
        giver_id=row.user_id,
        holder_id=holder_id,
        state=ProxyState(row.state),
        changed_at=row.changed_at,
    )


def reminder_record(row: ReminderRow) -> Reminder:
    """Return a reminder as it leaves storage."""
    return Reminder(
        id=row.id,
        guild_id=row.guild_id,
        meeting_id=row.meeting_id,
        user_id=row.user_id,
        deadline_id=row.deadline_id,
        rule=row.rule,
        created_at=row.created_at,
        done_for=row.done_for,
        done_due=row.done_due,
    )
