import asyncio
import datetime as dt
import email.utils
import gzip
import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest
from aiohttp import web

from bot.adapters.feeds import WebFeeds, WebRules
from bot.adapters.feeds.rules import user_agent
from bot.services.forum.feeds import FeedError, FeedProblem, Validators
from tests.fakes import FakeClock
from tests.forum.serving import LOOPBACK, Names, serving

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SMALL = 20_000


def gzipped(body: bytes) -> bytes:
    """Compress without the time: names of tests are made of it, and every worker makes them."""
    return gzip.compress(body, mtime=0)


class Site:
    """A website made of one function; what it was asked is kept."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.handler: Handler = self._hello
        self.robots: Handler = self._no_robots
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.base = ""
        self.feeds = self.reader()

    def reader(self, *, seconds: float = 10, spacing: float = 0) -> WebFeeds:
        rules = WebRules(
            private_hosts=frozenset({LOOPBACK}),
            most_bytes=SMALL,
            seconds=seconds,
            spacing=spacing,
            contact="https://breed.example/bot",
        )
        return WebFeeds(self.clock, rules, sleep=self._slept)

    async def get(self, path: str = "/", *, validators: Validators | None = None) -> bytes | None:
        fetched = await self.feeds.fetch(self.base + path, validators or Validators())
        return None if fetched is None else fetched.content

    async def problem(self, path: str = "/") -> FeedError:
        with pytest.raises(FeedError) as caught:
            await self.get(path)
        return caught.value

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        self.headers.append(dict(request.headers))
        is_robots = request.path == "/robots.txt"
        return await (self.robots if is_robots else self.handler)(request)

    async def _slept(self, seconds: float) -> None:
        self.clock.forward(seconds=seconds)

    async def _hello(self, _: web.Request) -> web.StreamResponse:
        return web.Response(text="hallo")

    async def _no_robots(self, _: web.Request) -> web.StreamResponse:
        return web.Response(status=404)


@pytest.fixture
async def site() -> AsyncGenerator[Site]:
    found = Site(FakeClock())
    application = web.Application()
    application.router.add_get("/{path:.*}", found.answer)
    async with serving(application) as port:
        found.base = f"http://{LOOPBACK}:{port}"
        yield found


def always(response: Callable[[], web.StreamResponse]) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        return response()

    return answer


async def test_who_asks_says_who_it_is_and_where_to_complain(site: Site) -> None:
    assert await site.get() == b"hallo"
    assert {one["User-Agent"] for one in site.headers} == {user_agent("https://breed.example/bot")}
    assert user_agent(None).startswith("BREED-bot/")


async def test_a_document_that_did_not_change_is_not_sent_again(site: Site) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == '"een"':
            return web.Response(status=304)
        headers = {"ETag": '"een"', "Last-Modified": "Mon, 02 Mar 2026 09:00:00 GMT"}
        return web.Response(text="hallo", headers=headers)

    site.handler = answer
    first = await site.feeds.fetch(f"{site.base}/", Validators())

    assert first is not None
    assert first.validators == Validators('"een"', "Mon, 02 Mar 2026 09:00:00 GMT")
    assert await site.feeds.fetch(f"{site.base}/", first.validators) is None
    assert site.headers[-1]["If-Modified-Since"] == "Mon, 02 Mar 2026 09:00:00 GMT"


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (401, FeedProblem.SIGN_IN),
        (403, FeedProblem.FORBIDDEN),
        (404, FeedProblem.NOT_FOUND),
        (410, FeedProblem.NOT_FOUND),
        (418, FeedProblem.FORBIDDEN),
        (429, FeedProblem.BUSY),
        (500, FeedProblem.SERVER),
        (502, FeedProblem.SERVER),
        (503, FeedProblem.BUSY),
    ],
)
async def test_every_refusal_has_its_problem(site: Site, status: int, problem: FeedProblem) -> None:
    site.handler = always(lambda: web.Response(status=status))
    error = await site.problem()

    assert (error.problem, error.status) == (problem, status)


async def test_the_wait_that_is_asked_for_is_told(site: Site) -> None:
    later = site.clock.now() + dt.timedelta(hours=2)
    waits = iter(["90", email.utils.format_datetime(later, usegmt=True), "morgen", "9" * 30, ""])
    site.handler = always(lambda: web.Response(status=503, headers={"Retry-After": next(waits)}))
    found = [(await site.problem()).retry_after for _ in range(5)]

    assert found == [90, 7_200, None, 7 * 24 * 3_600, None]


async def test_redirects_are_followed_five_times_and_no_more(site: Site) -> None:
    async def found(request: web.Request) -> web.StreamResponse:
        left = int(request.path[1:])
        if not left:
            return web.Response(text="hallo")
        return web.Response(status=302, headers={"Location": f"/{left - 1}"})

    site.handler = found

    assert await site.get("/5") == b"hallo"
    assert (await site.problem("/6")).problem is FeedProblem.REDIRECTS


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("/main/authorization/signIn?target=x", FeedProblem.SIGN_IN),
        ("http://10.0.0.8/", FeedProblem.PRIVATE_ADDRESS),
        ("http://169.254.169.254/latest/meta-data", FeedProblem.PRIVATE_ADDRESS),
        ("http://[::ffff:127.0.0.1]/", FeedProblem.PRIVATE_ADDRESS),
        ("http://localhost:1234/", FeedProblem.PRIVATE_ADDRESS),
        ("http://u:p@example.com/", FeedProblem.NO_ADDRESS),
        ("file:///etc/passwd", FeedProblem.NO_ADDRESS),
        ("gopher://example.com/", FeedProblem.NO_ADDRESS),
        ("", FeedProblem.REDIRECTS),
    ],
)
async def test_every_redirect_is_checked(site: Site, location: str, problem: FeedProblem) -> None:
    site.handler = always(lambda: web.Response(status=302, headers={"Location": location}))

    assert (await site.problem()).problem is problem


async def test_a_document_of_more_than_the_limit_is_refused_while_it_comes(site: Site) -> None:
    sent = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1_000):
            await response.write(b"x" * SMALL)
            sent += 1
        return response

    site.handler = answer

    assert (await site.problem()).problem is FeedProblem.TOO_LARGE
    assert sent < 1_000


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzipped(b"hallo")),
        ("gzip", gzipped(b"hal") + gzipped(b"lo") + b"\0\0"),
        ("deflate", zlib.compress(b"hallo")),
        ("deflate", zlib.compress(b"hallo", wbits=-15)),
        ("identity", b"hallo"),
    ],
)
async def test_packed_documents_are_unpacked(site: Site, encoding: str, packed: bytes) -> None:
    site.handler = always(lambda: web.Response(body=packed, headers={"Content-Encoding": encoding}))

    assert await site.get() == b"hallo"


@pytest.mark.parametrize(
    ("encoding", "packed", "problem"),
    [
        ("gzip", gzipped(b"\0" * 5_000_000), FeedProblem.TOO_LARGE),
        ("deflate", zlib.compress(b"\0" * 5_000_000), FeedProblem.TOO_LARGE),
        ("gzip", gzipped(b"") * 2_000, FeedProblem.TOO_LARGE),
        ("gzip", gzipped(b"hallo" * 100)[:-10], FeedProblem.BROKEN),
        ("gzip", b"hallo", FeedProblem.BROKEN),
        ("br", b"hallo", FeedProblem.BROKEN),
        ("gzip, gzip", gzipped(gzipped(b"hallo")), FeedProblem.BROKEN),
    ],
)
async def test_bombs_and_broken_packages_are_refused(
    site: Site, encoding: str, packed: bytes, problem: FeedProblem
) -> None:
    site.handler = always(lambda: web.Response(body=packed, headers={"Content-Encoding": encoding}))

    assert (await site.problem()).problem is problem


async def test_a_body_that_stops_is_too_slow(site: Site) -> None:
    released = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"hal")
        await released.wait()
        return response

    site.handler = answer
    site.feeds = site.reader(seconds=0.05)

    assert (await site.problem()).problem is FeedProblem.TOO_SLOW
    released.set()


async def test_a_connection_that_breaks_is_unreachable(site: Site) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"hal")
        assert request.transport is not None
        request.transport.close()
        return response

    site.handler = answer

    assert (await site.problem()).problem is FeedProblem.UNREACHABLE


async def test_a_name_that_nobody_knows_is_unreachable(site: Site) -> None:
    feeds = WebFeeds(site.clock, resolver=lambda: Names({}))
    with pytest.raises(FeedError) as caught:
        await feeds.fetch("https://bestaat-niet.example/feed", Validators())

    assert caught.value.problem is FeedProblem.UNREACHABLE


async def test_a_page_is_gone_only_when_it_says_so(site: Site) -> None:
    statuses = iter([404, 410, 200])
    site.handler = always(lambda: web.Response(status=next(statuses)))

    assert [await site.feeds.is_gone(f"{site.base}/x") for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize("status", [403, 500, 503])
async def test_a_page_that_cannot_be_seen_is_not_gone(site: Site, status: int) -> None:
    site.handler = always(lambda: web.Response(status=status))
    with pytest.raises(FeedError):
        await site.feeds.is_gone(f"{site.base}/x")


async def test_a_page_that_asks_to_sign_in_is_not_gone(site: Site) -> None:
    to = {"Location": "/main/authorization/signIn"}
    site.handler = always(lambda: web.Response(status=302, headers=to))
    with pytest.raises(FeedError) as caught:
        await site.feeds.is_gone(f"{site.base}/x")

    assert caught.value.problem is FeedProblem.SIGN_IN


async def test_a_page_of_more_than_the_limit_is_there(site: Site) -> None:
    site.handler = always(lambda: web.Response(body=b"x" * 2 * SMALL))

    assert not await site.feeds.is_gone(f"{site.base}/x")
