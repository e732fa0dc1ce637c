"""Signing up for a meeting, in person or digital, and giving somebody a proxy."""

import datetime as dt
from dataclasses import dataclass, replace

from bot.errors import NotAMemberError, NotYoursError
from bot.services.guild_settings import PROXIES, QUORUM, GuildSettings
from bot.services.meetings.announcing import PROXY, PROXY_ANSWER
from bot.services.meetings.errors import (
    NoMeetingError,
    ProxyFullError,
    ProxyGiverGoneError,
    ProxyGoneError,
)
from bot.services.meetings.shelf import require_open
from bot.services.meetings.voters import Voter, require_holder
from bot.services.ports import Clock
from storage.delivery_records import DmTarget, NewDelivery
from storage.meeting_records import (
    Answer,
    Attendance,
    Counts,
    Meeting,
    Mode,
    Proxy,
    ProxyState,
)
from storage.unit_of_work import UnitOfWork, UnitsOfWork

_LARGEST_ID = 2**63 - 1
_OPEN = (ProxyState.OFFERED, ProxyState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person stands for a meeting, with the counts of all."""

    meeting: Meeting
    said: Attendance | None
    given: Proxy | None
    held: tuple[Proxy, ...]
    counts: Counts


class Attending:
    """Who comes."""

    def __init__(self, units: UnitsOfWork, clock: Clock, settings: GuildSettings) -> None:
        """Keep in `units`."""
        self._units = units
        self._clock = clock
        self._settings = settings

    async def quorum_of(self, guild_id: int) -> int:
        """Return how many members have to be there or represented; 0: it does not matter."""
        return await self._settings.value_of(guild_id, QUORUM)

    async def place_of(self, meeting_id: int, person: int) -> Place:
        """Return where somebody stands.

        Raises:
            NoMeetingError: when there is no such meeting.

        """
        async with self._units.reading() as work:
            return await _place(work, meeting_id, person)

    async def say(
        self, meeting_id: int, person: int, answer: Answer, *, mode: Mode | None = None
    ) -> Place:
        """Write down whether somebody comes; without `mode` the way stays as it was.

        Raises:
            MeetingOverError: when it has begun, or was called off.

        """
        now = self._clock.now()
        async with self._units() as work:
            await _open_meeting(work, meeting_id, now)
            before = await work.attendance.of(meeting_id, person)
            kept = mode or (before.mode if before else Mode.IN_PERSON)
            await work.attendance.put(Attendance(meeting_id, person, answer, kept, now))
            return await _place(work, meeting_id, person)

    async def offer(self, meeting_id: int, *, giver: int, holder: Voter) -> Proxy:
        """Offer somebody a proxy; they are asked in a private message, an earlier one ends.

        `holder` is as Discord tells of them now.

        Raises:
            MeetingOverError: when the meeting has begun, or was called off.
            ProxyProblemError: when they cannot hold it.

        """
        require_holder(holder, giver=giver)
        now = self._clock.now()
        async with self._units() as work:
            meeting = await _open_meeting(work, meeting_id, now)
            before = await work.attendance.proxy_of(meeting_id, giver)
            if before is not None and before.state in _OPEN:
                if before.holder_id == holder.id:
                    return before
                await work.deliveries.withdraw(PROXY, before.id)
            await self._require_room(work, meeting, holder.id)
            proxy = await work.attendance.offer(
                meeting_id, giver_id=giver, holder_id=holder.id, at=now
            )
            await work.deliveries.queue(_asking(meeting, proxy, holder.id, now))
        return proxy

    async def accept(self, proxy_id: int, *, by: Voter, giver: Voter) -> tuple[Meeting, Proxy]:
        """Take a proxy; the giver is told. Both are as Discord tells of them now.

        Raises:
            NotAMemberError: when `by` may not vote here.
            NotYoursError: when it was offered to somebody else.
            ProxyProblemError: when it is not open any more, its giver may not vote here any more,
                or `by` holds enough.
            MeetingOverError: when the meeting has begun, or was called off.

        """
        if not by.may_vote:
            raise NotAMemberError
        if not giver.may_vote:
            raise ProxyGiverGoneError
        return await self._answer(proxy_id, ProxyState.ACCEPTED, by=by.id)

    async def decline(self, proxy_id: int, *, by: int) -> tuple[Meeting, Proxy]:
        """Refuse a proxy; the giver is told.

        Raises:
            NotYoursError: when it was offered to somebody else.
            ProxyGoneError: when it is not open any more.
            MeetingOverError: when the meeting has begun, or was called off.

        """
        return await self._answer(proxy_id, ProxyState.DECLINED, by=by)

    async def _answer(self, proxy_id: int, state: ProxyState, *, by: int) -> tuple[Meeting, Proxy]:
        now = self._clock.now()
        async with self._units() as work:
            proxy, meeting = await _proxy(work, proxy_id, now)
            if proxy.holder_id != by:
                raise NotYoursError
            if proxy.state is state:
                return meeting, proxy
            if proxy.state not in _OPEN:
                raise ProxyGoneError
            if state is ProxyState.ACCEPTED:
                await self._require_room(work, meeting, by)
            return meeting, await _set(work, meeting, proxy, state, now)

    async def offered(self, proxy_id: int, *, to: int) -> tuple[Meeting, Proxy]:
        """Return a proxy and its meeting, for the person it was offered to.

        Raises:
            ProxyGoneError: when it is not there any more.
            NotYoursError: when it was offered to somebody else.

        """
        if not 0 < proxy_id <= _LARGEST_ID:
            raise ProxyGoneError
        async with self._units.reading() as work:
            proxy = await work.attendance.proxy(proxy_id)
            meeting = await work.meetings.get(proxy.meeting_id) if proxy else None
        if proxy is None or meeting is None:
            raise ProxyGoneError
        if proxy.holder_id != to:
            raise NotYoursError
        return meeting, proxy

    async def take_back(self, meeting_id: int, *, giver: int) -> Proxy:
        """Take a proxy back; who held it or was asked sees that in their message.

        Raises:
            ProxyGoneError: when there is none.
            MeetingOverError: when the meeting has begun, or was called off.

        """
        now = self._clock.now()
        async with self._units() as work:
            await _open_meeting(work, meeting_id, now)
            proxy = await work.attendance.proxy_of(meeting_id, giver)
            if proxy is None or proxy.state not in _OPEN:
                raise ProxyGoneError
            await work.attendance.set_proxy(proxy.id, ProxyState.WITHDRAWN, at=now)
            await work.deliveries.withdraw(PROXY, proxy.id)
        return replace(proxy, state=ProxyState.WITHDRAWN)

    async def _require_room(self, work: UnitOfWork, meeting: Meeting, holder: int) -> None:
        limit = await _proxies_allowed(work, meeting.guild_id)
        if len(await work.attendance.held_by(meeting.id, holder)) >= limit:
            raise ProxyFullError(limit=limit)


async def _proxies_allowed(work: UnitOfWork, guild_id: int) -> int:
    chosen = await work.settings.get(guild_id, PROXIES.name)
    return PROXIES.default if chosen is None else PROXIES.stored(chosen.value)


async def _open_meeting(work: UnitOfWork, meeting_id: int, now: dt.datetime) -> Meeting:
    """Return a meeting, locked, so that limits hold for two people at once."""
    meeting = await work.meetings.lock(meeting_id)
    if meeting is None:
        raise NoMeetingError
    require_open(meeting, now)
    return meeting


async def _proxy(work: UnitOfWork, proxy_id: int, now: dt.datetime) -> tuple[Proxy, Meeting]:
    found = await work.attendance.proxy(proxy_id)
    if found is None:
        raise ProxyGoneError
    meeting = await _open_meeting(work, found.meeting_id, now)
    locked = await work.attendance.proxy(proxy_id)
    if locked is None:
        raise ProxyGoneError
    return locked, meeting


async def _set(
    work: UnitOfWork, meeting: Meeting, proxy: Proxy, state: ProxyState, now: dt.datetime
) -> Proxy:
    await work.attendance.set_proxy(proxy.id, state, at=now)
    times = int(now.timestamp())
    await work.deliveries.revise(PROXY, proxy.id, version=times)
    await work.deliveries.queue(
        NewDelivery(
            key=f"proxy-answer:{proxy.id}:{state.value}:{times}",
            guild_id=meeting.guild_id,
            target=DmTarget(proxy.giver_id),
            kind=PROXY_ANSWER,
            subject_id=proxy.id,
            due_at=now,
            useful_until=meeting.details.ends_at,
        )
    )
    return replace(proxy, state=state, changed_at=now)


def _asking(meeting: Meeting, proxy: Proxy, holder: int, now: dt.datetime) -> NewDelivery:
    return NewDelivery(
        key=f"proxy:{proxy.id}",
        guild_id=meeting.guild_id,
        target=DmTarget(holder),
        kind=PROXY,
        subject_id=proxy.id,
        due_at=now,
        useful_until=meeting.details.starts_at,
    )


async def _place(work: UnitOfWork, meeting_id: int, person: int) -> Place:
    meeting = await work.meetings.get(meeting_id)
    if meeting is None:
        raise NoMeetingError
    return Place(
        meeting,
        await work.attendance.of(meeting_id, person),
        await work.attendance.proxy_of(meeting_id, person),
        await work.attendance.held_by(meeting_id, person),
        await work.attendance.counts_of(meeting_id),
    )
