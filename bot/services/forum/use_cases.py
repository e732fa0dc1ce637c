"""The forum's use cases together, built once."""

import random
from dataclasses import dataclass

from bot.services.forum.feeds import (
    FeedError,
    FeedPage,
    FeedProblem,
    FeedSource,
    Fetched,
    FoundFeed,
    Validators,
)
from bot.services.forum.finding import Finding
from bot.services.forum.intake import Intake
from bot.services.forum.linking import Linking
from bot.services.forum.moderating import Moderating
from bot.services.forum.overview import Overview
from bot.services.forum.pace import PollPace
from bot.services.forum.polling import Polling, Steps
from bot.services.forum.telling import Telling
from bot.services.forum.threads import Threads
from bot.services.forum.vanishing import Vanishing
from bot.services.places import Places
from bot.services.ports import Clock
from storage.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Forum:
    """What can be done with feeds of the forum, and with what came in."""

    linking: Linking
    polling: Polling
    overview: Overview
    moderating: Moderating
    finding: Finding


class NoNetwork:
    """A FeedSource where no web can be reached: every address says so."""

    async def find(self, typed: str) -> FoundFeed:
        """See `FeedSource`."""
        del typed
        raise FeedError(FeedProblem.UNREACHABLE)

    async def fetch(self, address: str, validators: Validators) -> Fetched | None:
        """See `FeedSource`."""
        del address, validators
        raise FeedError(FeedProblem.UNREACHABLE)

    async def parse(self, fetched: Fetched) -> FeedPage:
        """See `FeedSource`."""
        del fetched
        raise FeedError(FeedProblem.UNREACHABLE)

    async def is_gone(self, link: str) -> bool:
        """See `FeedSource`."""
        del link
        raise FeedError(FeedProblem.UNREACHABLE)


def build_forum(
    units: UnitsOfWork,
    clock: Clock,
    places: Places,
    source: FeedSource | None,
    *,
    rng: random.Random | None = None,
) -> Forum:
    """Build the use cases over `source`; without one no address can be reached."""
    source = source or NoNetwork()
    intake = Intake(units, places.directory)
    steps = Steps(
        intake=intake,
        threads=Threads(units, clock, places.directory),
        vanishing=Vanishing(units, clock, source),
        telling=Telling(units, clock, places),
    )
    pace = PollPace(rng or random.Random())  # noqa: S311 # jitter, not secrets
    polling = Polling(units, clock, source, steps=steps, pace=pace)
    return Forum(
        linking=Linking(units, clock, source, intake=intake, directory=places.directory),
        polling=polling,
        overview=Overview(units, clock, polling),
        moderating=Moderating(units),
        finding=Finding(units),
    )
