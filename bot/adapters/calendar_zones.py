"""The clock changes that come along with a calendar (VTIMEZONE, RFC 5545 3.6.5)."""

import datetime as dt
from collections.abc import Iterable
from typing import Final, Protocol, cast
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_AMSTERDAM: Final = "Europe/Amsterdam"
_HOUR: Final = dt.timedelta(hours=1)
_LONG: Final = dt.timedelta(days=366 * 5)  # of clock changes around the meetings


def zones(starts: Iterable[tuple[str, dt.datetime]]) -> Iterable[Timezone]:
    """Yield the zone of every name; beside the names stand the wall clocks that need them."""
    needed = list(starts)
    for key in sorted({name for name, _ in needed}):
        if key == _AMSTERDAM:
            yield _amsterdam()
            continue
        days = [local.date() for name, local in needed if name == key]
        yield Timezone.from_tzinfo(
            ZoneInfo(key), key, first_date=min(days) - _LONG, last_date=max(days) + _LONG
        )


def _amsterdam() -> Timezone:
    """Return both rules of the European Union since 1996, as Outlook, Google and Apple have them.

    Directive 2000/84/EC: the last Sundays of March and October, at 01:00 UTC. A rule begins at
    the wall clock of before the change. Lists of dates (RDATE) are what Outlook does not read.
    """
    zone = Timezone()
    _add(zone, "tzid", _AMSTERDAM)
    _add(zone, "x-lic-location", _AMSTERDAM)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, name, begins, month, offset in (
        (summer, "CEST", dt.datetime(1996, 3, 31, 2), 3, 2 * _HOUR),  # noqa: DTZ001 # a wall clock has no zone
        (winter, "CET", dt.datetime(1996, 10, 27, 3), 10, _HOUR),  # noqa: DTZ001 # a wall clock has no zone
    ):
        _add(part, "tzname", name)
        _add(part, "tzoffsetfrom", 3 * _HOUR - offset)
        _add(part, "tzoffsetto", offset)
        _add(part, "dtstart", begins)
        _add(part, "rrule", vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY="-1SU"))
        zone.add_component(part)
    return zone


class _Component(Protocol):
    def add(self, name: str, value: object) -> None: ...


def _add(component: object, name: str, value: object) -> None:
    cast("_Component", component).add(name, value)
