"""A web of feeds that tests write by hand: a FeedSource without a network."""

import asyncio
import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace

from bot.services.forum.feeds import (
    FeedError,
    FeedItem,
    FeedKind,
    FeedPage,
    FeedProblem,
    Fetched,
    FoundFeed,
    ItemImage,
    ItemKind,
    Topic,
    Validators,
)

BLOG = "https://forum.example/profiles/blog/feed?xn_auth=no"
FORUM = "https://forum.example/forum/topic/list?feed=yes&xn_auth=no"
ACTIVITY = "https://forum.example/activity/log/list?fmt=rss"


def item(
    number: int,
    *,
    kind: ItemKind = ItemKind.POST,
    title: str | None = None,
    text: str = "Wij hebben de zaaktypen opgeschoond. Dat scheelt veel werk.",
    author: str | None = "Noor van Dalen",
    topic: Topic | None = None,
    tags: tuple[str, ...] = (),
    images: tuple[ItemImage, ...] = (),
    published_at: dt.datetime | None = None,
) -> FeedItem:
    """Return an item with a content id of Ning's."""
    names = {ItemKind.POST: "BlogPost", ItemKind.TOPIC: "Topic", ItemKind.ACTIVITY: "Activity"}
    identity = f"12:{names.get(kind, 'Comment')}:{number}"
    return FeedItem(
        identity=identity,
        kind=kind,
        title=f"Bericht {number}" if title is None else title,
        link=f"https://forum.example/xn/detail/{identity}",
        markdown=text,
        text=text,
        body_hash=hashlib.sha256(f"{title} {text}".encode()).hexdigest(),
        author=author,
        published_at=published_at,
        images=images,
        tags=tags,
        topic=topic,
    )


@dataclass(slots=True)
class WrittenFeed:
    """One feed: its items, the newest first, of which a page shows the first `window`."""

    kind: FeedKind = FeedKind.BLOG
    title: str = "Alle berichten - BREED"
    items: list[FeedItem] = field(default_factory=list[FeedItem])
    window: int = 30
    has_etag: bool = False
    error: FeedError | None = None
    broken: bool = False
    waits_for: asyncio.Event | None = None

    def publish(self, *items: FeedItem) -> None:
        """Put items on top, the last one first."""
        for one in items:
            self.items.insert(0, one)

    def edit(self, identity: str, text: str, *, title: str | None = None) -> None:
        """Change what an item says; nothing else tells of it."""
        digest = hashlib.sha256(f"{title} {text}".encode()).hexdigest()
        self.items = [
            replace(one, text=text, markdown=text, body_hash=digest, title=title or one.title)
            if one.identity == identity
            else one
            for one in self.items
        ]

    def delete(self, identity: str) -> None:
        """Take an item away."""
        self.items = [one for one in self.items if one.identity != identity]

    @property
    def page(self) -> FeedPage:
        """What a reader gets."""
        link = "https://forum.example/"
        return FeedPage(self.kind, self.title, link, tuple(self.items[: self.window]))


@dataclass(slots=True)
class FakeFeeds:
    """Serves written feeds. `fetched` are the addresses asked for, in order."""

    feeds: dict[str, WrittenFeed] = field(default_factory=dict[str, WrittenFeed])
    gone: set[str] = field(default_factory=set[str])
    unreadable: set[str] = field(default_factory=set[str])
    fetched: list[str] = field(default_factory=list[str])
    asked_of: list[str] = field(default_factory=list[str])
    _pages: dict[bytes, FeedPage] = field(default_factory=dict[bytes, FeedPage])

    def write(self, address: str, *items: FeedItem, kind: FeedKind = FeedKind.BLOG) -> WrittenFeed:
        """Add a feed with these items, the last one the newest."""
        feed = self.feeds[address] = WrittenFeed(kind)
        feed.publish(*items)
        return feed

    async def find(self, typed: str) -> FoundFeed:
        """Find the feed at exactly this address."""
        feed = self.feeds.get(typed)
        if feed is None:
            raise FeedError(FeedProblem.NO_FEED)
        if feed.error is not None:
            raise feed.error
        return FoundFeed(typed, feed.page, Validators())

    async def fetch(self, address: str, validators: Validators) -> Fetched | None:
        """Give a snapshot; None when the validators say that it is known."""
        self.fetched.append(address)
        feed = self.feeds[address]
        if feed.waits_for is not None:
            await feed.waits_for.wait()
        if feed.error is not None:
            raise feed.error
        content = f"{address} {len(self._pages)}".encode()
        page = self._pages[content] = feed.page
        etag = str(hash(page)) if feed.has_etag else None
        if etag is not None and etag == validators.etag:
            return None
        return Fetched(address, content, "application/atom+xml", Validators(etag))

    async def parse(self, fetched: Fetched) -> FeedPage:
        """Give the page of a snapshot."""
        if self.feeds[fetched.address].broken:
            raise FeedError(FeedProblem.BROKEN)
        return self._pages[fetched.content]

    async def is_gone(self, link: str) -> bool:
        """Say what the test wrote about a page."""
        self.asked_of.append(link)
        if link in self.unreadable:
            raise FeedError(FeedProblem.SERVER, status=503)
        return link in self.gone
