"""When an address is polled again: every quarter of an hour at most, less often while it fails."""

import datetime as dt
import random
from typing import Final

from bot.services.forum.feeds import FeedProblem

BETWEEN: Final = dt.timedelta(minutes=15)
"""Between two polls of an address: Ning's own cache is half an hour, so faster gives nothing."""
LONGEST: Final = dt.timedelta(days=1)
_MOST_DOUBLINGS: Final = 10
_JITTER: Final = 0.1

REFUSALS: Final = frozenset(
    {
        FeedProblem.NOT_FOUND,
        FeedProblem.FORBIDDEN,
        FeedProblem.SIGN_IN,
        FeedProblem.ROBOTS,
        FeedProblem.NO_FEED,
        FeedProblem.NO_ADDRESS,
        FeedProblem.PRIVATE_ADDRESS,
        FeedProblem.UNSAFE,
    }
)
"""Problems that trying again does not mend; after a few in a row a feed pauses."""
MOST_REFUSALS: Final = 5
TELL_AFTER: Final = 7
"""Failures in a row, a day or so, after which moderators are told that a feed keeps failing."""


class PollPace:
    """Draws the moment of the next poll; jitter keeps addresses from coming due together."""

    def __init__(self, rng: random.Random) -> None:
        """Draw from `rng`."""
        self._rng = rng

    def after_success(self, now: dt.datetime) -> dt.datetime:
        """Return when to poll again."""
        return now + BETWEEN * (1 + self._rng.uniform(0, _JITTER))

    def after_failure(
        self, now: dt.datetime, *, failures: int, retry_after: float | None
    ) -> dt.datetime:
        """Return when to poll again after so many failures in a row, a day later at most.

        `retry_after` seconds are kept to, up to that day.
        """
        doublings: int = min(failures, _MOST_DOUBLINGS)
        doubled = min(LONGEST, BETWEEN * (1 << doublings))
        drawn = doubled * self._rng.uniform(0.5, 1)
        asked = dt.timedelta(seconds=min(max(retry_after or 0, 0), LONGEST.total_seconds()))
        return now + min(LONGEST, max(BETWEEN, drawn, asked))
