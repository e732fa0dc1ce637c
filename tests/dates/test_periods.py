"""Periods as people type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dates.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    NotAPeriod,
    Period,
    PeriodProblem,
    read_period,
)
from bot.texts.periods import period as written
from tests.dates.saying import NOW, ZONE

_DAYS = st.dates(dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31))
_MONTHS = st.builds(dt.date, st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 12), st.just(1))


def read(text: str) -> Period | NotAPeriod:
    return read_period(text, now=NOW, zone=ZONE)


def said(text: str) -> str:
    found = read(text)
    if isinstance(found, Period):
        return written(found.first, found.last)
    days = " ".join(day.isoformat() for day in found.days)
    return f"! {found.problem.name} {days}".strip()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("8 juni 2027", "8 juni 2027"),
        ("dinsdag 8 juni 2027", "8 juni 2027"),
        ("8-6-2027", "8 juni 2027"),
        ("08/06/2027", "8 juni 2027"),
        ("2027-06-08", "8 juni 2027"),
        ("op 8 Juni '27.", "8 juni 2027"),
        ("acht jnui 2027", "8 juni 2027"),
        ("28 februari 1912", "28 februari 1912"),
        ("juni 2027", "juni 2027"),
        ("in juni van 2027", "juni 2027"),
        ("06-2027", "juni 2027"),
        ("2027-06", "juni 2027"),
        ("tweede kwartaal 2027", "tweede kwartaal van 2027"),
        ("2e kwartaal van 2027", "tweede kwartaal van 2027"),
        ("kwartaal 2 2027", "tweede kwartaal van 2027"),
        ("Q2 2027", "tweede kwartaal van 2027"),
        ("2027 Q2", "tweede kwartaal van 2027"),
        ("eerste helft 2027", "januari tot en met juni 2027"),
        ("tweede halfjaar 2027", "juli tot en met december 2027"),
        ("zomer 2027", "juni tot en met augustus 2027"),
        ("winter 2027", "december 2027 tot en met februari 2028"),
        ("begin juni 2027", "1 tot en met 10 juni 2027"),
        ("half juni 2027", "11 tot en met 20 juni 2027"),
        ("eind februari 2028", "21 tot en met 29 februari 2028"),
        ("begin 2027", "eerste kwartaal van 2027"),
        ("eind 2027", "vierde kwartaal van 2027"),
        ("2027", "2027"),
        ("in 2027", "2027"),
        ("maart tot juni 2027", "maart tot en met juni 2027"),
        ("maart t/m juni 2027", "maart tot en met juni 2027"),
        ("maart - juni 2027", "maart tot en met juni 2027"),
        ("maart–juni 2027", "maart tot en met juni 2027"),
        ("tussen maart en juni 2027", "maart tot en met juni 2027"),
        ("van december 2027 tot en met februari 2028", "december 2027 tot en met februari 2028"),
        ("8 tot 12 juni 2027", "8 tot en met 12 juni 2027"),
        ("8-12 juni 2027", "8 tot en met 12 juni 2027"),
        ("8 juni t/m 3 juli 2027", "8 juni tot en met 3 juli 2027"),
        ("8-6-2027 - 3-7-2027", "8 juni tot en met 3 juli 2027"),
        ("2016-2018", "2016 tot en met 2018"),
        ("Q1 tot Q2 2027", "! WORDS"),
        ("Q1 2027 tot Q2 2027", "januari tot en met juni 2027"),
        ("morgen", "15 april 2027"),
        ("vandaag", "14 april 2027"),
        ("over twee weken", "28 april 2027"),
        ("laatste vrijdag van juni 2027", "25 juni 2027"),
    ],
)
def test_what_people_type_is_read(typed: str, expected: str) -> None:
    assert said(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", "! EMPTY"),
        ("x" * 101, "! TOO_LONG"),
        ("juni\u202e 2027", "! CONTROL_CHARACTERS"),
        ("8 juni", "! NO_YEAR"),
        ("juni", "! NO_YEAR"),
        ("8-6", "! NO_YEAR"),
        ("maart tot juni", "! NO_YEAR"),
        ("31 juni 2027", "! IMPOSSIBLE"),
        ("29-2-2027", "! IMPOSSIBLE"),
        ("13-2027", "! IMPOSSIBLE"),
        ("maandag 8 juni 2027", "! WEEKDAY"),
        ("juni tot maart 2027", "! REVERSED"),
        ("12 tot 8 juni 2027", "! REVERSED"),
        ("8 juni 2027 om 10 uur", "! TIME"),
        ("morgen om 10 uur", "! TIME"),
        ("27-6-28", "! AMBIGUOUS 2027-06-28 2028-06-27"),
        ("1 januari 1899", "! OUT_OF_RANGE"),
        ("2101", "! OUT_OF_RANGE"),
        ("0000", "! IMPOSSIBLE"),
        ("binnenkort", "! WORDS"),
        ("5 kwartaal 2027", "! WORDS"),
        ("2027 tot", "! WORDS"),
        ("tot", "! WORDS"),
    ],
)
def test_what_is_no_period_has_its_reason(typed: str, expected: str) -> None:
    assert said(typed) == expected


@given(_DAYS, _DAYS)
def test_what_is_written_of_days_reads_back_as_the_same(one: dt.date, other: dt.date) -> None:
    whole = Period(min(one, other), max(one, other))

    assert read(written(whole.first, whole.last)) == whole


@given(_MONTHS, st.integers(0, 40))
def test_what_is_written_of_months_reads_back_as_the_same(first: dt.date, count: int) -> None:
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    after = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    whole = Period(first, after - dt.timedelta(days=1))
    found = read(written(whole.first, whole.last))

    assert found == whole or (
        whole.last.year > LAST_YEAR and found == NotAPeriod(PeriodProblem.OUT_OF_RANGE)
    )


_WORDS = st.sampled_from(
    "maart juni 2027 '27 8 31 q2 q 2e eerste kwartaal helft zomer begin eind half medio tot en met "
    "t/m - van tussen dinsdag 8-6-2027 8-6-27 2027-06 06-2027 0000 9999 morgen winter uur "
    "10:00".split()
)


@given(st.text(max_size=120) | st.lists(_WORDS, max_size=8).map(" ".join))
def test_whatever_is_typed_gives_days_in_range_or_a_reason(text: str) -> None:
    found = read(text)

    assert isinstance(found, NotAPeriod) or (
        found.first <= found.last
        and found.first.year >= FIRST_YEAR
        and found.last.year <= LAST_YEAR
    )
