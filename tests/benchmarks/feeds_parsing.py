"""How fast items are read: with everything that is done to them, beside feedparser alone."""

import io
from collections.abc import Iterator
from typing import Final

import feedparser

from bot.adapters.feeds.parsing import MOST_ITEMS, page_of
from bot.services.forum.feeds import Fetched, Validators
from tests.benchmarks.measuring import Figure, resident_megabytes, seconds_of
from tests.fakes import FakeClock
from tests.forum import ning_feeds
from tests.forum.ning import Ning

ITEMS: Final = 10_000
_HOST: Final = "breed.example"
_PARAGRAPH: Final = (
    "<p>Onze catalogus telde 412&nbsp;zaaktypen; na <b>drie</b> sessies zijn het er 168. Zie"
    ' <a href="http://breed.example/page/x?xg_source=activity">het verslag</a>.</p>'
    "<ul><li>E&eacute;n eigenaar per zaaktype</li><li>Bewaartermijnen tegelijk</li></ul>"
)


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Parse feeds of as many items as are read of one, until there were enough."""
    documents = (1 if is_quick else ITEMS // MOST_ITEMS, 20 if is_quick else MOST_ITEMS)
    feed = _feed(documents[1])
    count = documents[0] * documents[1]
    before = resident_megabytes()
    ours = seconds_of(lambda: [_parsed(feed) for _ in range(documents[0])])
    grown = resident_megabytes() - before
    alone = seconds_of(lambda: [_alone(feed.content) for _ in range(documents[0])])
    case = f"{count} items parsed"
    yield Figure(
        "feeds",
        case,
        "rate",
        count / ours,
        "items/s",
        count / alone,
        "feedparser alone",
        is_best_high=True,
    )
    yield Figure("feeds", case, "memory grown", grown, "MB", before, "before")


def _parsed(feed: Fetched) -> int:
    return len(page_of(feed).items)


def _alone(content: bytes) -> int:
    """Parse as feedparser does by itself: it too makes HTML safe and links absolute."""
    found = feedparser.parse(
        io.BytesIO(content),
        response_headers={"content-type": "application/atom+xml; charset=utf-8"},
        resolve_relative_uris=True,
        sanitize_html=True,
    )
    return len(found.entries)


def _feed(count: int) -> Fetched:
    clock = FakeClock()
    ning = Ning(clock, host=_HOST)
    for number in range(count):
        ning.post(f"Bericht {number}", f"<p>Bericht {number}.</p>{_PARAGRAPH * 3}")
    text = ning_feeds.atom(
        ning.store.of_type("BlogPost"),
        title="Alle berichten",
        address=f"https://{_HOST}/profiles/blog/feed?xn_auth=no",
        host=_HOST,
        now=clock.now(),
    )
    address = f"https://{_HOST}/profiles/blog/feed?xn_auth=no"
    return Fetched(address, text.encode(), ning_feeds.ATOM, Validators())
