"""How feeds do: their health, what came in, and polling one by hand."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.services.forum.feeds import FeedProblem
from bot.services.forum.pace import BETWEEN
from bot.services.forum.polling import Polled, Polling
from bot.services.forum.refusals import TooSoonError, UnknownFeedError
from bot.services.ports import Clock
from storage.forum_records import Feed, FeedAddress, FeedCounts, FeedState, Item
from storage.unit_of_work import UnitOfWork, UnitsOfWork

PAGE: Final = 5
_MOST: Final = 25


@dataclass(frozen=True, slots=True)
class Health:
    """How a feed does. `problem` is why the last polls failed; None: the last one went well."""

    feed: Feed
    counts: FeedCounts
    last_success_at: dt.datetime | None
    next_poll_at: dt.datetime | None
    failures: int
    problem: FeedProblem | None
    problem_at: dt.datetime | None

    @property
    def is_well(self) -> bool:
        """Whether nothing needs to be done about it."""
        return self.feed.state is FeedState.ACTIVE and self.failures == 0


@dataclass(frozen=True, slots=True)
class FeedPart:
    """One page of a feed's items, the last seen first; `has_more`: there are older ones."""

    health: Health
    items: tuple[Item, ...]
    number: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A feed that was polled by hand; `polled` is None when another process was just first."""

    feed: Feed
    polled: Polled | None


class Overview:
    """Reads how feeds do."""

    def __init__(self, units: UnitsOfWork, clock: Clock, polling: Polling) -> None:
        """Read from `units`, poll by `polling`."""
        self._units = units
        self._clock = clock
        self._polling = polling

    async def health_of(self, guild_id: int) -> tuple[Health, ...]:
        """Return how every feed of a guild does, in the order of linking."""
        async with self._units.reading() as work:
            return tuple(
                [await _health(work, feed) for feed in await work.feeds.linked_in(guild_id)]
            )

    async def feeds_of(self, guild_id: int) -> tuple[Feed, ...]:
        """Return the feeds of a guild."""
        async with self._units.reading() as work:
            return await work.feeds.linked_in(guild_id)

    async def part(self, feed_id: int, *, guild_id: int, number: int) -> FeedPart:
        """Return a page of a feed's items, counted from 0.

        Raises:
            UnknownFeedError: when it is not linked in the guild (any more).

        """
        async with self._units.reading() as work:
            feed = await _linked(work, feed_id, guild_id)
            health = await _health(work, feed)
            items = await work.forum.of_feed(feed_id, limit=PAGE + 1, offset=number * PAGE)
        return FeedPart(health, items[:PAGE], number, has_more=len(items) > PAGE)

    async def chosen(self, typed: str, *, guild_id: int) -> Feed:
        """Return the feed that somebody chose from the list, or typed the beginning of.

        Raises:
            UnknownFeedError: when no feed, or more than one, is meant.

        """
        feeds = await self.feeds_of(guild_id)
        found = [one for one in feeds if str(one.id) == typed.strip()] or _fitting(feeds, typed)
        if len(found) != 1:
            raise UnknownFeedError
        return found[0]

    async def offered(self, typed: str, *, guild_id: int) -> tuple[Feed, ...]:
        """Return the feeds that fit what somebody types."""
        return tuple(_fitting(await self.feeds_of(guild_id), typed)[:_MOST])

    async def refresh(self, feed: Feed) -> Refreshed:
        """Poll a feed now; one that paused goes on.

        Raises:
            TooSoonError: when its address was polled within a quarter of an hour.
            UnknownFeedError: when it is not linked (any more).

        """
        now = self._clock.now()
        async with self._units() as work:
            linked = await work.feeds.lock(feed.id)
            if linked is None or linked.state not in {FeedState.ACTIVE, FeedState.PAUSED}:
                raise UnknownFeedError
            address = await work.feeds.address(feed.address)
            if address is None:
                await work.feeds.expect(feed.address, next_poll_at=now)
            elif address.polled_at is not None and now < address.polled_at + BETWEEN:
                raise TooSoonError(at=address.polled_at + BETWEEN)
            else:
                await work.feeds.poll_at(feed.address, at=now)
            if linked.state is FeedState.PAUSED:
                await work.feeds.set_state(feed.id, FeedState.ACTIVE)
                await work.feeds.forgive(feed.address)
        return Refreshed(feed, await self._polling.poll(feed.address))


async def _linked(work: UnitOfWork, feed_id: int, guild_id: int) -> Feed:
    feed = await work.feeds.get(feed_id)
    is_linked = feed is not None and feed.state in {FeedState.ACTIVE, FeedState.PAUSED}
    if feed is None or feed.guild_id != guild_id or not is_linked:
        raise UnknownFeedError
    return feed


async def _health(work: UnitOfWork, feed: Feed) -> Health:
    address: FeedAddress | None = await work.feeds.address(feed.address)
    failing = address is not None and address.failures > 0
    return Health(
        feed=feed,
        counts=await work.forum.counts(feed.id),
        last_success_at=address.last_success_at if address else None,
        next_poll_at=address.next_poll_at if address else None,
        failures=address.failures if address else 0,
        problem=FeedProblem(address.problem) if address and address.problem and failing else None,
        problem_at=address.problem_at if address and failing else None,
    )


def _fitting(feeds: tuple[Feed, ...], typed: str) -> list[Feed]:
    words = typed.casefold().split()
    return [
        one
        for one in feeds
        if all(word in f"{one.title} {one.address}".casefold() for word in words)
    ]
