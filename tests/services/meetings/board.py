"""Scheduled events of one guild, without Discord."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.services.meetings.event_board import EventChange, FoundEvent
from bot.services.meetings.event_plans import changed
from storage.meeting_event_records import EventAsk, EventPlan
from storage.meeting_records import Meeting
from tests.services.meetings.stage import GUILD, MeetingStage


@dataclass(slots=True)
class FakeBoard:
    """Keeps events in memory. `trouble` is raised before a request is carried out, `after` later.

    Both get the name of the request and may let it pass.
    """

    guilds: tuple[int, ...]
    events: dict[int, FoundEvent] = field(default_factory=dict[int, FoundEvent])
    may: bool = True
    changes: list[EventChange] = field(default_factory=list[EventChange])
    requests: list[str] = field(default_factory=list[str])
    trouble: Callable[[str], None] = lambda _name: None
    after: Callable[[str], None] = lambda _name: None

    def guild_ids(self) -> tuple[int, ...]:
        """See `EventBoard`."""
        return self.guilds

    def may_keep(self, guild_id: int) -> bool:
        """See `EventBoard`."""
        return self.may and guild_id in self.guilds

    async def all_of(self, guild_id: int) -> tuple[FoundEvent, ...]:
        """See `EventBoard`."""
        assert guild_id in self.guilds
        self.trouble("list")
        return tuple(self.events.values())

    async def create(self, guild_id: int, plan: EventPlan) -> int:
        """See `EventBoard`."""
        assert guild_id in self.guilds
        self._ask("create")
        number = 900 + len(self.requests)
        self.events[number] = FoundEvent(
            number, is_ours=True, facts=plan.facts, description=plan.description
        )
        self.after("create")
        return number

    async def change(self, guild_id: int, event_id: int, change: EventChange) -> None:
        """See `EventBoard`."""
        assert guild_id in self.guilds
        self._ask("change")
        self.changes.append(change)
        known = self.events[event_id]
        told = known.description if change.description is None else change.description
        facts = changed(known.facts, change)
        self.events[event_id] = replace(known, facts=facts, description=told)
        self.after("change")

    async def cancel(self, guild_id: int, event_id: int) -> None:
        """See `EventBoard`."""
        assert guild_id in self.guilds
        self._ask("cancel")
        self.events.pop(event_id, None)
        self.after("cancel")

    def by_hand(
        self,
        *,
        name: str | None = None,
        place: str | None = None,
        moved: dt.timedelta | None = None,
    ) -> None:
        """Let somebody change the only event."""
        ((number, known),) = self.events.items()
        facts, by = known.facts, moved or dt.timedelta()
        facts = replace(
            facts,
            name=name or facts.name,
            place=place or facts.place,
            starts_at=facts.starts_at + by,
            ends_at=facts.ends_at + by,
        )
        self.events[number] = replace(known, facts=facts)

    @property
    def only(self) -> FoundEvent:
        """Return the only event."""
        (event,) = self.events.values()
        return event

    def _ask(self, name: str) -> None:
        self.requests.append(name)
        self.trouble(name)


async def look(stage: MeetingStage, *, minutes: float = 15) -> None:
    """Let time pass and the job run."""
    stage.clock.forward(minutes=minutes)
    await stage.meetings.events.tick()


async def asked(stage: MeetingStage, meeting: Meeting) -> list[EventAsk]:
    """Return what nobody decided about."""
    async with stage.units.reading() as work:
        return list(await work.meeting_events.open_asks(meeting.id))


async def only_meeting(stage: MeetingStage) -> Meeting:
    """Return the only meeting as it is."""
    (meeting,) = await stage.meetings.shelf.all(GUILD)
    return meeting
