import datetime as dt
from collections.abc import AsyncGenerator

import pytest

from bot.adapters.feeds import ning
from bot.services.forum.feeds import (
    FeedError,
    FeedItem,
    FeedKind,
    FeedPage,
    FeedProblem,
    ItemKind,
)
from tests.forum.ning_web import CACHED
from tests.forum.reading import Network, network

BLOG = "/profiles/blog/feed?xn_auth=no"
FORUM = "/forum/topic/list?feed=yes&sort=mostRecent&xn_auth=no"
ACTIVITY = "/activity/log/list?fmt=rss"


@pytest.fixture
async def here() -> AsyncGenerator[Network]:
    async with network() as found:
        yield found


def by_identity(page: FeedPage) -> dict[str, FeedItem]:
    return {item.identity: item for item in page.items}


async def test_a_blog_gives_its_posts_whole(here: Network) -> None:
    post = here.ning.post("Woo &  AVG", "<p>Eén <b>rooster</b>&amp;nbsp;hier.</p>")
    page = await here.read(BLOG)
    (item,) = page.items

    assert (page.kind, page.title) == (FeedKind.BLOG, "Alle berichten - BREED - voorbeeldnetwerk")
    assert page.link == here.address("/profiles/blog/list")
    assert (item.identity, item.kind, item.title) == (post, ItemKind.POST, "Woo & AVG")
    assert (item.author, item.markdown) == ("Noor van Dalen", "Eén **rooster**&nbsp;hier.")
    assert item.published_at == here.clock.now()
    assert item.link == here.address(f"/xn/detail/{post}")


async def test_a_forum_gives_topics_and_replies_with_their_topic(here: Network) -> None:
    topic = here.ning.topic("Wie gebruikt dit?")
    here.clock.forward(minutes=1)
    reply = here.ning.reply(topic)
    page = await here.read(FORUM)
    items = by_identity(page)

    assert page.kind is FeedKind.FORUM
    assert items[topic].kind is ItemKind.TOPIC
    assert items[reply].kind is ItemKind.REPLY
    told = items[reply].topic
    assert told is not None
    assert (told.identity, told.title) == (topic, "Wie gebruikt dit?")


async def test_a_reply_whose_topic_is_not_in_the_feed_has_its_title(here: Network) -> None:
    topic = here.ning.topic("Een Oude Vraag")
    for _ in range(10):
        here.clock.forward(minutes=1)
        here.ning.reply(topic)
    found = {item.topic.identity for item in (await here.read(FORUM)).items if item.topic}

    assert found == {"title:een oude vraag"}


async def test_a_topic_gives_its_replies(here: Network) -> None:
    topic = here.ning.topic("Wie gebruikt dit?")
    quote = "<blockquote><div><em>Ruud schreef:</em> ja</div></blockquote><p>Fijn.</p>"
    reply = here.ning.reply(topic, quote)
    page = await here.read("/forum/topics/wie-gebruikt-dit?feed=yes&xn_auth=no")
    (item,) = page.items

    assert page.kind is FeedKind.TOPIC
    assert (item.identity, item.kind, item.markdown) == (
        reply,
        ItemKind.REPLY,
        "> *Ruud schreef:* ja\n\nFijn.",
    )
    assert item.topic is not None
    assert item.topic.link == here.address("/forum/topics/wie-gebruikt-dit")


async def test_a_reply_has_one_hash_in_every_feed(here: Network) -> None:
    topic = here.ning.topic("Wie gebruikt dit?")
    reply = here.ning.reply(topic, "<p>Wij gebruiken het sinds januari, met veel plezier.</p>")
    paths = (FORUM, "/forum/topics/wie-gebruikt-dit?feed=yes&xn_auth=no")
    hashes = {by_identity(await here.read(path))[reply].body_hash for path in paths}

    assert len(hashes) == 1


async def test_comments_on_a_post_belong_to_it(here: Network) -> None:
    post = here.ning.post()
    comment = here.ning.comment(post)
    page = await here.read(f"/profiles/comment/feed?attachedTo={post}&xn_auth=no")
    (item,) = page.items

    assert (item.identity, item.kind) == (comment, ItemKind.COMMENT)
    assert item.topic is not None
    assert item.topic.identity == post


