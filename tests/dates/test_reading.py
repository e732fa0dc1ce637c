"""What a reading carries, what is refused unread, and what holds for every text and moment."""

import datetime as dt
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.dates.moments import read_moment
from bot.dates.reading import Ambiguous, NotUnderstood, Problem, Reading, TimeOrigin, Understood
from bot.dates.tokens import LONGEST, tokens_in
from bot.dates.words import Kind
from bot.dates.writing import write_moment
from tests.dates.saying import EVENT, NINE, NOW, ZONE, local, moments_of, said

YEARS = range(2025, 2041)
MOMENTS = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2040, 12, 31, 23, 59)).map(  # noqa: DTZ001 - a strategy of naive datetimes, which are UTC on the next line
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=dt.UTC)
)
NEAR = st.integers(min_value=1, max_value=10 * 365 * 24 * 60)
# Words of the grammar in any order reach deeper than letters in any order.
WORDS = st.sampled_from(
    "over een twee 8 31 2027 uur u half kwart voor om de 3e juni feb vrijdag ma week weken dag "
    "maand jaar volgende deze komende eerste laatste van ervoor avond nacht 's avonds vannacht "
    "morgen middernacht einde 02:30 24:00 8-6 3-4-28 12.10 '27 zelf vergadering weekend en "
    "kwartier anderhalf zomertijd 99999999999999999999 0 60 vrijdagnacht a.s. te voren "
    "2027-06-08".split()
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=9).map(" ".join))


def _read(text: str, *, now: dt.datetime = NOW, event: dt.datetime | None = None) -> Reading:
    return read_moment(text, now=now, zone=ZONE, event=event, default_time=NINE)


def test_understood_carries_the_moment_its_wall_clock_and_that_the_time_was_typed() -> None:
    assert _read("8 juni 19.30 uur") == Understood(
        moment=local("2027-06-08 19:30"),
        local=dt.datetime(2027, 6, 8, 19, 30),  # noqa: DTZ001 - a wall clock has no zone
        time_origin=TimeOrigin.TYPED,
    )


def test_a_default_time_is_told_apart_from_a_typed_one() -> None:
    typed, default = _read("vrijdag 9 uur"), _read("vrijdag")

    assert isinstance(typed, Understood)
    assert isinstance(default, Understood)
    assert (typed.time_typed, default.time_typed) == (True, False)
    assert typed.moment == default.moment


def test_a_passed_date_keeps_the_past_choice_apart() -> None:
    reading = _read("8 april")

    assert isinstance(reading, Ambiguous)
    assert [choice.past for choice in reading.choices] == [True, False]
    assert [choice.local.year for choice in reading.to_come] == [2028]


def test_a_gap_carries_the_nearest_moments_with_their_own_offsets() -> None:
    reading = _read("28 maart 2027 02:30", now=local("2027-03-01 10:00"))

    assert isinstance(reading, NotUnderstood)
    assert [f"{one:%H:%M %z}" for one in reading.moments] == ["01:59 +0100", "03:00 +0200"]
    assert moments_of(reading)[1] - moments_of(reading)[0] == dt.timedelta(minutes=1)


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u00a0"])
def test_nothing_typed_is_empty(text: str) -> None:
    assert said(text) == "! EMPTY"


@pytest.mark.parametrize("text", ["vrijdag\0", "\x1b[31mvrijdag", "vrij\u200bdag", "\u202evrijdag"])
def test_control_characters_are_refused(text: str) -> None:
    assert said(text) == "! CONTROL_CHARACTERS"


def test_a_text_at_the_limit_is_read_and_one_longer_is_refused() -> None:
    text = "vrijdag 9 uur".ljust(LONGEST)

    assert said(text) == "vr 16-04-2027 09:00"
    assert said(f"{text} ") == "! TOO_LONG"


