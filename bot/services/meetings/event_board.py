"""Discord's scheduled events of guilds, as far as meetings need them."""

import datetime as dt
from dataclasses import dataclass
from typing import Final, Protocol

from storage.meeting_event_records import EventFacts, EventPlan

FULL_CODE: Final = 30038  # Discord's: a guild has as many events as it may have


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event that stands in a guild and is to come or takes place now.

    `is_ours`: the bot made it. One that is somewhere in Discord has an empty place.
    """

    id: int
    is_ours: bool
    facts: EventFacts
    description: str


@dataclass(frozen=True, slots=True)
class EventChange:
    """What to change of an event; None stays as it is. Start and end are changed together."""

    name: str | None = None
    description: str | None = None
    times: tuple[dt.datetime, dt.datetime] | None = None
    place: str | None = None


class EventBoard(Protocol):
    """The events of guilds. Every method makes its request once, and never repeats a creation.

    All but `guild_ids` and `may_keep` raise RefusedError, and NotNowError when it was not done or
    nobody knows whether it was.
    """

    def guild_ids(self) -> tuple[int, ...]:
        """Return the guilds that this process is connected for."""
        ...

    def may_keep(self, guild_id: int) -> bool:
        """Whether the bot may make events there and change its own."""
        ...

    async def all_of(self, guild_id: int) -> tuple[FoundEvent, ...]:
        """Return the events of a guild that are to come or take place now."""
        ...

    async def create(self, guild_id: int, plan: EventPlan) -> int:
        """Make an event and return its id."""
        ...

    async def change(self, guild_id: int, event_id: int, change: EventChange) -> None:
        """Change an event."""
        ...

    async def cancel(self, guild_id: int, event_id: int) -> None:
        """Cancel an event; one that is gone is well."""
        ...
