"""The job that keeps a scheduled event in Discord for every meeting, and sees who changed one.

Requests and units of work take turns: nothing is asked inside a unit. Before an event is made the
attempt is committed; after a crash its event is looked for, by its mark, before another is made.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import structlog

from bot.services.deliveries.outcomes import NotNowError, RefusedError
from bot.services.meetings.event_asks import EventAsks
from bot.services.meetings.event_board import FULL_CODE, EventBoard, FoundEvent
from bot.services.meetings.event_plans import changed, difference, is_event_of, plan_of
from bot.services.meetings.event_troubles import EventTroubles
from bot.services.ports import Clock
from storage.delivery_records import Problem
from storage.meeting_event_records import EventFacts, EventPlan, EventProblem, EventState
from storage.meeting_records import Meeting
from storage.unit_of_work import UnitsOfWork

INTERVAL: Final = dt.timedelta(seconds=30)
_LOOK_EVERY: Final = dt.timedelta(minutes=10)
"""How often all events are looked at, beside what Discord tells of them."""
_SETTLING: Final = dt.timedelta(seconds=45)
"""How long a request to make an event may still be carried out: nothing is made again before."""
_REST: Final = dt.timedelta(hours=1)
"""How long a meeting waits whose event was refused."""
_LEASE: Final = dt.timedelta(minutes=2)

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class EventKeeper:
    """Keeps the events of the guilds that this process is connected for."""

    def __init__(
        self, units: UnitsOfWork, clock: Clock, asks: EventAsks, troubles: EventTroubles
    ) -> None:
        """Keep nothing until a board is attached: services are built before the client."""
        self._units = units
        self._clock = clock
        self._asks = asks
        self._troubles = troubles
        self._board: EventBoard | None = None
        self._owner = uuid.uuid4().hex
        self._noticed: set[int] = set()
        self._looked: dict[int, dt.datetime] = {}
        self._resting: dict[int, dt.datetime] = {}

    def attach(self, board: EventBoard) -> None:
        """Keep events on `board` from now on."""
        self._board = board

    @property
    def noticed(self) -> frozenset[int]:
        """Return the guilds of which an event is to be looked at in the next turn."""
        return frozenset(self._noticed)

    async def notice(self, event_id: int) -> None:
        """Hear that an event was changed or removed; other people's events are theirs.

        Raises:
            StorageError: when it cannot be looked up; the next look at all finds it.

        """
        async with self._units.reading() as work:
            meeting = await work.meetings.by_event(event_id)
        if meeting is not None:
            self._noticed.add(meeting.guild_id)

    async def tick(self) -> None:
        """Bring every event that is behind up to date, and look at the others now and then.

        Raises:
            StorageError: when the database cannot be used; the next turn tries again.

        """
        board, now = self._board, self._clock.now()
        if board is None:
            return
        async with self._units.reading() as work:
            behind = await work.meetings.events_behind(now)
            upcoming = await work.meetings.all_upcoming(now)
        shown = {one.guild_id for one in upcoming if one.event_version is not None}
        wanted = {one.guild_id for one in behind if self._resting.get(one.id, now) <= now}
        longest = now - _LOOK_EVERY
        unseen = {one for one in shown if self._looked.get(one, longest) <= longest}
        here = set(board.guild_ids())
        for guild_id in sorted((wanted | unseen | self._noticed) & here):
            if not board.may_keep(guild_id):
                if guild_id in wanted:
                    await self._troubles.note(guild_id, EventProblem.RIGHTS)
                continue
            of_guild = {one.id: one for one in (*behind, *upcoming) if one.guild_id == guild_id}
            await self._keep(board, guild_id, of_guild.values())
            self._noticed.discard(guild_id)
            self._looked[guild_id] = now

    async def _keep(self, board: EventBoard, guild_id: int, meetings: Iterable[Meeting]) -> None:
        """Look at all events of a guild, under its lease."""
        name = f"meeting-events:{guild_id}"
        now = self._clock.now()
        async with self._units() as work:
            lease = await work.leases.acquire(name, owner=self._owner, now=now, lasting=_LEASE)
        if lease is None:
            return
        try:
            events = await board.all_of(guild_id)
            results = [await self._tried(board, one, events) for one in meetings]
        except NotNowError as error:
            _log.warning("meeting_events_later", guild_id=guild_id, reason=error.reason)
            results = [False]
        except RefusedError as error:
            await self._refused(guild_id, error)
            results = [False]
        finally:
            async with self._units() as work:
                await work.leases.release(name, owner=self._owner)
        if all(results):
            await self._troubles.solve(guild_id)

    async def _tried(
        self, board: EventBoard, meeting: Meeting, events: tuple[FoundEvent, ...]
    ) -> bool:
        """Mend one; another one's refusal is not in its way."""
        now = self._clock.now()
        if self._resting.get(meeting.id, now) > now:
            return False
        try:
            await self._mend(board, meeting, events)
        except RefusedError as error:
            self._resting[meeting.id] = now + _REST
            await self._refused(meeting.guild_id, error)
            return False
        self._resting.pop(meeting.id, None)
        return True

    async def _refused(self, guild_id: int, error: RefusedError) -> None:
        if error.problem is Problem.NO_RIGHTS:
            problem = EventProblem.RIGHTS
        else:
            problem = EventProblem.FULL if error.code == FULL_CODE else EventProblem.REFUSED
        _log.warning("meeting_event_refused", guild_id=guild_id, code=error.code)
        await self._troubles.note(guild_id, problem)

    async def _mend(
        self, board: EventBoard, meeting: Meeting, events: tuple[FoundEvent, ...]
    ) -> None:
        plan = plan_of(meeting)
        async with self._units.reading() as work:
            state = await work.meeting_events.state_of(meeting.id)
        event = next((one for one in events if one.id == meeting.event_id), None)
        if plan is None:
            if event is not None:
                await board.cancel(meeting.guild_id, event.id)
            await self._write(meeting, EventState(meeting.id, put=None, seen=None))
            await self._asks.overtake(meeting)
            return
        if state is None or state.put is None:
            await self._make(board, meeting, plan, state, events)
            return
        if state.put != plan:
            if event is None and state.seen is not None:
                await self._make(board, meeting, plan, state, events)
                return
            state, event = await self._put(board, meeting, plan, state, event)
        await self._compare(meeting, plan, state, event.facts if event else None)

    async def _put(
        self,
        board: EventBoard,
        meeting: Meeting,
        plan: EventPlan,
        state: EventState,
        event: FoundEvent | None,
    ) -> tuple[EventState, FoundEvent | None]:
        """Let an event show what became of its meeting; what somebody left otherwise stays."""
        after = replace(state, put=plan)
        if event is not None and state.put is not None:
            change = difference(state.put, plan)
            await board.change(meeting.guild_id, event.id, change)
            event = replace(event, facts=changed(event.facts, change))
            after = replace(after, seen=changed(state.seen or event.facts, change))
        await self._write(meeting, after)
        return after, event

    async def _compare(
        self, meeting: Meeting, plan: EventPlan, state: EventState, found: EventFacts | None
    ) -> None:
        """Ask about what somebody changed, and stop asking once it is mended."""
        if found not in {state.seen, plan.facts}:
            await self._asks.ask(meeting, found)
        else:
            await self._asks.overtake(meeting)
        if found == plan.facts != state.seen:
            state = replace(state, seen=found)
            await self._write(meeting, state)
        elif meeting.event_version != meeting.version:
            await self._write(meeting, state)

    async def _make(
        self,
        board: EventBoard,
        meeting: Meeting,
        plan: EventPlan,
        state: EventState | None,
        events: tuple[FoundEvent, ...],
    ) -> None:
        """Make the event of a meeting, unless it stands there already."""
        now = self._clock.now()
        begun = state.attempted_at if state else None
        known = next((one for one in events if is_event_of(one, meeting)), None)
        if known is None and begun is not None and now - begun < _SETTLING:
            return
        if known is None:
            attempt = EventState(meeting.id, put=None, seen=None, attempted_at=now)
            async with self._units() as work:
                await work.meeting_events.put_state(attempt)
            event_id = await board.create(meeting.guild_id, plan)
        else:
            event_id = known.id
            if known.facts != plan.facts or known.description != plan.description:
                change = difference(EventPlan(known.facts, known.description), plan)
                await board.change(meeting.guild_id, event_id, change)
        made = replace(meeting, event_id=event_id)
        await self._write(made, EventState(meeting.id, put=plan, seen=plan.facts))
        await self._asks.overtake(meeting)

    async def _write(self, meeting: Meeting, state: EventState) -> None:
        async with self._units() as work:
            await work.meeting_events.put_state(state)
            await work.meeting_events.show(
                meeting.id, event_id=meeting.event_id, version=meeting.version
            )
