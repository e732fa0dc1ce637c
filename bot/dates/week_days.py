"""The rules for days that are counted from today, and for weekdays."""

import datetime as dt
from typing import Final

from bot.dates.candidates import Around, Day, Days, several
from bot.dates.event_days import last_weekday
from bot.dates.facts import Facts, Shift, Which
from bot.dates.reading import Doubt, NotUnderstood, Problem, TimeOrigin
from bot.dates.wall import later, moved

_WEEK: Final = dt.timedelta(days=7)
_SATURDAY: Final = 5
_CONTRADICTION: Final = NotUnderstood(Problem.CONTRADICTION)


def from_today(facts: Facts, around: Around) -> Days:
    """Return "morgen", "vandaag over een week"."""
    shift = facts.shift or Shift()
    if shift.minutes:
        return _CONTRADICTION
    start = around.now + dt.timedelta(days=facts.offset or 0)
    return (Day(moved(start, shift).date()),)


def shifted(facts: Facts, around: Around) -> Days:
    """Return now moved by a distance: "over 2 weken", "over een kwartier"."""
    shift = facts.shift or Shift()
    local = moved(around.now, shift)
    start = around.moment.replace(second=0, microsecond=0)
    exact = later(start, shift.minutes) if local == around.now else None
    day = Day(
        local.date(),
        time=local.time(),
        origin=TimeOrigin.NOW,
        minutes=shift.minutes,
        exact=exact,
    )
    return (day,)


def weekday(facts: Facts, around: Around) -> Days:
    """Return "vrijdag", "aanstaande vrijdag", "deze vrijdag", "volgende vrijdag"."""
    wanted, today = facts.weekday or 0, around.today
    if facts.which is Which.THIS:
        return (Day(_in_week(around.monday, wanted)),)
    if facts.which is Which.COMING:
        return (Day(_coming(today, wanted)),)
    if facts.which is Which.NEXT:
        in_next_week = _in_week(around.monday + _WEEK, wanted)
        return several([_coming(today, wanted), in_next_week], Doubt.NEXT_WEEKDAY)
    days = _plain(today, wanted)
    last = last_weekday(around.event.date(), wanted) if around.event else today
    if last <= today or last in {day.date for day in days}:
        return days
    return (*days, Day(last, (Doubt.EVENT,)))


def weekday_of_week(facts: Facts, around: Around) -> Days:
    """Return "volgende week dinsdag"."""
    wanted = facts.weekday or 0
    if facts.week is Which.THIS:
        return (Day(_in_week(around.monday, wanted)),)
    in_next_week = _in_week(around.monday + _WEEK, wanted)
    if facts.week is Which.COMING:
        return several([_coming(around.today, wanted), in_next_week], Doubt.NEXT_WEEKDAY)
    return (Day(in_next_week),)


def weekday_over_weeks(facts: Facts, around: Around) -> Days:
    """Return "vrijdag over een week" (from that Friday), "over een week op vrijdag" (either)."""
    shift, wanted = facts.shift or Shift(), facts.weekday or 0
    if shift.months or shift.minutes or shift.days % _WEEK.days:
        return _CONTRADICTION
    ahead = dt.timedelta(days=shift.days)
    days = tuple(Day(day.date + ahead, day.doubts) for day in _plain(around.today, wanted))
    if facts.counted:
        return days
    dates = [*(day.date for day in days), _in_week(around.monday + ahead, wanted)]
    return several(dates, Doubt.WEEKDAY_OVER_WEEKS)


def week(facts: Facts, around: Around) -> Days:
    """Offer the Monday of next week and the same day next week."""
    if facts.week is Which.THIS:
        return NotUnderstood(Problem.NO_DATE)
    return several([around.monday + _WEEK, around.today + _WEEK], Doubt.WHICH_DAY)


def weekend(facts: Facts, around: Around) -> Days:
    """Offer both days; "volgend weekend" may also be the first one to come."""
    this = around.monday + dt.timedelta(days=_SATURDAY)
    weekends = [this] if facts.weekend is not Which.NEXT else [this, this + _WEEK]
    if around.today >= this and facts.weekend is not Which.THIS:
        weekends = [this + _WEEK]
    dates = [start + dt.timedelta(days=n) for start in weekends for n in (0, 1)]
    return several(dates, Doubt.WEEKEND)


def _plain(today: dt.date, wanted: int) -> tuple[Day, ...]:
    if today.weekday() != wanted:
        return (Day(_coming(today, wanted)),)
    return several([today, today + _WEEK], Doubt.TODAY_OR_NEXT_WEEK)


def _coming(today: dt.date, wanted: int) -> dt.date:
    """Return the first such weekday after today."""
    return today + dt.timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _in_week(monday: dt.date, wanted: int) -> dt.date:
    return monday - dt.timedelta(days=monday.weekday()) + dt.timedelta(days=wanted)
