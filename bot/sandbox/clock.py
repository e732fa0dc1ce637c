"""A clock that runs as the machine's does, and can be moved forward; never back."""

import datetime as dt
from typing import Final

from bot.sandbox.snowflakes import Now, system_time

LONGEST_STEP: Final = dt.timedelta(days=400)
LAST: Final = dt.datetime(2150, 1, 1, tzinfo=dt.UTC)
"""Ids of a later time do not fit in Discord's 64 bits (their 42 bits of milliseconds: 2154)."""


class SandboxClock:
    """The machine's time plus an offset that only grows."""

    def __init__(
        self,
        system: Now = system_time,
        *,
        offset: dt.timedelta = dt.timedelta(),
        not_before: dt.datetime | None = None,
    ) -> None:
        """Go on with a saved `offset`; with `not_before`, from that moment at the earliest."""
        self._system = system
        self._offset = offset
        self._latest = not_before or system() + offset

    @property
    def offset(self) -> dt.timedelta:
        """How far it runs ahead of the machine; grows too when the machine is set back."""
        return self._offset

    def now(self) -> dt.datetime:
        """Return the present, aware, in UTC; never earlier than what was returned before."""
        moment = self._system() + self._offset
        if moment < self._latest:
            self._offset += self._latest - moment
            moment = self._latest
        self._latest = moment
        return moment

    def forward(self, by: dt.timedelta) -> None:
        """Move forward.

        Raises:
            ValueError: when `by` is not above zero, more than 400 days, or ends after `LAST`.

        """
        if not dt.timedelta() < by <= LONGEST_STEP:
            message = f"a step of {by} is not above zero and at most {LONGEST_STEP.days} days"
            raise ValueError(message)
        if self.now() + by > LAST:
            message = f"the clock goes no further than {LAST:%Y}"
            raise ValueError(message)
        self._offset += by
