"""What leaves storage about the forum: feeds that guilds linked, and the items that came in."""

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final

ITEM_KIND: Final = "forum"
REVIEW_KIND: Final = "forum_review"
GAP_KIND: Final = "forum_gap"
NOTICE_KIND: Final = "forum_notice"
"""The kinds of deliveries: an item, the card that asks moderators about it, and notices."""


class FeedState(enum.StrEnum):
    """DRAFT waits for a moderator's yes; PAUSED failed too often; UNLINKED is history."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    UNLINKED = "unlinked"


class ItemState(enum.StrEnum):
    """What became of an item.

    BACKLOG was there when its feed was linked. POSTED has a delivery. WAITING is posted once the
    post of its topic exists. HELD is not posted, for the reason beside it. GONE was taken away on
    the forum, and so was ours.
    """

    BACKLOG = "backlog"
    POSTED = "posted"
    WAITING = "waiting"
    HELD = "held"
    GONE = "gone"


class Reason(enum.StrEnum):
    """Why an item is not posted.

    ACTIVITY is no contribution (or tells of several at once), OWN_FEED comes by the feed that holds
    it, GAP was too much at once, EMPTY has neither title nor text, TOPIC_GONE answers a topic that
    was taken away.
    """

    ACTIVITY = "activity"
    OWN_FEED = "own_feed"
    GAP = "gap"
    EMPTY = "empty"
    TOPIC_GONE = "topic_gone"


class Findable(enum.StrEnum):
    """Whether questions may find an item. WAITING: a moderator looks at it first."""

    NO = "no"
    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"


class NoticeKind(enum.StrEnum):
    """What is told about a feed itself."""

    GAP = "gap"
    PAUSED = "paused"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class ItemContent:
    """What an item says. `markdown` is Discord's, harmless already; `text` is plain."""

    title: str
    author: str | None = None
    markdown: str = ""
    text: str = ""
    images: tuple[tuple[str, str], ...] = ()
    """Address and alternative text of each picture."""
    tags: tuple[str, ...] = ()
    published_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class TopicReference:
    """The topic that a reply or comment belongs to."""

    identity: str
    title: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to keep. `kind` is a post, topic, reply, comment or activity."""

    identity: str
    kind: str
    link: str
    body_hash: str
    content: ItemContent
    topic: TopicReference | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """How an item is kept: what became of it and whether it may be found."""

    state: ItemState
    reason: Reason | None = None
    findable: Findable = Findable.NO
    is_hint: bool = False


@dataclass(frozen=True, slots=True)
class KnownItem:
    """What deciding needs of an item that was seen before in the guild."""

    id: int
    feed_id: int
    identity: str
    body_hash: str
    state: ItemState
    reason: Reason | None
    findable: Findable
    is_hint: bool
    in_page: bool


@dataclass(frozen=True, slots=True)
class Item:
    """An item with what it says; `content` is None once that expired or was taken away.

    `version` goes up with every change of what is shown or found.
    """

    id: int
    guild_id: int
    feed_id: int
    identity: str
    kind: str
    link: str
    body_hash: str
    version: int
    placing: Placing
    first_seen_at: dt.datetime
    topic: TopicReference | None
    gone_answers: int
    content: ItemContent | None


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed that somebody wants in a channel. `last`: how many of its items are posted at once."""

    guild_id: int
    address: str
    kind: str
    title: str
    link: str
    channel_id: int
    is_forum: bool
    last: int
    created_by: int
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in a guild.

    `slot_at` is when the last post that was spread out is due, `slot_used` how many are due then.
    """

    id: int
    guild_id: int
    address: str
    kind: str
    title: str
    link: str
    channel_id: int
    is_forum: bool
    last: int
    state: FeedState
    created_by: int | None
    created_at: dt.datetime
    slot_at: dt.datetime | None
    slot_used: int


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """How fetching an address goes; guilds that linked the same one share it.

    `failures` are those in a row, `refusals` those of them that trying again does not mend.
    """

    address: str
    etag: str | None
    last_modified: str | None
    next_poll_at: dt.datetime
    polled_at: dt.datetime | None
    failures: int
    refusals: int
    last_success_at: dt.datetime | None
    problem: str | None
    problem_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class FeedCounts:
    """How many items of a feed were seen, and what became of them."""

    seen: int
    posted: int
    waiting: int
    held: int


@dataclass(frozen=True, slots=True)
class NewNotice:
    """Something to tell about a feed. `detail` is a problem's name, `number` a count."""

    guild_id: int
    feed_id: int
    kind: NoticeKind
    at: dt.datetime
    detail: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was told about a feed."""

    id: int
    guild_id: int
    feed_id: int
    kind: NoticeKind
    at: dt.datetime
    detail: str
    number: int
