"""Phrases typed at awkward moments: clock changes, short months, leap days, new year."""

from typing import Final

import pytest

from tests.dates.saying import local, said

AT_NOW: Final = (
    # The clock goes from 02:00 to 03:00 on 28 March 2027.
    ("2027-03-27 09:00", "morgen om 9 uur", "zo 28-03-2027 09:00"),
    ("2027-03-27 09:00", "over 1 dag", "zo 28-03-2027 09:00 now"),
    ("2027-03-27 09:00", "over 24 uur", "zo 28-03-2027 10:00 now"),
    ("2027-03-27 02:30", "over 1 dag", "! GAP 28-03-2027 01:59 28-03-2027 03:00"),
    ("2027-03-27 09:00", "morgen 02:30", "! GAP 28-03-2027 01:59 28-03-2027 03:00"),
    ("2027-03-27 09:00", "28 maart om 2.00 uur", "! GAP 28-03-2027 01:59 28-03-2027 03:00"),
    ("2027-03-27 09:00", "28 maart om 3.00 uur", "zo 28-03-2027 03:00"),
    ("2027-03-27 09:00", "28 maart half drie 's nachts", "! GAP 28-03-2027 01:59 28-03-2027 03:00"),
    ("2027-03-27 09:00", "28 maart half drie", "zo 28-03-2027 14:30"),
    ("2027-03-28 01:30", "over een half uur", "zo 28-03-2027 03:00 now"),
    ("2027-03-28 01:30", "over 2 uur", "zo 28-03-2027 04:30 now"),
    ("2027-03-28 01:00", "02:30", "! GAP 28-03-2027 01:59 28-03-2027 03:00"),
    # And from 03:00 back to 02:00 on 31 October 2027.
    ("2027-10-30 09:00", "over 24 uur", "zo 31-10-2027 08:00 now"),
    ("2027-10-30 09:00", "over 1 dag", "zo 31-10-2027 09:00 now"),
    (
        "2027-10-30 09:00",
        "morgen om 02:30",
        "zo 31-10-2027 02:30 CEST | zo 31-10-2027 02:30 CET ? CLOCK_CHANGE",
    ),
    ("2027-10-30 09:00", "morgen om 02:30 zomertijd", "zo 31-10-2027 02:30 CEST"),
    ("2027-10-30 09:00", "morgen om 02:30 (wintertijd)", "zo 31-10-2027 02:30 CET"),
    ("2027-10-30 09:00", "morgen om 03:00", "zo 31-10-2027 03:00"),
    ("2027-10-31 01:30", "over een uur", "zo 31-10-2027 02:30 CEST now"),
    ("2027-10-31 02:30", "over 2 uur", "zo 31-10-2027 03:30 now"),
    ("2027-10-31 01:30", "over 2 uur", "zo 31-10-2027 02:30 CET now"),
    # Short months.
    ("2027-01-31 10:00", "over een maand", "zo 28-02-2027 10:00 now"),
    ("2028-01-31 10:00", "over een maand", "di 29-02-2028 10:00 now"),
    ("2027-01-31 10:00", "over 2 maanden", "wo 31-03-2027 10:00 now"),
    ("2027-01-31 10:00", "volgende maand de 31e om 9 uur", "! IMPOSSIBLE_DATE"),
    ("2027-01-31 10:00", "de 31e om 9 uur", "wo 31-03-2027 09:00"),
    ("2027-01-31 10:00", "de 31e om 11 uur", "zo 31-01-2027 11:00"),
    ("2027-01-31 10:00", "einde van de maand om 20 uur", "zo 31-01-2027 20:00"),
    ("2027-01-31 10:00", "einde van de maand om 9 uur", "zo 28-02-2027 09:00"),
    ("2027-01-31 10:00", "eind volgende maand om 9 uur", "zo 28-02-2027 09:00"),
    # Leap days.
    ("2028-02-29 10:00", "over een jaar", "wo 28-02-2029 10:00 now"),
    ("2028-02-29 10:00", "29 februari om 11 uur", "di 29-02-2028 11:00"),
    ("2028-02-29 10:00", "29 februari om 9 uur", "! PAST 29-02-2028 09:00"),
    (
        "2028-03-01 10:00",
        "29 februari om 9 uur",
        "di 29-02-2028 09:00 past | zo 29-02-2032 09:00 ? YEAR_PASSED",
    ),
    ("2028-02-28 10:00", "morgen om 9 uur", "di 29-02-2028 09:00"),
    # New year.
    ("2027-12-31 10:00", "morgen om 9 uur", "za 01-01-2028 09:00"),
    ("2027-12-31 10:00", "2 januari om 9 uur", "zo 02-01-2028 09:00"),
    ("2027-12-31 10:00", "1 juli om 9 uur", "za 01-07-2028 09:00"),
    (
        "2027-12-31 10:00",
        "1 december om 9 uur",
        "wo 01-12-2027 09:00 past | vr 01-12-2028 09:00 ? YEAR_PASSED",
    ),
    ("2027-12-31 10:00", "week 1", "! NO_TIME"),
    ("2027-12-31 10:00", "week 1 om 9 uur", "ma 03-01-2028 09:00"),
    ("2027-12-31 10:00", "vannacht om half een", "za 01-01-2028 00:30"),
    ("2027-12-31 10:00", "vannacht 12 uur", "za 01-01-2028 00:00"),
    ("2028-01-01 00:30", "vannacht om 2 uur", "za 01-01-2028 02:00"),
    ("2026-01-01 10:00", "week 53 om 9 uur", "ma 28-12-2026 09:00"),
    # A Friday, a Saturday, a Sunday.
    (
        "2027-04-16 10:00",
        "vrijdag om 11 uur",
        "vr 16-04-2027 11:00 | vr 23-04-2027 11:00 ? TODAY_OR_NEXT_WEEK",
    ),
    ("2027-04-16 10:00", "vrijdag om 9 uur", "vr 23-04-2027 09:00"),
    ("2027-04-16 10:00", "aanstaande vrijdag om 11 uur", "vr 23-04-2027 11:00"),
    ("2027-04-16 10:00", "volgende vrijdag om 11 uur", "vr 23-04-2027 11:00"),
    ("2027-04-17 10:00", "volgende vrijdag om 11 uur", "vr 23-04-2027 11:00"),
    ("2027-04-17 10:00", "vrijdag over een week om 11 uur", "vr 30-04-2027 11:00"),
    (
        "2027-04-17 10:00",
        "over een week op vrijdag om 11 uur",
        "vr 23-04-2027 11:00 | vr 30-04-2027 11:00 ? WEEKDAY_OVER_WEEKS",
    ),
    ("2027-04-18 10:00", "volgende week vrijdag om 11 uur", "vr 23-04-2027 11:00"),
    ("2027-04-18 10:00", "dit weekend om 11 uur", "zo 18-04-2027 11:00"),
    (
        "2027-04-18 10:00",
        "komend weekend om 11 uur",
        "za 24-04-2027 11:00 | zo 25-04-2027 11:00 ? WEEKEND",
    ),
    ("2027-04-16 10:00", "maandag morgen om 9 uur", "ma 19-04-2027 09:00"),
    # Without a default a day is no moment.
    ("2027-04-14 10:00", "vrijdag", "! NO_TIME"),
    ("2027-04-14 10:00", "8 juni 2027", "! NO_TIME"),
    ("2027-04-14 10:00", "morgen", "! NO_TIME"),
    ("2027-04-14 10:00", "over 2 weken", "wo 28-04-2027 10:00 now"),
    ("2027-04-14 10:00", "19.10", "wo 14-04-2027 19:10"),
)


