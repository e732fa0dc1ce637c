"""What a confirmed proposal does to a meeting, inside the unit of work of whoever confirms it."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.rules import parse_rule
from bot.dates.wall import wall
from bot.services.meetings.errors import (
    DeadlineAfterMeetingError,
    NoDeadlineError,
    NoItemError,
    TooManyError,
)
from bot.services.meetings.papers import check_files, forget_unused
from bot.services.meetings.proposals import (
    CancelProposal,
    ChangeProposal,
    DeadlineProposal,
    ItemProposal,
    PlanProposal,
    Proposal,
    details_json,
)
from bot.services.meetings.schedule import anchors_of, begin_rules, move_rules
from storage.meeting_records import (
    AgendaItem,
    Change,
    ChangeKind,
    Deadline,
    Meeting,
    MeetingState,
    NewMeeting,
)
from storage.repositories.meetings import NewDeadline
from storage.unit_of_work import UnitOfWork

MOST_ITEMS: Final = 25  # what one select can offer
MOST_DEADLINES: Final = 10


@dataclass(frozen=True, slots=True)
class Done:
    """A meeting as it has become, and the event in its history."""

    meeting: Meeting
    change: Change


async def check(work: UnitOfWork, meeting: Meeting, proposal: Proposal) -> None:
    """Refuse what cannot be done to a meeting.

    Raises:
        MeetingError: NoItemError, NoDeadlineError, TooManyError or DeadlineAfterMeetingError.

    """
    if isinstance(proposal, ItemProposal):
        items = await work.meetings.agenda_of(meeting.id)
        if proposal.item_id is None and len(items) >= MOST_ITEMS:
            raise TooManyError(limit=MOST_ITEMS)
        if proposal.item_id is not None and proposal.item_id not in {one.id for one in items}:
            raise NoItemError
        if not proposal.removed:
            await check_files(work, items, proposal.item_id, proposal.papers)
    if isinstance(proposal, DeadlineProposal):
        known = await work.meetings.deadlines_of(meeting.id)
        if proposal.deadline_id is None and len(known) >= MOST_DEADLINES:
            raise TooManyError(limit=MOST_DEADLINES)
        if proposal.deadline_id not in {None, *(one.id for one in known)}:
            raise NoDeadlineError
        due = anchors_of(meeting, ())[None].due(proposal.rule)
        if not proposal.removed and due > meeting.details.starts_at:
            raise DeadlineAfterMeetingError


async def plan(  # noqa: PLR0913 # what is planned, and who plans what where and when
    work: UnitOfWork,
    proposal: PlanProposal,
    rules: Sequence[str],
    *,
    guild_id: int,
    by: int,
    now: dt.datetime,
) -> Done:
    """Plan a meeting, with the channel's reminders."""
    meeting = await work.meetings.add(
        NewMeeting(guild_id, proposal.uid, proposal.details, tuple(rules), now)
    )
    await begin_rules(work, meeting, rules, deadline=None, now=now)
    told = json.dumps({"after": details_json(proposal.details)})
    return Done(meeting, await work.meetings.note(meeting, ChangeKind.PLANNED, by=by, told=told))


async def apply(
    work: UnitOfWork, meeting: Meeting, proposal: Proposal, *, by: int, now: dt.datetime
) -> Done:
    """Change a meeting that is locked."""
    await check(work, meeting, proposal)
    match proposal:
        case ChangeProposal():
            return await _change(work, meeting, proposal, by=by, now=now)
        case CancelProposal(reason):
            called_off = replace(
                _next(meeting, now), state=MeetingState.CANCELLED, cancel_reason=reason
            )
            await work.meeting_reminders.reopen_unsent(meeting.id, now)
            told = json.dumps({"reason": reason})
            return await _noted(work, called_off, ChangeKind.CANCELLED, by=by, told=told)
        case ItemProposal():
            told = await _put_item(work, meeting, proposal)
            await forget_unused(work, meeting.id, now)
            return await _noted(work, _next(meeting, now), ChangeKind.AGENDA, by=by, told=told)
        case DeadlineProposal():
            told = await _put_deadline(work, meeting, proposal, now=now)
            return await _noted(work, _next(meeting, now), ChangeKind.DEADLINE, by=by, told=told)
        case PlanProposal():
            message = "a meeting is planned once"
            raise AssertionError(message)


async def _noted(
    work: UnitOfWork, meeting: Meeting, kind: ChangeKind, *, by: int, told: str
) -> Done:
    await work.meetings.put(meeting)
    # Reminders that stand in the channel show what the meeting has become.
    await work.deliveries.revise("meeting_reminder", meeting.id, version=meeting.version)
    return Done(meeting, await work.meetings.note(meeting, kind, by=by, told=told))


