"""A guild with a channel for updates, and the use cases around updates."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.services.admin.notices import Notices
from bot.services.directory import Channel
from bot.services.guild_settings import GuildSettings
from bot.services.places import Places
from bot.services.progress.updates import Updates
from bot.services.progress.updates_listing import UpdateList
from bot.services.progress.updates_planned import PlannedUpdates
from bot.services.progress.updates_planning import Planning
from bot.services.progress.updates_sending import KIND, Venues
from storage.delivery_records import Delivery
from storage.progress_records import Update, UpdateContent, UpdatePlan
from storage.unit_of_work import UnitsOfWork
from tests.fakes import FakeClock, FakeDirectory

GUILD: Final = 10
CHANNEL: Final = Channel(77, "updates", is_open=True)
MARJA, OTTO = 5, 6
CONTENT: Final = UpdateContent(title="Begin", text="De werkgroep begint.")
EDITED: Final = UpdateContent(title="Begin", text="De werkgroep begint maandag.")
# Wednesday, at noon in Amsterdam.
START: Final = dt.datetime(2026, 3, 25, 11, 0, tzinfo=dt.UTC)


@dataclass(slots=True)
class Scene:
    """One process. `another` is a second one on the same database."""

    units: UnitsOfWork
    clock: FakeClock
    directory: FakeDirectory
    settings: GuildSettings
    venues: Venues
    updates: Updates
    listing: UpdateList
    planned: PlannedUpdates
    planning: Planning
    notices: Notices

    def another(self) -> "Scene":
        """Return another process: it shares the database, the time and what Discord has."""
        other = scene_of(self.units, clock=self.clock)
        other.directory.channels.update(self.directory.channels)
        return other

    async def draft(self, content: UpdateContent = CONTENT) -> Update:
        """Have Marja write an update."""
        return await self.updates.write(GUILD, content, by=MARJA)

    async def planned_for(self, when: str, repeat: str = "") -> Update:
        """Have Marja write and plan an update."""
        plan = self.planning.read(when, repeat)
        assert isinstance(plan, UpdatePlan), plan
        change = await self.updates.propose_plan(await self.draft(), plan, by=MARJA)
        return await self.updates.confirm(change.id, guild_id=GUILD, by=MARJA)

    async def now(self, update: Update) -> Update:
        """Return an update as it is by now."""
        return await self.updates.get(update.id, guild_id=GUILD)

    async def all(self) -> tuple[Update, ...]:
        """Return every update, the newest first."""
        async with self.units.reading() as work:
            return await work.updates.of_guild(GUILD, limit=1_000)

    async def copies(self, update: Update) -> tuple[Delivery, ...]:
        """Return what was queued of an update."""
        async with self.units.reading() as work:
            return await work.deliveries.of_subject(KIND, update.id)

    def at(self, moment: dt.datetime) -> None:
        """Turn the clock to a moment to come."""
        self.clock.forward(seconds=(moment - self.clock.now()).total_seconds())


def scene_of(units: UnitsOfWork, *, clock: FakeClock | None = None) -> Scene:
    """Return a process with a guild in it."""
    clock = clock or FakeClock(START)
    directory = FakeDirectory(channels={GUILD: (CHANNEL,)})
    settings = GuildSettings(units)
    places = Places(settings, units, clock, directory)
    venues, notices = Venues(places, settings), Notices(units, clock, places)
    return Scene(
        units=units,
        clock=clock,
        directory=directory,
        settings=settings,
        venues=venues,
        updates=Updates(units, clock, venues),
        listing=UpdateList(units),
        planned=PlannedUpdates(units, clock, venues, notices),
        notices=notices,
        planning=Planning(clock),
    )
