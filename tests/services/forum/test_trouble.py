"""Failing addresses, pauses, what vanished, and crashes at any line."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.services.forum.feeds import FeedError, FeedProblem
from bot.services.forum.pace import LONGEST
from bot.services.forum.refusals import TooSoonError
from storage.delivery_records import DeliveryState
from storage.errors import DatabaseLockedError
from storage.forum_records import FeedState, Findable, ItemState
from storage.unit_of_work import UnitOfWork, UnitsOfWork
from tests.fake_feeds import BLOG, item
from tests.services.forum.community import GUILD, MODERATORS, OTHER_GUILD, OTHER_NEWS, Community


async def test_failures_are_tried_again_ever_later_up_to_a_day(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    await community.link(BLOG)
    blog.error = FeedError(FeedProblem.SERVER, status=503)
    for _ in range(5 * 24):
        await community.poll(minutes=60)
    blog.error = None
    blog.publish(item(2))
    await community.poll(minutes=LONGEST.total_seconds() / 60)

    assert 10 <= len(community.feeds.fetched) <= 20
    assert await community.titles() == ["Bericht 2"]


async def test_retry_after_is_kept_to(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    await community.link(BLOG)
    blog.error = FeedError(FeedProblem.BUSY, status=429, retry_after=7_200)
    await community.poll()
    for _ in range(11):
        await community.poll(minutes=10)
    assert len(community.feeds.fetched) == 1

    await community.poll(minutes=15)
    assert len(community.feeds.fetched) == 2


@pytest.mark.parametrize(
    "problem", [FeedProblem.NOT_FOUND, FeedProblem.FORBIDDEN, FeedProblem.SIGN_IN]
)
async def test_refusals_pause_the_feed_and_are_told_once_a_guild(
    community: Community, problem: FeedProblem
) -> None:
    blog = community.feeds.write(BLOG, item(1))
    feed = await community.link(BLOG)
    await community.link(BLOG, guild=OTHER_GUILD, channel=OTHER_NEWS)
    blog.error = FeedError(problem)
    for _ in range(48):
        await community.poll(minutes=60)

    told = await community.queued()
    assert [one.kind for one in told] == ["forum_notice"]
    assert told[0].target.channel_id == MODERATORS.id  # type: ignore[union-attr] # a channel
    assert await community.queued(guild=OTHER_GUILD) == []
    fetched = len(community.feeds.fetched)
    assert fetched == 5
    (health,) = await community.again().overview.health_of(GUILD)
    assert health.feed.state is FeedState.PAUSED
    assert health.problem is problem

    blog.error = None
    blog.publish(item(2))
    await community.again().overview.refresh(feed)
    assert await community.titles() == ["Bericht 2"]
    (health,) = await community.again().overview.health_of(GUILD)
    assert health.is_well


async def test_a_guild_without_moderators_channel_is_told_once_it_has_one(
    community: Community,
) -> None:
    blog = community.feeds.write(BLOG, item(1))
    await community.link(BLOG, guild=OTHER_GUILD, channel=OTHER_NEWS)
    blog.error = FeedError(FeedProblem.NOT_FOUND)
    for _ in range(48):
        await community.poll(minutes=60)
    assert await community.queued(guild=OTHER_GUILD) == []

    community.directory.channels[OTHER_GUILD] = (OTHER_NEWS, MODERATORS)
    await community.tick()
    await community.tick()
    assert [one.kind for one in await community.queued(guild=OTHER_GUILD)] == ["forum_notice"]


async def test_lasting_failures_are_told_once_and_go_on_being_tried(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    await community.link(BLOG)
    blog.error = FeedError(FeedProblem.UNREACHABLE)
    for _ in range(24 * 7):
        await community.poll(minutes=60)

    assert [one.kind for one in await community.queued()] == ["forum_notice"]
    (health,) = await community.again().overview.health_of(GUILD)
    assert health.feed.state is FeedState.ACTIVE


async def test_polling_by_hand_waits_a_quarter_of_an_hour_and_says_until_when(
    community: Community,
) -> None:
    community.feeds.write(BLOG, item(1))
    feed = await community.link(BLOG)
    overview = community.again().overview
    await overview.refresh(feed)
    with pytest.raises(TooSoonError) as refused:
        await overview.refresh(feed)

    assert (refused.value.at - community.clock.now()).total_seconds() == 15 * 60


async def test_what_left_the_page_stays_until_its_own_page_says_twice_that_it_is_gone(
    community: Community,
) -> None:
    blog = community.feeds.write(BLOG, item(1))
    blog.window = 2
    feed = await community.link(BLOG)
    blog.publish(item(2))
    await community.poll()
    await community.deliver()
    blog.publish(item(3), item(4))
    community.feeds.unreadable.add(item(2).link)
    await community.poll()
    await community.poll()
    assert (await community.items(feed))["12:BlogPost:2"].placing.state is ItemState.POSTED

    community.feeds.unreadable.clear()
    community.feeds.gone.add(item(2).link)
    community.clock.forward(minutes=24 * 60)
    await community.poll()
    assert (await community.items(feed))["12:BlogPost:2"].placing.state is ItemState.POSTED
    await community.poll()

    gone = (await community.items(feed))["12:BlogPost:2"]
    assert gone.placing.state is ItemState.GONE
    assert gone.placing.findable is Findable.NO
    assert gone.content is None
    withdrawn = [one.subject_id for one in await community.queued() if one.withdrawn]
    assert withdrawn == [gone.id]


async def test_items_in_the_page_are_not_asked_after(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    await community.link(BLOG)
    blog.publish(item(2))
    for _ in range(10):
        await community.poll()

    assert community.feeds.asked_of == []


async def test_a_few_pages_a_poll_are_looked_at(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    await community.link(BLOG)
    blog.publish(*(item(number) for number in range(2, 10)))
    await community.poll()
    blog.items = [item(50), item(1)]
    await community.poll()

    assert len(community.feeds.asked_of) == 3


class Crashing:
    """Units of work of which one fails: the `at`-th, before or after its commit."""

    def __init__(self, units: UnitsOfWork, *, at: int, after: bool) -> None:
        self._units = units
        self._left = at
        self._after = after
        self.has_crashed = False

    @asynccontextmanager
    async def __call__(self) -> AsyncGenerator[UnitOfWork]:
        self._left -= 1
        crashes = self._left == 0
        async with self._units() as work:
            yield work
            if crashes and not self._after:
                self.has_crashed = True
                raise DatabaseLockedError
        if crashes:
            self.has_crashed = True
            raise DatabaseLockedError

    def reading(self) -> object:
        return self._units.reading()


@pytest.mark.parametrize("after", [False, True])
async def test_a_crash_at_any_unit_loses_and_doubles_nothing(
    community: Community, *, after: bool
) -> None:
    blog = community.feeds.write(BLOG, item(1))
    blog.has_etag = True
    await community.link(BLOG)
    await community.link(BLOG, guild=OTHER_GUILD, channel=OTHER_NEWS)
    sound, number = community.units, 1
    for at in range(1, 8):
        number += 1
        blog.publish(item(number))
        community.units = Crashing(sound, at=at, after=after)  # type: ignore[assignment] # crashes
        community.clock.forward(minutes=20)
        with suppress(DatabaseLockedError):
            await community.tick()
        community.units = sound
        await community.poll()

    wanted = [f"Bericht {one}" for one in range(2, number + 1)]
    assert await community.titles() == wanted
    assert await community.titles(guild=OTHER_GUILD) == wanted
    states = {one.state for one in await community.queued()}
    assert states == {DeliveryState.WAITING}
