"""What could not be queued at once, and the posts of rounds in a forum."""

import asyncio

from bot.services.comments.sending import (
    BLOCK_CARD_KIND,
    CARD_KIND,
    COMMENT_KIND,
    NOTE_KIND,
    ROUND_KIND,
)
from bot.services.deliveries import transitions
from bot.services.directory import Channel, ChannelKind, ForumTag
from storage.delivery_records import (
    ChannelTarget,
    Copy,
    DeliveryState,
    PostTarget,
    Problem,
    ThreadTarget,
)
from tests.services.comments.scene import (
    BERT,
    CAROLIEN,
    FORUM,
    GUILD,
    MARJA,
    MODERATORS,
    OTHER,
    REACTIES,
    Scene,
)


async def test_what_has_no_place_yet_is_queued_once_there_is_one(scene: Scene) -> None:
    channels = scene.directory.channels
    scene.directory.channels = {}
    comment = await scene.placed()
    appealing = await scene.comments.blocking.block(
        BERT, "Spam.", guild_id=GUILD, until=None, by=MARJA
    )
    await scene.comments.blocking.appeal(appealing.id, "Nee.", user_id=BERT)
    waiting = await scene.submit(OTHER, by=CAROLIEN)
    publishing = scene.comments.publishing
    await publishing.tend()
    assert await scene.deliveries(COMMENT_KIND, comment.text.id) == ()
    assert await scene.deliveries(CARD_KIND, waiting.id) == ()

    scene.directory.channels = channels
    await asyncio.gather(publishing.tend(), scene.another().comments.publishing.tend())
    await publishing.tend()

    assert len(await scene.deliveries(COMMENT_KIND, comment.text.id)) == 1
    assert len(await scene.deliveries(CARD_KIND, waiting.id)) == 1
    assert len(await scene.deliveries(BLOCK_CARD_KIND, appealing.id)) == 1
    assert not (await scene.now(waiting)).needs_card


async def test_in_a_forum_a_round_has_one_post_and_its_comments_stand_in_it(scene: Scene) -> None:
    tags = (ForumTag(1, "vast", moderated=True), ForumTag(2, "Overzicht"))
    forum = Channel(79, "reacties", is_open=True, kind=ChannelKind.FORUM, tags=tags)
    scene.directory.channels = {GUILD: (forum, MODERATORS)}
    first, second = await scene.placed(), await scene.placed(OTHER, by=BERT)
    (post,) = await scene.deliveries(ROUND_KIND, first.round_id)
    assert post.target == PostTarget(forum.id, "overzicht", (2,))
    await scene.comments.publishing.tend()
    assert await scene.deliveries(COMMENT_KIND, first.text.id) == ()

    await arrive(scene, post.id, Copy(channel_id=500, message_id=500))
    await scene.comments.publishing.tend()

    for comment in (first, second):
        (copy,) = await scene.deliveries(COMMENT_KIND, comment.text.id)
        assert copy.target == ThreadTarget(500)
    third = await scene.placed(by=CAROLIEN)
    assert third.is_queued
    await scene.comments.rounds.close(first.round_id, guild_id=GUILD, by=MARJA)
    (post,) = await scene.deliveries(ROUND_KIND, first.round_id)
    assert post.wanted_version == 2


