"""A day that a text can mean, and what the rules need to know to find it."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.dates.reading import Doubt, NotUnderstood, TimeOrigin
from bot.dates.wall import wall


@dataclass(frozen=True, slots=True)
class Around:
    """Now and the event, as moments and on the wall clock of the zone, now to the minute."""

    moment: dt.datetime
    zone: ZoneInfo
    event_moment: dt.datetime | None = None

    @property
    def now(self) -> dt.datetime:
        """Return the wall clock now."""
        return wall(self.moment, self.zone).replace(second=0, microsecond=0)

    @property
    def event(self) -> dt.datetime | None:
        """Return the wall clock at the event."""
        return wall(self.event_moment, self.zone) if self.event_moment else None

    @property
    def today(self) -> dt.date:
        """Return the day of now."""
        return self.now.date()

    @property
    def monday(self) -> dt.date:
        """Return the first day of this week."""
        return self.today - dt.timedelta(days=self.today.weekday())


@dataclass(frozen=True, slots=True)
class Day:
    """One day, and why it is one of several."""

    date: dt.date
    doubts: tuple[Doubt, ...] = ()
    keep_past: bool = False
    """Whether it stays among the choices when it is past."""
    first_to_come: bool = False
    """Whether only the first of these days that is not past counts."""
    time: dt.time | None = None
    """The time of day when none was typed, of now or of the event."""
    origin: TimeOrigin | None = None
    minutes: int = 0
    """An exact duration to add to the moment."""
    exact: dt.datetime | None = None
    """The moment itself, where no wall clock has to be asked: the hour that exists twice is one
    of both."""


Days = tuple[Day, ...] | NotUnderstood


def several(dates: list[dt.date], doubt: Doubt) -> tuple[Day, ...]:
    """Return different dates in order, in doubt when there is more than one."""
    different = sorted(set(dates))
    return tuple(Day(one, (doubt,) if len(different) > 1 else ()) for one in different)
