"""The rule for days that are named by a feast, or counted from one."""

import datetime as dt
from typing import Final

from bot.dates.calendar_days import HALF_A_YEAR
from bot.dates.candidates import Around, Day, Days, several
from bot.dates.facts import Facts, Shift, Which
from bot.dates.feasts import FEASTS
from bot.dates.reading import Doubt, NotUnderstood, Problem
from bot.dates.wall import moved
from bot.dates.working_days import working_days_after, working_days_before

_IMPOSSIBLE: Final = NotUnderstood(Problem.IMPOSSIBLE_DATE)
_WEEK: Final = 7


def by_feast(facts: Facts, around: Around) -> Days:
    """Return the day of the year that was said, or of the first one that is to come.

    Past this year, that of the next year is certain when it is no farther away than half a year.
    A feast of more days gives one for each of them.
    """
    this_year, today = around.today.year, around.today
    if facts.year is not None or facts.year_step is not None:
        is_next = facts.year_step in {Which.NEXT, Which.COMING}
        dates = _dates(facts, facts.year or this_year + is_next)
        return several(dates, Doubt.FEAST) if dates else _IMPOSSIBLE
    # From the year before: two days after New Year's Eve are in the next year.
    made = [_dates(facts, this_year + n) for n in range(-1, 3)]
    to_come = next((dates for dates in made if dates and dates[-1] >= today), None)
    if to_come is None:
        return _IMPOSSIBLE
    passed = [one for one in made if one and one[-1] < today and one[-1].year == this_year]
    days = several(to_come, Doubt.FEAST)
    if not passed or to_come[0] - today <= HALF_A_YEAR:
        return days
    both = ((passed[-1], True), (to_come, False))
    return tuple(
        Day(day.date, (*day.doubts, Doubt.YEAR_PASSED), keep_past=is_past)
        for dates, is_past in both
        for day in several(dates, Doubt.FEAST)
    )


def _dates(facts: Facts, year: int) -> list[dt.date]:
    """Return the different days of one year's feast, in order."""
    feast = FEASTS[facts.feast or 0]
    return sorted({_counted(facts, date) for date in feast.days_of(year)})


def _counted(facts: Facts, date: dt.date) -> dt.date:
    if facts.feast_working is not None:
        count = facts.feast_working
        return working_days_after(date, count) if count > 0 else working_days_before(date, -count)
    if facts.feast_weekday is not None:
        times, weekday = facts.feast_weekday
        if times < 0:
            last = (date.weekday() - weekday - 1) % _WEEK + 1
            return date - dt.timedelta(days=last + _WEEK * (-times - 1))
        first = (weekday - date.weekday() - 1) % _WEEK + 1
        return date + dt.timedelta(days=first + _WEEK * (times - 1))
    shift = facts.feast_shift or Shift()
    return moved(dt.datetime.combine(date, dt.time()), shift).date()
