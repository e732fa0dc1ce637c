"""A clock that tests turn by hand."""

import datetime as dt

START = dt.datetime(2016, 4, 1, 9, 0, tzinfo=dt.UTC)


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, start: dt.datetime = START) -> None:
        self._now = start

    def __call__(self) -> dt.datetime:
        """Return the present moment."""
        return self._now

    def forward(self, *, seconds: float = 0, minutes: float = 0, days: float = 0) -> None:
        """Move the clock."""
        self._now += dt.timedelta(seconds=seconds, minutes=minutes, days=days)
