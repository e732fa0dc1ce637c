import asyncio
from collections.abc import Awaitable

import pytest

from bot.services.comments.errors import (
    AppealUsedError,
    CommentContentError,
    CommentDecidedError,
    CommentStateError,
    SameCommentError,
    SameModeratorError,
    UnknownCommentError,
)
from bot.services.comments.sending import CARD_KIND, COMMENT_KIND, NOTE_KIND
from bot.services.guild_settings import COMMENTS_FIRST
from storage.comment_records import Comment, CommentEvent, CommentState
from storage.delivery_records import ChannelTarget, Delivery, DmTarget
from tests.services.comments.scene import (
    ANNA,
    BERT,
    BODY,
    ELSEWHERE,
    GUILD,
    MARJA,
    MODERATORS,
    OTHER,
    OTTO,
    REACTIES,
    START,
    Scene,
    look,
)


async def notes(scene: Scene, comment: Comment) -> list[tuple[CommentEvent, Delivery]]:
    return [
        (one.event, note)
        for one in await scene.history(comment)
        for note in await scene.deliveries(NOTE_KIND, one.id)
    ]


async def standing(scene: Scene, text_id: int) -> list[Delivery]:
    found = await scene.deliveries(COMMENT_KIND, text_id)
    return [one for one in found if not one.withdrawn]


async def test_placing_queues_one_message_updates_the_card_and_tells_the_author(
    scene: Scene,
) -> None:
    comment = await scene.placed()

    assert (comment.state, comment.waits, comment.is_queued) == (CommentState.PLACED, False, True)
    (copy,) = await scene.deliveries(COMMENT_KIND, comment.text.id)
    (card,) = await scene.deliveries(CARD_KIND, comment.id)
    ((event, note),) = await notes(scene, comment)
    assert copy.target == ChannelTarget(REACTIES.id)
    assert (card.target, card.wanted_version) == (ChannelTarget(MODERATORS.id), comment.version)
    assert (event, note.target) == (CommentEvent.PLACED, DmTarget(ANNA))
    assert (await scene.comments.reading.queue(GUILD)).total == 0
    assert (await scene.comments.reading.placed(GUILD)).items == (comment,)


async def test_a_rejected_comment_is_never_published_and_its_author_reads_why(
    scene: Scene,
) -> None:
    waiting = await scene.submit()

    rejected = await scene.comments.deciding.reject(look(waiting), " Gaat over\n personen. ")

    assert (rejected.state, rejected.reason) == (CommentState.REJECTED, "Gaat over personen.")
    assert rejected.retired_at == START
    assert await scene.deliveries(COMMENT_KIND, rejected.text.id) == ()
    assert [event for event, _ in await notes(scene, rejected)] == [CommentEvent.REJECTED]
    own = await scene.comments.authoring.own(1, guild_id=GUILD, author_id=ANNA)
    assert own == rejected
    for reason in ("  ", "x" * 501):
        with pytest.raises(CommentContentError):
            await scene.comments.deciding.reject(look(await scene.submit(by=BERT)), reason)


async def test_what_a_moderator_made_of_it_is_shown_and_the_original_is_kept(scene: Scene) -> None:
    waiting = await scene.submit()

    redacted = await scene.comments.deciding.redact(look(waiting), OTHER)

    assert (redacted.state, redacted.text.shown, redacted.text.body) == (
        CommentState.PLACED, OTHER, BODY,
    )  # fmt: skip
    assert [event for event, _ in await notes(scene, redacted)] == [CommentEvent.REDACTED]
    found = await scene.comments.reading.placed(GUILD, search="beginnen gemeente")
    assert [one.number for one in found.items] == [1]
    assert (await scene.comments.reading.placed(GUILD, search="balie")).total == 0
    again = await scene.comments.deciding.redact(look(redacted, by=OTTO), BODY)
    (copy,) = await standing(scene, redacted.text.id)
    assert copy.wanted_version == again.text.shown_version == redacted.text.shown_version + 1


async def test_a_duplicate_counts_as_another_and_its_message_goes(scene: Scene) -> None:
    first, second = await scene.placed(), await scene.placed(by=BERT)
    deciding = scene.comments.deciding

    duplicate = await deciding.mark_duplicate(look(second), first.number)

    assert (duplicate.state, duplicate.duplicate_of) == (CommentState.DUPLICATE, 1)
    assert await standing(scene, second.text.id) == []
    with pytest.raises(SameCommentError):
        await deciding.mark_duplicate(look(first), first.number)
    with pytest.raises(SameCommentError):
        await deciding.mark_duplicate(look(first), duplicate.number)
    for unknown in (9, 0, -1, 2**70):
        with pytest.raises(UnknownCommentError):
            await deciding.mark_duplicate(look(first), unknown)


