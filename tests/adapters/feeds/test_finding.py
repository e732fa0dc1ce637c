from collections.abc import AsyncGenerator

import pytest
from aiohttp import web

from bot.adapters.feeds import discovery
from bot.adapters.feeds.discovery import addresses
from bot.services.forum.feeds import FeedError, FeedKind, FeedProblem, Fetched, Validators
from tests.fakes import FakeClock
from tests.forum.ning import Fault
from tests.forum.reading import Network, network, reader
from tests.forum.serving import LOOPBACK, serving

BLOG = "/profiles/blog/feed?xn_auth=no"
FORUM = "/forum/topic/list?feed=yes&sort=mostRecent&xn_auth=no"
TOPICS = "/forum/topic/list?feed=yes&xn_auth=no"
ACTIVITY = "/activity/log/list?fmt=rss"


@pytest.fixture
async def here() -> AsyncGenerator[Network]:
    async with network() as found:
        found.ning.post("Een bericht")
        found.ning.topic("Een vraag")
        yield found


@pytest.mark.parametrize(
    ("path", "feed", "kind"),
    [
        ("/", BLOG, FeedKind.BLOG),
        ("", BLOG, FeedKind.BLOG),
        ("/profiles/blog/list", BLOG, FeedKind.BLOG),
        ("/profiles/blogs/een-bericht", BLOG, FeedKind.BLOG),
        ("/forum", FORUM, FeedKind.FORUM),
        ("/forum/topics/een-vraag", "/forum/topics/een-vraag?feed=yes&xn_auth=no", FeedKind.TOPIC),
        ("/activity", ACTIVITY, FeedKind.ACTIVITY),
        (BLOG, BLOG, FeedKind.BLOG),
        (FORUM, FORUM, FeedKind.FORUM),
        (TOPICS, TOPICS, FeedKind.FORUM),
        (ACTIVITY, ACTIVITY, FeedKind.ACTIVITY),
    ],
)
async def test_a_page_of_a_network_leads_to_its_feed(
    here: Network, path: str, feed: str, kind: FeedKind
) -> None:
    found = await here.feeds.find(here.address(path))

    assert (found.address, found.page.kind) == (here.address(feed), kind)


async def test_a_link_to_content_leads_to_the_feed_that_holds_it(here: Network) -> None:
    (topic,) = here.ning.store.of_type("Topic")
    found = await here.feeds.find(here.address(f"/xn/detail/{topic.id}"))

    assert found.address == here.address("/forum/topics/een-vraag?feed=yes&xn_auth=no")


async def test_an_address_may_lack_its_scheme(here: Network) -> None:
    found = await here.feeds.find(f"  {here.ning.host}/forum ")

    assert found.address == here.address(FORUM)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Fault.FORBIDDEN, FeedProblem.FORBIDDEN),
        (Fault.BUSY, FeedProblem.BUSY),
        (Fault.HTML, FeedProblem.NO_FEED),
        (Fault.CUT, FeedProblem.BROKEN),
    ],
)
async def test_what_is_wrong_with_a_network_is_told(
    here: Network, change: Fault, expected: FeedProblem
) -> None:
    here.ning.switches.faults.add(change)
    with pytest.raises(FeedError) as caught:
        await here.feeds.find(here.address("/"))

    assert caught.value.problem is expected


@pytest.mark.parametrize(("path", "expected"), [("/", "sign_in"), ("/weg/ermee", "not_found")])
async def test_pages_behind_a_door_or_gone_are_told(
    here: Network, path: str, expected: str
) -> None:
    here.ning.switches.is_private = expected == "sign_in"
    with pytest.raises(FeedError) as caught:
        await here.feeds.find(here.address(path))

    assert caught.value.problem == expected


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("breed.example", "https://breed.example"),
        ("<https://breed.example/x>", "https://breed.example/x"),
        ("feed://breed.example/x", "https://breed.example/x"),
        ("feed:https://breed.example/x", "https://breed.example/x"),
        ("//breed.example/x", "https://breed.example/x"),
        ("localhost:8080/x", "https://localhost:8080/x"),
        ("ftp://breed.example", "ftp://breed.example"),
    ],
)
def test_what_is_typed_is_read_as_people_mean_it(typed: str, first: str) -> None:
    assert addresses(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "  ", "twee woorden", "breed", "x\u0000.nl", "a\nb.nl"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(FeedError) as caught:
        addresses(typed)

    assert caught.value.problem is FeedProblem.NO_ADDRESS


def candidates(head: str) -> tuple[str, ...]:
    content = f"<html><head>{head}</head></html>".encode()
    page = Fetched("https://breed.example/nieuws/", content, "text/html", Validators())
    return discovery.candidates(page)


ATOM = '<link rel="alternate" type="application/atom+xml" title="{0}" href="{1}">'


def test_posts_go_before_comments() -> None:
    head = ATOM.format("Reacties", "/comments/feed/") + ATOM.format("Nieuws", "/feed/")

    assert candidates(head) == (
        "https://breed.example/feed/",
        "https://breed.example/comments/feed/",
    )


def test_what_is_certainly_a_feed_goes_before_what_may_be_one() -> None:
    other = '<link rel="alternate" type="application/json" href="/wp-json/1">'

    assert candidates(other + ATOM.format("", "a.xml"))[0] == "https://breed.example/nieuws/a.xml"


def test_links_stand_on_the_base_of_their_page() -> None:
    head = '<base href="/elders/">' + ATOM.format("", "a.xml")

    assert candidates(head) == ("https://breed.example/elders/a.xml",)


def test_a_page_without_feeds_has_no_candidates() -> None:
    head = '<link rel="stylesheet" href="/a.css"><link rel="alternate" hreflang="en" href="/en">'
    strange = ATOM.format("", "javascript:x") + ATOM.format("", "ftp://x/") + "<link rel=alternate>"

    assert candidates(head + strange) == ()


async def test_the_next_link_is_tried_when_one_is_dead() -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title></feed>'

    async def answer(request: web.Request) -> web.Response:
        if request.path == "/":
            text = ATOM.format("", "/weg") + ATOM.format("", "/feed")
            return web.Response(text=text, content_type="text/html")
        if request.path == "/feed":
            return web.Response(text=feed, content_type="application/atom+xml")
        return web.Response(status=404)

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    async with serving(application) as port:
        found = await reader(FakeClock()).find(f"http://{LOOPBACK}:{port}/")

    assert (found.address, found.page.title) == (f"http://{LOOPBACK}:{port}/feed", "T")
