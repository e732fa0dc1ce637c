"""A week in one guild, for the tests of digests."""

import datetime as dt
import json
from dataclasses import dataclass, replace

from bot.search.confidence import shipped_model
from bot.services.directory import Channel
from bot.services.guild_settings import (
    AnySetting,
    GuildSettings,
)
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.library import Library
from bot.services.places import Places
from bot.services.progress.digest import Digests
from bot.services.progress.digest_questions import OftenAsked
from bot.services.progress.milestones import Milestones
from storage.delivery_records import (
    Delivery,
)
from storage.digest_records import Digest
from storage.milestone_records import (
    MilestoneAction,
    MilestoneContent,
    MilestoneStanding,
    MilestoneState,
    MilestoneStep,
)
from storage.progress_records import Part, UpdateContent, UpdateState
from storage.records import AnswerStatus, ChannelPlace, GuildSetting, NewQuestion
from storage.unit_of_work import UnitsOfWork
from tests.builders import SHELF, searcher
from tests.fakes import FakeClock, FakeDirectory
from tests.storage.examples import GUILD, MEMBER

UPDATES = Channel(GUILD + 1, "updates", is_open=True)
MONDAY = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)  # 9.00 in Amsterdam
LIBRARY = Library(
    searcher(), SHELF, model=shipped_model(), thresholds=Thresholds(answer=0.2, suggest=0.05)
)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


@dataclass(slots=True)
class Week:
    """One guild, before its digest of 23 November 2026."""

    units: UnitsOfWork
    clock: FakeClock
    directory: FakeDirectory
    digests: Digests

    def until(self, moment: dt.datetime) -> None:
        self.clock.forward(seconds=(moment - self.clock.now()).total_seconds())

    async def decided(self) -> Digest | None:
        await self.digests.run()
        async with self.units.reading() as work:
            return await work.digests.latest(GUILD)

    async def delivery(self, day: str = "2026-11-23") -> Delivery | None:
        async with self.units.reading() as work:
            return await work.deliveries.by_key(f"digest:{GUILD}:{day}")

    async def publish(self, title: str, *, at: dt.datetime) -> int:
        async with self.units() as work:
            added, _ = await work.updates.add(
                GUILD, UpdateContent(title, "Tekst", Part.INZICHT), author_id=MEMBER, at=at
            )
            await work.updates.put(replace(added, state=UpdateState.PUBLISHED, published_at=at))
            return added.id

    async def ask(self, text: str, *, times: int, status: AnswerStatus) -> None:
        async with self.units() as work:
            for _ in range(times):
                await work.questions.add(
                    NewQuestion(ChannelPlace(GUILD, 1), text, status, 0.9, MONDAY - HOUR)
                )

    async def milestone(
        self, title: str, day: str, state: MilestoneState, *, ago: int = 30
    ) -> None:
        date = dt.date.fromisoformat(day)
        async with self.units() as work:
            content = MilestoneContent(title, date, date, Part.VERVOLG, state)
            step = MilestoneStep(
                MilestoneAction.ADDED, MilestoneStanding.SHOWN, MEMBER, MONDAY - ago * DAY
            )
            await work.milestones.add(GUILD, content, step)

    async def choose(self, setting: AnySetting, value: int, *, at: dt.datetime) -> None:
        async with self.units() as work:
            await work.settings.put(
                GuildSetting(GUILD, setting.name, json.dumps(value), MEMBER, at)
            )


def week_of(units: UnitsOfWork) -> Week:
    """Return the guild a minute after its digest is due."""
    clock, directory = FakeClock(MONDAY + MINUTE), FakeDirectory({GUILD: (UPDATES,)})
    places = Places(GuildSettings(units), units, clock, directory)
    return Week(
        units,
        clock,
        directory,
        Digests(units, clock, places, OftenAsked(LIBRARY), Milestones(units, clock, ())),
    )
