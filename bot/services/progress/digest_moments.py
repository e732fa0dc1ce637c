"""When a weekly digest is due: a day and an hour on the wall clock, resolved late."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Slot:
    """One due digest: its date on the guild's calendar, and the moment in UTC."""

    day: dt.date
    moment: dt.datetime


def last_slot(now: dt.datetime, *, weekday: int, hour: int, zone: ZoneInfo) -> Slot:
    """Return the last slot at or before `now`; 0 is Monday.

    When the clock skips the hour it is the moment at which the clock goes on, an hour later by the
    clock; when the hour comes twice it is the first time.
    """
    today = now.astimezone(zone).date()
    day = today - dt.timedelta(days=(today.weekday() - weekday) % _WEEK)
    slot = _slot(day, hour, zone)
    return slot if slot.moment <= now else _slot(day - dt.timedelta(days=_WEEK), hour, zone)


def next_slot(now: dt.datetime, *, weekday: int, hour: int, zone: ZoneInfo) -> Slot:
    """Return the first slot after `now`."""
    last = last_slot(now, weekday=weekday, hour=hour, zone=zone)
    return _slot(last.day + dt.timedelta(days=_WEEK), hour, zone)


def _slot(day: dt.date, hour: int, zone: ZoneInfo) -> Slot:
    # fold=0: the first of two, and in a gap what the clock would show had it not been moved.
    local = dt.datetime.combine(day, dt.time(hour), tzinfo=zone)
    return Slot(day, local.astimezone(dt.UTC))
