"""Feeds as the forum's use cases see them: every item once, with the topic that it belongs to."""

import dataclasses
import time
from collections.abc import Sequence
from typing import Final

from bot.adapters.feeds import links, ning, raw
from bot.adapters.feeds.escaping import one_line
from bot.adapters.feeds.items import item_of
from bot.adapters.feeds.raw import RawFeed
from bot.adapters.feeds.site import Site, site_of
from bot.services.forum.feeds import (
    BY_TITLE,
    FeedError,
    FeedItem,
    FeedKind,
    FeedPage,
    FeedProblem,
    Fetched,
    ItemKind,
    Topic,
)

MOST_ITEMS: Final = 500
_MOST_SECONDS: Final = 15.0  # of work, however busy the machine is; honest feeds never need them


def page_of(fetched: Fetched) -> FeedPage:
    """Return what a document holds. Takes a while for long ones: not for the event loop.

    Raises:
        FeedError: NO_FEED, BROKEN or UNSAFE.

    """
    feed = raw.read(fetched, most=MOST_ITEMS)
    site = site_of(fetched, feed)
    items, skipped = _items(feed, site)
    return FeedPage(
        kind=site.kind,
        title=one_line(feed.title),
        link=links.cleaned(feed.link, base=site.address, secure=site.secure)
        or str(ning.page_of(site.address, site.kind)),
        items=tuple(_with_topics(items) if site.kind is FeedKind.FORUM else items),
        skipped=tuple(skipped),
    )


def _items(feed: RawFeed, site: Site) -> tuple[list[FeedItem], list[str]]:
    until = time.thread_time() + _MOST_SECONDS
    found: dict[str, FeedItem] = {}
    skipped: list[str] = []
    for number, one in enumerate(feed.items, start=1):
        if time.thread_time() > until:
            raise FeedError(FeedProblem.UNSAFE)
        item = item_of(one, site)
        if item is None:
            skipped.append(f"item {number} has neither id nor link")
        elif item.identity in found:
            skipped.append(f"item {number} repeats {item.identity}")
            found[item.identity] = _fuller(found[item.identity], item)
        else:
            found[item.identity] = item
    return list(found.values()), skipped


def _fuller(first: FeedItem, second: FeedItem) -> FeedItem:
    """Return the one of two items with the same identity that says more."""
    return second if len(second.text) > len(first.text) else first


def _with_topics(items: Sequence[FeedItem]) -> list[FeedItem]:
    """Give each reply its topic: in a forum's feed it only carries the topic's title."""
    topics = {one.title: one for one in items if one.kind is ItemKind.TOPIC}
    found: list[FeedItem] = []
    for item in items:
        if item.kind is ItemKind.REPLY and item.topic is None and item.title:
            begun = topics.get(item.title)
            topic = (
                Topic(f"{BY_TITLE}{item.title.casefold()}"[:300], item.title)
                if begun is None
                else Topic(begun.identity, begun.title, begun.link)
            )
            found.append(dataclasses.replace(item, topic=topic))
        else:
            found.append(item)
    return found
