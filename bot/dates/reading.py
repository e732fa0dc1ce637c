"""What reading a typed date gives: a moment, choices, or the reason why there is none.

Every moment is aware and carries the zone that was asked for. Two moments of one zone compare by
their wall clocks and overlook `fold`: compare and store them in UTC (`astimezone(UTC)`).
"""

import datetime as dt
from dataclasses import dataclass
from enum import Enum


class TimeOrigin(Enum):
    """Where the time of day came from."""

    TYPED = "typed"
    PART_OF_DAY = "part of day"
    """Only "avond" or the like was typed; the hour is the documented one."""
    DEFAULT = "default"
    """Nothing was typed: the caller's default."""
    NOW = "now"
    """A distance from now was typed: the clock's time of now, or an exact duration from it."""
    EVENT = "event"
    """A distance from the event was typed: the event's own time, or an exact duration from it."""


class Doubt(Enum):
    """Why a text can mean more than one moment."""

    CLOCK_CHANGE = "the hour exists twice"
    HALF_OF_DAY = "before or after noon"
    MIDNIGHT = "the start or the end of the day"
    NIGHT = "the night before or after midnight"
    TODAY_OR_NEXT_WEEK = "a weekday typed on that weekday"
    NEXT_WEEKDAY = "the first one to come, or the one of next week"
    WEEKDAY_OVER_WEEKS = "counted from that weekday, or from the week of today"
    WHICH_DAY = "a period without a day"
    WEEKEND = "Saturday or Sunday"
    FEAST = "a feast of more than one day"
    YEAR_PASSED = "already past this year"
    DAY_PASSED = "already past today"
    TWO_DIGIT_YEAR = "which of the numbers is the year"
    DAY_MONTH = "which of the numbers is the day"
    DATE_OR_TIME = "8.10 may be a date and a time"
    EVENT = "counted from now, or from the event"


class Problem(Enum):
    """Why there is no moment."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    CONTROL_CHARACTERS = "control characters"
    NO_DATE = "no date"
    NO_TIME = "no time of day, and no default"
    IMPOSSIBLE_DATE = "impossible date"
    IMPOSSIBLE_TIME = "impossible time"
    GAP = "skipped by the clock change"
    PAST = "past"
    TOO_FAR = "too far"
    NEEDS_EVENT = "needs an event"
    CONTRADICTION = "contradiction"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Understood:
    """One moment. `local` is what the wall clock shows then, without a zone."""

    moment: dt.datetime
    local: dt.datetime
    time_origin: TimeOrigin

    @property
    def time_typed(self) -> bool:
        """Return whether a time on the clock was typed."""
        return self.time_origin is TimeOrigin.TYPED


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several moments; `past` when it is offered only to be told apart from the others."""

    moment: dt.datetime
    local: dt.datetime
    time_origin: TimeOrigin
    past: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Two moments or more, the earliest first, and what makes them differ."""

    choices: tuple[Choice, Choice, *tuple[Choice, ...]]
    doubts: frozenset[Doubt]

    @property
    def to_come(self) -> tuple[Choice, ...]:
        """Return the choices that are not past: at least one."""
        return tuple(choice for choice in self.choices if not choice.past)


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Why there is no moment.

    `moments`: for PAST and TOO_FAR the moment that was meant, for GAP the last minute before and
    the first minute after what the clock skips. `weekday`: for a CONTRADICTION between a weekday
    and a date the date's real weekday, 0 is Monday. `words`: for WORDS, those not understood.
    """

    problem: Problem
    moments: tuple[dt.datetime, ...] = ()
    weekday: int | None = None
    words: tuple[str, ...] = ()


Reading = Understood | Ambiguous | NotUnderstood
