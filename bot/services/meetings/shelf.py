"""Reading meetings: the next one, one by its number, all that can be chosen from."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from bot.services.grouping import Grouped
from bot.services.meetings.errors import MeetingOverError, NoMeetingError
from bot.services.meetings.planning import page_in
from bot.services.ports import Clock
from storage.meeting_records import (
    Attendance,
    Change,
    Meeting,
    MeetingPage,
    MeetingState,
    Proxy,
)
from storage.unit_of_work import UnitsOfWork

_LARGEST_ID: Final = 2**63 - 1
_LINGERS: Final = dt.timedelta(hours=12)
"""How long after its start a meeting is still "the next one": while it lasts, people look it up."""


class MeetingShelf:
    """Finds meetings of one guild; another guild's do not exist for it."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Read from `units`."""
        self._units = units
        self._clock = clock
        self._reminded: Grouped[int, MeetingPage] = Grouped(
            self._of_reminders, name="meetings of reminders"
        )

    async def find(self, guild_id: int, typed: str | None) -> Meeting:
        """Return a meeting by what was typed or chosen; without that the next one.

        Raises:
            NoMeetingError: when there is none.

        """
        meetings = await self.all(guild_id)
        wanted = (typed or "").strip().casefold()
        if not wanted:
            return self._next(meetings)
        number = wanted.removeprefix("#").partition(" ")[0]
        for meeting in meetings:
            if number == str(meeting.number):
                return meeting
        named = [one for one in meetings if wanted in one.details.title.casefold()]
        if len(named) != 1:
            raise NoMeetingError(typed)
        return named[0]

    async def offer(self, guild_id: int, typed: str) -> tuple[Meeting, ...]:
        """Return the meetings that fit what is typed so far: those to come first."""
        now = self._clock.now()
        wanted = typed.strip().casefold()
        found = [
            one
            for one in await self.all(guild_id)
            if wanted in f"#{one.number} {one.details.title}".casefold()
        ]
        to_come = [one for one in found if one.details.ends_at > now]
        return (*reversed(to_come), *(one for one in found if one.details.ends_at <= now))[:25]

    async def all(self, guild_id: int) -> tuple[Meeting, ...]:
        """Return the meetings of a guild, the latest first."""
        async with self._units.reading() as work:
            return await work.meetings.of_guild(guild_id)

    async def upcoming(self, guild_id: int) -> tuple[MeetingPage, ...]:
        """Return what is planned and to come, the next first, with all that belongs to it."""
        async with self._units.reading() as work:
            meetings = await work.meetings.upcoming(guild_id, self._clock.now())
            return tuple([await page_in(work, one.id) for one in meetings])

    async def pages(self, guild_id: int) -> tuple[MeetingPage, ...]:
        """Return every meeting for a calendar, called off ones too."""
        async with self._units.reading() as work:
            meetings = await work.meetings.of_guild(guild_id, limit=100)
            return tuple([await page_in(work, one.id) for one in meetings])

    async def get(self, meeting_id: int, *, guild_id: int | None) -> Meeting:
        """Return a meeting by its id; `guild_id` is where it is asked for, None in a DM.

        Raises:
            NoMeetingError: when there is none there.

        """
        if not 0 < meeting_id <= _LARGEST_ID:
            raise NoMeetingError
        async with self._units.reading() as work:
            meeting = await work.meetings.get(meeting_id)
        if meeting is None or guild_id not in {None, meeting.guild_id}:
            raise NoMeetingError
        return meeting

    async def page(self, meeting_id: int) -> MeetingPage:
        """Return a meeting with all that belongs to it.

        Raises:
            NoMeetingError: when there is none.

        """
        async with self._units.reading() as work:
            return await page_in(work, meeting_id)

    async def page_of_reminder(self, reminder_id: int) -> MeetingPage:
        """Return the meeting that somebody is reminded of.

        Raises:
            NoMeetingError: when that reminder was stopped, or there is no such meeting.

        """
        return await self._reminded.put(reminder_id)

    async def _of_reminders(self, reminder_ids: Sequence[int]) -> list[MeetingPage | Exception]:
        """Read a meeting once for all who are reminded of it at this moment."""
        async with self._units.reading() as work:
            reminders = await work.meeting_reminders.get_all(reminder_ids)
            wanted = {one.meeting_id for one in reminders.values()}
            pages = {one: await page_in(work, one) for one in wanted}
        return [
            pages[reminders[one].meeting_id] if one in reminders else NoMeetingError()
            for one in reminder_ids
        ]

    async def people(self, meeting_id: int) -> tuple[tuple[Attendance, ...], tuple[Proxy, ...]]:
        """Return what everybody said, and every proxy."""
        async with self._units.reading() as work:
            return (
                await work.attendance.of_meeting(meeting_id),
                await work.attendance.proxies_of(meeting_id),
            )

    async def history(self, meeting_id: int) -> tuple[Change, ...]:
        """Return everything that happened to a meeting."""
        async with self._units.reading() as work:
            return await work.meetings.history_of(meeting_id)

    def _next(self, meetings: tuple[Meeting, ...]) -> Meeting:
        now = self._clock.now()
        to_come = [
            one
            for one in meetings
            if one.state is MeetingState.PLANNED
            and (one.details.starts_at > now or _lasts(one, now))
        ]
        if not to_come:
            raise NoMeetingError
        return to_come[-1]


def require_open(meeting: Meeting, now: dt.datetime) -> None:
    """Refuse what makes no sense once a meeting has begun or was called off.

    Raises:
        MeetingOverError: when that is so.

    """
    if meeting.state is not MeetingState.PLANNED or meeting.details.starts_at <= now:
        raise MeetingOverError(meeting)


def _lasts(meeting: Meeting, now: dt.datetime) -> bool:
    details = meeting.details
    return details.starts_at <= now < min(details.ends_at, details.starts_at + _LINGERS)
