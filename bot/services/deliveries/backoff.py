"""When to try again: exponential with full jitter, capped.

https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
"""

import datetime as dt
import random
from typing import Final

FIRST: Final = 2.0
LONGEST: Final = 600.0
_MOST_DOUBLINGS: Final = 16


class Backoff:
    """Draws the wait before the next try."""

    def __init__(self, rng: random.Random) -> None:
        """Draw from `rng`: processes that share its seed would try at the same moments."""
        self._rng = rng

    def wait(self, failures: int, *, at_least: float = 0) -> dt.timedelta:
        """Return the wait after so many failures in a row; `at_least` seconds are added whole."""
        longest = min(LONGEST, FIRST * 2 ** min(failures, _MOST_DOUBLINGS))
        return dt.timedelta(seconds=at_least + self._rng.uniform(0, longest))
