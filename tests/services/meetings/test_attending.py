"""Signing up and proxies."""

import asyncio

import pytest

from bot.errors import NotYoursError
from bot.services.guild_settings import PROXIES
from bot.services.meetings.errors import ProxyGoneError, ProxyToSelfError
from bot.services.privacy import Privacy
from storage.delivery_records import DmTarget
from storage.meeting_records import Answer, Mode, Proxy, ProxyState
from tests.services.meetings.stage import ANNA, BRAM, GUILD, MARJA, MeetingStage


async def given(stage: MeetingStage, meeting_id: int, giver: int = ANNA) -> Proxy:
    return await stage.meetings.attending.offer(meeting_id, giver=giver, holder=BRAM, is_bot=False)


async def test_the_last_answer_counts_and_the_way_stays(stage: MeetingStage) -> None:
    meeting, attending = await stage.plan(), stage.meetings.attending
    await attending.say(meeting.id, ANNA, Answer.MAYBE, mode=Mode.DIGITAL)
    place = await attending.say(meeting.id, ANNA, Answer.YES)

    assert place.said is not None
    assert (place.said.answer, place.said.mode) == (Answer.YES, Mode.DIGITAL)
    assert (place.counts.yes, place.counts.digital, place.counts.maybe) == (1, 1, 0)


async def test_a_proxy_counts_when_its_holder_comes_and_its_giver_does_not(
    stage: MeetingStage,
) -> None:
    meeting, attending = await stage.plan(), stage.meetings.attending
    proxy = await given(stage, meeting.id)
    await attending.answer(proxy.id, by=BRAM, accept=True)
    absent = (await attending.place_of(meeting.id, BRAM)).counts
    present = (await attending.say(meeting.id, BRAM, Answer.YES)).counts
    both = (await attending.say(meeting.id, ANNA, Answer.YES)).counts

    assert [one.proxies for one in (absent, present, both)] == [0, 1, 0]
    assert [one.represented for one in (absent, present, both)] == [0, 2, 2]


async def test_nobody_holds_more_than_the_setting_says_whoever_comes_first(
    stage: MeetingStage,
) -> None:
    meeting, attending = await stage.plan(), stage.meetings.attending
    proxies = [await given(stage, meeting.id, giver) for giver in (ANNA, MARJA)]
    outcomes = await asyncio.gather(
        *(attending.answer(one.id, by=BRAM, accept=True) for one in proxies),
        return_exceptions=True,
    )
    await stage.settings.choose(GUILD, PROXIES, 2, by=MARJA, at=stage.clock.now())
    for one in proxies:
        await attending.answer(one.id, by=BRAM, accept=True)

    assert sorted(type(one).__name__ for one in outcomes) == ["ProxyFullError", "tuple"]
    assert len((await attending.place_of(meeting.id, BRAM)).held) == 2


async def test_a_proxy_is_answered_by_whom_it_was_offered_to_alone(stage: MeetingStage) -> None:
    meeting, attending = await stage.plan(), stage.meetings.attending
    proxy = await given(stage, meeting.id)
    with pytest.raises(NotYoursError):
        await attending.answer(proxy.id, by=MARJA, accept=True)
    await attending.take_back(meeting.id, giver=ANNA)
    with pytest.raises(ProxyGoneError):
        await attending.answer(proxy.id, by=BRAM, accept=True)
    with pytest.raises(ProxyGoneError):
        await attending.take_back(meeting.id, giver=ANNA)
    for holder, is_bot in ((ANNA, False), (BRAM, True)):
        with pytest.raises(ProxyToSelfError):
            await attending.offer(meeting.id, giver=ANNA, holder=holder, is_bot=is_bot)


async def test_offering_twice_asks_once_and_another_ends_the_first(stage: MeetingStage) -> None:
    meeting, attending = await stage.plan(), stage.meetings.attending
    first = await given(stage, meeting.id)
    again = await given(stage, meeting.id)
    other = await attending.offer(meeting.id, giver=ANNA, holder=MARJA, is_bot=False)

    assert again == first
    assert other.id != first.id
    asked = await stage.deliveries("meeting_proxy")
    assert [one.target for one in asked] == [DmTarget(MARJA)]
    with pytest.raises(ProxyGoneError):
        await attending.answer(first.id, by=BRAM, accept=True)


async def test_the_giver_hears_each_answer_once(stage: MeetingStage) -> None:
    meeting, attending = await stage.plan(), stage.meetings.attending
    proxy = await given(stage, meeting.id)
    for _ in range(2):
        await attending.answer(proxy.id, by=BRAM, accept=True)

    told = await stage.deliveries("meeting_proxy_answer")
    assert [one.target for one in told] == [DmTarget(ANNA)]


async def test_erasing_either_side_leaves_nothing_of_them(stage: MeetingStage) -> None:
    meeting, attending = await stage.plan(), stage.meetings.attending
    await given(stage, meeting.id)
    privacy = Privacy(stage.units)
    await privacy.erase(BRAM)
    place = await attending.place_of(meeting.id, ANNA)
    await privacy.erase(ANNA)

    assert place.given is not None
    assert (place.given.holder_id, place.given.state) == (None, ProxyState.OFFERED)
    assert (await privacy.export_of(ANNA)).rows == ()
    assert (await privacy.export_of(BRAM)).rows == ()