async def test_a_post_that_was_deleted_is_made_again_and_comments_go_to_the_new_one(
    scene: Scene,
) -> None:
    scene.directory.channels = {GUILD: (FORUM, MODERATORS)}
    first = await scene.placed()
    (post,) = await scene.deliveries(ROUND_KIND, first.round_id)
    await arrive(scene, post.id, Copy(channel_id=500, message_id=500))
    await scene.comments.publishing.tend()
    (old,) = await scene.deliveries(COMMENT_KIND, first.text.id)
    await arrive(scene, old.id, Copy(channel_id=500, message_id=501))
    second = await scene.placed(OTHER, by=BERT)
    (lost,) = await scene.deliveries(COMMENT_KIND, second.text.id)
    await refuse(scene, lost.id, Problem.UNKNOWN_CHANNEL)

    await asyncio.gather(
        scene.comments.publishing.tend(), scene.another().comments.publishing.tend()
    )
    (again,) = await scene.deliveries(ROUND_KIND, first.round_id)
    assert (again.id, again.state, again.copy) == (post.id, DeliveryState.WAITING, None)
    await arrive(scene, post.id, Copy(channel_id=600, message_id=600))
    for _ in range(2):
        await scene.comments.publishing.tend()

    before, after = await scene.deliveries(COMMENT_KIND, second.text.id)
    assert (before.state, after.target) == (DeliveryState.CANCELLED, ThreadTarget(600))
    (untouched,) = await scene.deliveries(COMMENT_KIND, first.text.id)
    assert untouched.copy == Copy(channel_id=500, message_id=501)
    await refuse(scene, old.id, Problem.UNKNOWN_CHANNEL)  # it got votes: its message is gone too
    for _ in range(2):
        await scene.comments.publishing.tend()
    assert [one.target for one in await scene.deliveries(COMMENT_KIND, first.text.id)] == [
        ThreadTarget(500),
        ThreadTarget(600),
    ]
    (again,) = await scene.deliveries(ROUND_KIND, first.round_id)
    assert again.copy == Copy(channel_id=600, message_id=600)  # not a third post


async def test_a_post_whose_own_news_failed_is_made_again_too(scene: Scene) -> None:
    scene.directory.channels = {GUILD: (FORUM, MODERATORS)}
    comment = await scene.placed()
    (post,) = await scene.deliveries(ROUND_KIND, comment.round_id)
    await arrive(scene, post.id, Copy(channel_id=500, message_id=500))
    await refuse(scene, post.id, Problem.UNKNOWN_CHANNEL)
    for _ in range(2):
        await scene.comments.publishing.tend()
    assert await scene.deliveries(COMMENT_KIND, comment.text.id) == ()

    await arrive(scene, post.id, Copy(channel_id=600, message_id=600))
    await scene.comments.publishing.tend()

    (copy,) = await scene.deliveries(COMMENT_KIND, comment.text.id)
    assert copy.target == ThreadTarget(600)


async def test_where_there_is_no_other_place_it_stays_told_to_moderators(scene: Scene) -> None:
    comment = await scene.placed()
    (copy,) = await scene.deliveries(COMMENT_KIND, comment.text.id)
    await refuse(scene, copy.id, Problem.UNKNOWN_CHANNEL)
    await scene.comments.publishing.tend()
    async with scene.units.reading() as work:
        assert [one.id for one in await work.deliveries.troubled(GUILD)] == [copy.id]

    other = Channel(80, "reacties", is_open=True)
    scene.directory.channels = {GUILD: (other, MODERATORS)}
    for _ in range(2):
        await scene.comments.publishing.tend()
    *_, moved = await scene.deliveries(COMMENT_KIND, comment.text.id)
    assert moved.target == ChannelTarget(80)


async def refuse(scene: Scene, delivery_id: int, problem: Problem) -> None:
    async with scene.units() as work:
        known = await work.deliveries.lock(delivery_id)
        assert known is not None
        await work.deliveries.put(transitions.failed(known, problem, code=10_003))


async def arrive(scene: Scene, delivery_id: int, copy: Copy) -> None:
    async with scene.units() as work:
        known = await work.deliveries.lock(delivery_id)
        assert known is not None
        tried = transitions.attempted(known, scene.clock.now(), version=known.wanted_version)
        await work.deliveries.put(transitions.sent(tried, copy))


async def test_an_author_with_closed_messages_hears_where_they_wrote(scene: Scene) -> None:
    placed = await scene.placed()
    change = (await scene.history(placed))[-1]
    (note,) = await scene.deliveries(NOTE_KIND, change.id)
    async with scene.units() as work:
        known = await work.deliveries.lock(note.id)
        assert known is not None
        await work.deliveries.put(transitions.failed(known, Problem.DM_CLOSED, code=50_007))

    await scene.comments.publishing.tend()
    await scene.comments.publishing.tend()

    _, elsewhere = await scene.deliveries(NOTE_KIND, change.id)
    assert elsewhere.target == ChannelTarget(REACTIES.id)
    async with scene.units.reading() as work:
        assert await work.deliveries.troubled(GUILD) == ()
