"""The real reader of feeds, in front of a stand-in on loopback."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.adapters.feeds import WebFeeds, WebRules
from bot.services.forum.feeds import FeedPage, Validators
from tests.fakes import FakeClock
from tests.forum.ning import Ning
from tests.forum.ning_web import NingWeb
from tests.forum.serving import LOOPBACK, Names, serving

HOST = "breed.example"
MOVED = "forum.breed.example"


@dataclass(slots=True)
class Network:
    """A network that is served, and a reader that may ask it."""

    ning: Ning
    web: NingWeb
    feeds: WebFeeds
    clock: FakeClock

    def address(self, path: str) -> str:
        """Return where a path of the network is."""
        return f"http://{self.ning.host}{path}"

    def move(self, host: str = MOVED) -> None:
        """Give the network another name, in its links and ids too."""
        self.ning.host = f"{host}:{self.ning.host.rpartition(':')[2]}"

    async def read(self, path: str) -> FeedPage:
        """Fetch a feed anew and parse it."""
        fetched = await self.feeds.fetch(self.address(path), Validators())
        assert fetched is not None
        return await self.feeds.parse(fetched)


def reader(clock: FakeClock, *hosts: str, seconds: float = 20) -> WebFeeds:
    """Return a reader for which these hosts are on loopback, and allowed; it waits for nobody."""
    names = Names({host: [LOOPBACK] for host in hosts})
    rules = WebRules(private_hosts=frozenset({*hosts, LOOPBACK}), spacing=0, seconds=seconds)
    return WebFeeds(clock, rules, resolver=lambda: names)


@asynccontextmanager
async def network(*, seconds: float = 20) -> AsyncGenerator[Network]:
    """Serve an empty network."""
    clock = FakeClock()
    ning = Ning(clock, host=HOST)
    web = NingWeb(ning)
    async with serving(web.application()) as port:
        ning.host = f"{HOST}:{port}"
        yield Network(ning, web, reader(clock, HOST, MOVED, seconds=seconds), clock)
        web.released.set()
