"""Reading a period as people type it: a day, a month, a quarter, a year, or from one to another.

The grammar is in docs/dates.md. A period is whole days, both ends included; it may be past. "Tot"
includes what it names, which the caller shows before anything is kept.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.moments import read_moment
from bot.dates.period_units import Unit, read_unit
from bot.dates.reading import Ambiguous, NotUnderstood, Problem, TimeOrigin, Understood
from bot.dates.tokens import unreadable

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
_NOON: Final = dt.time(12)
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑–—−", "-"))
_ONE_DATE: Final = re.compile(r"\d{1,2}-\d{1,2}-\d{2}")
_OPENING: Final = re.compile(r"^(?:van|tussen|vanaf)\s+")
# From one to another, the longest first; a bare dash only where nothing else divides.
_DIVIDERS: Final = (
    re.compile(r"\s+tot\s+en\s+met\s+"),
    re.compile(r"\s*\bt\s?/\s?m\b\.?\s*"),
    re.compile(r"\s+tot\s+"),
    re.compile(r"\s+-\s+"),
    re.compile(r"\s+en\s+"),
    re.compile(r"\s*-\s*"),
)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from `first` to `last`, both included; `first` is not after `last`."""

    first: dt.date
    last: dt.date


class PeriodProblem(Enum):
    """Why a text is no period."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    CONTROL_CHARACTERS = "control characters"
    NO_YEAR = "no year"
    WORDS = "words"
    IMPOSSIBLE = "no such day"
    WEEKDAY = "another weekday"
    REVERSED = "ends before it begins"
    TIME = "a time of day"
    AMBIGUOUS = "more than one day"
    OUT_OF_RANGE = "a year out of range"


@dataclass(frozen=True, slots=True)
class NotAPeriod:
    """Why there is none. `days`: those that an ambiguous text can mean, the earliest first."""

    problem: PeriodProblem
    days: tuple[dt.date, ...] = ()


def read_period(text: str, *, now: dt.datetime, zone: ZoneInfo) -> Period | NotAPeriod:
    """Return the period that a text means for people in a zone, or why there is none.

    Never raises for any text. What needs `now` ("morgen", "over twee weken") is read as
    `bot.dates.moments` reads it; a date or month without a year is not guessed at.
    """
    problem = unreadable(text)
    if problem is not None:
        return NotAPeriod(_UNREADABLE[problem])
    plain = _plain(text)
    found = _named(plain)
    if found is not None:
        return _within_range(found)
    return _day(text, now=now, zone=zone)


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.translate(_DASHES)).casefold()
    plain = "".join(one for one in spread if not unicodedata.combining(one))
    return " ".join(plain.split()).rstrip(".,;!")


def _named(plain: str) -> Period | NotAPeriod | None:
    """Read what names a unit of the calendar, or two; None when it does not."""
    alone = read_unit(plain)
    if alone is not None:
        return _whole(alone, alone)
    if _ONE_DATE.fullmatch(plain):
        return None
    divided = _OPENING.sub("", plain)
    for divider in _DIVIDERS:
        for match in divider.finditer(divided):
            first, last = read_unit(divided[: match.start()]), read_unit(divided[match.end() :])
            if first is not None and last is not None:
                return _whole(first.completed_by(last), last)
    return None


def _whole(first: Unit, last: Unit) -> Period | NotAPeriod:
    if first.year is None or last.year is None:
        return NotAPeriod(PeriodProblem.NO_YEAR)
    one, other = first.days(), last.days()
    if one is None or other is None:
        return NotAPeriod(PeriodProblem.IMPOSSIBLE)
    if not (first.weekday_fits() and last.weekday_fits()):
        return NotAPeriod(PeriodProblem.WEEKDAY)
    if one[0] > other[1]:
        return NotAPeriod(PeriodProblem.REVERSED)
    return Period(one[0], other[1])


def _day(text: str, *, now: dt.datetime, zone: ZoneInfo) -> Period | NotAPeriod:
    """Read what is said from today, as a moment without its time."""
    reading = read_moment(text, now=now, zone=zone, default_time=_NOON)
    if isinstance(reading, Ambiguous):
        days = tuple(sorted({choice.local.date() for choice in reading.choices}))
        if len(days) == 1:
            return NotAPeriod(PeriodProblem.TIME)
        return NotAPeriod(PeriodProblem.AMBIGUOUS, days)
    if isinstance(reading, Understood):
        if reading.time_origin is not TimeOrigin.DEFAULT:
            return NotAPeriod(PeriodProblem.TIME)
        day = reading.local.date()
        return _within_range(Period(day, day))
    if len(reading.moments) > 1 and reading.problem is Problem.PAST:
        return NotAPeriod(PeriodProblem.AMBIGUOUS, tuple(one.date() for one in reading.moments))
    return _not_a_day(reading)


def _not_a_day(reading: NotUnderstood) -> Period | NotAPeriod:
    match reading.problem:
        case Problem.PAST if reading.moments and reading.moments[0].timetz().hour == _NOON.hour:
            day = reading.moments[0].date()
            return _within_range(Period(day, day))
        case Problem.IMPOSSIBLE_DATE:
            return NotAPeriod(PeriodProblem.IMPOSSIBLE)
        case Problem.TOO_FAR:
            return NotAPeriod(PeriodProblem.OUT_OF_RANGE)
        case Problem.CONTRADICTION if reading.weekday is not None:
            return NotAPeriod(PeriodProblem.WEEKDAY)
        # Past without a moment is "vorige week": words that are no period here.
        case Problem.PAST | Problem.GAP | Problem.NO_TIME | Problem.IMPOSSIBLE_TIME if (
            reading.moments or reading.problem is not Problem.PAST
        ):
            return NotAPeriod(PeriodProblem.TIME)
        case _:
            return NotAPeriod(PeriodProblem.WORDS)


def _within_range(found: Period | NotAPeriod) -> Period | NotAPeriod:
    if isinstance(found, Period) and not (
        found.first.year >= FIRST_YEAR and found.last.year <= LAST_YEAR
    ):
        return NotAPeriod(PeriodProblem.OUT_OF_RANGE)
    return found


_UNREADABLE: Final = {
    Problem.EMPTY: PeriodProblem.EMPTY,
    Problem.TOO_LONG: PeriodProblem.TOO_LONG,
    Problem.CONTROL_CHARACTERS: PeriodProblem.CONTROL_CHARACTERS,
}
