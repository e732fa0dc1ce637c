"""Snowflakes: ids that carry the moment they were made.

The layout is Discord's: milliseconds since 2015-01-01 in the upper bits, 22 bits below them.
"""

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

Now: TypeAlias = Callable[[], dt.datetime]
"""A clock: returns the aware present moment."""

EPOCH = dt.datetime(2015, 1, 1, tzinfo=dt.UTC)
LOWER_BITS = 22
MILLISECOND = dt.timedelta(milliseconds=1)


def system_time() -> dt.datetime:
    """Return the machine's time, in UTC."""
    return dt.datetime.now(dt.UTC)


def time_of(number: int) -> dt.datetime:
    """Return the moment at which the id `number` was made, exact to the millisecond."""
    return EPOCH + (number >> LOWER_BITS) * MILLISECOND


def first_of(moment: dt.datetime) -> int:
    """Return the smallest id that can be made at `moment`."""
    return ((moment - EPOCH) // MILLISECOND) << LOWER_BITS


class Snowflakes:
    """Makes ids that always grow, also when the clock stands still or goes back."""

    def __init__(self, now: Now, *, last: int = 0) -> None:
        self._now = now
        self.last = last

    def next(self) -> int:
        """Return a new id; larger than every id made before."""
        self.last = max(first_of(self._now()), self.last + 1)
        return self.last
