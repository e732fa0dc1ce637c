"""Reads when an update is to be published, as moderators type it."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.moments import read_moment
from bot.dates.reading import Ambiguous, NotUnderstood, Understood
from bot.dates.repeats import Repeat, occurrences, read_repeat
from bot.dates.wall import wall
from bot.dates.writing import write_repeat
from bot.services.ports import Clock
from storage.progress_records import UpdatePlan

ZONE: Final = ZoneInfo("Europe/Amsterdam")
MAX_WHEN: Final = 100
MAX_REPEAT: Final = 60
_A_MOMENT: Final = dt.timedelta(microseconds=1)
_FARTHEST: Final = dt.timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class BadRepeat:
    """The moment may be clear, the repeat is not."""

    reading: NotUnderstood


@dataclass(frozen=True, slots=True)
class Unclear:
    """Several moments are possible; `repeat` is the rule, written in full."""

    reading: Ambiguous
    repeat: str | None


class Planning:
    """Makes plans of what is typed, in the time zone of the community."""

    def __init__(self, clock: Clock) -> None:
        """Read moments around the time of `clock`."""
        self._clock = clock

    def read(self, when: str, repeat: str = "") -> UpdatePlan | Unclear | NotUnderstood | BadRepeat:
        """Return the plan that is meant, the choices, or the reason why there is none."""
        rule = read_repeat(repeat) if repeat.strip() else None
        if isinstance(rule, NotUnderstood):
            return BadRepeat(rule)
        reading = read_moment(when, now=self._clock.now(), zone=ZONE)
        match reading:
            case Understood(moment=moment):
                return _plan(moment, rule)
            case Ambiguous():
                return Unclear(reading, None if rule is None else write_repeat(rule))
            case NotUnderstood():
                return reading

    def chosen(self, seconds: int, repeat: str | None) -> UpdatePlan | None:
        """Return the plan for a moment in seconds since 1970; None when it is past or too far."""
        now = self._clock.now()
        if not now.timestamp() < seconds < (now + _FARTHEST).timestamp():
            return None
        rule = None if repeat is None else read_repeat(repeat)
        moment = dt.datetime.fromtimestamp(seconds, ZONE)
        return _plan(moment, None if isinstance(rule, NotUnderstood) else rule)

    def today(self) -> dt.date:
        """Return the day that it is there."""
        return wall(self._clock.now(), ZONE).date()


def _plan(moment: dt.datetime, rule: Repeat | None) -> UpdatePlan:
    """Return the plan from its first moment: of "elke maandag" that is the first Monday."""
    if rule is not None:
        before = moment.astimezone(dt.UTC) - _A_MOMENT
        (moment,) = occurrences(rule, first=moment, after=before, zone=ZONE, count=1)
    return UpdatePlan(
        moment=moment.astimezone(dt.UTC),
        local=wall(moment, ZONE),
        zone=ZONE.key,
        repeat=None if rule is None else write_repeat(rule),
    )
