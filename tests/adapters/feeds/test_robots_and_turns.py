import asyncio

import pytest
from aiohttp import web

from bot.adapters.feeds.rules import WebRules
from bot.adapters.feeds.turns import LONGEST_REST, Turns
from bot.services.forum.feeds import FeedError, FeedProblem
from tests.adapters.feeds.test_fetching import Site, always, site
from tests.fakes import FakeClock

__all__ = ["site"]

DAY = 24 * 60


def says(text: str) -> web.Response:
    return web.Response(text=text)


async def test_what_robots_txt_forbids_is_not_asked(site: Site) -> None:
    site.robots = always(lambda: says("User-agent: *\nDisallow: /dicht\n"))

    assert (await site.problem("/dicht/feed")).problem is FeedProblem.ROBOTS
    assert await site.get("/open") == b"hallo"
    assert site.asked == ["/robots.txt", "/open"]


async def test_rules_for_this_bot_go_before_those_for_all(site: Site) -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: BREED-bot\nDisallow: /x\n"
    site.robots = always(lambda: says(text))

    assert await site.get("/open") == b"hallo"
    assert (await site.problem("/x")).problem is FeedProblem.ROBOTS


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_a_site_without_rules_allows_everything(site: Site, status: int) -> None:
    site.robots = always(lambda: web.Response(status=status))

    assert await site.get() == b"hallo"


@pytest.mark.parametrize(
    ("status", "problem"),
    [(429, FeedProblem.BUSY), (500, FeedProblem.SERVER), (503, FeedProblem.BUSY)],
)
async def test_a_site_whose_rules_cannot_be_had_is_left_alone_for_now(
    site: Site, status: int, problem: FeedProblem
) -> None:
    answers = iter([web.Response(status=status), says("")])
    site.robots = always(lambda: next(answers))

    assert (await site.problem()).problem is problem
    assert site.asked == ["/robots.txt"]
    assert await site.get() == b"hallo"


async def test_rules_are_kept_for_a_day(site: Site) -> None:
    await site.get()
    site.clock.forward(minutes=DAY - 1)
    await site.get()
    before = site.asked.count("/robots.txt")
    site.clock.forward(minutes=2)
    await site.get()

    assert (before, site.asked.count("/robots.txt")) == (1, 2)


async def test_older_rules_hold_while_new_ones_cannot_be_had(site: Site) -> None:
    site.robots = always(lambda: says("User-agent: *\nDisallow: /dicht\n"))
    await site.get("/open")
    site.robots = always(lambda: web.Response(status=500))
    site.clock.forward(minutes=2 * DAY)

    assert await site.get("/open") == b"hallo"
    assert (await site.problem("/dicht")).problem is FeedProblem.ROBOTS
    site.clock.forward(minutes=8 * DAY)
    assert (await site.problem("/open")).problem is FeedProblem.SERVER


async def test_a_page_instead_of_rules_forbids_nothing(site: Site) -> None:
    site.robots = always(lambda: says("<!DOCTYPE html><html>Niet gevonden</html>"))

    assert await site.get() == b"hallo"


async def test_requests_to_a_host_are_a_second_apart(site: Site) -> None:
    site.feeds = site.reader(spacing=1)
    begun = site.clock.now()
    await site.get("/een")
    await site.get("/twee")

    assert (site.clock.now() - begun).total_seconds() == 2, "robots.txt is a request too"


async def test_the_rest_that_a_site_asks_for_is_given(site: Site) -> None:
    site.robots = always(lambda: says("User-agent: *\nCrawl-delay: 7\n"))
    await site.get("/een")
    begun = site.clock.now()
    await site.get("/twee")

    assert (site.clock.now() - begun).total_seconds() == 7


async def test_nobody_waits_for_a_rest_that_is_too_long(site: Site) -> None:
    site.robots = always(lambda: says("User-agent: *\nCrawl-delay: 600\n"))
    await site.get("/een")
    error = await site.problem("/twee")

    assert (error.problem, error.retry_after) == (FeedProblem.BUSY, 600)
    site.clock.forward(minutes=10)
    assert await site.get("/twee") == b"hallo"


class Crowd:
    """Requests that say when they are inside, and wait to be let out."""

    def __init__(self, *, at_once: int) -> None:
        rules = WebRules(spacing=0, hosts_at_once=at_once)
        self.turns = Turns(FakeClock(), rules)
        self.inside: list[str] = []
        self.most = 0
        self.out = asyncio.Event()

    async def ask(self, host: str) -> None:
        async with self.turns.of(host):
            self.inside.append(host)
            self.most = max(self.most, len(self.inside))
            await self.out.wait()
            self.inside.remove(host)

    async def all(self, *hosts: str) -> list[str]:
        tasks = [asyncio.create_task(self.ask(host)) for host in hosts]
        for _ in range(10 * len(hosts)):
            await asyncio.sleep(0)
        found = list(self.inside)
        self.out.set()
        await asyncio.gather(*tasks)
        return found


async def test_a_host_is_asked_one_thing_at_a_time() -> None:
    assert await Crowd(at_once=8).all("a", "a", "b", "a") == ["a", "b"]


async def test_few_hosts_are_asked_at_once() -> None:
    crowd = Crowd(at_once=2)

    assert await crowd.all("a", "b", "c", "d") == ["a", "b"]
    assert crowd.most == 2


async def test_a_host_that_failed_can_be_asked_again() -> None:
    turns = Turns(FakeClock(), WebRules(spacing=0))
    with pytest.raises(FeedError):
        async with turns.of("a"):
            raise FeedError(FeedProblem.SERVER)
    async with turns.of("a", rest=LONGEST_REST):
        asked = True

    assert asked
