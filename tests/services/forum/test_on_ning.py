"""The whole way: a Ning network over HTTP, the real reader, and what comes to the guild."""

from collections.abc import AsyncGenerator

import pytest

from storage.delivery_records import DeliveryState
from storage.forum_records import FeedState
from storage.unit_of_work import UnitsOfWork
from tests.forum.ning import Fault
from tests.forum.reading import Network, network
from tests.services.forum.community import GUILD, NEWS, POSTS, Community


@pytest.fixture
async def here() -> AsyncGenerator[Network]:
    async with network(seconds=2) as found:
        yield found


@pytest.fixture
def community(units: UnitsOfWork, here: Network) -> Community:
    return Community(units, clock=here.clock, source=here.feeds)


async def test_posts_edits_deletions_and_another_host_name(
    here: Network, community: Community
) -> None:
    first = here.ning.post("Al bekend")
    feed = await community.link(here.address("/profiles/blog/list"), channel=NEWS)
    here.clock.forward(minutes=40)
    post = here.ning.post("Woo-rooster", "<p>Het <b>rooster</b> staat klaar.</p>")
    await community.poll(minutes=40)
    await community.deliver()
    assert await community.titles() == ["Woo-rooster"]

    here.ning.edit(post, html="<p>Het rooster is aangepast.</p>")
    here.move()
    await community.poll(minutes=40)
    items = await community.items(feed)
    assert await community.titles() == ["Woo-rooster"]
    content = items[post].content
    assert content is not None
    assert content.text == "Het rooster is aangepast."
    assert set(items) == {first, post}

    here.ning.delete(post)
    for _ in range(4):
        await community.poll(minutes=40)
    (delivery,) = await community.queued()
    assert delivery.withdrawn


async def test_topics_and_replies_of_a_forum_become_posts_and_threads(
    here: Network, community: Community
) -> None:
    await community.link(here.address("/forum"), channel=POSTS)
    topic = here.ning.topic("Wie gebruikt dit?")
    here.clock.forward(minutes=1)
    here.ning.reply(topic, "<p>Wij al jaren.</p>")
    await community.poll(minutes=40)
    await community.deliver()
    await community.tick()

    targets = [type(one.target).__name__ for one in await community.queued()]
    assert targets == ["PostTarget", "ThreadTarget"]


async def test_a_reply_to_an_old_topic_finds_the_thread_of_that_topic(
    here: Network, community: Community
) -> None:
    topic = here.ning.topic("Wie gebruikt dit?")
    feed = await community.link(here.address("/forum"), channel=POSTS)
    for number in range(11):  # push it out of the feed
        here.clock.forward(minutes=1)
        here.ning.topic(f"Vraag {number}")
    await community.poll(minutes=40)
    await community.deliver()
    here.clock.forward(minutes=1)
    here.ning.reply(topic, "<p>Wij al jaren.</p>")
    await community.poll(minutes=40)
    for _ in range(2):
        await community.deliver()
        await community.tick()

    titles = await community.titles()
    assert titles.count("Wie gebruikt dit?") == 2  # the topic's post, and the reply in it
    assert not [one for one in await community.items(feed) if one.startswith("title:")]


async def test_a_network_that_closes_pauses_the_feed_and_takes_nothing_back(
    here: Network, community: Community
) -> None:
    await community.link(here.address("/profiles/blog/list"))
    here.ning.post("Woo-rooster")
    await community.poll(minutes=40)
    await community.deliver()
    here.ning.switches.faults.add(Fault.FORBIDDEN)
    for _ in range(8):
        await community.poll(minutes=8 * 60)

    (health,) = await community.again().overview.health_of(GUILD)
    assert health.feed.state is FeedState.PAUSED
    posted, told = await community.queued()
    assert posted.state is DeliveryState.SENT
    assert not posted.withdrawn
    assert told.kind == "forum_notice"
