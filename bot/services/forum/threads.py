"""Replies and comments find their way into the thread of their topic, once that is there."""

import datetime as dt
from typing import Final

import structlog

from bot.services.directory import Directory
from bot.services.forum.feeds import BY_TITLE, ItemKind
from bot.services.forum.posting import Poster, key_of
from bot.services.ports import Clock
from storage.delivery_records import DeliveryState
from storage.forum_records import (
    Feed,
    FeedState,
    Item,
    ItemContent,
    ItemState,
    NewItem,
    Placing,
    Reason,
    TopicReference,
)
from storage.unit_of_work import UnitOfWork, UnitsOfWork

_PAGE: Final = 200
_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class Threads:
    """Posts what waits for the post of its topic, item by item, each in a unit of its own."""

    def __init__(self, units: UnitsOfWork, clock: Clock, directory: Directory) -> None:
        """Work in `units`; forum tags are looked up in `directory`."""
        self._units = units
        self._clock = clock
        self._directory = directory

    async def advance(self) -> int:
        """Take every waiting item one step further, in order; return how many were posted.

        Raises:
            StorageError: when the database cannot be used; the next turn goes on.

        """
        posted = after = 0
        while True:
            async with self._units.reading() as work:
                waiting = await work.forum_lists.waiting(after=after, limit=_PAGE)
            for item in waiting:
                posted += await self._advance_one(item.id)
            if len(waiting) < _PAGE:
                return posted
            after = waiting[-1].id

    async def _advance_one(self, item_id: int) -> bool:
        now = self._clock.now()
        async with self._units() as work:
            feed, item = await _locked(work, item_id)
            if feed is None or item is None or item.topic is None:
                return False
            poster = Poster(work, feed, directory=self._directory, now=now)
            topic = await self._topic(work, feed, item.topic, now=now)
            if topic.placing.state is ItemState.GONE:
                held = Placing(ItemState.HELD, Reason.TOPIC_GONE, is_hint=item.placing.is_hint)
                await work.forum.place(item.id, held)
                return False
            copy = await work.deliveries.by_key(key_of(topic.id, feed.channel_id))
            if copy is None:
                await poster.post(topic.id, topic.content or ItemContent(item.topic.title))
            elif copy.state is DeliveryState.SENT and copy.copy is not None:
                await poster.reply(item.id, thread_id=copy.copy.channel_id)
                await work.forum.place(item.id, _posted(item))
            await poster.finish()
        return copy is not None and copy.state is DeliveryState.SENT

    async def _topic(
        self, work: UnitOfWork, feed: Feed, topic: TopicReference, *, now: dt.datetime
    ) -> Item:
        """Return the topic's item, made of what is known of it if it was never seen."""
        found = await work.forum.by_identity(feed.guild_id, topic.identity)
        if found is None and topic.identity.startswith(BY_TITLE):
            # A reply came without its topic, which may be known from before.
            found = await work.forum_lists.topic_called(feed.guild_id, topic.title)
        if found is None:
            new = NewItem(
                identity=topic.identity,
                kind=ItemKind.TOPIC.value,
                link=topic.link,
                body_hash="",
                content=ItemContent(topic.title),
            )
            placed = (new, Placing(ItemState.POSTED, is_hint=True))
            (item_id,) = await work.forum.add(
                [placed], guild_id=feed.guild_id, feed_id=feed.id, at=now, in_page=False
            )
            _log.info("forum_topic_made", feed=feed.id, item=item_id)
            found = await work.forum.get(item_id)
        elif found.placing.state in {ItemState.BACKLOG, ItemState.HELD}:
            await work.forum.place(found.id, _posted(found))
        if found is None:
            message = "a topic that was just made is gone"
            raise AssertionError(message)
        return found


async def _locked(work: UnitOfWork, item_id: int) -> tuple[Feed | None, Item | None]:
    """Return an item that waits, and its active feed, with its guild locked."""
    item = await work.forum.get(item_id)
    if item is None:
        return None, None
    linked = await work.feeds.lock_guild(item.guild_id)
    item = await work.forum.lock(item_id)
    feed = next((one for one in linked if item and one.id == item.feed_id), None)
    if feed is None or feed.state not in {FeedState.ACTIVE, FeedState.PAUSED}:
        return None, None
    return feed, item if item and item.placing.state is ItemState.WAITING else None


def _posted(item: Item) -> Placing:
    return Placing(ItemState.POSTED, findable=item.placing.findable, is_hint=item.placing.is_hint)
