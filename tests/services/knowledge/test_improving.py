from dataclasses import replace
from datetime import datetime, timedelta

from bot.services.knowledge.improving import WITHIN, Improving
from bot.services.knowledge.masking import NUMBER
from storage.records import (
    AnswerContent,
    AnswerStatus,
    FeedbackValue,
    NewAnswer,
)
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.fakes import FakeClock
from tests.storage.examples import ANSWERED, CHANNEL, GUILD, MEMBER, OTHER_GUILD, QUESTION

(ADVICE,) = ANSWERED.citations
MONEY = replace(ADVICE, document="geld", section="", title="Het geld")
COSTS = "wat kost de verkenning naar collectivisering"


def improving(units: UnitsOfWork) -> Improving:
    return Improving(units, FakeClock(NOW))


async def disliked(
    units: UnitsOfWork,
    question: str = COSTS,
    *,
    content: AnswerContent = ANSWERED,
    reason: str = "",
    by: int = MEMBER,
    at: datetime = NOW,
    guild_id: int = GUILD,
    value: FeedbackValue = FeedbackValue.DOWN,
) -> None:
    """Keep an answer and what somebody thinks of it."""
    place = replace(CHANNEL, guild_id=guild_id)
    answer = NewAnswer(
        place=place, content=replace(content, question=question), private=False, created_at=at
    )
    async with units() as work:
        shown = await work.answers.add(answer)
        await work.feedback.give(answer_id=shown.id, user_id=by, value=value, at=at)
        if reason:
            await work.feedback.explain(answer_id=shown.id, user_id=by, reason=reason)


async def asked(
    units: UnitsOfWork,
    text: str,
    *,
    times: int = 1,
    status: AnswerStatus = AnswerStatus.UNKNOWN,
    at: datetime = NOW,
    guild_id: int = GUILD,
) -> None:
    """Keep a question that was asked some times."""
    question = replace(
        QUESTION,
        text=text,
        status=status,
        document=None,
        asked_at=at,
        place=replace(CHANNEL, guild_id=guild_id),
    )
    async with units() as work:
        for _ in range(times):
            await work.questions.add(question)


async def test_nothing_is_empty(units: UnitsOfWork) -> None:
    await disliked(units, value=FeedbackValue.UP)
    await asked(units, COSTS, status=AnswerStatus.ANSWERED)
    points = await improving(units).points(GUILD)

    assert points.unhelpful == ()
    assert points.unanswered == ()


async def test_answers_from_one_passage_to_nearly_one_question_are_one_with_the_newest_reasons(
    units: UnitsOfWork,
) -> None:
    for number, reason in enumerate(("oud", "", "te kort", "te lang", "verouderd")):
        at = NOW - timedelta(days=5 - number)
        await disliked(units, f"{COSTS}?", reason=reason, by=number + 1, at=at)
    await disliked(units, COSTS, content=replace(ANSWERED, citations=(MONEY,)))
    await disliked(units, "wie is de voorzitter van de commissie", by=7)
    (first, *others) = (await improving(units).points(GUILD)).unhelpful

    assert (first.question, first.times) == (f"{COSTS}?", 5)
    assert first.citation == ADVICE
    assert first.reasons == ("verouderd", "te lang", "te kort")
    assert {(one.question, one.citation, one.times) for one in others} == {
        (COSTS, MONEY, 1),
        ("wie is de voorzitter van de commissie", ADVICE, 1),
    }


async def test_an_answer_without_a_passage_stands_on_its_own(units: UnitsOfWork) -> None:
    await disliked(units, content=replace(ANSWERED, citations=()), reason="dit is geen antwoord")
    await disliked(units)
    found = (await improving(units).points(GUILD)).unhelpful

    assert {(one.citation, one.times) for one in found} == {(None, 1), (ADVICE, 1)}


async def test_questions_alike_count_together_and_the_most_frequent_comes_first(
    units: UnitsOfWork,
) -> None:
    await asked(units, "wie betaalt de koffie op de vergadering", times=3)
    await asked(units, "hoe laat begint de borrel na afloop", times=2)
    await asked(units, "Hoe laat begint de borrel na afloop?", times=2)
    await asked(units, "mag mijn hond mee naar binnen", status=AnswerStatus.SUGGESTED)
    found = (await improving(units).points(GUILD)).unanswered

    assert [one.times for one in found] == [4, 3, 1]
    assert found[0].question.casefold().startswith("hoe laat begint de borrel")
    assert found[1].question == "wie betaalt de koffie op de vergadering"


async def test_questions_with_a_masked_part_are_not_taken_for_one(units: UnitsOfWork) -> None:
    await asked(units, f"mijn nummer is {NUMBER}, wanneer bel je")
    await asked(units, f"mijn nummer is {NUMBER}; wanneer bel je")

    assert len((await improving(units).points(GUILD)).unanswered) == 2


async def test_only_this_guild_and_the_last_ninety_days_count(units: UnitsOfWork) -> None:
    just, before = NOW - WITHIN, NOW - WITHIN - timedelta(seconds=1)
    await disliked(units, "nog net", at=just)
    await disliked(units, "te lang geleden", at=before)
    await disliked(units, "elders", guild_id=OTHER_GUILD)
    await asked(units, "nog net gevraagd", at=just)
    await asked(units, "te lang geleden gevraagd", at=before)
    await asked(units, "elders gevraagd", guild_id=OTHER_GUILD)
    points = await improving(units).points(GUILD)

    assert timedelta(days=90) == WITHIN
    assert [one.question for one in points.unhelpful] == ["nog net"]
    assert [one.question for one in points.unanswered] == ["nog net gevraagd"]


async def test_at_most_eight_of_each_are_shown_and_nobody_is_named(units: UnitsOfWork) -> None:
    animals = "kat hond koe geit paard eend gans kip zwaan mus".split()
    for number, animal in enumerate(animals):
        await disliked(units, f"{animal} " * 3, by=987_654_321 + number)
        await asked(units, f"{animal} " * 4)
    points = await improving(units).points(GUILD)

    assert len(points.unhelpful) == len(points.unanswered) == 8
    assert "9876543" not in repr(points)
