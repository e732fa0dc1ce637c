"""The system's clock: the only place that reads it."""

import datetime as dt


class SystemClock:
    """The real time."""

    def now(self) -> dt.datetime:
        """Return the present in UTC."""
        return dt.datetime.now(dt.UTC)
