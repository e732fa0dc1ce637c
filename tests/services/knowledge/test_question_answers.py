import asyncio
from dataclasses import replace

import pytest

from bot.services.knowledge.answers import Answered
from bot.services.knowledge.question_answers import MAX_ANSWER
from bot.services.knowledge.question_errors import (
    AnswerProblem,
    DraftChangedError,
    DraftGoneError,
    NotYourDraftError,
    PassageGoneError,
    QuestionDoneError,
    UnusableAnswerError,
)
from bot.services.knowledge.question_keeping import document_id_of
from bot.services.knowledge.question_sending import MESSAGE
from storage.document_records import DocumentAction
from storage.question_records import Keeping, ModeratorAnswer, OpenQuestionState
from storage.unit_of_work import UnitsOfWork
from tests.services.knowledge.questions_scene import (
    ANNA,
    ANSWER,
    BRAM,
    DECLINED,
    GUILD,
    MARJA,
    OTHER_GUILD,
    OTTO,
    QUESTION,
    Scene,
    scene_of,
)

HOUR = 60


@pytest.fixture
def scene(units: UnitsOfWork) -> Scene:
    return scene_of(units)


async def test_what_a_moderator_typed_is_kept_and_shown_on_the_card(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    answers = scene.answering.answers
    first = await answers.write(passed.group.id, ANSWER, guild_id=GUILD, by=MARJA)
    second = await answers.write(
        passed.group.id, replace(ANSWER, text=" Anders. "), guild_id=GUILD, by=MARJA
    )
    await answers.write(passed.group.id, DECLINED, guild_id=GUILD, by=MARJA)
    view = await scene.another().view(passed.group.id)

    assert second.id == first.id
    assert second.version == first.version + 1
    own = answers.own_draft(view, OpenQuestionState.ANSWERED, by=MARJA)
    assert own is not None
    assert own.text == "Anders."
    assert answers.own_draft(view, OpenQuestionState.DECLINED, by=MARJA) == DECLINED
    assert answers.own_draft(view, OpenQuestionState.ANSWERED, by=OTTO) is None
    assert view.group.version > passed.group.version


async def test_of_two_moderators_one_wins_and_the_other_is_told_who(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    answers = scene.another().answering.answers
    draft = await answers.write(
        passed.group.id, replace(ANSWER, text="Anders."), guild_id=GUILD, by=OTTO
    )
    await scene.answer(passed.group.id)
    with pytest.raises(QuestionDoneError) as told:
        await answers.send(draft.id, version=1, keep=True, guild_id=GUILD, by=OTTO)
    with pytest.raises(QuestionDoneError):
        await answers.write(passed.group.id, DECLINED, guild_id=GUILD, by=OTTO)

    assert told.value.group.closed_by == MARJA
    assert len(await scene.queued(MESSAGE)) == 1
    view = await scene.view(passed.group.id)
    assert view.group.answer == ANSWER
    # Nothing of what the other typed is lost.
    assert answers.own_draft(view, OpenQuestionState.DECLINED, by=OTTO) == DECLINED


async def test_two_moderators_at_once_send_one_answer(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    tries = await asyncio.gather(
        *(
            process.answer(passed.group.id, by=moderator)
            for process, moderator in ((scene, MARJA), (scene.another(), OTTO))
        ),
        return_exceptions=True,
    )

    assert len([one for one in tries if isinstance(one, QuestionDoneError)]) == 1
    assert len(await scene.queued(MESSAGE)) == 1


async def test_a_double_click_sends_once_and_says_the_same_twice(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    answers = scene.answering.answers
    draft = await answers.write(passed.group.id, ANSWER, guild_id=GUILD, by=MARJA)
    both = await asyncio.gather(
        *(answers.send(draft.id, version=1, keep=True, guild_id=GUILD, by=MARJA) for _ in range(2))
    )
    later = await answers.send(draft.id, version=1, keep=True, guild_id=GUILD, by=MARJA)

    assert {(one.people, one.group.state) for one in (*both, later)} == {
        (1, OpenQuestionState.ANSWERED)
    }
    assert len(await scene.queued(MESSAGE)) == 1
    assert len(await scene.documents.history(GUILD, document_id_of(passed.group))) == 1


async def test_what_was_not_looked_at_is_not_sent(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    answers = scene.answering.answers
    draft = await answers.write(passed.group.id, ANSWER, guild_id=GUILD, by=MARJA)
    await answers.write(passed.group.id, replace(ANSWER, text="Anders."), guild_id=GUILD, by=MARJA)
    with pytest.raises(DraftChangedError) as told:
        await answers.send(draft.id, version=1, keep=False, guild_id=GUILD, by=MARJA)

    assert told.value.draft.answer.text == "Anders."
    assert await scene.queued(MESSAGE) == ()


async def test_a_draft_is_its_authors_and_of_its_guild(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    answers = scene.answering.answers
    draft = await answers.write(passed.group.id, ANSWER, guild_id=GUILD, by=MARJA)
    for guild, by, error in (
        (GUILD, OTTO, NotYourDraftError),
        (OTHER_GUILD, MARJA, Exception),
    ):
        with pytest.raises(error):
            await answers.send(draft.id, version=1, keep=False, guild_id=guild, by=by)
    with pytest.raises(DraftGoneError):
        await answers.draft(999, guild_id=GUILD, by=MARJA)
    assert await scene.queued(MESSAGE) == ()


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (replace(ANSWER, text="  "), AnswerProblem.NO_TEXT),
        (replace(ANSWER, text="a" * (MAX_ANSWER + 1)), AnswerProblem.TOO_LONG),
        (replace(ANSWER, source_title="b" * 151), AnswerProblem.SOURCE_TOO_LONG),
        (replace(ANSWER, source_url="javascript:alert(1)"), AnswerProblem.BAD_LINK),
        (replace(ANSWER, source_url="https://ik:geheim@example.org"), AnswerProblem.BAD_LINK),
    ],
)
async def test_what_cannot_be_sent_is_kept_and_named(
    scene: Scene, typed: ModeratorAnswer, problem: AnswerProblem
) -> None:
    passed = await scene.ask(ANNA)
    answers = scene.answering.answers
    draft = await answers.write(passed.group.id, typed, guild_id=GUILD, by=MARJA)
    with pytest.raises(UnusableAnswerError) as told:
        await answers.send(draft.id, version=1, keep=False, guild_id=GUILD, by=MARJA)

    assert told.value.problem is problem
    view = await scene.view(passed.group.id)
    assert view.group.state is OpenQuestionState.OPEN
    assert answers.own_draft(view, OpenQuestionState.ANSWERED, by=MARJA) is not None


async def test_a_kept_answer_is_found_by_the_next_who_asks(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    await scene.ask(BRAM, "wie betaalt nou de koffie op het congres?")
    sent = await scene.answer(passed.group.id, keep=True)
    newest = await scene.documents.newest(GUILD, document_id_of(passed.group))
    reply = scene.library.for_guild(GUILD).answerer.reply(QUESTION)
    elsewhere = scene.library.for_guild(OTHER_GUILD).answerer.reply(QUESTION)

    assert sent.group.keeping is Keeping.DONE
    assert newest is not None
    assert (newest.action, newest.actor_id) == (DocumentAction.ANSWERED, MARJA)
    assert isinstance(reply, Answered)
    assert reply.text == ANSWER.text
    assert reply.citations[0].source.url == ANSWER.source_url
    assert not isinstance(elsewhere, Answered)


async def test_only_sending_keeps_nothing(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    sent = await scene.answer(passed.group.id, keep=False)

    assert sent.group.keeping is Keeping.NO
    assert await scene.documents.newest(GUILD, document_id_of(passed.group)) is None


async def test_keeping_that_was_cut_short_is_done_by_the_job(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    answers = scene.answering.answers
    draft = await answers.write(passed.group.id, ANSWER, guild_id=GUILD, by=MARJA)
    keep = answers._keeping.keep
    object.__setattr__(answers._keeping, "keep", _as_it_was)
    sent = await answers.send(draft.id, version=1, keep=True, guild_id=GUILD, by=MARJA)
    object.__setattr__(answers._keeping, "keep", keep)
    await scene.tick()
    assert sent.group.keeping is Keeping.WANTED
    assert (await scene.view(passed.group.id)).group.keeping is Keeping.WANTED

    scene.clock.forward(minutes=2)
    await scene.another().tick()
    assert (await scene.view(passed.group.id)).group.keeping is Keeping.DONE
    assert await scene.documents.newest(GUILD, document_id_of(passed.group)) is not None


async def _as_it_was(group: object) -> object:
    return group


async def test_a_decline_reaches_everybody_with_its_reason(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    await scene.ask(BRAM)
    sent = await scene.answer(passed.group.id, DECLINED, keep=True)

    assert (sent.group.state, sent.people) == (OpenQuestionState.DECLINED, 2)
    assert sent.group.keeping is Keeping.NO
    assert len(await scene.queued(MESSAGE)) == 2


async def test_a_passage_that_exists_answers_and_takes_the_question_only_if_asked_to(
    scene: Scene,
) -> None:
    linking = scene.answering.linking
    found = await linking.matches(GUILD, "wat kost het waterschapshuis")
    assert (found[0].document_id, found[0].heading) == ("waternet", "Kosten")
    passage = await linking.passage(GUILD, found[0].document_id, found[0].section)
    first = await scene.ask(ANNA, "Hoeveel duiten vraagt zo'n schap?")
    second = await scene.ask(ANNA, "Welke prijs hoort bij deelname?")
    kept = await scene.answer(first.group.id, passage, keep=True)
    sent = await scene.answer(second.group.id, passage, keep=False)

    newest = await scene.documents.newest(GUILD, "waternet")
    assert newest is not None
    assert newest.version == 1
    assert newest.action is DocumentAction.OVERRIDDEN
    assert newest.text is not None
    assert "Hoeveel duiten vraagt zo'n schap?" in newest.text
    assert "Welke prijs hoort bij deelname?" not in newest.text
    assert (kept.group.keeping, sent.group.keeping) == (Keeping.DONE, Keeping.NO)
    reply = scene.library.for_guild(GUILD).answerer.reply("Hoeveel duiten vraagt zo'n schap?")
    assert isinstance(reply, Answered)
    assert "40.000 euro" in reply.text
    with pytest.raises(PassageGoneError):
        await linking.passage(GUILD, "waternet", 99)
    with pytest.raises(PassageGoneError):
        await linking.passage(GUILD, "../waternet", 0)


async def test_a_gap_that_is_known_is_no_answer_to_link_to(scene: Scene) -> None:
    found = await scene.answering.linking.matches(
        GUILD, "wie is voorzitter van het waterschapshuis"
    )

    assert "Voorzitter" not in {one.heading for one in found}
