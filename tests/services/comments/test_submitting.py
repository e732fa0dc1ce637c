import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.services.comments.errors import (
    BlockedError,
    CommentContentError,
    RoundClosedError,
    TooManyCommentsError,
    UnknownRoundError,
)
from bot.services.comments.sending import CARD_KIND, COMMENT_KIND
from bot.services.guild_settings import COMMENTS_FIRST, COMMENTS_PER_HOUR
from storage.comment_records import CommentEvent, CommentState
from storage.delivery_records import ChannelTarget
from tests.services.comments.scene import (
    ALL,
    ANNA,
    BERT,
    BODY,
    ELSEWHERE,
    GUILD,
    MARJA,
    MODERATORS,
    OTHER,
    REACTIES,
    START,
    Scene,
)


async def test_a_comment_gets_a_number_and_waits_and_moderators_get_a_card(scene: Scene) -> None:
    done = await scene.comments.submitting.submit(await scene.draft(f"  {BODY}\n\n\n\n "))

    kept = await scene.now(done.comment)
    assert kept == done.comment
    assert (kept.number, kept.state, kept.text.body) == (1, CommentState.WAITING, BODY)
    assert (kept.author_id, kept.created_at, kept.channel_id) == (ANNA, START, REACTIES.id)
    assert done.is_new
    (card,) = await scene.deliveries(CARD_KIND, kept.id)
    assert card.target == ChannelTarget(MODERATORS.id)
    assert await scene.deliveries(COMMENT_KIND, kept.text.id) == ()
    assert [one.event for one in await scene.history(kept)] == [CommentEvent.SUBMITTED]


async def test_the_same_form_makes_one_comment_however_often_and_wherever(scene: Scene) -> None:
    draft, other = await scene.draft(form=7), scene.another()
    submitting = scene.comments.submitting

    first = await asyncio.gather(*(submitting.submit(draft) for _ in range(5)))
    again = await other.comments.submitting.submit(draft)
    differs = await other.comments.submitting.submit(replace(draft, body=OTHER))

    assert {one.comment.number for one in (*first, again, differs)} == {1}
    assert [one.is_new for one in first] == [True, False, False, False, False]
    assert (again.is_new, again.differs) == (False, False)
    assert (differs.is_new, differs.differs, differs.comment.text.body) == (False, True, BODY)
    page = await scene.comments.reading.of_author(GUILD, ANNA)
    assert page.total == 1


async def test_a_form_of_somebody_else_gives_nothing_away(scene: Scene) -> None:
    await scene.comments.submitting.submit(await scene.draft(form=7))

    with pytest.raises(UnknownRoundError):
        await scene.comments.submitting.submit(await scene.draft(form=7, by=BERT))


async def test_numbers_follow_each_other_however_many_submit_at_once(scene: Scene) -> None:
    drafts = [await scene.draft(by=1_000 + number) for number in range(130)]

    done = await asyncio.gather(*map(scene.comments.submitting.submit, drafts))

    assert [one.comment.number for one in done] == list(range(1, 131))
    assert [one.comment.author_id for one in done] == [one.author_id for one in drafts]
    assert (await scene.comments.reading.queue(GUILD)).total == 130


async def test_two_processes_give_different_numbers(scene: Scene, dialect: str) -> None:
    if dialect == "sqlite":
        return  # one process serves from a file
    both = (scene, scene.another())
    drafts = [await scene.draft(by=1_000 + number) for number in range(20)]

    done = await asyncio.gather(
        *(both[at % 2].comments.submitting.submit(one) for at, one in enumerate(drafts))
    )

    assert sorted(one.comment.number for one in done) == list(range(1, 21))


@pytest.mark.parametrize("body", ["Te kort.", " a b c d e f g ", "x" * 1_501, "\u200b" * 40])
async def test_a_text_that_is_too_short_or_too_long_is_refused(scene: Scene, body: str) -> None:
    with pytest.raises(CommentContentError):
        await scene.comments.submitting.submit(await scene.draft(body))


@pytest.mark.parametrize("body", ["x" * 10, "é" * 1_500])
async def test_ten_to_fifteen_hundred_characters_are_a_comment(scene: Scene, body: str) -> None:
    assert (await scene.submit(body)).text.body == body


async def test_the_sixth_in_an_hour_is_refused_and_the_hour_passes(scene: Scene) -> None:
    drafts = [await scene.draft(form=number) for number in range(6)]
    submitting = scene.comments.submitting

    results = await asyncio.gather(*map(submitting.submit, drafts), return_exceptions=True)

    (refused,) = [one for one in results if isinstance(one, BaseException)]
    assert isinstance(refused, TooManyCommentsError)
    assert refused.limit == 5
    scene.clock.forward(minutes=59)
    with pytest.raises(TooManyCommentsError) as caught:
        await submitting.submit(drafts[5])
    assert caught.value.again_at == START + dt.timedelta(hours=1)
    assert not (await submitting.submit(drafts[0])).is_new  # what stands is no sixth
    await submitting.submit(await scene.draft(by=BERT))
    scene.clock.forward(minutes=1)
    assert (await submitting.submit(drafts[5])).is_new


async def test_how_many_in_an_hour_is_a_setting(scene: Scene) -> None:
    await scene.settings.choose(GUILD, COMMENTS_PER_HOUR, 1, by=MARJA, at=START)
    await scene.submit()

    with pytest.raises(TooManyCommentsError):
        await scene.submit()


async def test_names_are_kept_with_consent_only(scene: Scene) -> None:
    submitting = scene.comments.submitting

    without = (await submitting.submit(await scene.draft())).comment
    named = (await submitting.submit(await scene.draft(consents=ALL))).comment

    assert (without.text.author_name, without.text.consents.vng) == (None, False)
    assert (await scene.now(named)).text.author_name == f"Lid {ANNA}"
    assert (await scene.now(named)).text.consents == ALL


async def test_a_closed_round_takes_nothing_in_and_another_guild_has_its_own(scene: Scene) -> None:
    draft, elsewhere = await scene.draft(), await scene.comments.rounds.of_guild(ELSEWHERE)
    await scene.comments.rounds.close(draft.round_id, guild_id=GUILD, by=MARJA)

    with pytest.raises(RoundClosedError) as caught:
        await scene.comments.submitting.submit(draft)
    assert caught.value.title == "overzicht"
    with pytest.raises(UnknownRoundError):
        await scene.comments.submitting.submit(replace(draft, round_id=elsewhere[0].id))


async def test_a_blocked_member_cannot_submit_until_it_is_over(scene: Scene) -> None:
    until = START + dt.timedelta(days=1)
    await scene.comments.blocking.block(ANNA, "Scheldt.", guild_id=GUILD, until=until, by=MARJA)

    with pytest.raises(BlockedError):
        await scene.submit()
    await scene.submit(by=BERT)
    scene.clock.forward(minutes=24 * 60)
    await scene.submit()


async def test_after_publication_a_comment_is_placed_at_once_and_waits_for_a_look(
    scene: Scene,
) -> None:
    await scene.settings.choose(GUILD, COMMENTS_FIRST, value=False, by=MARJA, at=START)

    kept = await scene.now(await scene.submit())

    assert (kept.state, kept.waits, kept.is_queued) == (CommentState.PLACED, True, True)
    (copy,) = await scene.deliveries(COMMENT_KIND, kept.text.id)
    assert copy.target == ChannelTarget(REACTIES.id)
    assert len(await scene.deliveries(CARD_KIND, kept.id)) == 1
    assert (await scene.comments.reading.queue(GUILD)).total == 1
