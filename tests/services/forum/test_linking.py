"""Linking: refusals, two moderators at once, stale buttons, and stopping."""

import asyncio

import pytest

from bot.services.forum.feeds import FeedError, FeedProblem
from bot.services.forum.linking import Wish
from bot.services.forum.refusals import (
    AlreadyLinkedError,
    AlreadyStartedError,
    ChannelProblem,
    DraftGoneError,
    UnknownFeedError,
    UnusableChannelError,
    UnusableFeedError,
)
from storage.delivery_records import DeliveryState
from storage.forum_records import Findable
from tests.fake_feeds import BLOG, FORUM, item
from tests.services.forum.community import (
    CLOSED,
    GUILD,
    MODERATOR,
    NEWS,
    OTHER_GUILD,
    VOICE,
    Community,
)


def wish(typed: str = BLOG, *, channel: int = NEWS.id, last: int = 0) -> Wish:
    return Wish(GUILD, typed, channel, last, MODERATOR)


@pytest.mark.parametrize(
    ("channel", "problem"),
    [
        (VOICE.id, ChannelProblem.KIND),
        (CLOSED.id, ChannelProblem.RIGHTS),
        (999, ChannelProblem.UNKNOWN),
    ],
)
async def test_a_channel_that_cannot_get_posts_is_refused_before_anything_is_fetched(
    community: Community, channel: int, problem: ChannelProblem
) -> None:
    community.feeds.write(BLOG, item(1))
    with pytest.raises(UnusableChannelError) as refused:
        await community.again().linking.recognise(wish(channel=channel))

    assert refused.value.problem is problem


@pytest.mark.parametrize("problem", list(FeedProblem))
async def test_every_problem_of_an_address_reaches_the_moderator(
    community: Community, problem: FeedProblem
) -> None:
    community.feeds.write(BLOG).error = FeedError(problem)
    with pytest.raises(UnusableFeedError) as refused:
        await community.again().linking.recognise(wish())

    assert refused.value.problem is problem


async def test_an_address_is_linked_once_a_guild(community: Community) -> None:
    community.feeds.write(BLOG, item(1))
    linking = community.again().linking
    early = await linking.recognise(wish())
    await community.link(BLOG)
    with pytest.raises(AlreadyLinkedError):
        await linking.recognise(wish())
    with pytest.raises(AlreadyLinkedError) as refused:
        await linking.start(early.feed.id, guild_id=GUILD)

    assert refused.value.channel_id == NEWS.id


async def test_two_moderators_who_start_at_once_start_it_once(community: Community) -> None:
    community.feeds.write(BLOG, *(item(number) for number in range(1, 5)))
    draft = await community.again().linking.recognise(wish(last=2))
    outcomes = await asyncio.gather(
        *(community.again().linking.start(draft.feed.id, guild_id=GUILD) for _ in range(3)),
        return_exceptions=True,
    )

    assert sum(isinstance(one, AlreadyStartedError) for one in outcomes) == 2
    assert await community.titles() == ["Bericht 3", "Bericht 4"]


async def test_a_draft_that_nobody_answers_posts_nothing_and_is_forgotten(
    community: Community,
) -> None:
    blog = community.feeds.write(BLOG, item(1))
    linking = community.again().linking
    draft = await linking.recognise(wish())
    blog.publish(item(2))
    await community.poll(minutes=25 * 60)

    assert community.feeds.fetched == []
    with pytest.raises(DraftGoneError):
        await linking.start(draft.feed.id, guild_id=GUILD)


async def test_a_draft_makes_nothing_known_for_the_feeds_that_run(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    await community.link(BLOG)
    blog.publish(item(2))
    community.feeds.write(FORUM, item(2))
    await community.again().linking.recognise(wish(FORUM))
    await community.poll()

    assert await community.titles() == ["Bericht 2"]


async def test_what_is_called_off_or_elsewhere_cannot_be_started(community: Community) -> None:
    community.feeds.write(BLOG, item(1))
    linking = community.again().linking
    draft = await linking.recognise(wish())
    with pytest.raises(DraftGoneError):
        await linking.start(draft.feed.id, guild_id=OTHER_GUILD)
    await linking.call_off(draft.feed.id, guild_id=GUILD)
    with pytest.raises(DraftGoneError):
        await linking.start(draft.feed.id, guild_id=GUILD)

    assert await community.again().overview.feeds_of(GUILD) == ()


async def test_unlinking_stops_what_was_to_follow_and_keeps_what_stands(
    community: Community,
) -> None:
    blog = community.feeds.write(BLOG, item(1))
    feed = await community.link(BLOG)
    blog.publish(*(item(number) for number in range(2, 17)))
    await community.poll()
    await community.deliver()
    linking = community.again().linking
    await linking.unlink(feed.id, guild_id=GUILD, by=MODERATOR)
    with pytest.raises(UnknownFeedError):
        await linking.unlink(feed.id, guild_id=GUILD, by=MODERATOR)
    blog.publish(item(40))
    await community.poll()

    states = [one.state for one in await community.queued()]
    assert states == [DeliveryState.SENT] * 10 + [DeliveryState.CANCELLED] * 5
    assert not any(one.withdrawn for one in await community.queued())
    found = {one.placing.findable for one in (await community.items(feed)).values()}
    assert found == {Findable.NO}


async def test_linked_again_it_goes_on_without_repeating_itself(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    feed = await community.link(BLOG)
    blog.publish(item(2))
    await community.poll()
    await community.again().linking.unlink(feed.id, guild_id=GUILD, by=MODERATOR)
    await community.link(BLOG, last=5)
    blog.publish(item(3))
    await community.poll()

    assert await community.titles() == ["Bericht 2", "Bericht 3"]