async def test_of_two_moderators_at_once_one_decides_and_the_other_hears_who(scene: Scene) -> None:
    waiting, other = await scene.submit(), scene.another()
    works: tuple[Awaitable[Comment], ...] = (
        scene.comments.deciding.place(look(waiting, by=MARJA)),
        other.comments.deciding.reject(look(waiting, by=OTTO), "Nee."),
    )

    results = await asyncio.gather(*works, return_exceptions=True)

    (kept,) = [one for one in results if isinstance(one, Comment)]
    (lost,) = [one for one in results if isinstance(one, CommentDecidedError)]
    winner = MARJA if kept.state is CommentState.PLACED else OTTO
    assert (lost.by, lost.current, lost.at) == (winner, kept, START)
    assert len(await scene.history(kept)) == 2
    assert len(await notes(scene, kept)) == 1


async def test_a_second_press_of_the_same_moderator_is_as_one(scene: Scene) -> None:
    waiting = await scene.submit()

    first, second = await asyncio.gather(
        *(scene.comments.deciding.place(look(waiting)) for _ in range(2))
    )

    assert first == second
    assert len(await notes(scene, first)) == 1
    with pytest.raises(CommentDecidedError):
        await scene.comments.deciding.reject(look(waiting), "Toch niet.")
    with pytest.raises(CommentStateError):
        await scene.comments.deciding.place(look(first))


async def test_another_guild_knows_nothing_of_it(scene: Scene) -> None:
    waiting = await scene.submit()

    for comment_id, guild_id in ((waiting.id, ELSEWHERE), (99, GUILD), (2**80, GUILD)):
        seen = look(waiting)
        with pytest.raises(UnknownCommentError):
            await scene.comments.deciding.place(
                type(seen)(comment_id, guild_id, seen.version, seen.by)
            )


async def test_an_appeal_is_made_once_and_looked_at_by_another_moderator(scene: Scene) -> None:
    await scene.placed(by=BERT, moderator=OTTO)  # so another moderator is known
    rejected = await scene.comments.deciding.reject(look(await scene.submit()), "Te vaag.")
    authoring, deciding = scene.comments.authoring, scene.comments.deciding

    appealed = await authoring.appeal(rejected.id, "Lees nog eens.", guild_id=GUILD, author_id=ANNA)

    assert (appealed.state, appealed.appeal) == (CommentState.APPEALED, "Lees nog eens.")
    again = await authoring.appeal(rejected.id, "Lees nog eens.", guild_id=GUILD, author_id=ANNA)
    assert again == appealed
    for alone in (False, True):
        with pytest.raises(SameModeratorError) as caught:
            await deciding.place(look(appealed, alone=alone))
        assert not caught.value.may_be_alone
    upheld = await deciding.reject(look(appealed, by=OTTO), "Nog steeds.")
    assert (upheld.state, upheld.reason) == (CommentState.REJECTED, "Nog steeds.")
    assert (await scene.history(upheld))[-1].event is CommentEvent.UPHELD
    with pytest.raises(AppealUsedError):
        await authoring.appeal(rejected.id, "Nog eens.", guild_id=GUILD, author_id=ANNA)


async def test_the_only_moderator_may_look_again_after_saying_so(scene: Scene) -> None:
    rejected = await scene.comments.deciding.reject(look(await scene.submit()), "Te vaag.")
    appealed = await scene.comments.authoring.appeal(
        rejected.id, "Lees nog eens.", guild_id=GUILD, author_id=ANNA
    )

    with pytest.raises(SameModeratorError) as caught:
        await scene.comments.deciding.place(look(appealed))
    assert caught.value.may_be_alone
    placed = await scene.comments.deciding.place(look(appealed, alone=True))

    assert (placed.state, placed.reason) == (CommentState.PLACED, None)
    assert len(await standing(scene, placed.text.id)) == 1


async def test_what_was_taken_down_and_placed_again_has_one_message(scene: Scene) -> None:
    await scene.settings.choose(GUILD, COMMENTS_FIRST, value=False, by=MARJA, at=START)
    posted = await scene.submit()
    rejected = await scene.comments.deciding.reject(look(posted), "Reclame.")
    appealed = await scene.comments.authoring.appeal(
        rejected.id, "Is het niet.", guild_id=GUILD, author_id=ANNA
    )

    placed = await scene.comments.deciding.place(look(appealed, by=OTTO))

    found = await scene.deliveries(COMMENT_KIND, placed.text.id)
    assert [one.withdrawn for one in found] == [True, False]
