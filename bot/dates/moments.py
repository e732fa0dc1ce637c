"""Reading a moment as people type it: the grammar is in docs/dates.md."""

import datetime as dt
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.candidates import Around, Day
from bot.dates.days import days_of
from bot.dates.facts import Clock, Facts, day_facts
from bot.dates.hours import HOUR, PART_HOURS, TimeOfDay, times_of
from bot.dates.phrases import facts_in
from bot.dates.points import Points, reading_of
from bot.dates.reading import Doubt, NotUnderstood, Problem, Reading, TimeOrigin
from bot.dates.tokens import tokens_in, unreadable
from bot.dates.words import Part

_MORNING: Final = 6 * HOUR
"""Until then it is the night that began the evening before."""
_TOMORROW: Final = dt.timedelta(days=1)


def read_moment(
    text: str,
    *,
    now: dt.datetime,
    zone: ZoneInfo,
    event: dt.datetime | None = None,
    default_time: dt.time | None = None,
) -> Reading:
    """Return the moment that a text means for people in a zone, choices, or a reason.

    `now` and `event` are aware. `default_time` is taken when no time of day is typed; without it
    a day alone is no moment (NO_TIME), except as a distance from now or from the event.
    Never raises for any text, and never chooses silently: docs/dates.md has every rule.
    """
    facts = _facts(text)
    if isinstance(facts, NotUnderstood):
        return facts
    if facts.past:
        return NotUnderstood(Problem.PAST)
    times = times_of(facts)
    if isinstance(times, NotUnderstood):
        return times
    around = Around(now, zone, event)
    points = Points(now.astimezone(dt.UTC), zone, summer=facts.summer)
    if not day_facts(facts):
        return _time_alone(facts, times, around, points, default_time)
    days = days_of(facts, around)
    if isinstance(days, NotUnderstood):
        return days
    problem = _place(_nights(days, facts, times, around), facts, times, points, default_time)
    return problem or reading_of(points)


def _facts(text: str) -> Facts | NotUnderstood:
    problem = unreadable(text)
    return facts_in(tokens_in(text)) if problem is None else NotUnderstood(problem)


def _place(
    days: tuple[Day, ...],
    facts: Facts,
    times: tuple[TimeOfDay, ...],
    points: Points,
    default_time: dt.time | None,
) -> NotUnderstood | None:
    """Put every time on every day."""
    if (times or facts.part) and any(day.minutes for day in days):
        return NotUnderstood(Problem.CONTRADICTION)
    for day in days:
        for time in times:
            points.add(day, time, TimeOrigin.TYPED)
        if not times:
            chosen = _untyped(day, facts.part, default_time)
            if chosen is None:
                today = points.now.astimezone(points.zone).date()
                is_past = all(one.date < today for one in days)
                return NotUnderstood(Problem.PAST if is_past else Problem.NO_TIME)
            time, origin = chosen
            if day.exact and origin is day.origin:
                points.add_exact(day, day.exact, origin)
            else:
                # Nobody typed the time that is past: the day may still be meant.
                is_today = Doubt.TODAY_OR_NEXT_WEEK in day.doubts
                points.add(replace(day, keep_past=day.keep_past or is_today), time, origin)
    return None


def _untyped(
    day: Day, part: Part | None, default_time: dt.time | None
) -> tuple[TimeOfDay, TimeOrigin] | None:
    """Return the time of day when none was typed."""
    if part is not None:
        hour = PART_HOURS.get(part)
        return None if hour is None else (TimeOfDay(hour * HOUR), TimeOrigin.PART_OF_DAY)
    own = (day.time, day.origin) if day.time and day.origin else None
    if own and (day.minutes or day.origin is TimeOrigin.EVENT or default_time is None):
        return _minutes(own[0]), own[1]
    return None if default_time is None else (_minutes(default_time), TimeOrigin.DEFAULT)


def _nights(
    days: tuple[Day, ...], facts: Facts, times: tuple[TimeOfDay, ...], around: Around
) -> tuple[Day, ...]:
    """Return the days that the small hours of "vrijdagnacht" can be on.

    "Vannacht" and "de nacht ervoor" are one night each.
    """
    if not facts.night or not any(0 < time.minutes < _MORNING for time in times):
        return days
    if facts.event_day == -1:
        return tuple(replace(day, date=day.date + _TOMORROW) for day in days)
    if facts.offset == 0:
        still = around.now.hour * HOUR + around.now.minute < _MORNING
        return days if still else tuple(replace(day, date=day.date + _TOMORROW) for day in days)
    both = ((day, replace(day, date=day.date + _TOMORROW)) for day in days)
    return tuple(replace(day, doubts=(*day.doubts, Doubt.NIGHT)) for pair in both for day in pair)


def _time_alone(
    facts: Facts,
    times: tuple[TimeOfDay, ...],
    around: Around,
    points: Points,
    default_time: dt.time | None,
) -> Reading:
    """Read a time without a day: its first time to come, or on the day of the event."""
    if not times:
        return NotUnderstood(Problem.NO_DATE)
    # Of two times, half a day apart, one is always to come today or in the night.
    is_one = len(times) == 1
    today = Day(around.today, keep_past=is_one)
    tomorrow = Day(around.today + _TOMORROW, (Doubt.DAY_PASSED,) if is_one else ())
    for time in times:
        if not points.add(today, time, TimeOrigin.TYPED):
            points.add(tomorrow, time, TimeOrigin.TYPED)
        if around.event is not None and around.event.date() > around.today:
            points.add(Day(around.event.date(), (Doubt.EVENT,)), time, TimeOrigin.TYPED)
    if facts.clock is not None and facts.clock.dotted and default_time is not None:
        _dotted(facts.clock, around, points, default_time)
    return reading_of(points)


def _dotted(clock: Clock, around: Around, points: Points, default_time: dt.time) -> None:
    """Offer "8.10" as a date too."""
    days = days_of(Facts(day=clock.hour, month=clock.minute), around)
    if not isinstance(days, NotUnderstood):
        for day in days:
            day_or_time = replace(day, doubts=(*day.doubts, Doubt.DATE_OR_TIME))
            points.add(day_or_time, _minutes(default_time), TimeOrigin.DEFAULT)


def _minutes(time: dt.time) -> TimeOfDay:
    return TimeOfDay(time.hour * HOUR + time.minute)
