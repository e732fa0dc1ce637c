"""What robots.txt allows, by protego: asked with the same care as the feeds, kept for a day.

RFC 9309: no robots.txt (4xx) allows everything; one that cannot be had (5xx, 429, no connection)
allows nothing for now, except by what it said before.
"""

import asyncio
import datetime as dt
from dataclasses import dataclass
from typing import Final

from protego import Protego
from yarl import URL

from bot.adapters.feeds.fetching import Fetcher
from bot.adapters.feeds.rules import PRODUCT
from bot.services.forum.feeds import FeedError, FeedProblem
from bot.services.ports import Clock

KEPT: Final = dt.timedelta(days=1)
KEPT_WHEN_GONE: Final = dt.timedelta(days=7)
_MOST_BYTES: Final = 500 * 1024  # as much as RFC 9309 asks to read
_MOST_SITES: Final = 1_000

# These say that the site has no rules for us, or none that can be read.
_NO_RULES: Final = frozenset(
    {
        FeedProblem.NOT_FOUND,
        FeedProblem.FORBIDDEN,
        FeedProblem.SIGN_IN,
        FeedProblem.REDIRECTS,
        FeedProblem.BROKEN,
        FeedProblem.TOO_LARGE,
    }
)


@dataclass(frozen=True, slots=True)
class _Kept:
    rules: Protego
    read_at: dt.datetime


class Robots:
    """Knows the rules of the sites that were asked lately."""

    def __init__(self, fetcher: Fetcher, clock: Clock) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._kept: dict[URL, _Kept] = {}

    async def permission(self, url: URL) -> float:
        """Return how many seconds the site wants between two requests.

        Raises:
            FeedError: ROBOTS when the address may not be asked; what kept the rules from us else.

        """
        rules = await self._rules(url.origin())
        if not rules.can_fetch(str(url), PRODUCT):
            raise FeedError(FeedProblem.ROBOTS)
        return rules.crawl_delay(PRODUCT) or 0.0

    async def _rules(self, site: URL) -> Protego:
        kept = self._kept.get(site)
        now = self._clock.now()
        if kept is not None and now - kept.read_at < KEPT:
            return kept.rules
        try:
            text = await self._text(site)
        except FeedError:
            if kept is not None and now - kept.read_at < KEPT_WHEN_GONE:
                return kept.rules
            raise
        rules = await asyncio.to_thread(Protego.parse, text)
        self._kept.pop(site, None)
        while len(self._kept) >= _MOST_SITES:
            del self._kept[next(iter(self._kept))]
        self._kept[site] = _Kept(rules, now)
        return rules

    async def _text(self, site: URL) -> str:
        try:
            answer = await self._fetcher.get(site / "robots.txt", headers={"Accept": "text/plain"})
        except FeedError as error:
            if error.problem in _NO_RULES:
                return ""
            raise
        return answer.content[:_MOST_BYTES].decode("utf-8", "replace")
