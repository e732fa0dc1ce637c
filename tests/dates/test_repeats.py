"""Repeat rules, and the moments they fall on."""

import datetime as dt
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dates.facts import Shift
from bot.dates.reading import NotUnderstood, Problem
from bot.dates.repeats import Repeat, occurrences, read_repeat
from tests.dates.saying import ZONE, local

WEEK: Final = Shift(days=7)
MONTH: Final = Shift(months=1)
RULES: Final = (
    ("elke dag", Repeat(Shift(days=1))),
    ("elke week", Repeat(WEEK)),
    ("Iedere  WEEK", Repeat(WEEK)),
    ("wekelijks", Repeat(WEEK)),
    ("elke 2 weken", Repeat(Shift(days=14))),
    ("elke twee weken", Repeat(Shift(days=14))),
    ("om de week", Repeat(Shift(days=14))),
    ("om de dag", Repeat(Shift(days=2))),
    ("om de 3 weken", Repeat(Shift(days=21))),
    ("tweewekelijks", Repeat(Shift(days=14))),
    ("elke maand", Repeat(MONTH)),
    ("maandelijks", Repeat(MONTH)),
    ("elke 3 maanden", Repeat(Shift(months=3))),
    ("elk jaar", Repeat(Shift(months=12))),
    ("jaarlijks", Repeat(Shift(months=12))),
    ("dagelijks", Repeat(Shift(days=1))),
    ("iedere maandag", Repeat(WEEK, weekday=0)),
    ("elke vr", Repeat(WEEK, weekday=4)),
    ("elke dinsdga", Repeat(WEEK, weekday=1)),
    ("elke eerste maandag van de maand", Repeat(MONTH, weekday=0, nth=1)),
    ("de laatste vrijdag van de maand", Repeat(MONTH, weekday=4, nth=-1)),
    ("de 2e dinsdag van elke maand", Repeat(MONTH, weekday=1, nth=2)),
)
PROBLEMS: Final = (
    ("", Problem.EMPTY),
    ("elke week" * 20, Problem.TOO_LONG),
    ("elke\0week", Problem.CONTROL_CHARACTERS),
    ("elke 0 weken", Problem.TOO_FAR),
    ("elke 101 weken", Problem.TOO_FAR),
    ("elke zesde maandag van de maand", Problem.IMPOSSIBLE_DATE),
    ("elke tweede maandag", Problem.WORDS),  # of the month, or every other Monday
    ("elke uur", Problem.WORDS),
    ("soms", Problem.WORDS),
    ("elke week of zo", Problem.WORDS),
    ("week", Problem.WORDS),
)


def _next(text: str, first: str, *, after: str | None = None, count: int = 4) -> list[str]:
    repeat = read_repeat(text)
    assert isinstance(repeat, Repeat)
    start = local(first)
    since = local(after) if after else start - dt.timedelta(minutes=1)
    found = occurrences(repeat, first=start, after=since, zone=ZONE, count=count)
    return [f"{moment:%Y-%m-%d %H:%M %Z}" for moment in found]


@pytest.mark.parametrize(("text", "expected"), RULES)
def test_a_rule_is_understood(text: str, expected: Repeat) -> None:
    assert read_repeat(text) == expected


@pytest.mark.parametrize(("text", "problem"), PROBLEMS)
def test_what_is_no_rule_gives_the_reason(text: str, problem: Problem) -> None:
    reading = read_repeat(text)

    assert isinstance(reading, NotUnderstood)
    assert reading.problem is problem


def test_the_words_that_are_no_rule_are_named() -> None:
    assert read_repeat("elke week of zo") == NotUnderstood(Problem.WORDS, words=("of",))
    assert read_repeat("week") == NotUnderstood(Problem.WORDS, words=("week",))


def test_every_week_keeps_its_wall_time_over_the_clock_change() -> None:
    assert _next("elke week", "2027-03-21 09:00", count=3) == [
        "2027-03-21 09:00 CET",
        "2027-03-28 09:00 CEST",
        "2027-04-04 09:00 CEST",
    ]


def test_only_what_comes_after_is_given() -> None:
    later = _next("elke 2 weken", "2027-04-14 10:00", after="2030-04-10 10:00", count=2)

    assert later == ["2030-04-24 10:00 CEST", "2030-05-08 10:00 CEST"]


def test_every_monday_starts_at_the_first_monday() -> None:
    assert _next("iedere maandag", "2027-04-14 10:00", count=2) == [
        "2027-04-19 10:00 CEST",
        "2027-04-26 10:00 CEST",
    ]


def test_day_31_falls_on_the_last_day_of_shorter_months_and_comes_back() -> None:
    assert _next("elke maand", "2027-12-31 10:00") == [
        "2027-12-31 10:00 CET",
        "2028-01-31 10:00 CET",
        "2028-02-29 10:00 CET",
        "2028-03-31 10:00 CEST",
    ]


def test_a_leap_day_falls_on_28_february_in_other_years() -> None:
    assert _next("elk jaar", "2028-02-29 10:00", count=5)[3:] == [
        "2031-02-28 10:00 CET",
        "2032-02-29 10:00 CET",
    ]


def test_the_first_monday_of_the_month_passed_already_is_next_months() -> None:
    assert _next("elke eerste maandag van de maand", "2027-04-14 10:00", count=2) == [
        "2027-05-03 10:00 CEST",
        "2027-06-07 10:00 CEST",
    ]


def test_a_fifth_weekday_skips_the_months_without_one() -> None:
    assert _next("de vijfde vrijdag van de maand", "2027-04-14 10:00", count=2) == [
        "2027-04-30 10:00 CEST",
        "2027-07-30 10:00 CEST",
    ]


def test_a_skipped_time_falls_later_and_a_repeated_one_is_the_first() -> None:
    assert _next("elke dag", "2027-03-27 02:30", count=3)[1:] == [
        "2027-03-28 03:30 CEST",
        "2027-03-29 02:30 CEST",
    ]
    assert _next("elke dag", "2027-10-30 02:30", count=3)[1:] == [
        "2027-10-31 02:30 CEST",
        "2027-11-01 02:30 CET",
    ]


@given(
    st.sampled_from([text for text, _ in RULES]),
    st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2035, 1, 1), timezones=st.just(ZONE)),  # noqa: DTZ001 - bounds of a strategy have no zone
    st.integers(min_value=-500, max_value=4000),
)
def test_the_next_ones_are_those_of_the_series_from_its_start(
    text: str, first: dt.datetime, days: int
) -> None:
    repeat = read_repeat(text)
    assert isinstance(repeat, Repeat)
    first = first.replace(second=0, microsecond=0)
    after = first.astimezone(dt.UTC) + dt.timedelta(days=days)
    before = first - dt.timedelta(days=2)
    series = occurrences(repeat, first=first, after=before, zone=ZONE, count=4600)
    expected = [one for one in series if one.astimezone(dt.UTC) > after][:3]

    found = occurrences(repeat, first=first, after=after, zone=ZONE, count=3)

    assert list(found) == expected
    assert all(one.astimezone(dt.UTC) > after for one in found)


@given(st.text(max_size=120))
def test_any_text_gives_a_rule_or_a_reason(text: str) -> None:
    assert isinstance(read_repeat(text), Repeat | NotUnderstood)
