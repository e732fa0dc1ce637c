"""Linking a feed to a channel: recognise it, show what it gives, start after a yes; and undo it."""

from dataclasses import dataclass
from typing import Final

import structlog

from bot.services.deliveries import transitions
from bot.services.directory import Channel, ChannelKind, Directory
from bot.services.forum.contents import MOST_LINK, kept
from bot.services.forum.feeds import FeedError, FeedProblem, FeedSource
from bot.services.forum.intake import Intake
from bot.services.forum.pace import BETWEEN
from bot.services.forum.refusals import (
    AlreadyLinkedError,
    AlreadyStartedError,
    ChannelProblem,
    DraftGoneError,
    UnknownFeedError,
    UnusableChannelError,
    UnusableFeedError,
)
from bot.services.ports import Clock
from storage.delivery_records import DeliveryState
from storage.errors import ConflictError
from storage.forum_records import ITEM_KIND, Feed, FeedState, NewFeed, NewItem
from storage.unit_of_work import UnitOfWork, UnitsOfWork

MOST_LAST: Final = 10
_SHOWN: Final = 3
_MOST_ITEMS: Final = 500
_ADDRESS: Final = 1_000
_TITLE: Final = 200
_KINDS: Final = frozenset({ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT, ChannelKind.FORUM})

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a moderator wants: the feed at an address, as typed, in a channel, its `last` items."""

    guild_id: int
    typed: str
    channel_id: int
    last: int
    by: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A feed that waits for a yes, with a few of its items and how many there are."""

    feed: Feed
    examples: tuple[NewItem, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Started:
    """A feed that was started, and how many items are posted at once."""

    feed: Feed
    posted: int


class Linking:
    """The use cases of linking."""

    def __init__(
        self,
        units: UnitsOfWork,
        clock: Clock,
        source: FeedSource,
        *,
        intake: Intake,
        directory: Directory,
    ) -> None:
        """Recognise through `source`, store in `units`; channels are looked up in `directory`."""
        self._units = units
        self._clock = clock
        self._source = source
        self._intake = intake
        self._directory = directory

    async def recognise(self, wish: Wish) -> Draft:
        """Find the feed behind an address and keep it until it is started or called off.

        Raises:
            UnusableChannelError: when posts cannot go there.
            UnusableFeedError: when the address gives no items.
            AlreadyLinkedError: when the guild has this feed.

        """
        channel = self._checked(wish.guild_id, wish.channel_id)
        try:
            found = await self._source.find(wish.typed)
        except FeedError as error:
            _log.info("feed_not_found", problem=error.problem.value, status=error.status)
            raise UnusableFeedError(error.problem, status=error.status) from error
        if len(found.address) > _ADDRESS:
            raise UnusableFeedError(FeedProblem.NO_ADDRESS)
        items = tuple(kept(item) for item in found.page.items[:_MOST_ITEMS])
        new = NewFeed(
            guild_id=wish.guild_id,
            address=found.address,
            kind=found.page.kind.value,
            title=" ".join(found.page.title.split())[:_TITLE] or found.address[:_TITLE],
            link=found.page.link if len(found.page.link) <= MOST_LINK else "",
            channel_id=channel.id,
            is_forum=channel.kind is ChannelKind.FORUM,
            last=min(max(wish.last, 0), MOST_LAST),
            created_by=wish.by,
            created_at=self._clock.now(),
        )
        async with self._units() as work:
            for linked in await work.feeds.linked_in(wish.guild_id):
                if linked.address == found.address:
                    raise AlreadyLinkedError(channel_id=linked.channel_id)
            feed = await work.feeds.add_draft(new, items)
        return Draft(feed, items[:_SHOWN], len(items))

    async def start(self, feed_id: int, *, guild_id: int) -> Started:
        """Start a draft: what it held is seen from now on, its last items are posted.

        Raises:
            DraftGoneError: when it was called off or forgotten.
            AlreadyStartedError: when somebody was first.
            AlreadyLinkedError: when the guild has this feed by now.
            UnusableChannelError: when posts cannot go there (any more).

        """
        now = self._clock.now()
        try:
            async with self._units() as work:
                linked = await work.feeds.lock_guild(guild_id)
                feed = await work.feeds.get(feed_id)
                if feed is None or feed.guild_id != guild_id or feed.state is FeedState.UNLINKED:
                    raise DraftGoneError
                if feed.state is not FeedState.DRAFT:
                    raise AlreadyStartedError
                for other in linked:
                    if other.address == feed.address:
                        raise AlreadyLinkedError(channel_id=other.channel_id)
                self._checked(guild_id, feed.channel_id)
                items = await work.feeds.draft_items(feed_id)
                await work.feeds.set_state(feed_id, FeedState.ACTIVE)
                await work.feeds.expect(feed.address, next_poll_at=now + BETWEEN)
                posted = await self._intake.begin(work, feed, items, now=now)
        except ConflictError as error:
            raise AlreadyStartedError from error
        _log.info("feed_started", feed=feed_id, posted=posted)
        return Started(feed, posted)

    async def call_off(self, feed_id: int, *, guild_id: int) -> None:
        """Forget a draft.

        Raises:
            DraftGoneError: when it is not there any more.
            AlreadyStartedError: when it was started.

        """
        async with self._units() as work:
            feed = await work.feeds.get(feed_id)
            if feed is None or feed.guild_id != guild_id:
                raise DraftGoneError
            if not await work.feeds.delete_draft(feed_id):
                raise AlreadyStartedError

    async def unlink(self, feed_id: int, *, guild_id: int, by: int) -> Feed:
        """Stop a feed. What was posted stays; questions find nothing of it any more.

        Raises:
            UnknownFeedError: when it is not linked (any more).

        """
        async with self._units() as work:
            linked = await work.feeds.lock_guild(guild_id)
            feed = next((one for one in linked if one.id == feed_id), None)
            if feed is None:
                raise UnknownFeedError
            await work.feeds.set_state(feed_id, FeedState.UNLINKED)
            await work.forum.hide_feed(feed_id)
            await _cancel_unsent(work, feed_id)
        _log.info("feed_unlinked", feed=feed_id, by=by)
        return feed

    def _checked(self, guild_id: int, channel_id: int) -> Channel:
        channels = self._directory.channels_of(guild_id)
        channel = next((one for one in channels if one.id == channel_id), None)
        if channel is None:
            raise UnusableChannelError(ChannelProblem.UNKNOWN)
        if channel.kind not in _KINDS:
            raise UnusableChannelError(ChannelProblem.KIND)
        if not channel.can_send:
            raise UnusableChannelError(ChannelProblem.RIGHTS, missing=channel.missing_rights)
        return channel


async def _cancel_unsent(work: UnitOfWork, feed_id: int) -> None:
    """Let nothing follow that was still spread out over time; what stands stays."""
    for item in await work.forum.of_feed(feed_id, limit=_MOST_ITEMS):
        for copy in await work.deliveries.of_subject(ITEM_KIND, item.id):
            if copy.state is DeliveryState.WAITING and copy.copy is None:
                locked = await work.deliveries.lock(copy.id)
                if locked == copy:
                    await work.deliveries.put(transitions.cancelled(copy))
