"""What the scheduled event of a meeting is to show, and what differs from it."""

import datetime as dt
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from bot.services.meetings.checking import details_of
from bot.services.meetings.event_board import EventChange, FoundEvent
from bot.services.meetings.proposals import ChangeProposal
from bot.texts import meetings as meeting_texts
from bot.texts import meetings_events as texts
from storage.meeting_event_records import EventFacts, EventPlan
from storage.meeting_records import Details, Meeting, MeetingState

_NAME: Final = 100  # characters, as of a place: what Discord allows
_DESCRIPTION: Final = 1_000
_SHORTEST: Final = 15  # minutes that a meeting takes, and the most
_LONGEST: Final = 2 * 24 * 60


def plan_of(meeting: Meeting) -> EventPlan | None:
    """Return what the event of a meeting is to show; None: there is to be none."""
    if meeting.state is MeetingState.CANCELLED:
        return None
    details = meeting.details
    facts = EventFacts(
        name=meeting_texts.name(details.kind, details.title)[:_NAME],
        starts_at=details.starts_at,
        ends_at=details.ends_at,
        place=_place(details),
    )
    told = texts.event_description(details.link, mark=mark_of(meeting))
    return EventPlan(facts, told[:_DESCRIPTION])


def mark_of(meeting: Meeting) -> str:
    """Return the last line of the description, by which the event is found again."""
    return texts.event_mark(meeting.uid)


def is_event_of(found: FoundEvent, meeting: Meeting) -> bool:
    """Whether the bot made an event for a meeting: others can write any mark."""
    return found.is_ours and mark_of(meeting) in found.description.splitlines()


def difference(before: EventPlan, after: EventPlan) -> EventChange:
    """Return what makes an event show `after` that shows `before`: nothing else is touched."""
    was, now = before.facts, after.facts
    times = (now.starts_at, now.ends_at)
    return EventChange(
        name=now.name if was.name != now.name else None,
        description=after.description if before.description != after.description else None,
        times=times if times != (was.starts_at, was.ends_at) else None,
        place=now.place if was.place != now.place else None,
    )


def changed(facts: EventFacts, change: EventChange) -> EventFacts:
    """Return what people see of an event after a change."""
    start, end = change.times or (facts.starts_at, facts.ends_at)
    return EventFacts(
        name=facts.name if change.name is None else change.name,
        starts_at=start,
        ends_at=end,
        place=facts.place if change.place is None else change.place,
    )


def taken_over(meeting: Meeting, found: EventFacts) -> ChangeProposal:
    """Return the change that makes a meeting as somebody made its event.

    Raises:
        EmptyTitleError: when the name is no title.

    """
    details, plan = meeting.details, plan_of(meeting)
    ours = found if plan is None else plan.facts
    length = round((found.ends_at - found.starts_at) / dt.timedelta(minutes=1))
    moved = found.starts_at != ours.starts_at
    prefix = f"{meeting_texts.KINDS[details.kind]}: "
    proposed = details_of(
        kind=details.kind,
        moment=found.starts_at,
        minutes=min(max(length, _SHORTEST), _LONGEST),
        title=details.title if found.name == ours.name else found.name.removeprefix(prefix),
        place=found.place if found.place not in {"", ours.place} else details.place,
        link=details.link,
    )
    if not moved:  # the hour that exists twice keeps which of the two it is
        proposed = replace(proposed, local_start=details.local_start)
    return ChangeProposal(proposed)


def _place(details: Details) -> str:
    """Return where it is; Discord wants to hear something."""
    if details.place:
        return details.place
    if details.link:
        return details.link if len(details.link) <= _NAME else _host(details.link)
    return texts.PLACE_FOLLOWS


def _host(address: str) -> str:
    return (urlsplit(address).hostname or texts.PLACE_FOLLOWS)[:_NAME]
