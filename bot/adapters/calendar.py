"""Meetings as a calendar (iCalendar, RFC 5545): for a file, and for a subscription."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, Protocol, cast
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vDuration

from bot.adapters.calendar_zones import zones
from bot.texts import meetings as texts
from storage.meeting_records import Deadline, Meeting, MeetingPage, MeetingState

MEDIA_TYPE: Final = "text/calendar"
_PRODUCT: Final = "-//BREED//Bijeenkomsten//NL"
_ALARMS: Final = (dt.timedelta(days=1), dt.timedelta(hours=1))
_REFRESH: Final = dt.timedelta(hours=1)
_SLOT: Final = dt.timedelta(minutes=15)  # how long a deadline is drawn before its moment


def calendar_of(pages: Sequence[MeetingPage], *, name: str) -> bytes:
    """Return a calendar with meetings and their deadlines, called off ones as such.

    The same meeting always has the same UID, and a higher SEQUENCE with every change.
    """
    calendar = Calendar()
    _add(calendar, "prodid", _PRODUCT)
    _add(calendar, "version", "2.0")
    _add(calendar, "calscale", "GREGORIAN")
    _add(calendar, "method", "PUBLISH")
    # The name and the pace stand twice: as RFC 7986 has them, and as programs knew them before.
    _add(calendar, "name", name)
    _add(calendar, "x-wr-calname", name)
    _add(calendar, "refresh-interval", _REFRESH, VALUE="DURATION")
    _add(calendar, "x-published-ttl", vDuration(_REFRESH))
    details = [page.meeting.details for page in pages]
    for zone in zones((one.zone, one.local_start) for one in details):
        calendar.add_component(zone)
    for page in pages:
        calendar.add_component(_event(page))
        for deadline in page.deadlines:
            calendar.add_component(_deadline(page.meeting, deadline))
    content: bytes = calendar.to_ical()
    return content


def _event(page: MeetingPage) -> Event:
    meeting, details = page.meeting, page.meeting.details
    zone, name = ZoneInfo(details.zone), texts.name(details.kind, details.title)
    event = _entry(meeting, meeting.uid)
    _add(event, "summary", _titled(meeting, name))
    _add(event, "dtstart", details.starts_at.astimezone(zone))
    _add(event, "dtend", details.ends_at.astimezone(zone))
    if details.place:
        _add(event, "location", details.place)
    if details.link:
        _add(event, "url", details.link)
    lines = [f"{one.position}. {one.title}" for one in page.agenda]
    head: tuple[str, ...] = (details.link,)
    if meeting.state is MeetingState.CANCELLED:
        head = (texts.calendar_called_off(meeting.cancel_reason), details.link)
        _add(event, "transp", "TRANSPARENT")
    if description := "\n".join(one for one in (*head, *lines) if one):
        _add(event, "description", description)
    for before in _ALARMS if meeting.state is MeetingState.PLANNED else ():
        event.add_component(_alarm(name, before))
    return event


def _deadline(meeting: Meeting, deadline: Deadline) -> Event:
    zone = ZoneInfo(meeting.details.zone)
    name = texts.name(meeting.details.kind, meeting.details.title)
    what = texts.calendar_deadline(deadline.label or texts.DEADLINES[deadline.kind], name)
    event = _entry(meeting, f"deadline-{deadline.id}-{meeting.uid}")
    _add(event, "summary", _titled(meeting, what))
    _add(event, "dtstart", (deadline.due_at - _SLOT).astimezone(zone))
    _add(event, "dtend", deadline.due_at.astimezone(zone))
    _add(event, "transp", "TRANSPARENT")
    if meeting.state is MeetingState.PLANNED:
        event.add_component(_alarm(what, _ALARMS[0]))
    return event


def _titled(meeting: Meeting, name: str) -> str:
    """Return a title that says what happened: not every program looks at STATUS."""
    is_off = meeting.state is MeetingState.CANCELLED
    return texts.calendar_called_off(name) if is_off else name


def _entry(meeting: Meeting, uid: str) -> Event:
    event = Event()
    _add(event, "uid", uid)
    _add(event, "sequence", meeting.sequence)
    _add(event, "dtstamp", meeting.changed_at)
    _add(event, "created", meeting.created_at)
    _add(event, "last-modified", meeting.changed_at)
    is_planned = meeting.state is MeetingState.PLANNED
    _add(event, "status", "CONFIRMED" if is_planned else "CANCELLED")
    return event


def _alarm(what: str, before: dt.timedelta) -> Alarm:
    alarm = Alarm()
    _add(alarm, "action", "DISPLAY")
    _add(alarm, "description", texts.calendar_alarm(what))
    _add(alarm, "trigger", -before)
    return alarm


class _Component(Protocol):
    def add(self, name: str, value: object, parameters: dict[str, str] | None = None) -> None: ...


def _add(component: object, name: str, value: object, **parameters: str) -> None:
    cast("_Component", component).add(name, value, parameters or None)
