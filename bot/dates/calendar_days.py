"""The rules for days that the calendar names: dates, days of a month, weeks of a year."""

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.dates.candidates import Around, Day, Days, several
from bot.dates.facts import Facts, Which
from bot.dates.reading import Doubt, NotUnderstood, Problem
from bot.dates.wall import plus_months

HALF_A_YEAR: Final = dt.timedelta(days=183)
"""A date already past this year is certainly next year's when that is no farther away."""
_LEAP_DAY: Final = (2, 29)
_LEAP_YEARS_APART: Final = 8  # at most: a century that is none
_CENTURY: Final = 2000
_MONTHS: Final = 12
_IMPOSSIBLE: Final = NotUnderstood(Problem.IMPOSSIBLE_DATE)
_NO_DATE: Final = NotUnderstood(Problem.NO_DATE)


def day_and_month(facts: Facts, around: Around) -> Days:
    """Return "8 juni", "8 juni 2027", "de 8e van juni"."""
    month, day = facts.month or 0, facts.day or facts.ordinal or 0
    ahead = _LEAP_YEARS_APART if (month, day) == _LEAP_DAY else 1
    return _yearly(lambda year: _date(year, month, day), facts, around, ahead=ahead)


def numeric(facts: Facts, around: Around) -> Days:
    """Return "8-6-2027" (day first), "2027-06-08", and the readings of "8-6" and "8-6-27"."""
    match facts.numeric:
        case None:
            return _NO_DATE
        case (first, second):
            return _day_or_month_first(first, second, facts, around)
        case (first, month, last):
            if facts.year is not None or facts.year_step is not None:
                return NotUnderstood(Problem.CONTRADICTION)
            return _with_year(first, month, last)


def _with_year(first: int, month: int, last: int) -> Days:
    if first >= _CENTURY // 2 or last >= _CENTURY // 2:
        date = _date(first, month, last) if first > last else _date(last, month, first)
        return _IMPOSSIBLE if date is None else (Day(date),)
    both = (_date(_CENTURY + last, month, first), _date(_CENTURY + first, month, last))
    dates = [date for date in both if date is not None]
    return several(dates, Doubt.TWO_DIGIT_YEAR) if dates else _IMPOSSIBLE


def iso_week(facts: Facts, around: Around) -> Days:
    """Return a day of the ISO week, its Monday when no weekday was said."""
    number, weekday = facts.iso_week or 0, (facts.weekday or 0) + 1
    return _yearly(lambda year: _week_day(year, number, weekday), facts, around)


def day_of_month(facts: Facts, around: Around) -> Days:
    """Return "de 3e" (the first to come), "volgende maand de 3e"."""
    wanted = facts.ordinal or 0
    if not 1 <= wanted <= calendar.monthrange(2000, 1)[1]:
        return _IMPOSSIBLE
    return _in_month(lambda year, month: _date(year, month, wanted), facts, around)


def nth_of_month(facts: Facts, around: Around) -> Days:
    """Return "eerste maandag van de maand", "laatste vrijdag van volgende maand"."""
    nth, weekday = facts.nth or 0, facts.weekday or 0
    return _in_month(lambda year, month: nth_weekday(year, month, nth, weekday), facts, around)


def nth_of_some_month(facts: Facts, around: Around) -> Days:
    """Return "eerste maandag": counted from today or in the month; "laatste": of the month."""
    days, nth = nth_of_month(facts, around), facts.nth or 0
    if isinstance(days, NotUnderstood) or nth < 1:
        return days
    today = around.today
    ahead = ((facts.weekday or 0) - today.weekday() - 1) % 7 + 1 + 7 * (nth - 1)
    of_month = next(day.date for day in days if day.date > today)
    return several([today + dt.timedelta(days=ahead), of_month], Doubt.WHICH_DAY)


