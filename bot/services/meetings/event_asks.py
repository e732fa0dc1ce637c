"""What somebody changed in Discord about a meeting's event, and what moderators decide about it."""

from dataclasses import replace
from typing import Final

from bot.services.guild_settings import MODERATORS_CHANNEL
from bot.services.meetings.errors import (
    AskDecidedError,
    AskGoneError,
    NoMeetingError,
)
from bot.services.meetings.event_plans import plan_of, taken_over
from bot.services.meetings.planning import MeetingPlanning, Proposed
from bot.services.meetings.shelf import require_open
from bot.services.places import Places
from bot.services.ports import Clock
from storage.delivery_records import ChannelTarget, NewDelivery
from storage.meeting_event_records import (
    AskState,
    EventAsk,
    EventFacts,
    EventPlan,
    EventState,
)
from storage.meeting_records import Meeting
from storage.unit_of_work import UnitOfWork, UnitsOfWork

ASK: Final = "meeting_event"
"""The kind of the deliveries that ask."""
_LARGEST_ID: Final = 2**63 - 1


class EventAsks:
    """Asks moderators, and does what the first of them decides."""

    def __init__(
        self, units: UnitsOfWork, clock: Clock, places: Places, planning: MeetingPlanning
    ) -> None:
        """Ask in the moderators' channel of `places`."""
        self._units = units
        self._clock = clock
        self._places = places
        self._planning = planning

    async def ask(self, meeting: Meeting, found: EventFacts | None) -> None:
        """Ask about a change, once; an earlier question about the same event is overtaken."""
        channel = await self._places.channel_for(meeting.guild_id, MODERATORS_CHANNEL)
        if channel is None or not channel.can_send:
            return  # there is nobody to ask yet; the next look finds the same
        async with self._units() as work:
            await work.meetings.lock(meeting.id)
            for one in await work.meeting_events.open_asks(meeting.id):
                if one.found == found:
                    return
                await _close(work, one, AskState.OVERTAKEN, by=None)
            made = await work.meeting_events.ask(
                meeting.id, guild_id=meeting.guild_id, found=found, at=self._clock.now()
            )
            await work.deliveries.queue(
                NewDelivery(
                    key=f"{ASK}:{made.id}:{channel.id}",
                    guild_id=meeting.guild_id,
                    target=ChannelTarget(channel.id),
                    kind=ASK,
                    subject_id=made.id,
                    due_at=self._clock.now(),
                    useful_until=meeting.details.starts_at,
                )
            )

    async def overtake(self, meeting: Meeting) -> None:
        """Close what is asked about an event that shows what the meeting says again."""
        async with self._units.reading() as work:
            if not await work.meeting_events.open_asks(meeting.id):
                return
        plan = plan_of(meeting)
        facts = None if plan is None else plan.facts
        async with self._units() as work:
            for one in await work.meeting_events.open_asks(meeting.id):
                if one.found == facts:
                    last = (await work.meetings.history_of(meeting.id))[-1]
                    await _close(work, one, AskState.TAKEN, by=last.changed_by)
                else:
                    await _close(work, one, AskState.OVERTAKEN, by=None)

    async def get(self, ask_id: int, *, guild_id: int) -> tuple[EventAsk, Meeting]:
        """Return a question and its meeting, for whoever decides now.

        Raises:
            AskGoneError: when the guild has no such question.
            AskDecidedError: when somebody else decided.
            MeetingOverError: when the meeting has begun, or was called off.

        """
        if not 0 < ask_id <= _LARGEST_ID:
            raise AskGoneError
        async with self._units.reading() as work:
            found = await work.meeting_events.get_ask(ask_id)
            return await self._checked(work, found, guild_id)

    async def look(self, ask_id: int) -> tuple[EventAsk, Meeting] | None:
        """Return a question and its meeting as they are now, or None."""
        async with self._units.reading() as work:
            found = await work.meeting_events.get_ask(ask_id)
            meeting = await work.meetings.get(found.meeting_id) if found else None
        return (found, meeting) if found and meeting else None

    async def take(self, ask_id: int, *, guild_id: int, by: int) -> Proposed:
        """Propose to change the meeting as its event was; whoever confirms decides.

        Raises:
            AskGoneError, AskDecidedError, MeetingOverError: as for `get`.
            MeetingError: when the meeting cannot become so.

        """
        ask, meeting = await self.get(ask_id, guild_id=guild_id)
        if ask.found is None:
            raise AskGoneError
        proposal = taken_over(meeting, ask.found)
        return await self._planning.propose(guild_id, proposal, meeting=meeting, by=by)

    async def restore(self, ask_id: int, *, guild_id: int, by: int) -> Meeting:
        """Let the event show again what the meeting says.

        Raises:
            AskGoneError, AskDecidedError, MeetingOverError: as for `get`.

        """
        async with self._units() as work:
            found = await work.meeting_events.lock_ask(ask_id)
            ask, meeting = await self._checked(work, found, guild_id)
            await _close(work, ask, AskState.RESTORED, by=by)
            # As if the bot had put there what was found: what differs is then changed.
            state = await work.meeting_events.state_of(meeting.id)
            told = state.put.description if state and state.put else ""
            put = EventPlan(ask.found, told) if ask.found else None
            await work.meeting_events.put_state(EventState(meeting.id, put=put, seen=ask.found))
            await work.meeting_events.show(meeting.id, event_id=meeting.event_id, version=0)
        return meeting

    async def leave(self, ask_id: int, *, guild_id: int, by: int) -> Meeting:
        """Leave the event as it was made, until the meeting itself changes.

        Raises:
            AskGoneError, AskDecidedError, MeetingOverError: as for `get`.

        """
        async with self._units() as work:
            found = await work.meeting_events.lock_ask(ask_id)
            ask, meeting = await self._checked(work, found, guild_id)
            await _close(work, ask, AskState.LEFT, by=by)
            state = await work.meeting_events.state_of(meeting.id)
            if state is not None:
                await work.meeting_events.put_state(replace(state, seen=ask.found))
        return meeting

    async def _checked(
        self, work: UnitOfWork, ask: EventAsk | None, guild_id: int
    ) -> tuple[EventAsk, Meeting]:
        if ask is None or ask.guild_id != guild_id:
            raise AskGoneError
        if ask.state is not AskState.OPEN:
            raise AskDecidedError(ask)
        meeting = await work.meetings.get(ask.meeting_id)
        if meeting is None:
            raise NoMeetingError
        require_open(meeting, self._clock.now())
        plan = plan_of(meeting)
        if plan is not None and plan.facts == ask.found:  # somebody took it over a moment ago
            last = (await work.meetings.history_of(meeting.id))[-1]
            raise AskDecidedError(replace(ask, state=AskState.TAKEN, decided_by=last.changed_by))
        return ask, meeting


async def _close(work: UnitOfWork, ask: EventAsk, state: AskState, *, by: int | None) -> None:
    await work.meeting_events.close_ask(ask, state, by=by)
    await work.deliveries.revise(ASK, ask.id, version=ask.version + 1)
