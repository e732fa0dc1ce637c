"""How many items a second come in, from a parsed page to queued deliveries, and idle polls."""

import asyncio
import datetime as dt
import random
import tempfile
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.services.directory import Channel
from bot.services.forum.feeds import FeedItem
from bot.services.forum.linking import Wish
from bot.services.forum.use_cases import Forum, build_forum
from bot.services.guild_settings import GuildSettings
from bot.services.places import Places
from storage.engine import open_database
from storage.migrate import upgrade
from storage.unit_of_work import UnitsOfWork
from tests.benchmarks import feeds_parsing
from tests.benchmarks.measuring import Figure, resident_megabytes, seconds_of
from tests.fake_feeds import FakeFeeds, item
from tests.fakes import FakeClock, FakeDirectory

ITEMS: Final = 10_000
FEEDS: Final = 200
_PAGE: Final = 30
_NEW: Final = 25  # of a page, so that it connects with the one before
_GUILD: Final = 7
_CHANNEL: Final = Channel(71, "nieuws", is_open=True)
_START: Final = dt.datetime(2016, 6, 8, 8, 0, tzinfo=dt.UTC)
_DEAF: Final = "made and not taken in"


class _Bench:
    """The forum's services over written feeds, on SQLite in a file."""

    def __init__(self, units: UnitsOfWork) -> None:
        self.clock = FakeClock(_START)
        self.feeds = FakeFeeds()
        directory = FakeDirectory({_GUILD: (_CHANNEL,)})
        places = Places(GuildSettings(units), units, self.clock, directory)
        rng = random.Random(1)  # noqa: S311 # jitter, not secrets
        self.forum: Forum = build_forum(units, self.clock, places, self.feeds, rng=rng)

    async def link(self, address: str) -> None:
        """Link a feed and start it."""
        linking = self.forum.linking
        draft = await linking.recognise(Wish(_GUILD, address, _CHANNEL.id, 0, 900))
        await linking.start(draft.feed.id, guild_id=_GUILD)

    async def poll(self) -> None:
        """Poll all that is due twenty minutes later."""
        self.clock.forward(minutes=20)
        await self.forum.polling.tick()
        await self.forum.polling.settle()


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Take items in, and poll feeds that did not change."""
    count, feeds = (200, 10) if is_quick else (ITEMS, FEEDS)
    yield from asyncio.run(_ingested(count))
    yield asyncio.run(_idle(feeds))
    yield from feeds_parsing.figures(is_quick=is_quick)


async def _ingested(count: int) -> list[Figure]:
    async with _bench() as bench:
        address = "https://forum.example/feed"
        feed = bench.feeds.write(address, item(0))
        await bench.link(address)
        held = resident_megabytes()
        seconds, number = 0.0, 0
        while number < count:
            feed.publish(*(_item(one) for one in range(number + 1, number + _NEW + 1)))
            feed.items = feed.items[:_PAGE]
            number += _NEW
            seconds += await _timed(bench)
        grown = max(resident_megabytes() - held, 0.0)
    case = f"{count} items, decided, stored and queued"
    deaf = seconds_of(lambda: [_item(one) for one in range(number)])
    return [
        Figure(
            "feeds",
            case,
            "items a second",
            number / seconds,
            "items/s",
            number / deaf,
            _DEAF,
            is_best_high=True,
        ),
        Figure("feeds", case, "memory grown", grown, "MB", held, "before"),
    ]


async def _idle(count: int) -> Figure:
    async with _bench() as bench:
        for number in range(count):
            address = f"https://f{number}.example/feed"
            bench.feeds.write(address, replace(item(number), identity=f"i{number}")).has_etag = True
            await bench.link(address)
        await bench.poll()  # the first one is never conditional
        seconds = await _timed(bench)
    case = f"{count} feeds that answer 304"
    return Figure("feeds", case, "one poll of all", seconds, "s", count * 1.0, "a second each")


async def _timed(bench: _Bench) -> float:
    begun = asyncio.get_running_loop().time()
    await bench.poll()
    return asyncio.get_running_loop().time() - begun


@asynccontextmanager
async def _bench() -> AsyncGenerator[_Bench]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        await upgrade(url, backups=Path(folder), now=_START)
        database = open_database(url)
        try:
            yield _Bench(UnitsOfWork(database))
        finally:
            await database.close()


def _item(number: int) -> FeedItem:
    text = f"Wij hebben zaaktype {number} opgeschoond. Dat scheelt de collega's veel werk. " * 5
    return item(number, text=text)
