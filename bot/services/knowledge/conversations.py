"""What somebody asked just before, so that "en wanneer was dat?" can be understood.

In memory only, and forgotten after a quarter of an hour or a restart.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.services.ports import Clock

REMEMBERED: Final = dt.timedelta(minutes=15)
MOST: Final = 10_000  # conversations kept; the oldest goes first


@dataclass(frozen=True, slots=True)
class Thread:
    """One line of conversation: who, where (a channel, thread or DM) and seen by whom."""

    person: int
    place: int
    is_private: bool


class Conversations:
    """Remembers the last question of each thread of conversation."""

    def __init__(self, clock: Clock) -> None:
        """Measure time with `clock`."""
        self._clock = clock
        self._last: dict[Thread, tuple[dt.datetime, str]] = {}

    def before(self, thread: Thread) -> str | None:
        """Return what was asked last in `thread`, if that was within a quarter of an hour."""
        remembered = self._last.get(thread)
        if remembered is None or self._clock.now() - remembered[0] > REMEMBERED:
            return None
        return remembered[1]

    def remember(self, thread: Thread, question: str) -> None:
        """Make `question` the last of `thread`."""
        self._last.pop(thread, None)
        self._last[thread] = (self._clock.now(), question)
        while len(self._last) > MOST:
            del self._last[next(iter(self._last))]

    def forget(self, person: int) -> None:
        """Forget everything that `person` asked."""
        for thread in [one for one in self._last if one.person == person]:
            del self._last[thread]
