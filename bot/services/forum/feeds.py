"""Feeds as the forum's use cases see them: what is asked of whoever reads the web, and its answers.

An item is known by its identity and its body's hash. "New" means an identity that was not seen
before; dates and `updated` say nothing (Ning makes up the one, and others are late).
"""

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final, Protocol

from bot.errors import BreedError

BY_TITLE: Final = "title:"
"""What the identity of a topic begins with of which only the title is told."""


class FeedKind(enum.StrEnum):
    """What a feed tells about."""

    BLOG = "blog"
    FORUM = "forum"
    TOPIC = "topic"
    ACTIVITY = "activity"
    OTHER = "other"


class ItemKind(enum.StrEnum):
    """What an item is. ACTIVITY is no content: somebody joined, or several things told as one.

    In a feed of kind ACTIVITY the other kinds are hints: the content itself, whole, is elsewhere.
    """

    POST = "post"
    TOPIC = "topic"
    REPLY = "reply"
    COMMENT = "comment"
    ACTIVITY = "activity"


class FeedProblem(enum.StrEnum):
    """Why an address gave no items."""

    NO_ADDRESS = "no_address"
    PRIVATE_ADDRESS = "private_address"
    NO_FEED = "no_feed"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    ROBOTS = "robots"
    SIGN_IN = "sign_in"
    BROKEN = "broken"
    UNSAFE = "unsafe"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    REDIRECTS = "redirects"
    BUSY = "busy"
    SERVER = "server"


class FeedError(BreedError):
    """An address gave no items. `retry_after`: seconds that the other side asked to wait."""

    def __init__(
        self, problem: FeedProblem, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class ItemImage:
    """A picture in an item; `alt` is empty when its author wrote none."""

    url: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic or post that a reply or comment belongs to; its title may be unknown.

    `identity` is its content id where a feed tells it, else the key of its page, else `title:` and
    the title in small letters (a forum's feed in which the topic itself is not).
    """

    identity: str
    title: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item, cleaned.

    `identity`: the content id (`12:BlogPost:34`), else the guid, else the canonical link; at most
    300 characters. `title` and `author` are plain text of one line. `markdown` is Discord's
    Markdown in which all foreign text is escaped and nothing mentions anybody; `text` is the same
    as plain paragraphs, for the search. `body_hash` changes when a reader would see a change.
    """

    identity: str
    kind: ItemKind
    title: str
    link: str
    markdown: str
    text: str
    body_hash: str
    author: str | None = None
    published_at: dt.datetime | None = None
    images: tuple[ItemImage, ...] = ()
    tags: tuple[str, ...] = ()
    topic: Topic | None = None


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What a feed held, the newest item first, as it orders them."""

    kind: FeedKind
    title: str
    link: str
    items: tuple[FeedItem, ...]
    skipped: tuple[str, ...] = ()
    """Items that cannot be used: one reason each, in English, for the log."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes the next request a conditional one."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it came in; `address` is where the redirects ended."""

    address: str
    content: bytes
    content_type: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed found behind an address that somebody typed."""

    address: str
    page: FeedPage
    validators: Validators


class FeedSource(Protocol):
    """Reads the web, with care. All methods raise FeedError."""

    async def find(self, typed: str) -> FoundFeed:
        """Recognise an address: a feed, a Ning page with a known feed, or a page that links one."""
        ...

    async def fetch(self, address: str, validators: Validators) -> Fetched | None:
        """Return the document at an address; None when it did not change."""
        ...

    async def parse(self, fetched: Fetched) -> FeedPage:
        """Return the items of a document, off the event loop."""
        ...

    async def is_gone(self, link: str) -> bool:
        """Whether a page says that it does not exist (any more)."""
        ...
