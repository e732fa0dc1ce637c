"""Working days, counted from a day: weekends and Dutch holidays do not count."""

import datetime as dt
from typing import Final

import holidays

_SATURDAY: Final = 5
_DUTCH: Final = holidays.country_holidays("NL")
"""Fills itself in, year by year, as it is asked. Good Friday is in it (Algemene termijnenwet, art.
3); 5 May only in the years in which most people are free, which are those divisible by five."""


def is_working_day(date: dt.date) -> bool:
    """Whether a day is neither in a weekend nor a Dutch holiday."""
    return date.weekday() < _SATURDAY and date not in _DUTCH


def working_days_before(date: dt.date, count: int) -> dt.date:
    """Return the day with `count` working days from it (counted) up to `date` (not counted).

    Nine before Wednesday 26 June 2024 is Thursday 13 June 2024: the day itself does not count,
    the ninth one does.
    """
    return _counted(date, count, step=-dt.timedelta(days=1))


def working_days_after(date: dt.date, count: int) -> dt.date:
    """Return the day with `count` working days up to it (counted) from `date` (not counted)."""
    return _counted(date, count, step=dt.timedelta(days=1))


def _counted(date: dt.date, count: int, *, step: dt.timedelta) -> dt.date:
    found = date
    for _ in range(count):
        found += step
        while not is_working_day(found):
            found += step
    return found
