"""Questions to `/vraag` about the next meeting."""

import datetime as dt
import json
from pathlib import Path

import pytest

from bot.services.meetings.answering import MeetingAnswers, meeting_asked
from bot.services.meetings.proposals import CancelProposal, DeadlineProposal
from storage.meeting_records import DeadlineKind
from tests.services.meetings.stage import GUILD, MeetingStage

QUESTIONS = Path(__file__).parents[2] / "eval" / "questions.jsonl"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Wanneer is de volgende ALV?", "is op woensdag 28 september 2016 om 19.30 uur"),
        ("hoe laat begint de ledenvergadering", "om 19.30 uur"),
        ("waar is de alv", "is in Jaarbeurs, Utrecht"),
        ("Tot wanneer kan ik een motie indienen?", "kan tot maandag 29 augustus 2016 om 12.00"),
        ("voor wanneer moeten moties voor de alv binnen zijn", "Moties indienen voor"),
    ],
)
async def test_the_next_meeting_answers_with_itself_as_source(
    stage: MeetingStage, asked: str, expected: str
) -> None:
    meeting = await stage.plan()
    deadline = DeadlineProposal(DeadlineKind.MOTIONS, "", "d30@12:00")
    meeting = (await stage.confirm(deadline, meeting)).meeting
    answer = await MeetingAnswers(stage.units, stage.clock).reply(asked, guild_id=GUILD)

    assert answer is not None
    assert expected in answer.text
    citation, *others = answer.citations
    assert others == []
    assert citation.title == "Najaars-ALV"
    assert citation.document == f"meeting-{meeting.id}"


@pytest.mark.parametrize(
    "asked",
    [
        "wanneer was de alv",
        "wanneer is de alv van 2016",
        "waar staat alv voor",
        "wat besloot de alv",
        "tot wanneer kan ik een amendement indienen",
        "wanneer is de volgende balv",
        "waar is de koffie",
    ],
)
async def test_another_question_is_left_to_the_knowledge_base(
    stage: MeetingStage, asked: str
) -> None:
    await stage.plan()

    assert await MeetingAnswers(stage.units, stage.clock).reply(asked, guild_id=GUILD) is None


async def test_what_is_over_called_off_or_of_another_guild_answers_nothing(
    stage: MeetingStage,
) -> None:
    answers = MeetingAnswers(stage.units, stage.clock)
    meeting = await stage.plan()
    elsewhere = await answers.reply("waar is de alv", guild_id=GUILD + 1)
    nowhere = await answers.reply("waar is de alv", guild_id=None)
    await stage.confirm(CancelProposal("zaal dicht"), meeting)
    called_off = await answers.reply("waar is de alv", guild_id=GUILD)
    await stage.plan(uid="twee")
    stage.clock.forward(minutes=dt.timedelta(days=200).total_seconds() / 60)

    assert (elsewhere, nowhere, called_off) == (None, None, None)
    assert await answers.reply("waar is de alv", guild_id=GUILD) is None


def test_few_questions_that_the_knowledge_base_answers_are_taken_from_it() -> None:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    taken = [one["q"] for one in questions if meeting_asked(one["q"]) is not None]

    assert taken == []