def nth_of_named_month(facts: Facts, around: Around) -> Days:
    """Return "eerste maandag van januari"."""
    nth, weekday, month = facts.nth or 0, facts.weekday or 0, facts.month or 0
    return _yearly(lambda year: nth_weekday(year, month, nth, weekday), facts, around)


def edge_of_month(facts: Facts, around: Around) -> Days:
    """Return the first or the last day of this or another month."""
    is_end = facts.edge == 1
    return _in_month(lambda year, month: _edge(year, month, is_end=is_end), facts, around)


def edge_of_named_month(facts: Facts, around: Around) -> Days:
    """Return the first or the last day of "juni"."""
    is_end, month = facts.edge == 1, facts.month or 0
    return _yearly(lambda year: _edge(year, month, is_end=is_end), facts, around)


def some_month(facts: Facts, around: Around) -> Days:
    """Offer the first day of next month and the same day next month."""
    if facts.month_step in {Which.THIS, Which.PLAIN}:
        return _NO_DATE
    later = plus_months(around.today, 1)
    return several([later.replace(day=1), later], Doubt.WHICH_DAY)


def some_year(facts: Facts, around: Around) -> Days:
    """Offer the first day of next year and the same day next year."""
    if facts.year_step is Which.THIS:
        return _NO_DATE
    later = plus_months(around.today, _MONTHS)
    return several([later.replace(month=1, day=1), later], Doubt.WHICH_DAY)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> dt.date | None:
    """Return the nth such weekday of a month (-1 is the last), or None when it has no nth."""
    if nth < 0:
        last = dt.date(year, month, calendar.monthrange(year, month)[1])
        return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    first = dt.date(year, month, 1)
    return _date(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _day_or_month_first(first: int, second: int, facts: Facts, around: Around) -> Days:
    dutch = _yearly(lambda year: _date(year, second, first), facts, around)
    other = _yearly(lambda year: _date(year, first, second), facts, around)
    if isinstance(dutch, NotUnderstood) or isinstance(other, NotUnderstood) or first == second:
        return dutch
    both = (*dutch, *other)
    return tuple(replace(day, doubts=(*day.doubts, Doubt.DAY_MONTH)) for day in both)


def _yearly(
    make: Callable[[int], dt.date | None], facts: Facts, around: Around, *, ahead: int = 1
) -> Days:
    """Return the date of the year that was said, or of this year and the next."""
    this_year, today = around.today.year, around.today
    if facts.year is not None or facts.year_step is not None:
        is_next = facts.year_step in {Which.NEXT, Which.COMING}
        date = make(facts.year or this_year + is_next)
        return _IMPOSSIBLE if date is None else (Day(date),)
    made = [make(this_year + n) for n in range(ahead + 1)]
    to_come = next((date for date in made if date is not None and date >= today), None)
    if to_come is None:
        return _IMPOSSIBLE
    passed = made[0]
    if passed is None or passed >= today or to_come - today <= HALF_A_YEAR:
        return (Day(to_come),)
    doubts = (Doubt.YEAR_PASSED,)
    return (Day(passed, doubts, keep_past=True), Day(to_come, doubts))


def _in_month(make: Callable[[int, int], dt.date | None], facts: Facts, around: Around) -> Days:
    """Return the date of the month that was said, or the first one to come."""
    first = around.today.replace(day=1)
    if facts.month_step in {None, Which.PLAIN}:
        starts = [plus_months(first, n) for n in range(_MONTHS + 1)]
        made = [make(start.year, start.month) for start in starts]
        return tuple(Day(date, first_to_come=True) for date in made if date) or _IMPOSSIBLE
    start = first if facts.month_step is Which.THIS else plus_months(first, 1)
    date = make(start.year, start.month)
    return _IMPOSSIBLE if date is None else (Day(date),)


def _edge(year: int, month: int, *, is_end: bool) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1] if is_end else 1)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _week_day(year: int, week: int, weekday: int) -> dt.date | None:
    try:
        return dt.date.fromisocalendar(year, week, weekday)
    except (ValueError, OverflowError):
        return None
