"""Scheduled events follow their meetings, each of them once."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.services.deliveries.outcomes import NotNowError, RefusedError
from bot.services.meetings.event_asks import ASK
from bot.services.meetings.event_board import FULL_CODE
from bot.services.meetings.event_plans import mark_of
from bot.services.meetings.event_troubles import TROUBLE
from bot.services.meetings.proposals import CancelProposal, ChangeProposal, ItemProposal
from storage.delivery_records import ChannelTarget, Problem
from storage.meeting_event_records import EventProblem
from tests.services.meetings.board import FakeBoard, look, only_meeting
from tests.services.meetings.stage import (
    MODERATORS_CHANNEL,
    START,
    MeetingStage,
    build_stage,
    details,
)

HOUR = dt.timedelta(hours=1)


async def test_an_event_is_made_follows_its_meeting_and_goes_with_it(
    stage: MeetingStage, board: FakeBoard
) -> None:
    meeting = await stage.plan()
    await look(stage)
    made = board.only
    await look(stage)
    agenda = ItemProposal("Begroting", "", ())
    meeting = (await stage.confirm(agenda, meeting)).meeting
    await look(stage)
    quiet = list(board.requests)
    moved = details(moment=START + HOUR, title="Najaars-ALV 2016", place="", minutes=90)
    meeting = (await stage.confirm(ChangeProposal(moved), meeting)).meeting
    await look(stage)
    shown = board.only
    await stage.confirm(CancelProposal("zaal dicht"), meeting)
    await look(stage)

    assert made.facts.name == "Najaars-ALV"
    assert made.facts.place == "Jaarbeurs, Utrecht"
    assert (made.facts.starts_at, made.facts.ends_at) == (START, START + 2 * HOUR)
    assert mark_of(meeting) in made.description
    assert quiet == ["create"]
    assert shown.id == made.id
    assert (shown.facts.name, shown.facts.place) == ("Najaars-ALV 2016", "https://example.org/alv")
    assert shown.facts.ends_at == START + 2.5 * HOUR
    assert board.requests == ["create", "change", "cancel"]
    assert board.events == {}
    assert await stage.deliveries(ASK, TROUBLE) == []


@pytest.mark.parametrize("error", [NotNowError("status 502"), ConnectionError("the power went")])
async def test_a_crash_between_making_and_writing_down_makes_no_second_one(
    stage: MeetingStage, board: FakeBoard, error: Exception
) -> None:
    def fail(_name: str) -> None:
        board.after = lambda _other: None
        raise error

    board.after = fail
    meeting = await stage.plan()
    if isinstance(error, ConnectionError):
        with pytest.raises(ConnectionError):
            await look(stage)
    else:
        await look(stage)
    made, board.events = board.events, {}  # Discord has not carried it out yet
    again = build_stage(stage.units, stage.clock.now())
    again.meetings.events.attach(board)
    await look(again, minutes=0.5)
    board.events = made
    await look(again, minutes=3)

    assert board.requests == ["create"]
    assert (await only_meeting(stage)).event_id == board.only.id
    assert meeting.event_id is None


async def test_an_event_of_somebody_else_with_the_mark_is_not_taken_for_ours(
    stage: MeetingStage, board: FakeBoard
) -> None:
    await stage.plan()
    await look(stage)
    forged = replace(board.only, id=5, is_ours=False)
    board.events = {5: forged}
    await stage.confirm(ChangeProposal(details(place="Utrecht")), await only_meeting(stage))
    await look(stage)

    assert len(board.events) == 2
    assert board.events[5] == forged


async def test_two_processes_make_one_event(stage: MeetingStage, board: FakeBoard) -> None:
    await stage.plan()
    other = build_stage(stage.units, stage.clock.now())
    other.meetings.events.attach(board)
    await asyncio.gather(stage.meetings.events.tick(), other.meetings.events.tick())
    await look(stage)

    assert board.requests == ["create"]


async def test_without_the_right_moderators_hear_it_once_and_when_it_is_over(
    stage: MeetingStage, board: FakeBoard
) -> None:
    board.may = False
    await stage.plan()
    for _ in range(3):
        await look(stage)
    told = await stage.deliveries(TROUBLE)
    board.may = True
    await look(stage)
    (after,) = await stage.deliveries(TROUBLE)

    assert [one.target for one in told] == [ChannelTarget(MODERATORS_CHANNEL)]
    assert (told[0].wanted_version, after.wanted_version) == (1, 2)
    assert board.requests == ["create"]


@pytest.mark.parametrize(
    ("refusal", "problem"),
    [
        (RefusedError(Problem.REFUSED, code=FULL_CODE), EventProblem.FULL),
        (RefusedError(Problem.INVALID, code=50035), EventProblem.REFUSED),
        (RefusedError(Problem.NO_RIGHTS, code=50013), EventProblem.RIGHTS),
    ],
)
async def test_a_refused_event_is_told_once_rests_an_hour_and_is_tried_again(
    stage: MeetingStage, board: FakeBoard, refusal: RefusedError, problem: EventProblem
) -> None:
    def refuse(name: str) -> None:
        if name == "create":
            raise refusal

    board.trouble = refuse
    await stage.plan()
    for _ in range(3):
        await look(stage)
    once = list(board.requests)
    (told,) = await stage.deliveries(TROUBLE)
    trouble = await stage.meetings.event_troubles.get(told.subject_id)
    board.trouble = lambda _name: None
    await look(stage, minutes=61)

    assert once == ["create"]
    assert trouble is not None
    assert trouble.problem is problem
    assert len(board.events) == 1
    assert (await stage.deliveries(TROUBLE))[0].wanted_version == 2
