"""The rules for days that are counted back from an event."""

import datetime as dt

from bot.dates.candidates import Around, Day, Days
from bot.dates.facts import Facts, Shift
from bot.dates.reading import NotUnderstood, Problem, TimeOrigin
from bot.dates.wall import later, moved

_NEEDS_EVENT = NotUnderstood(Problem.NEEDS_EVENT)


def before(facts: Facts, around: Around) -> Days:
    """Count back: days keep the event's time on the clock, minutes are exact."""
    if around.event is None or around.event_moment is None:
        return _NEEDS_EVENT
    back = -(facts.before or Shift())
    local = moved(around.event, back)
    exact = later(around.event_moment, back.minutes) if local == around.event else None
    day = Day(
        local.date(),
        time=local.time(),
        origin=TimeOrigin.EVENT,
        minutes=back.minutes,
        exact=exact,
    )
    return (day,)


def near(facts: Facts, around: Around) -> Days:
    """Return the event's own day, or the day before it."""
    if around.event is None:
        return _NEEDS_EVENT
    date = around.event.date() + dt.timedelta(days=facts.event_day or 0)
    return (Day(date, time=around.event.time(), origin=TimeOrigin.EVENT),)


def weekday_before(facts: Facts, around: Around) -> Days:
    """Return the last such weekday before the event's day."""
    if around.event is None:
        return _NEEDS_EVENT
    date = last_weekday(around.event.date() - dt.timedelta(days=1), facts.weekday or 0)
    return (Day(date, time=around.event.time(), origin=TimeOrigin.EVENT),)


def last_weekday(date: dt.date, weekday: int) -> dt.date:
    """Return the last such weekday up to and including a date."""
    return date - dt.timedelta(days=(date.weekday() - weekday) % 7)
