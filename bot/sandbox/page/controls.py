"""What the sandbox page asks of the process that serves it."""

import datetime as dt
from typing import Protocol

from bot.sandbox.world import World

LONGEST_STEP = dt.timedelta(days=400)


class Controls(Protocol):
    """The world that the page shows, its clock, and the way to begin anew."""

    @property
    def world(self) -> World:
        """The world now: another one after a reset."""
        ...

    def now(self) -> dt.datetime:
        """Return the time of the sandbox, aware, in UTC."""
        ...

    def forward(self, by: dt.timedelta) -> None:
        """Move the clock forward.

        Raises:
            ValueError: `by` is not above zero, or more than 400 days.
        """
        ...

    async def reset(self) -> None:
        """Everything anew; within seconds the process serves again at the same address."""
        ...
