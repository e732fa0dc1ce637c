"""From a time as typed to minutes of the day: "half acht" is two, "half acht 's avonds" one."""

from dataclasses import dataclass
from typing import Final

from bot.dates.facts import Clock, Facts
from bot.dates.reading import Doubt, NotUnderstood, Problem
from bot.dates.words import Part

HOUR: Final = 60
DAY: Final = 24 * HOUR
NOON: Final = 12 * HOUR
PART_HOURS: Final = {Part.MORNING: 9, Part.AFTERNOON: 14, Part.EVENING: 19}
"""The hour of a part of day that was typed without a time. A night has none."""

_LAST_MINUTE: Final = 59
# Of each part: which hours of the day it has, and which it takes from the clock of twelve.
_HOURS: Final = {
    Part.MORNING: (range(12), range(0)),
    Part.AFTERNOON: (range(12, 19), range(1, 7)),
    Part.EVENING: (range(17, 25), range(5, 12)),
    Part.NIGHT: ((*range(7), 22, 23, 24), range(10, 12)),
}


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """Minutes since the day began; from 24 hours on they are of the next day."""

    minutes: int
    doubt: Doubt | None = None


def times_of(facts: Facts) -> tuple[TimeOfDay, ...] | NotUnderstood:
    """Return the times of day that a text can mean; none when it names no time on the clock."""
    clock = facts.clock
    if clock is None:
        return ()
    hour, minute = clock.hour, clock.minute
    if minute > _LAST_MINUTE or hour * HOUR + minute > DAY:
        return NotUnderstood(Problem.IMPOSSIBLE_TIME)
    if facts.part is not None:
        return _in_part(clock, facts.part)
    if clock.midnight:
        return _midnight(0, DAY)
    if not clock.spoken:
        return (TimeOfDay(hour * HOUR + minute),)
    first = hour * HOUR % NOON + minute
    later = (DAY,) if first == 0 else ()
    return tuple(TimeOfDay(one, Doubt.HALF_OF_DAY) for one in (first, first + NOON, *later))


def _in_part(clock: Clock, part: Part) -> tuple[TimeOfDay, ...] | NotUnderstood:
    hour, minute = clock.hour, clock.minute
    if clock.midnight or (hour * HOUR == NOON and part in {Part.EVENING, Part.NIGHT}):
        if part is Part.EVENING:
            return (TimeOfDay(DAY + minute),)
        if part is Part.NIGHT:
            return _midnight(0, DAY) if minute == 0 else (TimeOfDay(minute),)
        return NotUnderstood(Problem.CONTRADICTION)
    own, of_twelve = _HOURS[part]
    if hour in of_twelve:
        return (TimeOfDay(hour * HOUR + minute + NOON),)
    if hour in own:
        return (TimeOfDay(hour * HOUR + minute),)
    return NotUnderstood(Problem.CONTRADICTION)


def _midnight(*minutes: int) -> tuple[TimeOfDay, ...]:
    return tuple(TimeOfDay(one, Doubt.MIDNIGHT) for one in minutes)
