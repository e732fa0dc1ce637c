"""What is new in a page of a feed, what changed, and what is not posted: a pure function.

An item is new when its identity was not seen before in the guild; dates have no say. Items of an
activity feed are hints: the feed that holds an item itself has the last word on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from bot.services.forum.feeds import FeedItem, FeedKind, FeedPage, ItemKind
from storage.forum_records import Findable, ItemState, KnownItem, Placing, Reason

MOST_AFTER_GAP: Final = 10
"""How many of the newest items are posted when more came in than a page can hold."""
_MOST_PINNED: Final = 3
_MANY: Final = 10

_TOLD_BY: Final[Mapping[ItemKind, FeedKind]] = {
    ItemKind.POST: FeedKind.BLOG,
    ItemKind.TOPIC: FeedKind.FORUM,
}
_BELOW: Final = frozenset({ItemKind.REPLY, ItemKind.COMMENT})


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What is known beside the page: the feed, and the others that the guild has linked.

    `is_forum`: the feed goes to a forum channel, where replies stand in the thread of their topic.
    `has_items`: something of this feed was seen before. `review`: moderators look first.
    """

    feed_id: int
    kind: FeedKind
    is_forum: bool
    has_items: bool
    linked: Mapping[int, FeedKind]
    review: bool = False

    @property
    def gives_hints(self) -> bool:
        """Whether the feed only tells of what other feeds hold."""
        return self.kind is FeedKind.ACTIVITY


@dataclass(frozen=True, slots=True)
class Fresh:
    """An item that was not seen before, and what becomes of it."""

    item: FeedItem
    placing: Placing


@dataclass(frozen=True, slots=True)
class Seen:
    """An item that was seen before and changes: what it says, or what becomes of it."""

    known: KnownItem
    item: FeedItem
    placing: Placing
    is_rewritten: bool
    is_placed: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What to store. `new` and `seen` are in the order in which they are posted: oldest first.

    `in_page` are the ids of this feed's own items that the page still holds. `has_gap`: items may
    have come and gone unseen. `duplicates`: how many items the page held more than once.
    """

    new: tuple[Fresh, ...]
    seen: tuple[Seen, ...]
    in_page: tuple[int, ...]
    has_gap: bool
    duplicates: int


def decide(page: FeedPage, known: Mapping[str, KnownItem], here: Standpoint) -> Decision:
    """Compare a page, newest first, with what its guild knows."""
    newest: dict[str, FeedItem] = {}
    for item in page.items:
        newest.setdefault(item.identity, item)
    ordered = tuple(reversed(newest.values()))
    fresh = [one for one in ordered if one.identity not in known]
    has_gap = here.has_items and _is_cut_off(page, known)
    left_out = {one.identity for one in fresh[:-MOST_AFTER_GAP]} if has_gap else set[str]()
    return Decision(
        new=tuple(
            Fresh(one, _placed(one, here, is_left_out=one.identity in left_out)) for one in fresh
        ),
        seen=tuple(
            change
            for one in ordered
            if one.identity in known
            and (change := _changed(known[one.identity], one, here)) is not None
        ),
        in_page=tuple(
            known[one.identity].id
            for one in ordered
            if one.identity in known and known[one.identity].feed_id == here.feed_id
        ),
        has_gap=has_gap,
        duplicates=len(page.items) - len(newest),
    )


def _is_cut_off(page: FeedPage, known: Mapping[str, KnownItem]) -> bool:
    """Whether nothing in the page connects it with what was seen before.

    Pinned items stand on top of any page, so a few known ones there connect nothing.
    """
    seen = [item.identity in known for item in page.items]
    if not seen:
        return False
    if not any(seen):
        return True
    on_top = sum(1 for _ in takewhile(bool, seen))
    below = seen[on_top:]
    return 0 < on_top <= _MOST_PINNED and len(below) >= _MANY and not any(below)


def _placed(item: FeedItem, here: Standpoint, *, is_left_out: bool = False) -> Placing:
    """Say what becomes of an item that is new here."""
    reason = _reason_against(item, here)
    hint = here.gives_hints
    if reason is not None:
        return Placing(ItemState.HELD, reason, is_hint=hint)
    findable = Findable.NO
    if item.text.strip():
        findable = Findable.WAITING if here.review else Findable.SHOWN
    if is_left_out:
        return Placing(ItemState.HELD, Reason.GAP, findable, is_hint=hint)
    waits = here.is_forum and item.kind in _BELOW and item.topic is not None
    return Placing(
        ItemState.WAITING if waits else ItemState.POSTED, findable=findable, is_hint=hint
    )


def _reason_against(item: FeedItem, here: Standpoint) -> Reason | None:
    if item.kind is ItemKind.ACTIVITY:
        return Reason.ACTIVITY
    if not (item.title.strip() or item.text.strip() or item.images):
        return Reason.EMPTY
    if here.gives_hints and _TOLD_BY.get(item.kind) in here.linked.values():
        return Reason.OWN_FEED
    return None


def _changed(known: KnownItem, item: FeedItem, here: Standpoint) -> Seen | None:
    """Say what changes about an item that was seen before; None: nothing."""
    if known.state is ItemState.GONE or not _has_a_say(known, here):
        return None
    is_freed = known.reason is Reason.OWN_FEED and _reason_against(item, here) is None
    is_rewritten = known.body_hash != item.body_hash or is_freed
    is_taken_over = known.is_hint != here.gives_hints or known.feed_id != here.feed_id
    if not (is_rewritten or is_taken_over):
        return None
    placing = Placing(known.state, known.reason, known.findable, is_hint=here.gives_hints)
    if is_freed:
        placing = _placed(item, here)
    return Seen(known, item, placing, is_rewritten, is_placed=is_freed or is_taken_over)


def _has_a_say(known: KnownItem, here: Standpoint) -> bool:
    """Whether this feed may change an item: its own feed, or any once that is gone.

    Two feeds word the same item differently; were both to change it, it would never rest.
    """
    if known.feed_id == here.feed_id:
        return True
    if known.feed_id not in here.linked:
        return True
    return known.is_hint and not here.gives_hints
