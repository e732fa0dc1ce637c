"""Doubles of what the project does not own, made by hand."""

import datetime as dt


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, now: dt.datetime = dt.datetime(2016, 6, 8, 8, 0, tzinfo=dt.UTC)) -> None:
        self._now = now

    def now(self) -> dt.datetime:
        """Return the moment it stands at."""
        return self._now

    def forward(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Move on."""
        self._now += dt.timedelta(minutes=minutes, seconds=seconds)
