"""What the phrases of a text say, before it is known which moments that can be."""

import dataclasses
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from bot.dates.words import Part

Numbers = tuple[int, int] | tuple[int, int, int]


class Which(Enum):
    """Which one of the weekdays, weeks, months or years."""

    PLAIN = "plain"
    THIS = "this"
    COMING = "coming"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Shift:
    """A distance: months and days move the wall clock, minutes are exact."""

    months: int = 0
    days: int = 0
    minutes: int = 0

    def __add__(self, other: "Shift") -> "Shift":
        """Return both distances together."""
        return Shift(
            self.months + other.months, self.days + other.days, self.minutes + other.minutes
        )

    def __neg__(self) -> "Shift":
        """Return the same distance backwards."""
        return Shift(-self.months, -self.days, -self.minutes)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as typed; `spoken`: on the clock of twelve hours, unless a part of day decides."""

    hour: int
    minute: int = 0
    spoken: bool = False
    midnight: bool = False
    dotted: bool = False
    """Whether it was written as 8.10 without "om" or "uur", which may be a date too."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that can be said about a moment; what was not said is None."""

    # The time of day.
    clock: Clock | None = None
    part: Part | None = None
    night: bool | None = None  # a night as a whole: "vrijdagnacht", "vannacht"
    summer: bool | None = None
    # The day.
    offset: int | None = None  # days from today
    weekday: int | None = None
    which: Which | None = None  # of the weekday
    week: Which | None = None
    month_step: Which | None = None  # PLAIN: "van de maand"
    year_step: Which | None = None
    iso_week: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    numeric: Numbers | None = None  # of a date in digits, in typed order
    ordinal: int | None = None  # "de 3e"
    nth: int | None = None  # of the weekday in the month; -1 is the last
    edge: int | None = None  # 0 the first day of a period, 1 the last
    shift: Shift | None = None  # from now
    counted: bool | None = None  # the shift is from the weekday: "vrijdag over een week"
    before: Shift | None = None  # back from the event
    event_day: int | None = None  # days from the event's day: 0 or -1
    feast: int | None = None  # its place in FEASTS
    feast_shift: Shift | None = None  # from the feast; back is negative
    feast_weekday: tuple[int, int] | None = None  # how many after (before: negative), which one
    feast_working: int | None = None  # working days after the feast; before is negative
    weekend: Which | None = None
    past: bool | None = None  # "vorige week", "2 dagen geleden": no moment to come, whatever it is


DAY_FACTS: Final = frozenset(field.name for field in dataclasses.fields(Facts)) - {
    "clock",
    "part",
    "night",
    "summer",
    "which",
    "counted",
    "past",
}


def day_facts(facts: Facts) -> frozenset[str]:
    """Return which facts about the day were said, by name."""
    return frozenset(name for name in DAY_FACTS if getattr(facts, name) is not None)


def together(one: Facts, other: Facts) -> Facts | None:
    """Return what both say, or None when they contradict each other.

    The same said twice is no contradiction, except for a distance: it might be the sum.
    """
    said: dict[str, Any] = {}
    for field in dataclasses.fields(Facts):
        first, second = getattr(one, field.name), getattr(other, field.name)
        is_both = first is not None and second is not None
        if is_both and (first != second or isinstance(first, Shift)):
            return None
        said[field.name] = second if first is None else first
    return Facts(**said)
