"""Nobody runs the bot for thirty days while the world goes on: all is handled by its rule, once.

Each part of the bot that waits for moments or for the world has a test here, which leaves it alone
for thirty days by the hand clock and looks at what comes of it in the day after.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from bot.services.directory import Channel
from bot.services.forum.feeds import FeedError, FeedKind, FeedProblem, ItemKind, Topic
from bot.services.progress.subscribers import SubscriberGate
from bot.services.progress.subscriptions import FAILURES, Subscriptions
from bot.services.progress.updates_states import is_late
from storage.delivery_records import DeliveryState, DmTarget, Problem
from storage.digest_records import DigestState, DigestTopic
from storage.forum_records import Feed, FeedState, ItemState, Reason
from storage.progress_records import Update, UpdateContent, UpdateState
from storage.unit_of_work import UnitsOfWork
from tests.fake_feeds import BLOG, FORUM, item
from tests.services.forum.community import GUILD, NEWS, POSTS, Community
from tests.services.progress.updates_scene import CHANNEL, MARJA, Scene, scene_of
from tests.services.progress.updates_scene import GUILD as HOME
from tests.services.progress.weeks import DAY, HOUR, MINUTE, MONDAY, week_of
from tests.services.sending import FakeMembers, Sender

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


MODERATORS = Channel(78, "moderators", is_open=False)
ANNA, BRAM, CARO = 41, 42, 43


async def _a_day_of(scene: Scene) -> None:
    """Do what the bot does again and again, for a day."""
    for _ in range(24):
        await scene.planned.tick()
        await scene.notices.tend()
        scene.clock.forward(minutes=60)


async def test_planned_updates_once_repeating_and_without_a_channel(units: UnitsOfWork) -> None:
    scene = scene_of(units)
    other = HOME + 1
    scene.directory.channels = {HOME: (CHANNEL, MODERATORS), other: (MODERATORS,)}
    once = await scene.planned_for("vrijdag 9 uur")
    series = await scene.planned_for("vrijdag 9 uur", "elke dag")
    to_come = await scene.planned_for("1 juni 2026 om 9.00 uur")
    draft = await scene.updates.write(other, UpdateContent("Elders", "Tekst."), by=MARJA)
    assert once.plan is not None
    change = await scene.updates.propose_plan(draft, once.plan, by=MARJA)
    await scene.updates.confirm(change.id, guild_id=other, by=MARJA)

    scene.clock.forward(minutes=AWAY)
    back = scene.clock.now()
    await _a_day_of(scene.another())
    await _a_day_of(scene)

    late = await scene.now(once)
    assert (late.state, is_late(late)) == (UpdateState.PUBLISHED, True)
    made = [one for one in reversed(await scene.all()) if one.series_id == series.id]
    assert [(one.due_at and one.due_at.date(), is_late(one)) for one in made] == [
        (back.date(), True),
        (back.date() + DAY, False),
        (back.date() + 2 * DAY, False),
    ]
    assert (await scene.now(series)).planned_for == dt.datetime(
        *(back.date() + 3 * DAY).timetuple()[:3], 7, tzinfo=dt.UTC
    )
    assert (await scene.now(to_come)).state is UpdateState.PLANNED
    assert [len(await scene.copies(one)) for one in (late, *made)] == [1] * 4
    (notice,) = await scene.notices.of_guild(other)
    assert (notice.trouble.problem, notice.count.troubled) == (Problem.NO_PLACE, 1)
    assert notice.posted_in == MODERATORS.id
    assert await scene.notices.of_guild(HOME) == ()


async def _states(scene: Scene, updates: Sequence[Update]) -> dict[int, set[DeliveryState]]:
    """Return what became of the private copies, by person."""
    found: dict[int, set[DeliveryState]] = {}
    for update in updates:
        for one in await scene.copies(update):
            if isinstance(one.target, DmTarget):
                found.setdefault(one.target.user_id, set()).add(one.state)
    return found


async def test_private_copies_for_who_stayed_left_or_closed_their_messages(
    units: UnitsOfWork,
) -> None:
    scene, members, people = scene_of(units), FakeMembers(), (ANNA, BRAM, CARO)
    scene.directory.channels[HOME] = (CHANNEL, MODERATORS)
    gate = SubscriberGate(members, scene.venues)
    sender = Sender(units, scene.clock, scene.directory, scene.notices, gate)
    subscriptions = Subscriptions(units, scene.clock)
    for person in people:
        await subscriptions.switch_on(HOME, None, person=person)
    updates = [
        (await scene.updates.publish(await scene.draft(), by=MARJA))[0] for _ in range(FAILURES)
    ]

    scene.clock.forward(minutes=AWAY)
    members.gone.add(BRAM)
    sender.messenger.closed.add(CARO)
    for _ in range(8):
        await sender.send()
        await subscriptions.review()
        await scene.notices.tend()
        scene.clock.forward(minutes=180)

    assert await _states(scene, updates) == {
        ANNA: {DeliveryState.SENT},
        BRAM: {DeliveryState.CANCELLED},
        CARO: {DeliveryState.FAILED},
    }
    found = [await subscriptions.of_person(HOME, person) for person in people]
    assert [[one.is_on for one in of_one] for of_one in found] == [[True], [], [False]]
    (notice,) = await scene.notices.of_guild(HOME)
    assert (notice.trouble.problem, notice.count.troubled) == (Problem.DM_CLOSED, FAILURES)

    await scene.updates.publish(await scene.draft(), by=MARJA)
    await sender.send()
    assert [len(sender.messenger.to(one)) for one in people] == [FAILURES + 1, 0, 0]


async def test_the_weekly_overview_is_missed_once_and_told_with_the_next(
    units: UnitsOfWork,
) -> None:
    week = week_of(units)
    await week.publish("Van voor die tijd", at=MONDAY - HOUR)
    first = await week.decided()
    for days in (10, 20, 29):
        await week.publish(f"Na {days} dagen", at=MONDAY + days * DAY)

    week.until(MONDAY + 30 * DAY + 4 * HOUR)
    missed = await week.decided()
    assert await week.decided() == missed
    week.until(MONDAY + 35 * DAY + MINUTE)
    told = await week.decided()
    assert await week.decided() == told

    assert first is not None
    assert missed is not None
    assert told is not None
    assert first.state is DigestState.QUEUED
    assert (missed.state, missed.day) == (DigestState.MISSED, (MONDAY + 28 * DAY).date())
    assert (told.state, told.day) == (DigestState.QUEUED, (MONDAY + 35 * DAY).date())
    (section,) = told.sections
    assert section.topic is DigestTopic.UPDATES
    assert [one.title for one in section.lines] == ["Na 29 dagen", "Na 20 dagen", "Na 10 dagen"]
    mondays = [(MONDAY + number * 7 * DAY).date() for number in range(6)]
    sent = [await week.delivery(str(day)) is not None for day in mondays]
    assert sent == [True, False, False, False, False, True]
