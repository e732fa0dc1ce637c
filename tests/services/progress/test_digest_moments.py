import datetime as dt

import pytest

from bot.services.progress.digest import ZONE
from bot.services.progress.digest_moments import last_slot, next_slot

SUNDAY = 6


def _utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        ("2026-11-23T07:59:59", "2026-11-16T08:00", "2026-11-23T08:00"),
        ("2026-11-23T08:00:00", "2026-11-23T08:00", "2026-11-30T08:00"),
        ("2026-11-29T22:59:00", "2026-11-23T08:00", "2026-11-30T08:00"),
        # Summer time begins on 28 March 2027: nine o'clock stays nine o'clock.
        ("2027-03-29T06:59:59", "2027-03-22T08:00", "2027-03-29T07:00"),
        ("2027-03-29T07:00:00", "2027-03-29T07:00", "2027-04-05T07:00"),
    ],
)
def test_nine_o_clock_stays_nine_o_clock(now: str, last: str, following: str) -> None:
    assert last_slot(_utc(now), weekday=0, hour=9, zone=ZONE).moment == _utc(last)
    assert next_slot(_utc(now), weekday=0, hour=9, zone=ZONE).moment == _utc(following)


@pytest.mark.parametrize(
    ("day", "hour", "moment"),
    [
        # The clock goes from two to three: there is no half past two, and two is three.
        ("2027-03-28", 1, "2027-03-28T00:00"),
        ("2027-03-28", 2, "2027-03-28T01:00"),
        ("2027-03-28", 3, "2027-03-28T01:00"),
        # The clock goes from three to two: two comes twice and counts the first time.
        ("2027-10-31", 2, "2027-10-31T00:00"),
        ("2027-10-31", 3, "2027-10-31T02:00"),
    ],
)
def test_the_nights_in_which_the_clock_moves_have_one_moment_each(
    day: str, hour: int, moment: str
) -> None:
    at = _utc(moment)
    slot = last_slot(at, weekday=SUNDAY, hour=hour, zone=ZONE)
    before = last_slot(at - dt.timedelta(seconds=1), weekday=SUNDAY, hour=hour, zone=ZONE)

    assert slot.day == dt.date.fromisoformat(day)
    assert slot.moment == at
    assert before.day == slot.day - dt.timedelta(days=7)
    hours = [at + dt.timedelta(hours=one) for one in range(24)]
    assert {last_slot(one, weekday=SUNDAY, hour=hour, zone=ZONE) for one in hours} == {slot}
