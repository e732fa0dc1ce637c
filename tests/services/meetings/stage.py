"""A guild with channels, and the services of meetings on a real database."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.services.directory import Channel
from bot.services.guild_settings import GuildSettings
from bot.services.meetings.checking import details_of
from bot.services.meetings.planning import Confirmed
from bot.services.meetings.proposals import PlanProposal, Proposal
from bot.services.meetings.service import Meetings, build_meetings
from bot.services.places import Places
from storage.delivery_records import Delivery, DeliveryState, DmTarget
from storage.meeting_records import Details, Meeting, MeetingKind
from storage.unit_of_work import UnitsOfWork
from tests.fakes import FakeClock, FakeDirectory

GUILD = 41
ALV_CHANNEL = 1
MODERATORS_CHANNEL = 2
MARJA, ANNA, BRAM = 100, 101, 102
ZONE = ZoneInfo("Europe/Amsterdam")
START = dt.datetime(2016, 9, 28, 19, 30, tzinfo=ZONE)


CHANNELS = (
    Channel(ALV_CHANNEL, "alv", is_open=True),
    Channel(MODERATORS_CHANNEL, "moderators", is_open=False),
)


@dataclass(slots=True)
class MeetingStage:
    """The services, the clock and the database behind them."""

    units: UnitsOfWork
    clock: FakeClock
    directory: FakeDirectory
    settings: GuildSettings
    meetings: Meetings

    async def plan(self, **changes: object) -> Meeting:
        """Plan a meeting: the ALV of 28 September 2016 unless the test says otherwise."""
        uid = f"{changes.pop('uid', 'een')}@test"
        confirmed = await self.confirm(PlanProposal(uid, details(**changes)))
        return confirmed.meeting

    async def confirm(
        self, proposal: Proposal, meeting: Meeting | None = None, *, quietly: bool = False
    ) -> Confirmed:
        """Propose something and confirm it."""
        planning = self.meetings.planning
        proposed = await planning.propose(GUILD, proposal, meeting=meeting, by=MARJA)
        return await planning.confirm(proposed.draft.id, guild_id=GUILD, by=MARJA, quietly=quietly)

    async def deliveries(self, *kinds: str) -> list[Delivery]:
        """Return every copy of these kinds that is to be sent, in order of its moment."""
        found: list[Delivery] = []
        async with self.units.reading() as work:
            number = 1
            while (one := await work.deliveries.get(number)) is not None:
                found.append(one)
                number += 1
        waiting = [one for one in found if one.state is DeliveryState.WAITING]
        chosen = [one for one in waiting if not kinds or one.kind in kinds]
        return sorted(chosen, key=lambda one: (one.due_at, one.id))

    async def due(self, *kinds: str) -> list[str]:
        """Return when copies of these kinds are due, on the clock of Amsterdam, and for whom."""
        return [
            f"{one.due_at.astimezone(ZONE):%Y-%m-%d %H:%M} "
            + (f"u{one.target.user_id}" if isinstance(one.target, DmTarget) else "kanaal")
            for one in await self.deliveries(*kinds)
        ]

    async def forward_to(self, moment: dt.datetime, *, step: dt.timedelta) -> None:
        """Let time pass with the planner at work."""
        while self.clock.now() < moment:
            ahead = min(step, moment - self.clock.now())
            self.clock.forward(seconds=ahead.total_seconds())
            await self.meetings.planner.tick()


def details(**changes: object) -> Details:
    """Return the details of a meeting."""
    fields = {
        "kind": MeetingKind.ALV,
        "moment": START,
        "minutes": 120,
        "title": "Najaars-ALV",
        "place": "Jaarbeurs, Utrecht",
        "link": "https://example.org/alv",
    } | changes
    return details_of(**fields)  # type: ignore[arg-type] # a test names the fields it changes


def build_stage(units: UnitsOfWork, now: dt.datetime) -> MeetingStage:
    """Return the services at a moment."""
    clock, settings = FakeClock(now), GuildSettings(units)
    directory = FakeDirectory({GUILD: CHANNELS})
    places = Places(settings, units, clock, directory)
    meetings = build_meetings(units, clock, places=places, settings=settings)
    return MeetingStage(units, clock, directory, settings, meetings)