async def test_activity_tells_of_content_that_is_elsewhere(here: Network) -> None:
    post, topic = here.ning.post("Een post"), here.ning.topic("Een vraag")
    comment, reply = here.ning.comment(post, author="Fatma Yildirim"), here.ning.reply(topic)
    page = await here.read(ACTIVITY)
    items = by_identity(page)

    assert page.kind is FeedKind.ACTIVITY
    assert {one: item.kind for one, item in items.items()} == {
        post: ItemKind.POST,
        topic: ItemKind.TOPIC,
        comment: ItemKind.COMMENT,
        reply: ItemKind.REPLY,
    }
    assert (items[comment].author, items[comment].title) == ("Fatma Yildirim", "Een post")
    told = items[comment].topic, items[reply].topic
    assert [topic and topic.identity for topic in told] == [post, topic]
    assert items[post].title == "Een post"
    assert items[post].text.endswith("…")
    assert "Meer bekijken" not in items[post].text


async def test_activity_about_several_things_or_nothing_is_no_content(here: Network) -> None:
    first, second = here.ning.post("Een"), here.ning.post("Twee")
    here.ning.store.log.clear()
    here.ning.log("Ruud Wessels", first, second)
    here.ning.join()
    items = (await here.read(ACTIVITY)).items

    assert [item.kind for item in items] == [ItemKind.ACTIVITY, ItemKind.ACTIVITY]
    assert not {first, second} & {item.identity for item in items}


async def test_activity_that_tells_the_same_twice_counts_once(here: Network) -> None:
    post = here.ning.post()
    comment = here.ning.comment(post)
    here.ning.log("Joost Hamer", comment)
    page = await here.read(ACTIVITY)

    assert sorted(item.identity for item in page.items) == sorted([post, comment])
    assert page.skipped == (f"item 2 repeats {comment}",)


def test_no_wording_is_read() -> None:
    anchors = '<a href="/profile/x">X</a> ☃ <a href="/xn/detail/1:Topic:2">Vraag van Y van Z</a>'
    story = ning.story_of(f"<div>{anchors}</div>", link="/xn/detail/1:Comment:3?xg_source=activity")

    assert (story.id, story.author, story.title) == ("1:Comment:3", "X", "Vraag van Y van Z")


async def test_an_edit_that_changes_no_date_changes_the_hash(here: Network) -> None:
    here.ning.switches.is_cached = False
    post = here.ning.post()
    before = by_identity(await here.read(BLOG))[post]
    here.ning.edit(post, html="<p>Nu zijn het er 170.</p>")
    after = by_identity(await here.read(BLOG))[post]

    assert before.published_at == after.published_at
    assert before.body_hash != after.body_hash


async def test_a_feed_that_is_made_anew_has_the_same_items(here: Network) -> None:
    here.ning.post()
    before = await here.read(BLOG)
    here.clock.forward(minutes=60)

    assert (await here.read(BLOG)).items == before.items


async def test_the_network_answers_from_its_cache_for_half_an_hour(here: Network) -> None:
    here.ning.post("Een")
    await here.read(BLOG)
    here.ning.post("Twee")
    cached = len((await here.read(BLOG)).items)
    here.clock.forward(seconds=CACHED.total_seconds())

    assert (cached, len((await here.read(BLOG)).items)) == (1, 2)


async def test_a_queued_post_comes_with_its_old_date(here: Network) -> None:
    old = here.clock.now() - dt.timedelta(days=13)
    here.ning.post("Nieuw")
    here.clock.forward(minutes=1)
    late = here.ning.post("Lang bewaard", created_at=old)
    first, *_ = (await here.read(BLOG)).items

    assert (first.identity, first.published_at) == (late, old)


async def test_of_31_new_posts_the_oldest_is_not_in_the_feed(here: Network) -> None:
    posts = [here.ning.post(f"Post {number}") for number in range(31)]
    found = by_identity(await here.read(BLOG))

    assert set(posts) - set(found) == {posts[0]}


async def test_a_network_that_moves_keeps_its_items(here: Network) -> None:
    here.ning.switches.is_cached = False
    here.ning.post(html='<p><a href="http://breed.example/a">a</a></p>')
    before = (await here.read(BLOG)).items[0]
    here.move()
    after = (await here.read(BLOG)).items[0]

    assert (before.identity, before.body_hash) == (after.identity, after.body_hash)
    assert before.link != after.link


async def test_deleted_content_is_gone_and_hidden_content_is_not(here: Network) -> None:
    post = here.ning.post()
    link = here.address(f"/xn/detail/{post}")
    was_gone = await here.feeds.is_gone(link)
    here.ning.delete(post)

    assert (was_gone, await here.feeds.is_gone(link)) == (False, True)
    here.ning.switches.is_private = True
    with pytest.raises(FeedError) as caught:
        await here.feeds.is_gone(link)
    assert caught.value.problem is FeedProblem.SIGN_IN


async def test_posts_for_members_only_are_in_no_feed(here: Network) -> None:
    here.ning.post("Alleen leden", is_public=False)
    pages = [await here.read(path) for path in (BLOG, ACTIVITY)]

    assert [page.items for page in pages] == [(), ()]
