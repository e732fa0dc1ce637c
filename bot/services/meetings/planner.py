"""The job that queues reminders shortly before they are due, so that a move still finds few."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

import structlog

from bot.services.deliveries import transitions
from bot.services.meetings.announcing import (
    NOTICE,
    PERSONAL,
    REMINDER,
    Announcement,
    announcement_of,
)
from bot.services.meetings.schedule import Anchors, anchors_of, useful_until
from bot.services.places import Places
from bot.services.ports import Clock
from storage.delivery_records import DeliveryState, DmTarget, NewDelivery
from storage.meeting_records import Meeting, MeetingState
from storage.repositories.meetings_reminders import RuleInUse
from storage.unit_of_work import UnitOfWork, UnitsOfWork

INTERVAL: Final = dt.timedelta(seconds=30)
AHEAD: Final = dt.timedelta(hours=1)
"""How long before it is due a reminder is queued."""
_LOOK_BACK: Final = dt.timedelta(days=31)
"""How long after a meeting began what was missed before it is still noted: nobody may have run the
bot for a month."""

KINDS_IN_CHANNELS: Final = (REMINDER, NOTICE)

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class ReminderPlanner:
    """Queues what comes due. Any process may: a key is queued once, a rule is done once."""

    def __init__(self, units: UnitsOfWork, clock: Clock, places: Places) -> None:
        """Queue in `units`, for the channel that `places` says."""
        self._units = units
        self._clock = clock
        self._places = places

    async def tick(self) -> None:
        """Queue every reminder that is due within the hour, and those that are overdue.

        Raises:
            StorageError: when the database cannot be used; the next turn tries again.

        """
        until = self._clock.now() + AHEAD
        async with self._units.reading() as work:
            waiting = await _waiting(work, self._clock.now() - _LOOK_BACK, until)
        for meeting in waiting:
            where = await announcement_of(self._places, meeting.guild_id)
            async with self._units() as work:
                await self._queue(work, meeting.id, until, where)
        await self._rescue()

    async def _rescue(self) -> None:
        """Send what was refused in its channel, for good, to where meetings are told of now.

        The refused copy is let be: otherwise it would come twice once somebody mends the channel.
        """
        now = self._clock.now()
        async with self._units.reading() as work:
            refused = await work.meeting_reminders.refused_in_channels(KINDS_IN_CHANNELS, now)
        for lost in refused:
            where = await announcement_of(self._places, lost.guild_id)
            if where is None or where.target == lost.target:
                continue  # there is no other place yet; it is tried again while it is of use
            async with self._units() as work:
                known = await work.deliveries.lock(lost.id)
                if known is None or known.state is not DeliveryState.FAILED:
                    continue
                await work.deliveries.queue(
                    NewDelivery(
                        key=f"{lost.key}:{where.channel_id}",
                        guild_id=lost.guild_id,
                        target=where.target,
                        kind=lost.kind,
                        subject_id=lost.subject_id,
                        due_at=lost.due_at,
                        version=lost.wanted_version,
                        useful_until=lost.useful_until,
                    )
                )
                await work.deliveries.put(transitions.dismissed(known))
            _log.warning("reminder_sent_elsewhere", delivery=lost.id, channel=where.channel_id)

    async def _queue(
        self, work: UnitOfWork, meeting_id: int, until: dt.datetime, where: Announcement | None
    ) -> None:
        meeting = await work.meetings.lock(meeting_id)
        if meeting is None or meeting.state is not MeetingState.PLANNED:
            return
        anchors = anchors_of(meeting, await work.meetings.deadlines_of(meeting_id))
        rules = await work.meeting_reminders.rules_of(meeting_id)
        waiting = await work.meeting_reminders.waiting_rules([meeting_id])
        for used in _due(waiting.get(meeting_id, ()), anchors, until):
            if not used.is_personal and where is None:
                # There is no place for it yet: it stays due, and is sent late once there is one.
                _log.debug("reminder_without_channel", meeting=meeting.id, rule=used.rule)
                continue
            new = await _deliveries(work, meeting, used, anchors, rules=rules, where=where)
            await work.meeting_reminders.queue_all(new)
            anchor = anchors[used.deadline_id]
            await work.meeting_reminders.done(
                meeting.id, used, start=anchor.moment, due=anchor.due(used.rule)
            )
            _log.info("reminders_queued", meeting=meeting.id, rule=used.rule, copies=len(new))


async def _waiting(work: UnitOfWork, since: dt.datetime, until: dt.datetime) -> list[Meeting]:
    """Return the meetings after `since` with reminders to queue, in three questions for all."""
    meetings = await work.meetings.all_upcoming(since)
    rules = await work.meeting_reminders.waiting_rules([one.id for one in meetings])
    deadlines = await work.meetings.deadlines_by_meeting(rules)
    return [
        one
        for one in meetings
        if one.id in rules
        and _due(rules[one.id], anchors_of(one, deadlines.get(one.id, ())), until)
    ]


def _due(
    waiting: Iterable[RuleInUse], anchors: Anchors, until: dt.datetime
) -> tuple[RuleInUse, ...]:
    """Return the rules that are due by `until`."""
    return tuple(one for one in waiting if anchors[one.deadline_id].due(one.rule) <= until)


async def _deliveries(  # noqa: PLR0913 # a reminder, and all that it follows from
    work: UnitOfWork,
    meeting: Meeting,
    used: RuleInUse,
    anchors: Anchors,
    *,
    rules: Sequence[RuleInUse],
    where: Announcement | None,
) -> list[NewDelivery]:
    due = anchors[used.deadline_id].due(used.rule)
    useful = useful_until(used, rules, anchors)
    if not used.is_personal:
        if where is None:
            return []
        # What is due at the same moment is told in one message: the same key is queued once.
        return [
            NewDelivery(
                key=f"meeting-reminder:{meeting.id}:v{meeting.version}:{int(due.timestamp())}",
                guild_id=meeting.guild_id,
                target=where.target,
                kind=REMINDER,
                subject_id=meeting.id,
                due_at=due,
                version=meeting.version,
                useful_until=useful,
            )
        ]
    return [
        NewDelivery(
            key=f"personal-reminder:{one.id}:v{meeting.version}",
            guild_id=meeting.guild_id,
            target=DmTarget(one.user_id),
            kind=PERSONAL,
            subject_id=one.id,
            due_at=due,
            useful_until=useful,
        )
        for one in await work.meeting_reminders.with_rule(meeting.id, used)
        if one.user_id is not None and one.done_for is None
    ]
