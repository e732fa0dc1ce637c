"""Everything around meetings, built once."""

from dataclasses import dataclass

from bot.services.guild_settings import GuildSettings
from bot.services.meetings.attending import Attending
from bot.services.meetings.event_asks import EventAsks
from bot.services.meetings.event_troubles import EventTroubles
from bot.services.meetings.events import EventKeeper
from bot.services.meetings.papers import MeetingPapers
from bot.services.meetings.planner import ReminderPlanner
from bot.services.meetings.planning import MeetingPlanning
from bot.services.meetings.reminding import Reminding
from bot.services.meetings.shelf import MeetingShelf
from bot.services.meetings.subscribing import CalendarSubscription
from bot.services.places import Places
from bot.services.ports import Clock
from storage.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Meetings:
    """The use cases of meetings and reminders."""

    shelf: MeetingShelf
    planning: MeetingPlanning
    attending: Attending
    reminding: Reminding
    planner: ReminderPlanner
    calendar: CalendarSubscription
    papers: MeetingPapers
    event_asks: EventAsks
    event_troubles: EventTroubles
    events: EventKeeper


def build_meetings(
    units: UnitsOfWork, clock: Clock, *, places: Places, settings: GuildSettings
) -> Meetings:
    """Build them on one database."""
    planning = MeetingPlanning(units, clock, places, settings)
    asks, troubles = EventAsks(units, clock, places, planning), EventTroubles(units, clock, places)
    return Meetings(
        shelf=MeetingShelf(units, clock),
        planning=planning,
        attending=Attending(units, clock, settings),
        reminding=Reminding(units, clock),
        planner=ReminderPlanner(units, clock, places),
        calendar=CalendarSubscription(units, clock),
        papers=MeetingPapers(units, clock),
        event_asks=asks,
        event_troubles=troubles,
        events=EventKeeper(units, clock, asks, troubles),
    )
