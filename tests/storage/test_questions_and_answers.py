from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.errors import ConflictError
from storage.records import (
    AnswerContent,
    AnswerStatus,
    DirectPlace,
    FeedbackCount,
    FeedbackValue,
    NewAnswer,
    ShownAnswer,
)
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.examples import (
    ANSWERED,
    CHANNEL,
    GUILD,
    MEMBER,
    OTHER_GUILD,
    OTHER_MEMBER,
    QUESTION,
    SUGGESTED,
)

ANSWER = NewAnswer(place=CHANNEL, content=ANSWERED, private=False, created_at=NOW)


async def _shown(units: UnitsOfWork, answer: NewAnswer = ANSWER) -> ShownAnswer:
    async with units() as work:
        return await work.answers.add(answer)


async def test_a_question_comes_back_as_it_was_kept(units: UnitsOfWork) -> None:
    async with units() as work:
        kept = await work.questions.add(QUESTION)

    async with units.reading() as work:
        assert await work.questions.get(kept.id) == kept
    assert kept.place == CHANNEL
    assert (kept.text, kept.status, kept.document) == (
        QUESTION.text,
        AnswerStatus.ANSWERED,
        "kernadvies",
    )
    assert (kept.confidence, kept.asked_at) == (0.875, NOW)


async def test_a_question_from_private_messages_has_no_channel(units: UnitsOfWork) -> None:
    async with units() as work:
        kept = await work.questions.add(replace(QUESTION, place=DirectPlace(guild_id=GUILD)))
        nowhere = await work.questions.add(replace(QUESTION, place=DirectPlace()))

    assert kept.place == DirectPlace(guild_id=GUILD)
    assert nowhere.place == DirectPlace(guild_id=None)


async def test_an_edited_question_keeps_its_place_and_moment(units: UnitsOfWork) -> None:
    edited = replace(
        QUESTION,
        place=DirectPlace(),
        text="en de centen?",
        status=AnswerStatus.UNKNOWN,
        document=None,
        asked_at=NOW + timedelta(minutes=1),
    )
    async with units() as work:
        kept = await work.questions.add(QUESTION)
        revised = await work.questions.revise(kept.id, edited)
        again = await work.questions.get(kept.id)

    assert revised == again
    assert revised == replace(
        kept, text="en de centen?", status=AnswerStatus.UNKNOWN, document=None
    )


async def test_what_does_not_exist_is_none(units: UnitsOfWork) -> None:
    async with units() as work:
        assert await work.questions.get(1) is None
        assert await work.questions.revise(1, QUESTION) is None
        assert await work.answers.get(1) is None
        assert await work.answers.of_message(1) is None
        assert await work.answers.revise(1, ANSWERED) is None


async def test_questions_are_counted_per_guild_outcome_and_time(units: UnitsOfWork) -> None:
    async with units() as work:
        await work.questions.add(QUESTION)
        await work.questions.add(replace(QUESTION, status=AnswerStatus.UNKNOWN))
        await work.questions.add(replace(QUESTION, asked_at=NOW - timedelta(seconds=1)))
        await work.questions.add(replace(QUESTION, place=DirectPlace()))

        assert await work.questions.count_by_status(GUILD, since=NOW) == {
            AnswerStatus.ANSWERED: 1,
            AnswerStatus.SUGGESTED: 0,
            AnswerStatus.UNKNOWN: 1,
        }
        nowhere = await work.questions.count_by_status(None, since=NOW)
        assert nowhere[AnswerStatus.ANSWERED] == 1
        elsewhere = await work.questions.count_by_status(OTHER_GUILD, since=NOW)
        assert sum(elsewhere.values()) == 0


@pytest.mark.parametrize("content", [ANSWERED, SUGGESTED])
async def test_an_answer_comes_back_as_it_was_shown(
    units: UnitsOfWork, content: AnswerContent
) -> None:
    async with units() as work:
        question = await work.questions.add(QUESTION)
        shown = await work.answers.add(replace(ANSWER, content=content, question_id=question.id))

    async with units.reading() as work:
        assert await work.answers.get(shown.id) == shown
    assert shown.content == content
    assert (shown.place, shown.private, shown.created_at) == (CHANNEL, False, NOW)
    assert (shown.question_id, shown.message_id) == (question.id, None)