@pytest.mark.parametrize(
    "piece",
    ["over 1 dag en ", "1", "1-", "1.1", "'", "half ", "9 voor ", "de ", "a.s", "\ufdfa", "é"],
)
def test_a_hostile_text_costs_at_most_a_few_steps_a_character(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]

    assert isinstance(_read(text), NotUnderstood)
    assert len(tokens_in(text)) <= 20 * LONGEST
    assert said(piece * 10**6) == "! TOO_LONG"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("woensdg", Kind.WEEKDAY), ("zatedrag", Kind.WEEKDAY), ("augusuts", Kind.MONTH)]
    + [(word, Kind.UNKNOWN) for word in ("jumi", "jui", "meo", "dins", "vrij", "zonnndag")],
)
def test_one_slip_in_a_long_name_is_mended_when_one_name_is_meant(typed: str, kind: Kind) -> None:
    assert [token.kind for token in tokens_in(typed)] == [kind]


@given(TEXTS, st.sampled_from([EVENT, None]), st.sampled_from([NINE, None]))
@example("over 1 dag en " * 7, None, NINE)
@example("²²²²-٣-٣ om ٩ uur", None, NINE)
def test_any_text_gives_a_reading_and_its_moments_are_in_order(
    text: str, event: dt.datetime | None, default: dt.time | None
) -> None:
    reading = read_moment(text, now=NOW, zone=ZONE, event=event, default_time=default)

    moments = moments_of(reading)
    assert moments == sorted(set(moments))
    if isinstance(reading, Understood):
        assert moments[0] > NOW.astimezone(dt.UTC)
    if isinstance(reading, Ambiguous):
        assert reading.to_come
        assert reading.doubts
    if isinstance(reading, NotUnderstood) and reading.problem is Problem.WORDS:
        assert reading.words


@given(st.lists(st.sampled_from(string.printable), max_size=LONGEST).map("".join))
def test_letters_in_any_order_give_a_reading(text: str) -> None:
    assert isinstance(_read(text), Understood | Ambiguous | NotUnderstood)


@given(MOMENTS, NEAR)
@example(local("2027-10-31 02:30").astimezone(dt.UTC), 60)
@example(local("2027-10-31 02:30", fold=1).astimezone(dt.UTC), 60)
@example(local("2027-10-31 03:00").astimezone(dt.UTC), 60)
@example(local("2028-02-29 00:00").astimezone(dt.UTC), 1)
def test_what_is_written_reads_back_as_the_same_moment(moment: dt.datetime, minutes: int) -> None:
    now = moment - dt.timedelta(minutes=minutes)

    reading = _read(write_moment(moment, ZONE), now=now)

    assert isinstance(reading, Understood)
    assert moments_of(reading) == [moment]
    assert reading.time_typed


def test_a_moment_is_written_in_full() -> None:
    assert write_moment(EVENT, ZONE) == "dinsdag 8 juni 2027 om 19.30 uur"
    assert write_moment(EVENT.astimezone(dt.UTC), ZONE) == "dinsdag 8 juni 2027 om 19.30 uur"


def test_the_hour_that_exists_twice_is_written_with_its_season() -> None:
    first, second = (local("2027-10-31 02:30", fold=fold) for fold in (0, 1))

    assert write_moment(first, ZONE) == "zondag 31 oktober 2027 om 02.30 uur (zomertijd)"
    assert write_moment(second, ZONE) == "zondag 31 oktober 2027 om 02.30 uur (wintertijd)"
    assert said("31 oktober 2027 om 02.30 uur").endswith("? CLOCK_CHANGE")


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("month", [3, 10])
def test_days_weeks_and_months_keep_the_wall_time_across_the_clock_changes(
    year: int, month: int
) -> None:
    start = dt.datetime(year, month, 15, 9, tzinfo=ZONE)
    for text, days in [(f"over {n} dagen", n) for n in range(1, 29)] + [("over 3 weken", 21)]:
        reading = read_moment(text, now=start, zone=ZONE)

        assert isinstance(reading, Understood)
        assert reading.local == start.replace(tzinfo=None) + dt.timedelta(days=days)
    after = read_moment("over een maand", now=start, zone=ZONE)
    assert isinstance(after, Understood)
    assert (after.local.month, after.local.day, after.local.hour) == (month + 1, 15, 9)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("month", [3, 10])
def test_hours_are_exact_across_the_clock_changes(year: int, month: int) -> None:
    start = dt.datetime(year, month, 24, 9, tzinfo=ZONE).astimezone(dt.UTC)

    for hours in range(1, 200):
        reading = read_moment(f"over {hours} uur", now=start, zone=ZONE)
        assert moments_of(reading) == [start + dt.timedelta(hours=hours)]
