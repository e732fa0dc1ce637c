"""The system's clock: the only place that reads it."""

import datetime


class SystemClock:
    """The real time."""

    def now(self) -> datetime.datetime:
        """Return the present in UTC."""
        return datetime.datetime.now(datetime.UTC)
