"""Periods of whole days as people read them; `bot.dates.periods` reads them back."""

import calendar
import datetime as dt
from typing import Final

from bot.texts.dates import MONTHS, day

_QUARTERS: Final = {1: "eerste", 4: "tweede", 7: "derde", 10: "vierde"}
_QUARTER: Final = 2  # months between its first and its last
_YEAR: Final = 12


def period(first: dt.date, last: dt.date) -> str:
    """Return "8 juni 2027", "juni 2027", "tweede kwartaal van 2027", "2027" or from one to one."""
    if first == last:
        return day(first)
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        return _months(first, last)
    if first.year != last.year:
        return _to(day(first), day(last))
    if first.month != last.month:
        return _to(f"{first.day} {MONTHS[first.month - 1]}", day(last))
    return _to(str(first.day), day(last))


def _months(first: dt.date, last: dt.date) -> str:
    if first.month == 1 and last.month == _YEAR:
        return _to(str(first.year), str(last.year)) if first.year != last.year else str(first.year)
    begin, end = MONTHS[first.month - 1], f"{MONTHS[last.month - 1]} {last.year}"
    if first.year != last.year:
        return _to(f"{begin} {first.year}", end)
    if first.month == last.month:
        return end
    if last.month - first.month == _QUARTER and first.month in _QUARTERS:
        return f"{_QUARTERS[first.month]} kwartaal van {first.year}"
    return _to(begin, end)


def _to(begin: str, end: str) -> str:
    return f"{begin} tot en met {end}"
