"""When reminders are due: kept as rules, worked out late, moved when the meeting moves."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.dates.rules import moment_by, parse_rule
from storage.meeting_records import Deadline, Meeting
from storage.repositories.meetings_reminders import NewReminder, RuleInUse
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a reminder is counted from: the start of a meeting, or a deadline."""

    local: dt.datetime
    moment: dt.datetime
    zone: ZoneInfo

    def due(self, rule: str) -> dt.datetime:
        """Return when a rule is due, in UTC."""
        return moment_by(parse_rule(rule), self.local, self.zone)


Anchors = Mapping[int | None, Anchor]
"""By the id of the deadline; None is the meeting itself."""


def anchors_of(meeting: Meeting, deadlines: Sequence[Deadline]) -> Anchors:
    """Return everything that reminders of a meeting can be counted from."""
    details = meeting.details
    zone = ZoneInfo(details.zone)
    own: dict[int | None, Anchor] = {None: Anchor(details.local_start, details.starts_at, zone)}
    return own | {one.id: Anchor(one.local, one.due_at, zone) for one in deadlines}


def useful_until(used: RuleInUse, rules: Sequence[RuleInUse], anchors: Anchors) -> dt.datetime:
    """Return until when a reminder still helps: until what it is about.

    One of the channel only until the next of its own series: after a long interruption the last
    one that was missed is sent, not all of them.
    """
    anchor = anchors[used.deadline_id]
    if used.is_personal:
        return max(anchor.moment, anchor.due(used.rule))
    due = anchor.due(used.rule)
    later = (
        anchor.due(one.rule)
        for one in rules
        if not one.is_personal and one.deadline_id == used.deadline_id
    )
    return min((one for one in later if one > due), default=anchor.moment)


async def begin_rules(
    work: UnitOfWork,
    meeting: Meeting,
    rules: Sequence[str],
    *,
    deadline: Deadline | None,
    now: dt.datetime,
) -> None:
    """Give a meeting, or a deadline of it, the channel's reminders; what is past stays silent."""
    deadline_id = deadline.id if deadline else None
    anchor = anchors_of(meeting, [deadline] if deadline else [])[deadline_id]
    for rule in rules:
        await work.meeting_reminders.add(
            NewReminder(meeting.guild_id, meeting.id, rule, now, deadline_id=deadline_id)
        )
        due = anchor.due(rule)
        if due <= now or due >= anchor.moment:
            used = RuleInUse(rule, deadline_id, is_personal=False)
            await work.meeting_reminders.done(meeting.id, used, start=anchor.moment, due=None)


async def move_rules(
    work: UnitOfWork, meeting: Meeting, deadlines: Sequence[Deadline], *, now: dt.datetime
) -> None:
    """Let every reminder follow what it is counted from.

    What was not due yet moves along. What is past at the new time is not sent any more. What was
    sent comes again only when the meeting moved on by more than the reminder's own distance.
    """
    reminders = work.meeting_reminders
    await reminders.reopen_unsent(meeting.id, now)
    anchors = anchors_of(meeting, deadlines)
    for used in await reminders.rules_of(meeting.id):
        anchor = anchors[used.deadline_id]
        due = anchor.due(used.rule)
        if due <= now or due >= anchor.moment:
            await reminders.done(meeting.id, used, start=anchor.moment, due=None)
            continue
        for one in await reminders.done_with_rule(meeting.id, used):
            if one.done_for is None:
                continue
            moved = anchor.moment - one.done_for
            if one.done_due is None or moved > one.done_for - one.done_due:
                await reminders.reopen(meeting.id, used, start=one.done_for)
