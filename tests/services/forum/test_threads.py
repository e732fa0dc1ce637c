"""Forum channels: a thread a topic, replies in it, whatever comes first."""

from bot.services.forum.feeds import FeedKind, ItemKind, Topic
from storage.delivery_records import PostTarget, ThreadTarget
from storage.forum_records import ItemState, Reason
from tests.fake_feeds import BLOG, FORUM, item
from tests.services.forum.community import NEWS, POSTS, Community

TOPIC = Topic("12:Topic:1", "Wie regelt de sleutels?", "https://forum.example/xn/detail/12:Topic:1")


async def test_a_topic_is_a_post_with_the_tags_that_the_forum_has(community: Community) -> None:
    forum = community.feeds.write(FORUM, kind=FeedKind.FORUM)
    await community.link(FORUM, channel=POSTS)
    forum.publish(
        item(1, kind=ItemKind.TOPIC, title="Sleutels", tags=("vraag", "Beheer", "onbekend"))
    )
    await community.poll()

    (delivery,) = await community.queued()
    assert delivery.target == PostTarget(POSTS.id, "Sleutels", (1,))


async def test_replies_go_into_the_thread_of_their_topic_in_order(community: Community) -> None:
    forum = community.feeds.write(FORUM, kind=FeedKind.FORUM)
    feed = await community.link(FORUM, channel=POSTS)
    forum.publish(
        item(1, kind=ItemKind.TOPIC),
        item(2, kind=ItemKind.REPLY, topic=TOPIC),
        item(3, kind=ItemKind.REPLY, topic=TOPIC),
    )
    await community.poll()
    assert len(await community.queued()) == 1
    states = {name: one.placing.state for name, one in (await community.items(feed)).items()}
    assert states["12:Comment:2"] is ItemState.WAITING

    await community.deliver()
    await community.tick()
    await community.tick()
    topic, *replies = await community.queued()
    assert topic.copy is not None
    assert [one.target for one in replies] == [ThreadTarget(topic.copy.channel_id)] * 2
    assert await community.titles() == ["Bericht 1", "Bericht 2", "Bericht 3"]


async def test_a_topic_that_was_never_seen_is_made_first_from_what_is_known(
    community: Community,
) -> None:
    forum = community.feeds.write(FORUM, kind=FeedKind.FORUM)
    await community.link(FORUM, channel=POSTS)
    forum.publish(item(2, kind=ItemKind.REPLY, topic=TOPIC))
    await community.poll()

    (made,) = await community.queued()
    assert made.target == PostTarget(POSTS.id, TOPIC.title)
    await community.deliver()
    await community.tick()
    assert await community.titles() == [TOPIC.title, "Bericht 2"]

    forum.publish(item(1, kind=ItemKind.TOPIC, title=TOPIC.title, text="Wie weet het?"))
    await community.poll()
    (made, _) = await community.queued()
    assert made.is_open
    assert made.wanted_version > 1


async def test_a_topic_of_the_backlog_is_posted_for_its_first_new_reply(
    community: Community,
) -> None:
    forum = community.feeds.write(FORUM, item(1, kind=ItemKind.TOPIC), kind=FeedKind.FORUM)
    await community.link(FORUM, channel=POSTS)
    forum.publish(item(2, kind=ItemKind.REPLY, topic=TOPIC))
    await community.poll()
    await community.deliver()
    await community.tick()

    assert await community.titles() == ["Bericht 1", "Bericht 2"]


async def test_a_comment_gets_a_thread_here_though_its_post_stands_in_a_text_channel(
    community: Community,
) -> None:
    blog = community.feeds.write(BLOG, item(9))
    comments = community.feeds.write("https://forum.example/comments", kind=FeedKind.OTHER)
    await community.link(BLOG, channel=NEWS)
    await community.link("https://forum.example/comments", channel=POSTS)
    blog.publish(item(10))
    await community.poll()
    await community.deliver()
    comments.publish(item(11, kind=ItemKind.COMMENT, topic=Topic("12:BlogPost:10", "Bericht 10")))
    await community.poll()
    await community.deliver()
    await community.tick()

    targets = [type(one.target).__name__ for one in await community.queued()]
    assert targets == ["ChannelTarget", "PostTarget", "ThreadTarget"]


async def test_a_reply_to_what_was_taken_away_is_held_with_its_reason(
    community: Community,
) -> None:
    forum = community.feeds.write(FORUM, kind=FeedKind.FORUM)
    feed = await community.link(FORUM, channel=POSTS)
    topic = item(1, kind=ItemKind.TOPIC)
    forum.publish(topic)
    await community.poll()
    await community.deliver()
    forum.items = []
    community.feeds.gone.add(topic.link)
    for _ in range(3):
        await community.poll()
    forum.publish(item(2, kind=ItemKind.REPLY, topic=TOPIC))
    await community.poll()

    held = (await community.items(feed))["12:Comment:2"]
    assert held.placing.reason is Reason.TOPIC_GONE


async def test_replies_in_a_text_channel_are_plain_messages(community: Community) -> None:
    forum = community.feeds.write(FORUM, kind=FeedKind.FORUM)
    await community.link(FORUM, channel=NEWS)
    forum.publish(item(2, kind=ItemKind.REPLY, topic=TOPIC))
    await community.poll()

    assert await community.titles() == ["Bericht 2"]
