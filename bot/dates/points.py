"""From days and times to moments, and from moments to a reading."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.candidates import Day
from bot.dates.hours import TimeOfDay
from bot.dates.reading import (
    Ambiguous,
    Choice,
    Doubt,
    NotUnderstood,
    Problem,
    Reading,
    TimeOrigin,
    Understood,
)
from bot.dates.wall import around_gap, instants, later, wall

FARTHEST: Final = dt.timedelta(days=10 * 366)
"""How far ahead a moment may be: about ten years."""


@dataclass(frozen=True, slots=True)
class _Point:
    moment: dt.datetime  # in UTC: moments of one zone do not compare
    day: Day
    time: TimeOfDay
    origin: TimeOrigin
    fold: int


class Points:
    """The moments that a text can mean, as far as the clock shows them."""

    def __init__(self, now: dt.datetime, zone: ZoneInfo, *, summer: bool | None) -> None:
        """Start without moments. `summer`: which one of a repeated hour was typed, if any."""
        self.now = now
        self.zone = zone
        self.gaps: list[tuple[dt.datetime, dt.datetime]] = []
        self._summer = summer
        self._all: list[_Point] = []

    def add(self, day: Day, time: TimeOfDay, origin: TimeOrigin) -> bool:
        """Add the moments of a time on a day; return whether one of them is still to come."""
        start = dt.datetime.combine(day.date, dt.time())
        local = start + dt.timedelta(minutes=time.minutes)
        real = instants(local, self.zone)
        if not real:
            self.gaps.append(around_gap(local, self.zone))
            return True
        kept = [one for one in real if self._in_season(one)]
        added = [
            _Point(later(one, day.minutes), day, time, origin, one.fold if len(kept) > 1 else 0)
            for one in kept
        ]
        self._all += added
        return any(point.moment > self.now for point in added)

    def add_exact(self, day: Day, moment: dt.datetime, origin: TimeOrigin) -> None:
        """Add a moment that needs no wall clock."""
        self._all.append(_Point(moment, day, TimeOfDay(0), origin, fold=0))

    def candidates(self) -> tuple[_Point, ...]:
        """Return the moments that people can mean: to come, near enough, each of them once."""
        near = [one for one in self._all if self.now < one.moment <= self.now + FARTHEST]
        first = min((one.day.date for one in near if one.day.first_to_come), default=None)
        near = [one for one in near if not one.day.first_to_come or one.day.date == first]
        past = [one for one in self._all if one.day.keep_past and one.moment <= self.now]
        once = {one.moment: one for one in reversed([*past, *near])} if near else {}
        return tuple(once[moment] for moment in sorted(once))

    def outside(self) -> NotUnderstood:
        """Return why no moment is left."""
        if self.gaps:
            return NotUnderstood(Problem.GAP, self.gaps[0])
        if not self._all:
            return NotUnderstood(Problem.CONTRADICTION)
        latest = max(self._all, key=lambda one: one.moment)
        problem = Problem.TOO_FAR if latest.moment > self.now else Problem.PAST
        # Which day of a feast was meant is not known when all of them are past either.
        meant = {one.moment for one in self._all if Doubt.FEAST in latest.day.doubts}
        moments = sorted(meant | {latest.moment})
        return NotUnderstood(problem, tuple(one.astimezone(self.zone) for one in moments))

    def _in_season(self, moment: dt.datetime) -> bool:
        return self._summer is None or bool(moment.dst()) == self._summer


def reading_of(points: Points) -> Reading:
    """Return the only moment, the choices, or why there is none."""
    found = points.candidates()
    if not found:
        return points.outside()
    if len(found) == 1:
        only = found[0]
        moment = only.moment.astimezone(points.zone)
        return Understood(moment, wall(moment, points.zone), only.origin)
    first, second, *others = (_choice(one, points) for one in found)
    return Ambiguous((first, second, *others), _doubts(found))


def _choice(point: _Point, points: Points) -> Choice:
    moment = point.moment.astimezone(points.zone)
    return Choice(moment, wall(moment, points.zone), point.origin, past=point.moment <= points.now)


def _doubts(found: tuple[_Point, ...]) -> frozenset[Doubt]:
    """Return the doubts about what still differs: the day, the time, which of a repeated hour."""
    doubts: set[Doubt | None] = set()
    if len({one.day.date for one in found}) > 1:
        doubts |= {doubt for one in found for doubt in one.day.doubts}
    if len({one.time.minutes for one in found}) > 1:
        doubts |= {one.time.doubt for one in found}
    if len({one.fold for one in found}) > 1:
        doubts.add(Doubt.CLOCK_CHANGE)
    return frozenset(doubt for doubt in doubts if doubt is not None)
