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
    PostTarget,
    Problem,
    ThreadTarget,
)
from tests.services.comments.scene import (
    BERT,
    CAROLIEN,
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