async def _change(
    work: UnitOfWork, meeting: Meeting, proposal: ChangeProposal, *, by: int, now: dt.datetime
) -> Done:
    before = meeting.details
    changed = replace(_next(meeting, now), details=proposal.details)
    deadlines = await work.meetings.deadlines_of(meeting.id)
    if proposal.reminders is not None:
        await work.meeting_reminders.reopen_unsent(meeting.id, now)
        await work.meeting_reminders.forget_rules(meeting.id)
        await begin_rules(work, changed, proposal.reminders, deadline=None, now=now)
    if before.starts_at != changed.details.starts_at:
        deadlines = tuple([await _moved(work, changed, one) for one in deadlines])
        await move_rules(work, changed, deadlines, now=now)
    told = json.dumps(
        {
            "before": details_json(before),
            "after": details_json(changed.details),
            "reminders": proposal.reminders,
        }
    )
    return await _noted(work, changed, ChangeKind.CHANGED, by=by, told=told)


async def _moved(work: UnitOfWork, meeting: Meeting, deadline: Deadline) -> Deadline:
    """Let a deadline follow its meeting; a fixed one stays."""
    if parse_rule(deadline.rule).is_fixed:
        return deadline
    due, local = _when(meeting, deadline.rule)
    moved = replace(deadline, due_at=due, local=local)
    await work.meetings.put_deadline(moved)
    return moved


def _when(meeting: Meeting, rule: str) -> tuple[dt.datetime, dt.datetime]:
    """Return the moment that a rule means, and what the clock shows then."""
    due = anchors_of(meeting, ())[None].due(rule)
    return due, wall(due, ZoneInfo(meeting.details.zone))


async def _put_item(work: UnitOfWork, meeting: Meeting, proposal: ItemProposal) -> str:
    """Add, change, move or remove an agenda item; the others close up."""
    items = list(await work.meetings.agenda_of(meeting.id))
    if proposal.item_id is None:
        item = await work.meetings.add_item(
            meeting.id, title=proposal.title, text=proposal.text, papers=proposal.papers
        )
        what = "added"
    else:
        item = next(one for one in items if one.id == proposal.item_id)
        items.remove(item)
        item = replace(item, title=proposal.title, text=proposal.text, papers=proposal.papers)
        what = "removed" if proposal.removed else "changed"
    if proposal.removed:
        await work.meetings.remove_item(item.id)
    else:
        place = item.position if proposal.position is None else proposal.position
        items.insert(max(place, 1) - 1, item)
    await _renumber(work, items)
    return json.dumps({"item": what, "title": item.title})


async def _renumber(work: UnitOfWork, items: Sequence[AgendaItem]) -> None:
    for position, item in enumerate(items, start=1):
        await work.meetings.put_item(replace(item, position=position))


async def _put_deadline(
    work: UnitOfWork, meeting: Meeting, proposal: DeadlineProposal, *, now: dt.datetime
) -> str:
    """Add, change or remove a deadline, with the reminders that the meeting itself has."""
    due, local = _when(meeting, proposal.rule)
    if proposal.deadline_id is None:
        new = NewDeadline(
            kind=proposal.kind, label=proposal.label, rule=proposal.rule, due_at=due, local=local
        )
        deadline = await work.meetings.add_deadline(meeting.id, new)
        channel = await work.meeting_reminders.of_channel(meeting.id)
        rules = [one.rule for one in channel if one.deadline_id is None]
        await begin_rules(work, meeting, rules, deadline=deadline, now=now)
        what = "added"
    elif proposal.removed:
        await work.meeting_reminders.reopen_unsent(meeting.id, now)
        await work.meetings.remove_deadline(proposal.deadline_id)
        what = "removed"
    else:
        known = await work.meetings.deadlines_of(meeting.id)
        old = next(one for one in known if one.id == proposal.deadline_id)
        deadline = replace(
            old,
            kind=proposal.kind,
            label=proposal.label,
            rule=proposal.rule,
            due_at=due,
            local=local,
        )
        await work.meetings.put_deadline(deadline)
        await move_rules(work, meeting, await work.meetings.deadlines_of(meeting.id), now=now)
        what = "changed"
    return json.dumps(
        {
            "deadline": what,
            "kind": proposal.kind.value,
            "label": proposal.label,
            "due_at": due.isoformat(),
        }
    )


def _next(meeting: Meeting, now: dt.datetime) -> Meeting:
    """Return the next version of a meeting; calendars hear of every one."""
    return replace(
        meeting, version=meeting.version + 1, sequence=meeting.sequence + 1, changed_at=now
    )
