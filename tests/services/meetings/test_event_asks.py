"""What somebody changes about an event in Discord is asked, and decided once."""

import asyncio
import datetime as dt

import pytest

from bot.services.meetings.errors import AskDecidedError, AskGoneError
from bot.services.meetings.event_asks import ASK
from bot.services.meetings.event_board import EventChange
from bot.services.meetings.proposals import ChangeProposal
from storage.delivery_records import ChannelTarget
from storage.meeting_event_records import AskState
from tests.services.meetings.board import FakeBoard, asked, look, only_meeting
from tests.services.meetings.stage import (
    ANNA,
    BRAM,
    GUILD,
    MARJA,
    MODERATORS_CHANNEL,
    START,
    MeetingStage,
    details,
)

HOUR = dt.timedelta(hours=1)


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

    found = (await only_meeting(stage)).details
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
    await stage.confirm(ChangeProposal(details(place="Ede")), await only_meeting(stage))
    await look(stage)

    assert ask.found is None
    assert back == 1
    assert board.events == {}
    assert board.requests == ["create", "create"]
