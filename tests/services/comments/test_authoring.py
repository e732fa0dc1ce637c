from collections.abc import Awaitable, Callable

import pytest

from bot.services.comments.authoring import OwnEdit
from bot.services.comments.errors import (
    CommentDecidedError,
    CommentStateError,
    UnknownCommentError,
)
from bot.services.comments.sending import CARD_KIND, COMMENT_KIND
from storage.comment_records import Comment, CommentEvent, CommentState, Consents
from storage.delivery_records import Delivery
from storage.vote_records import NO_VOTES
from tests.services.comments.scene import (
    ALL,
    ANNA,
    BERT,
    BODY,
    GUILD,
    MARJA,
    OTHER,
    Scene,
    look,
)


def edit_of(comment: Comment, body: str, consents: Consents | None = None) -> OwnEdit:
    return OwnEdit(
        comment.id,
        GUILD,
        comment.version,
        comment.author_id or 0,
        "Anna",
        body,
        consents or comment.text.consents,
    )


async def standing(scene: Scene, text_id: int) -> list[Delivery]:
    found = await scene.deliveries(COMMENT_KIND, text_id)
    return [one for one in found if not one.withdrawn]


async def test_an_edit_of_a_placed_comment_takes_it_back_until_a_moderator_looked(
    scene: Scene,
) -> None:
    placed = await scene.placed()
    await scene.vote(placed, BERT)

    waiting, event = await scene.comments.authoring.edit(edit_of(placed, OTHER))

    assert (waiting.state, event) == (CommentState.WAITING, CommentEvent.EDITED)
    assert await standing(scene, placed.text.id) == []
    cards = await scene.deliveries(CARD_KIND, placed.id)
    assert [one.withdrawn for one in cards] == [True, False]
    again = await scene.comments.deciding.place(look(waiting))
    assert again.text.id != placed.text.id
    assert len(await standing(scene, again.text.id)) == 1
    assert again.text.tally == NO_VOTES
    assert await scene.comments.voting.own(placed.text.id, user_id=BERT) is not None
    assert await scene.comments.voting.own(again.text.id, user_id=BERT) is None


async def test_an_edit_sent_in_twice_is_one_and_of_an_old_version_is_none(scene: Scene) -> None:
    waiting, authoring = await scene.submit(), scene.comments.authoring
    edit = edit_of(waiting, OTHER)

    first, _ = await authoring.edit(edit)
    second, _ = await authoring.edit(edit)

    assert first == second
    assert len(await scene.history(waiting)) == 2
    with pytest.raises(CommentDecidedError):
        await authoring.edit(edit_of(waiting, "Iets heel anders dan dat."))


async def test_other_consents_hold_at_once_and_nobody_has_to_look(scene: Scene) -> None:
    placed = await scene.placed()

    named, event = await scene.comments.authoring.edit(edit_of(placed, BODY, ALL))

    assert (named.state, event) == (CommentState.PLACED, CommentEvent.CONSENTED)
    assert (named.text.author_name, named.text.id) == ("Anna", placed.text.id)
    (copy,) = await standing(scene, placed.text.id)
    assert copy.wanted_version == named.text.shown_version
    nameless, _ = await scene.comments.authoring.edit(edit_of(named, BODY, Consents()))
    assert nameless.text.author_name is None


async def test_while_moderators_look_afterwards_an_edit_stays_placed(scene: Scene) -> None:
    placed = await scene.placed()
    await scene.comments.modes.change(GUILD, checks_first=False, by=MARJA)

    edited, event = await scene.comments.authoring.edit(edit_of(placed, OTHER))

    assert (edited.state, edited.waits, event) == (
        CommentState.PLACED, True, CommentEvent.REPOSTED,
    )  # fmt: skip
    assert await standing(scene, placed.text.id) == []
    assert len(await standing(scene, edited.text.id)) == 1
    checked = await scene.comments.deciding.place(look(edited))
    assert (await scene.history(checked))[-1].event is CommentEvent.CHECKED
    assert len(await standing(scene, edited.text.id)) == 1


async def test_a_withdrawn_comment_goes_everywhere_and_never_comes_back(scene: Scene) -> None:
    placed, authoring = await scene.placed(), scene.comments.authoring
    with pytest.raises(UnknownCommentError):
        await authoring.withdraw(placed.id, guild_id=GUILD, author_id=BERT)

    gone = await authoring.withdraw(placed.id, guild_id=GUILD, author_id=ANNA)

    assert await authoring.withdraw(placed.id, guild_id=GUILD, author_id=ANNA) == gone
    assert await standing(scene, placed.text.id) == []
    tries: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: scene.comments.deciding.place(look(gone)),
        lambda: scene.comments.deciding.redact(look(gone), OTHER),
        lambda: authoring.edit(edit_of(gone, OTHER)),
        lambda: authoring.appeal(gone.id, "Toch!", guild_id=GUILD, author_id=ANNA),
    )
    for one in tries:
        with pytest.raises(CommentStateError):
            await one()
    assert [one.event for one in await scene.history(gone)][-1] is CommentEvent.WITHDRAWN
