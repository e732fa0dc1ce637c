"""Signing up and proxies."""

import asyncio

import pytest

from bot.errors import NotAMemberError, NotYoursError
from bot.services.guild_settings import PROXIES
from bot.services.meetings.errors import (
    ProxyFullError,
    ProxyGiverGoneError,
    ProxyGoneError,
    ProxyProblemError,
    ProxyToBotError,
    ProxyToSelfError,
    ProxyToStrangerError,
    ProxyToVisitorError,
)
from bot.services.meetings.voters import Voter
from bot.services.places import Standing
from bot.services.privacy import Privacy
from bot.texts.meetings_errors import sentence
from storage.delivery_records import DmTarget
from storage.meeting_records import Answer, Mode, Proxy, ProxyState
from tests.services.meetings.stage import ANNA, BRAM, GUILD, MARJA, MeetingStage


async def given(stage: MeetingStage, meeting_id: int, giver: int = ANNA) -> Proxy:
    return await stage.meetings.attending.offer(meeting_id, giver=giver, holder=member(BRAM))


def member(person: int) -> Voter:
    return Voter(person, Standing.MEMBER)


async def accept(stage: MeetingStage, proxy: Proxy, *, by: int = BRAM) -> None:
    giver = member(proxy.giver_id)
    await stage.meetings.attending.accept(proxy.id, by=member(by), giver=giver)


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
    await accept(stage, proxy)
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
        *(accept(stage, one) for one in proxies),
        return_exceptions=True,
    )
    await stage.settings.choose(GUILD, PROXIES, 2, by=MARJA, at=stage.clock.now())
    for one in proxies:
        await accept(stage, one)

    assert {type(one) for one in outcomes} == {ProxyFullError, type(None)}
    assert len((await attending.place_of(meeting.id, BRAM)).held) == 2


async def test_a_proxy_is_answered_by_whom_it_was_offered_to_alone(stage: MeetingStage) -> None:
    meeting, attending = await stage.plan(), stage.meetings.attending
    proxy = await given(stage, meeting.id)
    with pytest.raises(NotYoursError):
        await accept(stage, proxy, by=MARJA)
    with pytest.raises(NotYoursError):
        await attending.decline(proxy.id, by=MARJA)
    await attending.take_back(meeting.id, giver=ANNA)
    with pytest.raises(ProxyGoneError):
        await accept(stage, proxy)
    with pytest.raises(ProxyGoneError):
        await attending.take_back(meeting.id, giver=ANNA)


@pytest.mark.parametrize(
    ("holder", "refusal"),
    [
        (member(ANNA), ProxyToSelfError),
        (Voter(BRAM, Standing.MODERATOR, is_bot=True), ProxyToBotError),
        (Voter(BRAM, None), ProxyToStrangerError),
        (Voter(2**63, None), ProxyToStrangerError),
        (Voter(BRAM, Standing.VISITOR), ProxyToVisitorError),
    ],
)
async def test_only_another_member_of_the_server_can_be_asked(
    stage: MeetingStage, holder: Voter, refusal: type[ProxyProblemError]
) -> None:
    meeting, attending = await stage.plan(), stage.meetings.attending
    with pytest.raises(refusal):
        await attending.offer(meeting.id, giver=ANNA, holder=holder)

    assert await stage.deliveries("meeting_proxy") == []
    assert (await attending.place_of(meeting.id, ANNA)).given is None


def test_each_refusal_of_a_proxy_has_its_own_sentence() -> None:
    refusals = (
        ProxyToSelfError,
        ProxyToBotError,
        ProxyToStrangerError,
        ProxyToVisitorError,
        ProxyGiverGoneError,
        ProxyGoneError,
    )

    assert len({sentence(one()) for one in refusals}) == len(refusals)


async def test_a_proxy_is_taken_only_while_both_are_members_and_may_still_be_refused(
    stage: MeetingStage,
) -> None:
    meeting, attending = await stage.plan(), stage.meetings.attending
    proxy = await given(stage, meeting.id)
    for standing in (None, Standing.VISITOR):
        with pytest.raises(NotAMemberError):
            await attending.accept(proxy.id, by=Voter(BRAM, standing), giver=member(ANNA))
        with pytest.raises(ProxyGiverGoneError):
            await attending.accept(proxy.id, by=member(BRAM), giver=Voter(ANNA, standing))
    open_still = (await attending.place_of(meeting.id, ANNA)).given
    _, declined = await attending.decline(proxy.id, by=BRAM)

    assert open_still is not None
    assert open_still.state is ProxyState.OFFERED
    assert declined.state is ProxyState.DECLINED


async def test_offering_twice_asks_once_and_another_ends_the_first(stage: MeetingStage) -> None:
    meeting, attending = await stage.plan(), stage.meetings.attending
    first = await given(stage, meeting.id)
    again = await given(stage, meeting.id)
    other = await attending.offer(meeting.id, giver=ANNA, holder=member(MARJA))

    assert again == first
    assert other.id != first.id
    asked = await stage.deliveries("meeting_proxy")
    assert [one.target for one in asked] == [DmTarget(MARJA)]
    with pytest.raises(ProxyGoneError):
        await accept(stage, first)


async def test_the_giver_hears_each_answer_once(stage: MeetingStage) -> None:
    meeting = await stage.plan()
    proxy = await given(stage, meeting.id)
    for _ in range(2):
        await accept(stage, proxy)

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
