import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.services.directory import ChannelKind
from bot.services.guild_settings import (
    DIGEST,
    DIGEST_DAY,
    DIGEST_HOUR,
    AnySetting,
)
from storage.delivery_records import (
    ChannelTarget,
    PostTarget,
)
from storage.digest_records import DigestLine, DigestState, DigestTopic
from storage.unit_of_work import UnitsOfWork
from tests.services.progress.weeks import DAY, HOUR, MINUTE, MONDAY, UPDATES, Week, week_of
from tests.storage.examples import GUILD


@pytest.fixture
def week(units: UnitsOfWork) -> Week:
    return week_of(units)


async def test_a_week_is_told_once_and_frozen(week: Week) -> None:
    for number in range(7):
        await week.publish(f"Nieuws {number}", at=MONDAY - number * DAY - HOUR)
    await week.publish("Van na het moment", at=MONDAY)

    digest = await week.decided()
    delivery = await week.delivery()
    await week.publish("Toch nog erbij", at=MONDAY - HOUR)
    again = await week.decided()

    assert digest is not None
    assert digest == again
    assert digest.state is DigestState.QUEUED
    assert (digest.covers_since, digest.covers_until) == (MONDAY - 7 * DAY, MONDAY)
    (section,) = digest.sections
    assert section.many == 7
    assert section.lines[0] == DigestLine("Nieuws 0", note="inzicht", first=dt.date(2026, 11, 23))
    assert len(section.lines) == 5
    assert delivery is not None
    assert delivery.target == ChannelTarget(UPDATES.id)
    assert (delivery.subject_id, delivery.due_at) == (digest.id, MONDAY)
    assert delivery.useful_until == MONDAY + 2 * DAY


async def test_an_empty_week_is_decided_once_and_says_nothing(week: Week) -> None:
    digest = await week.decided()
    await week.publish("Net te laat", at=MONDAY - HOUR)

    assert digest is not None
    assert digest.state is DigestState.EMPTY
    assert await week.decided() == digest
    assert await week.delivery() is None


async def test_what_came_too_late_is_missed_and_told_with_the_next_one(week: Week) -> None:
    await week.publish("Van de gemiste week", at=MONDAY - DAY)
    week.until(MONDAY + 2 * DAY + MINUTE)
    missed = await week.decided()
    week.until(MONDAY + 7 * DAY + MINUTE)
    told = await week.decided()

    assert missed is not None
    assert missed.state is DigestState.MISSED
    assert await week.delivery() is None
    assert told is not None
    assert told.state is DigestState.QUEUED
    assert told.covers_since == MONDAY - 7 * DAY


async def test_two_days_late_is_still_sent(week: Week) -> None:
    await week.publish("Nieuws", at=MONDAY - DAY)
    week.until(MONDAY + 2 * DAY)

    digest = await week.decided()

    assert digest is not None
    assert digest.state is DigestState.QUEUED


async def test_a_digest_waits_for_a_channel(week: Week) -> None:
    await week.publish("Nieuws", at=MONDAY - DAY)
    week.directory.channels[GUILD] = ()
    assert await week.decided() is None

    week.directory.channels[GUILD] = (replace(UPDATES, kind=ChannelKind.FORUM),)
    assert await week.decided() is not None
    delivery = await week.delivery()
    assert delivery is not None
    assert delivery.target == PostTarget(UPDATES.id, "Weekoverzicht van 23 november 2026")


async def test_nothing_is_due_before_its_day_and_hour(week: Week) -> None:
    await week.decided()
    week.until(MONDAY + 7 * DAY)
    await week.publish("Nieuws", at=MONDAY + DAY)
    before = await week.decided()
    week.until(MONDAY + 7 * DAY + MINUTE)
    after = await week.decided()

    assert before is not None
    assert after is not None
    assert (before.day, after.day) == (dt.date(2026, 11, 23), dt.date(2026, 11, 30))


@pytest.mark.parametrize(("setting", "value"), [(DIGEST, True), (DIGEST_DAY, 0), (DIGEST_HOUR, 9)])
async def test_a_moment_before_it_was_chosen_does_not_count(
    week: Week, setting: AnySetting, value: int
) -> None:
    await week.publish("Nieuws", at=MONDAY - DAY)
    await week.choose(setting, value, at=MONDAY + MINUTE / 2)

    assert await week.decided() is None
    assert (await week.digests.preview(GUILD)).moment == MONDAY + 7 * DAY


async def test_switched_off_it_never_comes_and_the_preview_says_so(week: Week) -> None:
    await week.publish("Nieuws", at=MONDAY - DAY)
    await week.choose(DIGEST, value=False, at=MONDAY - DAY)

    assert await week.decided() is None
    preview = await week.digests.preview(GUILD)
    assert not preview.is_on
    assert [one.topic for one in preview.sections] == [DigestTopic.UPDATES]


async def test_processes_that_decide_at_once_send_one(week: Week) -> None:
    await week.publish("Nieuws", at=MONDAY - HOUR)

    await asyncio.gather(*(week.digests.run() for _ in range(4)))

    digest, delivery = await week.decided(), await week.delivery()
    assert digest is not None
    assert delivery is not None
    assert delivery.subject_id == digest.id
