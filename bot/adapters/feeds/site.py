"""What is known of the place that a feed comes from, before its items are looked at."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from yarl import URL

from bot.adapters.feeds import links, ning
from bot.adapters.feeds.raw import RawFeed, RawItem
from bot.services.forum.feeds import FeedKind, Fetched, Topic

_FORUM_ENGINES: Final = ("discourse", "phpbb", "vbulletin", "nodebb", "flarum", "xenforo")
_BLOG_ENGINES: Final = ("wordpress", "jekyll", "hugo", "eleventy", "ghost", "blogger", "drupal")


@dataclass(frozen=True, slots=True)
class Site:
    """A feed's surroundings.

    `secure` are the names that it goes by, without `www.`, if they speak https for certain.
    """

    address: URL
    kind: FeedKind
    secure: frozenset[str]
    topic: Topic | None
    doubtful_guids: frozenset[str]


def site_of(fetched: Fetched, feed: RawFeed) -> Site:
    """Return what a document and its address tell."""
    address = URL(fetched.address)
    hosts = {
        host
        for link in (fetched.address, feed.link, feed.own_link)
        if (host := links.host_of(link)) is not None
    }
    kind = _kind(address, feed)
    secure = hosts if address.scheme == "https" else set[str]()
    return Site(
        address=address,
        kind=kind,
        secure=frozenset(secure),
        topic=_topic(address, feed),
        doubtful_guids=_doubtful(feed.items),
    )


def _kind(address: URL, feed: RawFeed) -> FeedKind:
    generator = feed.generator.lower()
    known = ning.kind_of_feed(str(address)) or ning.kind_by_content(
        [f"{item.id} {item.link}" for item in feed.items]
    )
    if known is not None:
        return known
    if any(engine in generator for engine in _FORUM_ENGINES):
        return FeedKind.TOPIC if address.path.startswith("/t/") else FeedKind.FORUM
    if any(engine in generator for engine in _BLOG_ENGINES) and "comment" not in address.path:
        return FeedKind.BLOG
    return FeedKind.OTHER


def _topic(address: URL, feed: RawFeed) -> Topic | None:
    """Return the topic or post that all items of the feed belong to."""
    attached = links.content_ids(address.query.get("attachedTo", ""))
    if attached:
        return Topic(attached[0], _heading(feed.title))
    is_topic = address.path.startswith("/forum/topics/")
    if not is_topic:
        return None
    page = str(address.with_query(None))
    clean = links.cleaned(page) or page
    return Topic(links.key_of(page), _heading(feed.title), clean)


def _heading(title: str) -> str:
    """Return a feed's title without the network's name behind it."""
    heading, _, network = title.rpartition(" - ")
    return heading if heading and network else title


def _doubtful(items: tuple[RawItem, ...]) -> frozenset[str]:
    """Return guids that stand for different pages: some engines give one to all."""
    pages = {(item.id, item.link) for item in items if item.id and item.link}
    counted = Counter(guid for guid, _ in pages)
    return frozenset(guid for guid, count in counted.items() if count > 1)
