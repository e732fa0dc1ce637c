"""Nobody runs the bot for thirty days while the world goes on: all is handled by its rule, once.

Each part of the bot that waits for moments or for the world has a test here, which leaves it alone
for thirty days by the hand clock and looks at what comes of it in the day after.
"""

from collections import Counter
from collections.abc import Mapping

import pytest

from bot.services.forum.feeds import FeedError, FeedKind, FeedProblem, ItemKind, Topic
from storage.delivery_records import DeliveryState
from storage.forum_records import Feed, FeedState, ItemState, Reason
from storage.unit_of_work import UnitsOfWork
from tests.fake_feeds import BLOG, FORUM, item
from tests.services.forum.community import GUILD, NEWS, POSTS, Community

AWAY = 30 * 24 * 60  # minutes
QUIET = "https://stil.example/feed"
MOVED = "https://verhuisd.example/feed"
DOWN = "https://storing.example/feed"


@pytest.fixture
def community(units: UnitsOfWork) -> Community:
    return Community(units)


async def test_feeds_that_went_on_moved_failed_or_rested(community: Community) -> None:
    blog = community.feeds.write(BLOG, item(1))
    forum = community.feeds.write(FORUM, item(500, kind=ItemKind.TOPIC), kind=FeedKind.FORUM)
    quiet = community.feeds.write(QUIET, item(600))
    quiet.has_etag = True
    moved = community.feeds.write(MOVED, item(700))
    down = community.feeds.write(DOWN, item(800))
    feeds = {
        BLOG: await community.link(BLOG),
        FORUM: await community.link(FORUM, channel=POSTS),
        **{one: await community.link(one, channel=NEWS) for one in (QUIET, MOVED, DOWN)},
    }
    blog.publish(item(2), item(3))
    moved.publish(item(701))
    await community.poll()
    await community.deliver()
    before = Counter(one.key for one in await community.queued())

    blog.publish(*(item(number) for number in range(4, 50)))
    topic = Topic("12:Topic:500", "Bericht 500")
    forum.publish(item(501, kind=ItemKind.REPLY, topic=topic))
    moved.error = FeedError(FeedProblem.NOT_FOUND, status=404)
    down.error = FeedError(FeedProblem.UNREACHABLE)
    community.feeds.gone.add(item(2).link)
    community.clock.forward(minutes=AWAY - 2 * 24 * 60)
    for _ in range(30):
        await community.poll(minutes=90)
        await community.deliver()
    down.error = None
    down.publish(item(801))
    for _ in range(14):
        await community.poll(minutes=120)
        await community.deliver()

    await _check(community, feeds, before)


async def _check(community: Community, feeds: Mapping[str, Feed], before: Counter[str]) -> None:
    queued = await community.queued()
    assert max(Counter(one.key for one in queued).values()) == 1
    assert before.keys() <= {one.key for one in queued}
    assert {one.state for one in queued} == {DeliveryState.SENT}
    kinds = Counter(one.kind for one in queued)
    assert kinds["forum_gap"] == 1
    assert kinds["forum_notice"] == 2

    titles = await community.titles()
    assert [one for one in titles if one in {f"Bericht {n}" for n in range(40, 50)}] == [
        f"Bericht {number}" for number in range(40, 50)
    ]
    assert titles.index("Bericht 500") < titles.index("Bericht 501")
    assert titles.count("Bericht 801") == 1
    healths = {one.feed.address: one for one in await community.again().overview.health_of(GUILD)}
    assert healths[MOVED].feed.state is FeedState.PAUSED
    assert all(healths[one].is_well for one in (BLOG, FORUM, QUIET, DOWN))
    assert set(healths) == set(feeds)

    async with community.units.reading() as work:
        items = await work.forum.of_feed(healths[BLOG].feed.id, limit=500)
    held = [one for one in items if one.placing.reason is Reason.GAP]
    assert len(held) == 20
    state_of = {one.identity: one.placing.state for one in items}
    assert state_of["12:BlogPost:3"] is ItemState.POSTED
