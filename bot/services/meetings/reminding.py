"""Personal reminders: by rule, so that they move with the meeting, in a private message."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.reading import NotUnderstood
from bot.dates.reading_rules import Rules, read_rule
from bot.dates.rules import Rule
from bot.dates.wall import wall
from bot.errors import NotYoursError
from bot.services.meetings.checking import ZONE
from bot.services.meetings.errors import (
    DeadlineAfterMeetingError,
    NoMeetingError,
    PastMeetingError,
    ReminderGoneError,
    TooManyError,
)
from bot.services.meetings.schedule import anchors_of
from bot.services.meetings.shelf import require_open
from bot.services.ports import Clock
from storage.meeting_records import Meeting, Reminder
from storage.repositories.meetings_reminders import NewReminder
from storage.unit_of_work import UnitOfWork, UnitsOfWork

_LARGEST_ID: Final = 2**63 - 1
MOST: Final = 25  # reminders of one person in a guild: what one select can offer


@dataclass(frozen=True, slots=True)
class Kept:
    """A personal reminder, when it is due, and whether it was there before."""

    reminder: Reminder
    meeting: Meeting
    due: dt.datetime
    is_new: bool = True


class Reminding:
    """What somebody wants to be reminded of."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Keep in `units`."""
        self._units = units
        self._clock = clock

    def read(self, meeting: Meeting, typed: str) -> Rules | NotUnderstood:
        """Read when somebody wants to be reminded of a meeting that is to come."""
        require_open(meeting, self._clock.now())
        return read_rule(
            typed,
            now=self._clock.now(),
            zone=ZoneInfo(meeting.details.zone),
            event=meeting.details.starts_at,
            default_time=dt.time(9),
        )

    async def keep(self, meeting_id: int, rule: Rule, *, person: int) -> Kept:
        """Keep a reminder; the same one again is the one that is there.

        Raises:
            MeetingOverError: when the meeting has begun, or was called off.
            MeetingError: when it would be past, or after the meeting began, or one too many.

        """
        now = self._clock.now()
        async with self._units() as work:
            meeting = await work.meetings.lock(meeting_id)
            if meeting is None:
                raise NoMeetingError
            require_open(meeting, now)
            due = anchors_of(meeting, ())[None].due(str(rule))
            if due <= now:
                raise PastMeetingError
            if due >= meeting.details.starts_at:
                raise DeadlineAfterMeetingError
            if await work.meeting_reminders.count_of_person(meeting.guild_id, person) >= MOST:
                raise TooManyError(limit=MOST)
            new = NewReminder(meeting.guild_id, meeting_id, str(rule), now, user_id=person)
            reminder, is_new = await work.meeting_reminders.add(new)
        return Kept(reminder, meeting, due, is_new)

    async def snooze(self, reminder_id: int, *, person: int, by: dt.timedelta) -> Kept:
        """Remind once more after a while, before the meeting begins.

        Raises:
            ReminderGoneError: when the reminder does not exist any more.
            NotYoursError: when it is somebody else's.
            MeetingError: as for `keep`.

        """
        reminder = await self._own(reminder_id, person=person)
        local = wall(self._clock.now() + by, ZONE)
        rule = Rule(fixed=local.replace(second=0, microsecond=0))
        return await self.keep(reminder.meeting_id, rule, person=person)

    async def of_person(self, guild_id: int, person: int) -> tuple[Kept, ...]:
        """Return what is still to come for somebody, the first one first."""
        now = self._clock.now()
        async with self._units.reading() as work:
            found = [
                await _kept(work, one)
                for one in await work.meeting_reminders.of_person(guild_id, person)
            ]
        to_come = [one for one in found if one is not None and one.due > now]
        return tuple(sorted(to_come, key=lambda one: (one.due, one.reminder.id)))

    async def stop(self, reminder_id: int, *, person: int) -> None:
        """Forget a reminder; one that was queued already finds nothing to show.

        Raises:
            ReminderGoneError: when it does not exist any more.
            NotYoursError: when it is somebody else's.

        """
        await self._own(reminder_id, person=person)
        async with self._units() as work:
            await work.meeting_reminders.remove(reminder_id)

    async def _own(self, reminder_id: int, *, person: int) -> Reminder:
        if not 0 < reminder_id <= _LARGEST_ID:
            raise ReminderGoneError
        async with self._units.reading() as work:
            reminder = await work.meeting_reminders.get(reminder_id)
        if reminder is None:
            raise ReminderGoneError
        if reminder.user_id != person:
            raise NotYoursError
        return reminder


async def _kept(work: UnitOfWork, reminder: Reminder) -> Kept | None:
    meeting = await work.meetings.get(reminder.meeting_id)
    if meeting is None:
        return None
    due = anchors_of(meeting, ())[None].due(reminder.rule)
    return Kept(reminder, meeting, due)