@pytest.mark.parametrize(("now", "text", "expected"), AT_NOW)
def test_a_phrase_at_an_awkward_moment(now: str, text: str, expected: str) -> None:
    assert said(text, now=local(now), default=None) == expected


def test_an_hour_after_the_second_0230_is_0330() -> None:
    now = local("2027-10-31 02:30", fold=1)

    assert said("over een uur", now=now) == "zo 31-10-2027 03:30 now"


def test_an_hour_before_an_event_in_the_hour_that_exists_twice_is_exact() -> None:
    event = local("2027-10-31 02:30", fold=1)

    assert said("1 uur ervoor", event=event) == "zo 31-10-2027 02:30 CEST event"


def test_days_before_an_event_keep_its_wall_time_across_the_clock_change() -> None:
    event = local("2027-10-31 19:30")

    assert said("2 dagen ervoor", event=event) == "vr 29-10-2027 19:30 event"
    assert said("48 uur ervoor", event=event) == "vr 29-10-2027 20:30 event"


def test_seconds_of_now_are_left_out() -> None:
    now = local("2027-04-14 10:00:37")

    assert said("over 5 minuten", now=now) == "wo 14-04-2027 10:05 now"


def test_a_weekday_beside_an_event_this_week_is_one_day() -> None:
    assert said("vrijdag", event=local("2027-04-16 19:30")) == "vr 16-04-2027 09:00 default"
