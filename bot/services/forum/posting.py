"""Queues what is posted of the forum: calmly, in order, replies in the thread of their topic."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.services.directory import Directory
from storage.delivery_records import ChannelTarget, NewDelivery, PostTarget, Target, ThreadTarget
from storage.forum_records import ITEM_KIND, Feed, ItemContent
from storage.unit_of_work import UnitOfWork

MOST_AT_ONCE: Final = 10
"""How many posts of a feed are due within one stretch of time; the others follow."""
STRETCH: Final = dt.timedelta(minutes=15)
_POST_TITLE: Final = 100
_MOST_TAGS: Final = 5


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment from which on posts of a feed are due, and how many are."""

    at: dt.datetime | None
    used: int

    def next(self, now: dt.datetime) -> "Slot":
        """Return the slot with room for one more post, taken."""
        if self.at is None or self.at <= now - STRETCH:
            return Slot(now, 1)
        if self.used < MOST_AT_ONCE:
            return Slot(self.at, self.used + 1)
        return Slot(self.at + STRETCH, 1)


class Poster:
    """Queues posts of one feed, within one unit of work; `finish` it."""

    def __init__(
        self, work: UnitOfWork, feed: Feed, *, directory: Directory, now: dt.datetime
    ) -> None:
        """Queue in `work`, for the channel of `feed`."""
        self._work = work
        self._feed = feed
        self._directory = directory
        self.now = now
        self._slot = Slot(feed.slot_at, feed.slot_used)

    async def post(self, item_id: int, content: ItemContent) -> None:
        """Queue an item as a message, or in a forum as a post of its own."""
        if self._feed.is_forum:
            await self._queue(item_id, self.post_target(content))
        else:
            await self._queue(item_id, ChannelTarget(self._feed.channel_id))

    async def reply(self, item_id: int, *, thread_id: int) -> None:
        """Queue a reply or comment in the thread of its topic."""
        await self._queue(item_id, ThreadTarget(thread_id))

    async def finish(self) -> None:
        """Remember how far the posts are spread out."""
        if self._slot != Slot(self._feed.slot_at, self._feed.slot_used):
            await self._work.feeds.set_slot(self._feed.id, at=self._slot.at, used=self._slot.used)

    async def _queue(self, item_id: int, target: Target) -> None:
        slot = self._slot.next(self.now)
        is_queued = await self._work.deliveries.queue(
            NewDelivery(
                key=key_of(item_id, self._feed.channel_id),
                guild_id=self._feed.guild_id,
                target=target,
                kind=ITEM_KIND,
                subject_id=item_id,
                due_at=max(slot.at or self.now, self.now),
            )
        )
        if is_queued:
            self._slot = slot

    def post_target(self, content: ItemContent) -> PostTarget:
        """Return the post that an item begins in the forum channel."""
        return PostTarget(
            self._feed.channel_id,
            post_title(content, self._feed),
            tags_for(content, self._feed, self._directory),
        )


def post_title(content: ItemContent, feed: Feed) -> str:
    """Return what the post of an item is called: one line, of 1 to 100 characters."""
    title = content.title.strip() or content.text.strip() or feed.title
    return " ".join(title.split())[:_POST_TITLE] or "…"


def tags_for(content: ItemContent, feed: Feed, directory: Directory) -> tuple[int, ...]:
    """Return the forum's tags that are called as those of an item, in any case; five at most.

    Where every post needs one, the first that anybody may use stands in.
    """
    channels = directory.channels_of(feed.guild_id)
    forum = next((one for one in channels if one.id == feed.channel_id), None)
    if forum is None:
        return ()
    usable = [tag for tag in forum.tags if not tag.moderated]
    wanted = {name.casefold() for name in content.tags}
    found = [tag.id for tag in usable if tag.name.casefold() in wanted]
    if not found and forum.needs_tag:
        found = [tag.id for tag in usable[:1]]
    return tuple(found[:_MOST_TAGS])


def key_of(item_id: int, channel_id: int) -> str:
    """Return the key of an item's copy in a channel: there is one."""
    return f"forum:{item_id}:{channel_id}"
