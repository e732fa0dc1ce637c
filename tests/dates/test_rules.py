"""Rules beside an event: read, kept as text, resolved late."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dates.facts import Shift
from bot.dates.reading import Doubt, NotUnderstood, Problem
from bot.dates.reading_rules import Rules, read_rule
from bot.dates.rules import Rule, is_second, local_by, moment_by, parse_rule
from bot.dates.wall import wall
from bot.dates.working_days import is_working_day, working_days_before

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = dt.datetime(2027, 4, 14, 10, 0, tzinfo=ZONE)
EVENT = dt.datetime(2027, 6, 8, 19, 30, tzinfo=ZONE)
LOCAL = EVENT.replace(tzinfo=None)
NOON = dt.time(12)

times = st.none() | st.times().map(lambda one: one.replace(second=0, microsecond=0))
numbers = st.integers(0, 100)
rules = st.one_of(
    st.builds(
        Rule, back=st.builds(Shift, months=numbers, days=numbers, minutes=numbers), time=times
    ),
    st.builds(Rule, working=numbers, time=times),
    st.builds(Rule, weekday=st.integers(0, 6), time=times),
    st.builds(
        Rule,
        fixed=st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1)).map(  # noqa: DTZ001 # wall clocks have no zone
            lambda one: one.replace(second=0, microsecond=0)
        ),
        second=st.booleans(),
    ),
)


def read(text: str, **changes: object) -> str:
    given_facts = {"now": NOW, "zone": ZONE, "event": EVENT, "default_time": NOON} | changes
    found = read_rule(text, **given_facts)  # type: ignore[arg-type] # a test names what it changes
    if isinstance(found, NotUnderstood):
        return found.problem.name
    return " / ".join(f"{one.rule} {one.local:%d-%m %H:%M}" for one in found.choices)


@given(rules)
def test_what_is_written_reads_back(rule: Rule) -> None:
    again = parse_rule(str(rule))

    assert local_by(again, LOCAL) == local_by(rule, LOCAL)
    assert moment_by(again, LOCAL, ZONE) == moment_by(rule, LOCAL, ZONE)
    assert str(again) == str(rule)


@pytest.mark.parametrize("text", ["", "x", "d", "d5@9:00", "w", "v7", "=2027", "d1 ", "d99999"])
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_rule(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 dagen ervoor", "d3 05-06 19:30"),
        ("de avond ervoor", "d1@19:00 07-06 19:00"),
        ("1 uur van tevoren", "m60 08-06 18:30"),
        ("de vrijdag ervoor", "v4 04-06 19:30"),
        ("de nacht ervoor om 2 uur", "d0@02:00 08-06 02:00"),
        ("een maand ervoor om 9 uur", "o1@09:00 08-05 09:00"),
        ("1 dag en 2 uur ervoor", "d1m120 07-06 17:30"),
        ("negen werkdagen ervoor", "w9 26-05 19:30"),
        ("9 werkdagen ervoor om 12.00", "w9@12:00 26-05 12:00"),
        ("1 werkdag ervoor", "w1 07-06 19:30"),
        ("1 juni om 10 uur", "=2027-06-01T10:00 01-06 10:00"),
        ("vrijdag 9 uur", "=2027-04-16T09:00 16-04 09:00 / =2027-06-04T09:00 04-06 09:00"),
        ("over 3 werkdagen", "NEEDS_EVENT"),
        ("80 dagen ervoor", "PAST"),
        ("banaan", "WORDS"),
        ("werkdagen", "WORDS"),
    ],
)
def test_what_is_counted_from_the_event_moves_with_it(text: str, expected: str) -> None:
    assert read(text) == expected


def test_a_deadline_without_a_time_is_at_noon() -> None:
    assert read("9 werkdagen ervoor", keeps_event_time=False) == "w9@12:00 26-05 12:00"


def test_what_can_mean_several_moments_says_why() -> None:
    found = read_rule("vrijdag 9 uur", now=NOW, zone=ZONE, event=EVENT)

    assert isinstance(found, Rules)
    assert found.only is None
    assert found.doubts == {Doubt.EVENT}


@given(st.text(max_size=120))
def test_no_text_makes_it_fail(text: str) -> None:
    found = read_rule(text, now=NOW, zone=ZONE, event=EVENT)

    assert isinstance(found, Rules) or found.problem in Problem


def test_nine_working_days_before_the_assembly_of_2024_is_what_the_vng_wrote() -> None:
    assert working_days_before(dt.date(2024, 6, 26), 9) == dt.date(2024, 6, 13)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (dt.date(2027, 3, 26), False),  # Good Friday
        (dt.date(2027, 3, 29), False),  # Easter Monday
        (dt.date(2027, 4, 27), False),  # King's Day
        (dt.date(2025, 4, 26), False),  # King's Day, a day early
        (dt.date(2025, 5, 5), False),  # Liberation Day, once in five years
        (dt.date(2027, 5, 5), True),
        (dt.date(2027, 5, 6), False),  # Ascension Day
        (dt.date(2027, 6, 5), False),  # a Saturday
        (dt.date(2027, 6, 7), True),
    ],
)
def test_dutch_holidays_and_weekends_are_no_working_days(day: dt.date, works: bool) -> None:  # noqa: FBT001 # a table's column
    assert is_working_day(day) is works


@pytest.mark.parametrize("year", range(2025, 2041))
def test_nine_o_clock_holds_over_both_changes_of_the_clock(year: int) -> None:
    for change in (_last_sunday(year, 3), _last_sunday(year, 10)):
        event = dt.datetime.combine(change + dt.timedelta(days=3), dt.time(19, 30))
        for days in range(8):
            moment = moment_by(parse_rule(f"d{days}@09:00"), event, ZONE)
            local = wall(moment, ZONE)
            assert local.time() == dt.time(9)
            assert local.date() == event.date() - dt.timedelta(days=days)


@pytest.mark.parametrize("year", range(2025, 2041))
def test_a_time_that_is_skipped_comes_an_hour_later_and_one_that_is_double_the_first_time(
    year: int,
) -> None:
    spring, autumn = _last_sunday(year, 3), _last_sunday(year, 10)
    skipped = moment_by(parse_rule("d0@02:30"), _evening(spring), ZONE)
    double = moment_by(parse_rule("d0@02:30"), _evening(autumn), ZONE)
    second = moment_by(parse_rule(f"={autumn}T02:30/2"), _evening(autumn), ZONE)

    assert wall(skipped, ZONE) == dt.datetime.combine(spring, dt.time(3, 30))
    assert double.hour == 0
    assert second - double == dt.timedelta(hours=1)
    assert (is_second(double, ZONE), is_second(second, ZONE)) == (False, True)


@pytest.mark.parametrize("year", range(2025, 2041))
def test_an_hour_before_is_exact_over_a_change_of_the_clock(year: int) -> None:
    for day in (_last_sunday(year, 3), _last_sunday(year, 10)):
        event = dt.datetime.combine(day, dt.time(3, 15))
        start = moment_by(parse_rule("d0"), event, ZONE)
        assert start - moment_by(parse_rule("m60"), event, ZONE) == dt.timedelta(hours=1)


def _last_sunday(year: int, month: int) -> dt.date:
    last = dt.date(year, month, 31)
    return last - dt.timedelta(days=(last.weekday() + 1) % 7)


def _evening(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(19, 30))
