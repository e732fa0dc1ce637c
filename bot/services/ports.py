"""Protocols for what the project does not own; `bot/adapters` implements them."""

import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> dt.datetime:
        """Return the present, aware, in UTC."""
        ...
