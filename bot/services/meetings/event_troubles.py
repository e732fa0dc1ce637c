"""Why scheduled events cannot be kept up to date: told to moderators once, and when it is over."""

from typing import Final

import structlog

from bot.services.guild_settings import MODERATORS_CHANNEL
from bot.services.places import Places
from bot.services.ports import Clock
from storage.delivery_records import ChannelTarget, NewDelivery
from storage.meeting_event_records import EventProblem, EventTrouble
from storage.unit_of_work import UnitsOfWork

TROUBLE: Final = "meeting_event_trouble"
"""The kind of the deliveries that tell of it."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class EventTroubles:
    """Tells moderators of what only they can mend."""

    def __init__(self, units: UnitsOfWork, clock: Clock, places: Places) -> None:
        """Tell in the moderators' channel of `places`."""
        self._units = units
        self._clock = clock
        self._places = places

    async def get(self, trouble_id: int) -> EventTrouble | None:
        """Return a trouble as it is now."""
        async with self._units.reading() as work:
            return await work.meeting_events.get_trouble(trouble_id)

    async def note(self, guild_id: int, problem: EventProblem) -> None:
        """Note a problem; one that is known already is told of once."""
        async with self._units.reading() as work:
            known = await work.meeting_events.trouble_of(guild_id)
        channel = await self._places.channel_for(guild_id, MODERATORS_CHANNEL)
        if channel is None or (known is not None and known.problem is problem):
            return
        _log.warning("meeting_events_in_trouble", guild_id=guild_id, problem=problem.value)
        await self.solve(guild_id)
        async with self._units() as work:
            made = await work.meeting_events.note_trouble(guild_id, problem, at=self._clock.now())
            await work.deliveries.queue(
                NewDelivery(
                    key=f"{TROUBLE}:{made.id}",
                    guild_id=guild_id,
                    target=ChannelTarget(channel.id),
                    kind=TROUBLE,
                    subject_id=made.id,
                    due_at=self._clock.now(),
                )
            )

    async def solve(self, guild_id: int) -> None:
        """Note that events can be kept up to date."""
        async with self._units.reading() as work:
            known = await work.meeting_events.trouble_of(guild_id)
        if known is None:
            return
        async with self._units() as work:
            await work.meeting_events.solve_trouble(known.id, at=self._clock.now())
            await work.deliveries.revise(TROUBLE, known.id, version=2)
