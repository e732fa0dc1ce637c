"""Takes a page in: decides and stores in one unit of work, with all that is to be said of it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.services.directory import Directory
from bot.services.forum.contents import kept
from bot.services.forum.deciding import Decision, Seen, Standpoint, decide
from bot.services.forum.feeds import FeedKind, FeedPage, ItemKind
from bot.services.forum.posting import Poster
from bot.services.guild_settings import FORUM_REVIEW, GuildChoices
from storage.delivery_records import ChannelTarget, NewDelivery, Target
from storage.forum_records import (
    GAP_KIND,
    ITEM_KIND,
    Feed,
    FeedState,
    ItemContent,
    ItemState,
    NewItem,
    NewNotice,
    NoticeKind,
    Placing,
)
from storage.unit_of_work import UnitOfWork, UnitsOfWork


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a page for one feed."""

    new: int = 0
    posted: int = 0
    changed: int = 0
    held: int = 0
    has_gap: bool = False


class Intake:
    """Takes pages in, guild by guild."""

    def __init__(self, units: UnitsOfWork, directory: Directory) -> None:
        """Store in `units`; forum tags are looked up in `directory`."""
        self._units = units
        self._directory = directory

    async def take_in(self, feed_id: int, page: FeedPage, *, now: dt.datetime) -> TakenIn | None:
        """Decide on a page and store what comes of it; None when the feed is not active (any more).

        Raises:
            StorageError: nothing was stored then, and the same page can be taken in again.

        """
        async with self._units() as work:
            feed = await work.feeds.get(feed_id)
            linked = await work.feeds.lock_guild(feed.guild_id) if feed else ()
            feed = next((one for one in linked if one.id == feed_id), None)
            if feed is None or feed.state is not FeedState.ACTIVE:
                return None
            known = await work.forum.known(feed.guild_id, {item.identity for item in page.items})
            decision = decide(page, known, await _standpoint(work, feed, linked))
            return await self._store(work, feed, decision, now=now)

    async def begin(
        self, work: UnitOfWork, feed: Feed, items: Sequence[NewItem], *, now: dt.datetime
    ) -> int:
        """Mark what a feed holds, newest first, as seen; post its last ones. Returns how many.

        Within the unit that starts the feed, after `lock_guild`.
        """
        known = await work.forum.known(feed.guild_id, {item.identity for item in items})
        unseen = {item.identity: item for item in items if item.identity not in known}
        wanted = {one.identity for one in _postable(unseen.values())[: feed.last]}
        fresh = [
            (item, _begun(item, feed, is_wanted=item.identity in wanted))
            for item in reversed(list(unseen.values()))
        ]
        await self._add(work, feed, fresh, now=now)
        return len(wanted)

    async def _store(
        self, work: UnitOfWork, feed: Feed, decision: Decision, *, now: dt.datetime
    ) -> TakenIn:
        fresh = [(kept(one.item), one.placing) for one in decision.new]
        freed = [one for one in decision.seen if one.is_placed]
        for one in decision.seen:
            await _change(work, feed, one, now=now)
        ids = await self._add(work, feed, fresh, now=now, freed=freed)
        await work.forum.mark_page(feed.id, (*decision.in_page, *ids))
        if decision.has_gap:
            await _tell_of_gap(work, feed, self._poster(work, feed, now=now), len(fresh))
        states = [placing.state for _, placing in fresh]
        held = states.count(ItemState.HELD)
        return TakenIn(
            new=len(fresh),
            posted=len(fresh) - held,
            changed=sum(one.is_rewritten for one in decision.seen),
            held=held,
            has_gap=decision.has_gap,
        )

    async def _add(
        self,
        work: UnitOfWork,
        feed: Feed,
        fresh: Sequence[tuple[NewItem, Placing]],
        *,
        now: dt.datetime,
        freed: Sequence[Seen] = (),
    ) -> tuple[int, ...]:
        ids = await work.forum.add(fresh, guild_id=feed.guild_id, feed_id=feed.id, at=now)
        poster = self._poster(work, feed, now=now)
        for one in freed:
            if one.placing.state is ItemState.POSTED and one.known.state is ItemState.HELD:
                await poster.post(one.known.id, kept(one.item).content)
        for item_id, (item, placing) in zip(ids, fresh, strict=True):
            if placing.state is ItemState.POSTED:
                await poster.post(item_id, item.content)
        await poster.finish()
        return ids

    def _poster(self, work: UnitOfWork, feed: Feed, *, now: dt.datetime) -> Poster:
        return Poster(work, feed, directory=self._directory, now=now)


async def _standpoint(work: UnitOfWork, feed: Feed, linked: Sequence[Feed]) -> Standpoint:
    stored = await work.settings.get(feed.guild_id, FORUM_REVIEW.name)
    choices: Mapping[str, str] = {} if stored is None else {stored.name: stored.value}
    return Standpoint(
        feed_id=feed.id,
        kind=FeedKind(feed.kind),
        is_forum=feed.is_forum,
        has_items=await work.forum.has_items(feed.id),
        linked={one.id: FeedKind(one.kind) for one in linked},
        review=GuildChoices(choices).value_of(FORUM_REVIEW),
    )


async def _change(work: UnitOfWork, feed: Feed, one: Seen, *, now: dt.datetime) -> None:
    if one.is_placed:
        await work.forum.place(one.known.id, one.placing, feed_id=feed.id)
    if one.is_rewritten:
        version = await work.forum.rewrite(one.known.id, kept(one.item), at=now)
        await work.deliveries.revise(ITEM_KIND, one.known.id, version=version)


async def _tell_of_gap(work: UnitOfWork, feed: Feed, poster: Poster, count: int) -> None:
    now = poster.now
    notice = await work.feeds.add_notice(
        NewNotice(feed.guild_id, feed.id, NoticeKind.GAP, now, number=count)
    )
    target: Target = ChannelTarget(feed.channel_id)
    if feed.is_forum:
        target = poster.post_target(ItemContent(title=feed.title))
    await work.deliveries.queue(
        NewDelivery(
            key=f"forum_gap:{notice}",
            guild_id=feed.guild_id,
            target=target,
            kind=GAP_KIND,
            subject_id=notice,
            due_at=now,
        )
    )


def _postable(items: Iterable[NewItem]) -> list[NewItem]:
    return [
        one
        for one in items
        if one.kind != ItemKind.ACTIVITY and (one.content.title.strip() or one.content.text.strip())
    ]


def _begun(item: NewItem, feed: Feed, *, is_wanted: bool) -> Placing:
    hint = feed.kind == FeedKind.ACTIVITY
    if not is_wanted:
        return Placing(ItemState.BACKLOG, is_hint=hint)
    waits = feed.is_forum and item.topic is not None
    return Placing(ItemState.WAITING if waits else ItemState.POSTED, is_hint=hint)
