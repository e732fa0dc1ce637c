"""From a page to deliveries: what is posted, once, in order, and what is not."""

import asyncio

from bot.services.forum.feeds import FeedError, FeedKind, FeedProblem, ItemKind
from storage.delivery_records import ChannelTarget
from storage.forum_records import Findable, ItemState, Reason
from tests.fake_feeds import ACTIVITY, BLOG, item
from tests.services.forum.community import GUILD, NEWS, OTHER_GUILD, OTHER_NEWS, Community


async def test_what_was_there_is_seen_and_what_is_new_is_posted_once(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1), item(2))
    feed = await community.link(BLOG)
    await community.poll()
    blog.publish(item(3), item(4))
    await community.poll()
    await community.poll()

    assert await community.titles() == ["Bericht 3", "Bericht 4"]
    states = {name: one.placing.state for name, one in (await community.items(feed)).items()}
    assert states == {
        "12:BlogPost:1": ItemState.BACKLOG,
        "12:BlogPost:2": ItemState.BACKLOG,
        "12:BlogPost:3": ItemState.POSTED,
        "12:BlogPost:4": ItemState.POSTED,
    }
    assert {one.target for one in await community.queued()} == {ChannelTarget(NEWS.id)}


async def test_the_last_ones_are_posted_at_once_when_asked_for(community: Community) -> None:
    community.feeds.write(BLOG, *(item(number) for number in range(1, 6)))
    await community.link(BLOG, last=2)

    assert await community.titles() == ["Bericht 4", "Bericht 5"]


async def test_old_dated_and_undated_items_are_new_when_unseen(community: Community) -> None:
    old = community.clock.now().replace(year=2009)
    blog = community.feeds.write(BLOG, item(1))
    await community.link(BLOG)
    blog.items.append(item(2, published_at=old))
    blog.publish(item(3))
    await community.poll()

    assert sorted(await community.titles()) == ["Bericht 2", "Bericht 3"]


async def test_a_changed_body_revises_the_message_without_a_second_one(
    community: Community,
) -> None:
    blog = community.feeds.write(BLOG, item(1))
    feed = await community.link(BLOG)
    blog.publish(item(2))
    await community.poll()
    await community.deliver()
    blog.edit("12:BlogPost:2", "Bij nader inzien anders.")
    await community.poll()
    await community.poll()

    (delivery,) = await community.queued()
    changed = (await community.items(feed))["12:BlogPost:2"]
    assert delivery.is_open
    assert delivery.wanted_version == changed.version
    assert changed.content is not None
    assert changed.content.text == "Bij nader inzien anders."


