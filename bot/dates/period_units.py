"""One unit of the calendar as people name it: a day, a month, a quarter, a season, a year."""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.dates.tokens import tokens_in
from bot.dates.words import Kind, Token

_FILLERS: Final = {Kind.IN, Kind.VAN, Kind.THE}
_LONG_YEAR: Final = 1000
_QUARTER: Final = 3
_HALF_YEAR: Final = 6
_YEAR: Final = 12
_QUARTERS: Final = {"kwartaal", "kw"}
_HALVES: Final = {"helft", "halfjaar"}
# The seasons of the weather, as the KNMI counts them: whole months.
_SEASONS: Final = {"lente": 3, "voorjaar": 3, "zomer": 6, "herfst": 9, "najaar": 9, "winter": 12}
_MIDDLE: Final = "medio"
# Of a month: its days 1 to 10, 11 to 20 and the rest. Of a year: its first month and how many.
_THIRDS: Final = ((1, 10), (11, 20), (21, None))
_OF_A_YEAR: Final = ((1, 3), (6, 2), (10, 3))
_WRITTEN_IN_DIGITS: Final = (
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"), 1),
    (re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})"), 1),
    (re.compile(r"q(?P<month>[1-4])[ -]*(?:van )?(?P<year>\d{4})"), _QUARTER),
    (re.compile(r"(?P<year>\d{4})[ -]*q(?P<month>[1-4])"), _QUARTER),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What was named; what was not is None. `months` are how many from `month` on.

    `third`: the begin (0), middle (1) or end (2) of the month or year.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    months: int = 1
    third: int | None = None
    weekday: int | None = None

    def completed_by(self, later: "Unit") -> "Unit":
        """Return this one with the month and year that only the later one names."""
        year = later.year if self.year is None else self.year
        is_bare_day = self.day is not None and self.month is None
        return replace(self, year=year, month=later.month if is_bare_day else self.month)

    def days(self) -> tuple[dt.date, dt.date] | None:
        """Return the first and the last day, or None when there is no such day."""
        try:
            return self._days(self.year or 0)
        except (ValueError, OverflowError):
            return None

    def weekday_fits(self) -> bool:
        """Whether the weekday that was named is the day's."""
        days = self.days()
        return self.weekday is None or days is None or days[0].weekday() == self.weekday

    def _days(self, year: int) -> tuple[dt.date, dt.date] | None:
        if self.day is not None:
            day = dt.date(year, self.month or 0, self.day)
            return day, day
        if self.month is None:
            first, count = (1, _YEAR) if self.third is None else _OF_A_YEAR[self.third]
            return _months(year, first, count)
        if self.third is None:
            return _months(year, self.month, self.months)
        first, last = _THIRDS[self.third]
        end = _months(year, self.month, 1)[1]
        return end.replace(day=first), end.replace(day=last or end.day)


def read_unit(text: str) -> Unit | None:
    """Return the unit that all of a text names, or None. `text` is in lower case."""
    stripped = text.strip()
    for pattern, size in _WRITTEN_IN_DIGITS:
        found = pattern.fullmatch(stripped)
        if found is not None:
            first = (int(found["month"]) - 1) * size + 1
            return Unit(month=first, year=int(found["year"]), months=size)
    tokens = [one for one in tokens_in(stripped) if one.kind not in _FILLERS]
    weekday: int | None = None
    if tokens and tokens[0].kind is Kind.WEEKDAY:
        weekday = tokens.pop(0).value
    year: int | None = None
    if tokens and tokens[-1].kind is Kind.YEAR:
        year = tokens.pop().value
    unit = _unit(tokens, has_year=year is not None)
    if unit is None or (weekday is not None and unit.day is None):
        return None
    if year is not None and unit.year is not None:
        return None
    return replace(unit, year=unit.year or year, weekday=weekday)


def _unit(tokens: Sequence[Token], *, has_year: bool) -> Unit | None:
    """Read what stands before the year."""
    unit: Unit | None = None
    match tokens:
        case []:
            unit = Unit() if has_year else None
        case [*_, Token(kind=Kind.MONTH)]:
            unit = _month(tokens)
        case [Token(kind=Kind.NUMERIC, parts=parts)]:
            unit = _numeric(parts)
        case [Token(kind=Kind.NUMBER | Kind.ORDINAL, value=day)]:
            unit = None if has_year else Unit(day=day)
        case [Token(kind=Kind.EDGE | Kind.UNKNOWN) as word]:
            unit = _third_or_season(word, has_year=has_year)
        case [Token(kind=Kind.ORDINAL | Kind.NUMBER, value=number), word]:
            unit = _numbered(word.text, number)
        case [word, Token(kind=Kind.NUMBER, value=number)]:
            unit = _numbered(word.text, number)
        case _:
            pass
    return unit


def _month(tokens: Sequence[Token]) -> Unit | None:
    """Read "juni", "8 juni" or "begin juni"."""
    month = tokens[-1].value
    match tokens:
        case [_]:
            return Unit(month=month)
        case [Token(kind=Kind.NUMBER | Kind.ORDINAL, value=day), _]:
            return Unit(day=day, month=month)
        case [first, _]:
            third = _third(first)
            return None if third is None else Unit(month=month, third=third)
        case _:
            return None


def _third_or_season(token: Token, *, has_year: bool) -> Unit | None:
    third, month = _third(token), _SEASONS.get(token.text)
    if third is not None:
        return Unit(third=third) if has_year else None
    return None if month is None else Unit(month=month, months=_QUARTER)


def _numeric(parts: tuple[int, ...]) -> Unit | None:
    """Read a date in digits; with a year of two digits it is left to the parser of moments."""
    match parts:
        case (day, month):
            return Unit(day=day, month=month)
        case (year, month, day) if year >= _LONG_YEAR:
            return Unit(day=day, month=month, year=year)
        case (day, month, year) if year >= _LONG_YEAR:
            return Unit(day=day, month=month, year=year)
        case _:
            return None


def _numbered(word: str, number: int) -> Unit | None:
    """Return the quarter or the half of a year with this number, from 1."""
    size = _QUARTER if word in _QUARTERS else _HALF_YEAR if word in _HALVES else 0
    if not size or not 1 <= number <= _YEAR // size:
        return None
    return Unit(month=(number - 1) * size + 1, months=size)


def _third(token: Token) -> int | None:
    if token.kind is Kind.EDGE:
        return 2 if token.value else 0
    return 1 if token.kind is Kind.HALF or token.text == _MIDDLE else None


def _months(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of so many months; they may pass the end of the year."""
    first = dt.date(year, month, 1)
    later, index = divmod(month - 1 + count - 1, _YEAR)
    last_day = calendar.monthrange(year + later, index + 1)[1]
    return first, dt.date(year + later, index + 1, last_day)
