"""The wall clock of a zone and the moments it shows: none in a gap, two in a repeated hour."""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

from bot.dates.facts import Shift

_MINUTE = dt.timedelta(minutes=1)
_YEAR = 12


def instants(local: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, ...]:
    """Return the moments at which the zone's clock shows a local time: none, one or two."""
    both = [local.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    real = [one for one in both if wall(one, zone) == local]
    if len(real) == len(both) and both[0].utcoffset() == both[1].utcoffset():
        return (both[0],)
    return tuple(real)


def around_gap(local: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """Return the last minute before and the first after the gap that holds a local time."""
    first, last = sorted(
        local.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1)
    )
    before = first.astimezone(zone).utcoffset()
    while last - first > _MINUTE:
        middle = first + (last - first) // 2 // _MINUTE * _MINUTE
        if middle.astimezone(zone).utcoffset() == before:
            first = middle
        else:
            last = middle
    return first.astimezone(zone), last.astimezone(zone)


def wall(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return what the zone's clock shows at a moment, without a zone."""
    return moment.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None, fold=0)


def moved(local: dt.datetime, by: Shift) -> dt.datetime:
    """Return a wall-clock time moved by months and days; the clock shows the same time.

    A day that the month does not have becomes its last one. `by.minutes` is not applied: minutes
    are exact, and belong to the moment.
    """
    return dt.datetime.combine(
        plus_months(local.date(), by.months) + dt.timedelta(days=by.days), local.time()
    )


def later(moment: dt.datetime, minutes: int) -> dt.datetime:
    """Return the moment an exact number of minutes later, in UTC."""
    return moment.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)


def plus_months(date: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or that month's last day when it is shorter."""
    year, month = divmod(date.year * _YEAR + date.month - 1 + months, _YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(date.day, last))