async def test_the_same_item_twice_in_a_page_is_one(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    await community.link(BLOG)
    blog.publish(item(2), item(2))
    await community.poll()

    assert await community.titles() == ["Bericht 2"]


async def test_thirty_one_at_once_post_the_newest_and_say_that_some_may_be_missing(
    community: Community,
) -> None:
    blog = community.feeds.write(BLOG, item(1))
    feed = await community.link(BLOG)
    blog.publish(*(item(number) for number in range(2, 33)))
    await community.poll()
    await community.poll()

    assert await community.titles() == [f"Bericht {number}" for number in range(23, 33)]
    gaps = [one for one in await community.queued() if one.kind == "forum_gap"]
    held = [
        one for one in (await community.items(feed)).values() if one.placing.reason is Reason.GAP
    ]
    assert len(gaps) == 1
    assert len(held) == 20


async def test_a_pinned_item_on_top_hides_no_gap(community: Community) -> None:
    pinned = item(1, title="Huisregels")
    feed = community.feeds.write(BLOG, item(2), pinned)
    await community.link(BLOG)
    feed.items = [pinned, *(item(number) for number in range(60, 31, -1))]
    await community.poll()

    assert [one.kind for one in await community.queued()].count("forum_gap") == 1


async def test_many_new_items_follow_calmly_and_in_order(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    await community.link(BLOG)
    blog.publish(*(item(number) for number in range(2, 27)))
    await community.poll()
    blog.publish(item(27))
    await community.poll()

    assert await community.titles() == [f"Bericht {number}" for number in range(2, 28)]
    due = [one.due_at for one in await community.queued()]
    assert max(due.count(one) for one in set(due)) == 10


async def test_an_activity_is_a_hint_that_its_own_feed_has_the_last_word_on(
    community: Community,
) -> None:
    blog = community.feeds.write(BLOG, item(1))
    activity = community.feeds.write(ACTIVITY, kind=FeedKind.ACTIVITY)
    await community.link(BLOG)
    feed = await community.link(ACTIVITY)
    activity.publish(item(2, text="Begin van het bericht"), item(9, kind=ItemKind.ACTIVITY))
    activity.publish(item(5, kind=ItemKind.COMMENT, text="Mooi!"))
    await community.poll()

    assert await community.titles() == ["Bericht 5"]
    reasons = {name: one.placing.reason for name, one in (await community.items(feed)).items()}
    assert reasons["12:BlogPost:2"] is Reason.OWN_FEED
    assert reasons["12:Activity:9"] is Reason.ACTIVITY

    blog.publish(item(2, text="Het hele bericht."))
    await community.poll()
    await community.poll()
    assert await community.titles() == ["Bericht 5", "Bericht 2"]


async def test_without_its_own_feed_the_hint_is_posted_and_grows_once_that_is_linked(
    community: Community,
) -> None:
    activity = community.feeds.write(ACTIVITY, kind=FeedKind.ACTIVITY)
    await community.link(ACTIVITY)
    activity.publish(item(2, text="Begin van het bericht"))
    await community.poll()
    community.feeds.write(BLOG, item(2, text="Het hele bericht."))
    await community.link(BLOG)
    for _ in range(3):
        await community.poll()

    (delivery,) = await community.queued()
    async with community.units.reading() as work:
        found = await work.forum.get(delivery.subject_id)
    assert found is not None
    assert found.content is not None
    assert found.content.text == "Het hele bericht."
    assert delivery.wanted_version == found.version


async def test_an_empty_item_is_not_posted_and_the_reason_is_kept(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    feed = await community.link(BLOG)
    blog.publish(item(2, title="", text=" "))
    await community.poll()

    assert await community.titles() == []
    assert (await community.items(feed))["12:BlogPost:2"].placing.reason is Reason.EMPTY


async def test_guilds_that_share_an_address_cost_one_fetch_and_decide_apart(
    community: Community,
) -> None:
    blog = community.feeds.write(BLOG, item(1))
    await community.link(BLOG)
    blog.publish(item(2))
    await community.link(BLOG, guild=OTHER_GUILD, channel=OTHER_NEWS)
    blog.publish(item(3))
    await community.poll()

    assert community.feeds.fetched == [BLOG]
    assert await community.titles(guild=GUILD) == ["Bericht 2", "Bericht 3"]
    assert await community.titles(guild=OTHER_GUILD) == ["Bericht 3"]


async def test_a_guild_that_links_later_gets_what_the_validators_of_another_would_hide(
    community: Community,
) -> None:
    blog = community.feeds.write(BLOG, item(1))
    blog.has_etag = True
    await community.link(BLOG)
    draft_time = blog.items[:]
    blog.publish(item(2))
    await community.poll()
    now, blog.items = blog.items, draft_time
    await community.link(BLOG, guild=OTHER_GUILD, channel=OTHER_NEWS)
    blog.items = now
    await community.poll()

    assert await community.titles(guild=OTHER_GUILD) == ["Bericht 2"]


async def test_an_unchanged_page_costs_a_conditional_fetch(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    blog.has_etag = True
    await community.link(BLOG)
    for _ in range(3):
        await community.poll()

    assert len(community.feeds.fetched) == 3
    assert await community.queued() == []


async def test_an_address_is_not_polled_twice_within_a_quarter_of_an_hour(
    community: Community,
) -> None:
    community.feeds.write(BLOG, item(1))
    await community.link(BLOG)
    for _ in range(60):
        await community.poll(minutes=1)

    assert len(community.feeds.fetched) == 3


async def test_two_processes_poll_once(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    await community.link(BLOG)
    blog.publish(item(2))
    community.clock.forward(minutes=20)
    processes = [community.again().polling for _ in range(4)]
    await asyncio.gather(*(one.tick() for one in processes))
    await asyncio.gather(*(one.settle() for one in processes))

    assert community.feeds.fetched == [BLOG]
    assert await community.titles() == ["Bericht 2"]


async def test_a_slow_host_holds_up_no_other(community: Community) -> None:
    other = "https://elders.example/feed"
    slow = community.feeds.write(BLOG, item(1))
    community.feeds.write(other, item(50))
    await community.link(BLOG)
    await community.link(other)
    slow.waits_for = asyncio.Event()
    community.feeds.feeds[other].publish(item(51))
    community.clock.forward(minutes=20)
    polling = community.again().polling
    await polling.tick()
    await polling.tick()
    for _ in range(1_000):
        if await community.titles():
            break
        await asyncio.sleep(0)

    assert await community.titles() == ["Bericht 51"]
    assert community.feeds.fetched.count(BLOG) == 1
    slow.waits_for.set()
    await polling.settle()


async def test_a_page_that_is_no_feed_changes_nothing(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    feed = await community.link(BLOG, last=1)
    blog.error = FeedError(FeedProblem.NO_FEED)
    await community.poll()
    blog.error, blog.broken = None, True
    await community.poll(minutes=60)
    blog.broken = False
    blog.publish(item(2))
    await community.poll(minutes=120)

    assert await community.titles() == ["Bericht 1", "Bericht 2"]
    assert len(await community.items(feed)) == 2


async def test_new_items_may_be_found_and_the_backlog_may_not(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    feed = await community.link(BLOG)
    blog.publish(item(2))
    await community.poll()

    found = {name: one.placing.findable for name, one in (await community.items(feed)).items()}
    assert found == {"12:BlogPost:1": Findable.NO, "12:BlogPost:2": Findable.SHOWN}
