"""Scheduled events follow their meetings, once, and moderators are asked about other hands."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.services.deliveries.outcomes import NotNowError, RefusedError
from bot.services.meetings.errors import AskDecidedError, AskGoneError
from bot.services.meetings.event_asks import ASK
from bot.services.meetings.event_board import FULL_CODE, EventChange
from bot.services.meetings.event_plans import mark_of
from bot.services.meetings.event_troubles import TROUBLE
from bot.services.meetings.proposals import CancelProposal, ChangeProposal, ItemProposal
from storage.delivery_records import ChannelTarget, Problem
from storage.meeting_event_records import AskState, EventAsk, EventProblem
from storage.meeting_records import Meeting
from tests.services.meetings.board import FakeBoard
from tests.services.meetings.stage import (
    ANNA,
    BRAM,
    GUILD,
    MARJA,
    MODERATORS_CHANNEL,
    START,
    MeetingStage,
    build_stage,
    details,
)

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def board(stage: MeetingStage) -> FakeBoard:
    """The events of the guild, kept by the stage."""
    made = FakeBoard((GUILD,))
    stage.meetings.events.attach(made)
    return made


async def look(stage: MeetingStage, *, minutes: float = 15) -> None:
    """Let time pass and the job run."""
    stage.clock.forward(minutes=minutes)
    await stage.meetings.events.tick()


async def asked(stage: MeetingStage, meeting: Meeting) -> list[EventAsk]:
    """Return what nobody decided about."""
    async with stage.units.reading() as work:
        return list(await work.meeting_events.open_asks(meeting.id))


async def now(stage: MeetingStage) -> Meeting:
    """Return the only meeting as it is."""
    (meeting,) = await stage.meetings.shelf.all(GUILD)
    return meeting


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
    assert (await now(stage)).event_id == board.only.id
    assert meeting.event_id is None


async def test_an_event_of_somebody_else_with_the_mark_is_not_taken_for_ours(
    stage: MeetingStage, board: FakeBoard
) -> None:
    await stage.plan()
    await look(stage)
    forged = replace(board.only, id=5, is_ours=False)
    board.events = {5: forged}
    await stage.confirm(ChangeProposal(details(place="Utrecht")), await now(stage))
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


async def test_a_change_in_discord_is_asked_once_and_again_when_it_changes_again(
    stage: MeetingStage, board: FakeBoard
) -> None:
    meeting = await stage.plan()
    await look(stage)
    board.by_hand(moved=HOUR)
    for _ in range(3):
        await look(stage)
    (first,) = await asked(stage, meeting)
    board.by_hand(name="Feest")
    await look(stage)
    (second,) = await asked(stage, meeting)
    deliveries = await stage.deliveries(ASK)
    board.by_hand(name="Najaars-ALV", moved=-HOUR)
    await look(stage)

    assert first.found is not None
    assert first.found.starts_at == START + HOUR
    assert second.found is not None
    assert second.found.name == "Feest"
    assert [one.target for one in deliveries] == [ChannelTarget(MODERATORS_CHANNEL)] * 2
    assert await asked(stage, meeting) == []
    with pytest.raises(AskDecidedError):
        await stage.meetings.event_asks.leave(first.id, guild_id=GUILD, by=BRAM)


async def test_what_discord_tells_is_looked_at_in_the_next_turn(
    stage: MeetingStage, board: FakeBoard
) -> None:
    meeting = await stage.plan()
    await look(stage)
    board.by_hand(place="Utrecht CS")
    await look(stage, minutes=1)
    before = await asked(stage, meeting)
    await stage.meetings.events.notice(board.only.id)
    await stage.meetings.events.notice(12345)
    await look(stage, minutes=1)

    assert before == []
    assert len(await asked(stage, meeting)) == 1


async def test_taking_over_changes_the_meeting_and_who_comes_second_hears_who_did(
    stage: MeetingStage, board: FakeBoard
) -> None:
    meeting = await stage.plan()
    await look(stage)
    board.by_hand(moved=HOUR, name="Najaars-ALV in Ede", place="Ede")
    await look(stage)
    (ask,) = await asked(stage, meeting)
    asks = stage.meetings.event_asks
    proposed = await asks.take(ask.id, guild_id=GUILD, by=MARJA)
    assert await asked(stage, meeting) == [ask]
    await stage.meetings.planning.confirm(proposed.draft.id, guild_id=GUILD, by=MARJA)
    with pytest.raises(AskDecidedError) as too_late:
        await asks.restore(ask.id, guild_id=GUILD, by=BRAM)
    await look(stage)

    found = (await now(stage)).details
    assert (found.title, found.place, found.starts_at) == (
        "Najaars-ALV in Ede",
        "Ede",
        START + HOUR,
    )
    assert (too_late.value.ask.state, too_late.value.ask.decided_by) == (AskState.TAKEN, MARJA)
    closed = await asks.look(ask.id)
    assert closed is not None
    assert (closed[0].state, closed[0].decided_by) == (AskState.TAKEN, MARJA)


async def test_putting_back_changes_only_what_differs_and_is_decided_once(
    stage: MeetingStage, board: FakeBoard
) -> None:
    meeting = await stage.plan()
    await look(stage)
    board.by_hand(place="Ede")
    await look(stage)
    (ask,) = await asked(stage, meeting)
    outcomes = await asyncio.gather(
        *(stage.meetings.event_asks.restore(ask.id, guild_id=GUILD, by=by) for by in (ANNA, BRAM)),
        return_exceptions=True,
    )
    await look(stage, minutes=1)

    assert sorted(type(one).__name__ for one in outcomes) == ["AskDecidedError", "Meeting"]
    assert board.changes == [EventChange(place="Jaarbeurs, Utrecht")]
    assert board.only.facts.place == "Jaarbeurs, Utrecht"
    with pytest.raises(AskGoneError):
        await stage.meetings.event_asks.leave(ask.id, guild_id=GUILD + 1, by=BRAM)


async def test_what_is_left_stays_when_something_else_of_the_meeting_changes(
    stage: MeetingStage, board: FakeBoard
) -> None:
    meeting = await stage.plan()
    await look(stage)
    board.by_hand(name="ALV met taart")
    await look(stage)
    (ask,) = await asked(stage, meeting)
    await stage.meetings.event_asks.leave(ask.id, guild_id=GUILD, by=MARJA)
    await look(stage)
    await stage.confirm(ChangeProposal(details(place="Ede")), meeting)
    await look(stage)

    assert await asked(stage, meeting) == []
    assert (board.only.facts.name, board.only.facts.place) == ("ALV met taart", "Ede")


async def test_a_removed_event_comes_back_only_when_moderators_say_so(
    stage: MeetingStage, board: FakeBoard
) -> None:
    meeting = await stage.plan()
    await look(stage)
    board.events.clear()
    await look(stage)
    (ask,) = await asked(stage, meeting)
    await stage.meetings.event_asks.restore(ask.id, guild_id=GUILD, by=MARJA)
    await look(stage, minutes=1)
    back = len(board.events)
    board.events.clear()
    await look(stage)
    (ask,) = await asked(stage, meeting)
    await stage.meetings.event_asks.leave(ask.id, guild_id=GUILD, by=MARJA)
    await look(stage)
    await stage.confirm(ChangeProposal(details(place="Ede")), await now(stage))
    await look(stage)

    assert ask.found is None
    assert back == 1
    assert board.events == {}
    assert board.requests == ["create", "create"]


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
