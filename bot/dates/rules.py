"""Rules for moments beside an event, kept as text and resolved late.

A rule says where a moment lies from the event's time on the wall clock, so the moment moves when
the event does, and keeps its time on the clock whatever the clock changes do:

    d28@09:00   28 days before, at nine          m60     an hour before, exactly
    w9@12:00    9 working days before, at noon   v4@09:00  the Friday before, at nine
    o1          a month before                   =2027-06-04T08:30  whatever the event does

Without a time it is the event's own. A time that the clock skips falls as much later as the clock
jumps; of a time that exists twice it is the first (`/2`: the second, of a fixed moment only).
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.event_days import last_weekday
from bot.dates.facts import Shift
from bot.dates.wall import instants, later, moved, wall
from bot.dates.working_days import working_days_before

_HERE: Final = Shift()
_TIME: Final = r"(?:@(?P<time>\d\d:\d\d))?"
_BACK: Final = re.compile(
    r"(?:o(?P<months>\d{1,3}))?(?:d(?P<days>\d{1,4}))?(?:m(?P<minutes>\d{1,6}))?" + _TIME
)
_WORKING: Final = re.compile(r"w(?P<days>\d{1,3})" + _TIME)
_WEEKDAY: Final = re.compile(r"v(?P<weekday>[0-6])" + _TIME)
_FIXED: Final = re.compile(r"=(?P<local>\d{4}-\d\d-\d\dT\d\d:\d\d)(?P<second>/2)?")


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a moment lies; see the module. `working` days or a `weekday` stand in for `back`."""

    back: Shift = _HERE
    time: dt.time | None = None
    working: int | None = None
    weekday: int | None = None
    fixed: dt.datetime | None = None
    second: bool = False

    def __str__(self) -> str:
        if self.fixed is not None:
            return f"={self.fixed:%Y-%m-%dT%H:%M}{'/2' if self.second else ''}"
        time = "" if self.time is None else f"@{self.time:%H:%M}"
        if self.working is not None:
            return f"w{self.working}{time}"
        if self.weekday is not None:
            return f"v{self.weekday}{time}"
        parts = (("o", self.back.months), ("d", self.back.days), ("m", self.back.minutes))
        text = "".join(f"{letter}{number}" for letter, number in parts if number)
        return f"{text or 'd0'}{time}"

    @property
    def is_fixed(self) -> bool:
        """Whether it stays where it is when the event moves."""
        return self.fixed is not None


def parse_rule(text: str) -> Rule:
    """Read a rule as `str(rule)` writes it.

    Raises:
        ValueError: when it is none.

    """
    if found := _FIXED.fullmatch(text):
        return Rule(
            fixed=dt.datetime.fromisoformat(found["local"]), second=found["second"] is not None
        )
    if found := _WORKING.fullmatch(text):
        return Rule(working=int(found["days"]), time=_time(found))
    if found := _WEEKDAY.fullmatch(text):
        return Rule(weekday=int(found["weekday"]), time=_time(found))
    if text and (found := _BACK.fullmatch(text)):
        numbers = {name: int(found[name] or 0) for name in ("months", "days", "minutes")}
        return Rule(back=Shift(**numbers), time=_time(found))
    message = "not a rule"
    raise ValueError(message)


def local_by(rule: Rule, event: dt.datetime) -> dt.datetime:
    """Return what the clock shows at the moment that a rule means; minutes left aside.

    `event` is what it shows at the event, without a zone.
    """
    if rule.fixed is not None:
        return rule.fixed
    if rule.working is not None:
        date = working_days_before(event.date(), rule.working)
    elif rule.weekday is not None:
        date = last_weekday(event.date() - dt.timedelta(days=1), rule.weekday)
    else:
        date = moved(event, -Shift(rule.back.months, rule.back.days)).date()
    return dt.datetime.combine(date, event.time() if rule.time is None else rule.time)


def moment_by(rule: Rule, event: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the moment that a rule means, in UTC, by the clock changes as they are known now."""
    moment = moment_at(local_by(rule, event), zone, second=rule.second)
    return later(moment, -rule.back.minutes) if rule.back.minutes else moment


def moment_at(local: dt.datetime, zone: ZoneInfo, *, second: bool = False) -> dt.datetime:
    """Return the moment, in UTC, at which the clock of a zone shows a time, by the rule above."""
    real = instants(local, zone)
    if real:
        return real[-1 if second else 0].astimezone(dt.UTC)
    return local.replace(tzinfo=zone).astimezone(dt.UTC)


def is_second(moment: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether it is the second of two moments at which the clock shows the same."""
    both = instants(wall(moment, zone), zone)
    return len(both) > 1 and both[1].astimezone(dt.UTC) == moment.astimezone(dt.UTC)


def _time(found: re.Match[str]) -> dt.time | None:
    return dt.time.fromisoformat(found["time"]) if found["time"] else None
