import datetime as dt
from dataclasses import replace

import pytest

from bot.services.progress.digest import ZONE
from storage.delivery_records import (
    ChannelTarget,
    Copy,
    DeliveryState,
    NewDelivery,
)
from storage.digest_records import Digest, DigestLine, DigestTopic
from storage.meeting_records import Details, MeetingKind, NewMeeting
from storage.milestone_records import (
    MilestoneState,
)
from storage.progress_records import UpdateState
from storage.records import AnswerStatus
from storage.unit_of_work import UnitsOfWork
from tests.services.progress.weeks import DAY, HOUR, MINUTE, MONDAY, UPDATES, Week, week_of
from tests.storage.examples import GUILD


@pytest.fixture
def week(units: UnitsOfWork) -> Week:
    return week_of(units)


def _titles(digest: Digest | None, topic: DigestTopic) -> list[str]:
    assert digest is not None
    found = [one for one in digest.sections if one.topic is topic]
    return [line.title for one in found for line in one.lines]


async def test_an_update_is_linked_where_it_stands_and_a_withdrawn_one_is_not_told(
    week: Week,
) -> None:
    told = await week.publish("Staat er", at=MONDAY - HOUR)
    gone = await week.publish("Ingetrokken", at=MONDAY - HOUR)
    async with week.units() as work:
        update = await work.updates.get(gone)
        assert update is not None
        await work.updates.put(
            replace(
                update,
                state=UpdateState.WITHDRAWN,
                withdrawn_at=MONDAY,
                withdrawal_reason="Het klopte niet.",
            )
        )
    await _sent(week, told)

    digest = await week.decided()

    assert digest is not None
    (line,) = digest.sections[0].lines
    assert line.title == "Staat er"
    assert line.url == f"https://discord.com/channels/{GUILD}/{UPDATES.id}/99"


async def _sent(week: Week, update_id: int) -> None:
    async with week.units() as work:
        await work.deliveries.queue(
            NewDelivery("update:x", GUILD, ChannelTarget(UPDATES.id), "update", update_id, MONDAY)
        )
        queued = await work.deliveries.by_key("update:x")
        assert queued is not None
        await work.deliveries.lock(queued.id)
        await work.deliveries.put(
            replace(queued, state=DeliveryState.SENT, copy=Copy(UPDATES.id, 99), sent_version=1)
        )


async def test_milestones_are_told_when_reached_changed_or_near(week: Week) -> None:
    await week.milestone("Gehaald", "2026-11-20", MilestoneState.DONE)
    await week.milestone("Binnenkort", "2026-12-06", MilestoneState.PLANNED)
    await week.milestone("Ver weg", "2026-12-07", MilestoneState.PLANNED)
    await week.milestone("Lang geleden", "2026-11-01", MilestoneState.DONE)
    await week.milestone("Geschrapt", "2027-11-01", MilestoneState.DROPPED, ago=1)

    digest = await week.decided()

    assert digest is not None
    told = {line.title: line.note for line in digest.sections[0].lines}
    assert told == {"Gehaald": "reached", "Binnenkort": "coming", "Geschrapt": "dropped"}


async def test_the_next_assembly_comes_along_and_is_news_only_when_near(week: Week) -> None:
    await _meeting(week, "2027-06-08")
    assert (await week.digests.preview(GUILD)).sections == ()

    await week.publish("Nieuws", at=MONDAY - DAY)
    digest = await week.decided()
    assert _titles(digest, DigestTopic.MEETING) == ["ALV"]

    await _meeting(week, "2026-12-05")
    week.until(MONDAY + 7 * DAY + MINUTE)
    near = await week.decided()
    assert near is not None
    assert [one.topic for one in near.sections] == [DigestTopic.MEETING]


async def _meeting(week: Week, day: str) -> None:
    local = dt.datetime.fromisoformat(f"{day}T19:30")
    moment = local.replace(tzinfo=ZONE).astimezone(dt.UTC)
    details = Details(MeetingKind.ALV, "ALV", local, "Europe/Amsterdam", moment, 120)
    async with week.units() as work:
        await work.meetings.add(
            NewMeeting(
                guild_id=GUILD,
                uid=day,
                details=details,
                reminders=(),
                created_at=MONDAY,
            )
        )


async def test_questions_are_told_from_three_times_on_and_never_personal_ones(week: Week) -> None:
    answered = AnswerStatus.ANSWERED
    await week.ask("Wat kost het Waterschapshuis?", times=2, status=answered)
    await week.ask("wat kost het waterschapshuis", times=1, status=AnswerStatus.SUGGESTED)
    for text in (
        "wat kost het waterschapshuis mij",
        "wat kost het waterschapshuis van Jansen",
        "wat kost het waterschapshuis [getal]",
    ):
        await week.ask(text, times=5, status=answered)
    await week.ask("waar is de leesbibliotheek", times=2, status=answered)
    await week.ask("waarom sloot de leesbibliotheek", times=4, status=AnswerStatus.UNKNOWN)

    digest = await week.decided()

    assert digest is not None
    (section,) = digest.sections
    assert section.topic is DigestTopic.QUESTIONS
    assert section.lines == (DigestLine("Wat kost het Waterschapshuis?", count=3),)