async def test_an_answer_is_found_by_the_message_that_shows_it(units: UnitsOfWork) -> None:
    shown = await _shown(units)
    async with units() as work:
        await work.answers.placed(shown.id, message_id=GUILD + 30)

    async with units.reading() as work:
        assert await work.answers.of_message(GUILD + 30) == replace(shown, message_id=GUILD + 30)


async def test_private_messages_leave_no_message_id(units: UnitsOfWork) -> None:
    shown = await _shown(units, replace(ANSWER, place=DirectPlace(guild_id=GUILD), private=True))
    async with units() as work:
        await work.answers.placed(shown.id, message_id=GUILD + 30)
        assert await work.answers.get(shown.id) == shown


async def test_a_revised_answer_shows_the_new_content_only(units: UnitsOfWork) -> None:
    shown = await _shown(units)
    async with units() as work:
        assert await work.answers.revise(shown.id, SUGGESTED) == replace(shown, content=SUGGESTED)


async def test_the_id_of_a_deleted_answer_is_never_given_again(units: UnitsOfWork) -> None:
    shown = await _shown(units)
    async with units() as work:
        await work.privacy.delete_older(
            table="answers", column="created_at", before=NOW + timedelta(days=1)
        )

    assert (await _shown(units)).id > shown.id


async def test_one_opinion_per_person_and_answer_the_last_counts(units: UnitsOfWork) -> None:
    shown = await _shown(units)
    async with units() as work:
        for value in (FeedbackValue.UP, FeedbackValue.UP, FeedbackValue.DOWN):
            await work.feedback.give(answer_id=shown.id, user_id=MEMBER, value=value, at=NOW)
        await work.feedback.give(
            answer_id=shown.id, user_id=OTHER_MEMBER, value=FeedbackValue.UP, at=NOW
        )

        assert await work.feedback.count(shown.id) == FeedbackCount(up=1, down=1)


async def test_a_reason_lasts_as_long_as_the_opinion_it_explains(units: UnitsOfWork) -> None:
    shown = await _shown(units)
    async with units() as work:
        assert not await work.feedback.explain(answer_id=shown.id, user_id=MEMBER, reason="oud")
        await work.feedback.give(
            answer_id=shown.id, user_id=MEMBER, value=FeedbackValue.DOWN, at=NOW
        )
        assert await work.feedback.explain(answer_id=shown.id, user_id=MEMBER, reason="klopt niet")
        same = await work.feedback.give(
            answer_id=shown.id,
            user_id=MEMBER,
            value=FeedbackValue.DOWN,
            at=NOW + timedelta(days=1),
        )
        other = await work.feedback.give(
            answer_id=shown.id, user_id=MEMBER, value=FeedbackValue.UP, at=NOW
        )

    assert same is not None
    assert (same.reason, same.created_at) == ("klopt niet", NOW)
    assert other is not None
    assert other.reason is None


async def test_an_opinion_on_an_answer_that_expired_is_not_kept(units: UnitsOfWork) -> None:
    async with units() as work:
        given = await work.feedback.give(
            answer_id=404, user_id=MEMBER, value=FeedbackValue.UP, at=NOW
        )
        assert given is None
        assert await work.feedback.of(answer_id=404, user_id=MEMBER) is None


async def test_a_channel_without_a_guild_is_refused_by_the_database(units: UnitsOfWork) -> None:
    place = replace(CHANNEL)
    object.__setattr__(place, "guild_id", None)
    with pytest.raises(ConflictError):
        async with units() as work:
            await work.questions.add(replace(QUESTION, place=place))


@given(
    text=st.text(alphabet=st.characters(codec=None)),
    moment=st.datetimes(
        min_value=datetime(1970, 1, 2),  # noqa: DTZ001 -- the zone comes from `timezones`
        max_value=datetime(2999, 1, 1),  # noqa: DTZ001 -- likewise
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
    ),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_text_and_moment_can_be_kept(
    units: UnitsOfWork, text: str, moment: datetime
) -> None:
    async with units() as work:
        kept = await work.questions.add(replace(QUESTION, text=text, asked_at=moment))

    assert kept.text == "".join(
        "\ufffd" if one == "\x00" or "\ud800" <= one <= "\udfff" else one for one in text
    )
    assert kept.asked_at == moment
    assert kept.asked_at.tzinfo is UTC
