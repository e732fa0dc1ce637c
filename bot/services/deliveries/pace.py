"""Keeps to Discord's limit of requests a second for the whole token.

https://discord.com/developers/docs/topics/rate-limits#global-rate-limit: 50 a second. discord.py
keeps the limits of routes, not this one. Answers to interactions do not count and never wait here.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Final

from bot.services.ports import Clock

PER_SECOND: Final = 40
"""What deliveries may use of the 50; the rest is for what the bot asks on behalf of people."""

Sleep = Callable[[float], Awaitable[None]]


class Pace:
    """Hands out turns, evenly: never two closer together than the rate allows."""

    def __init__(
        self, clock: Clock, *, per_second: float = PER_SECOND, sleep: Sleep = asyncio.sleep
    ) -> None:
        """Wait by `sleep`, in seconds of `clock`."""
        self._clock = clock
        self._per_second = per_second
        self._interval = dt.timedelta(seconds=1 / per_second)
        self._sleep = sleep
        self._next = clock.now()

    def share(self, processes: int) -> None:
        """Take an equal part: so many processes use the token, this one included."""
        self._interval = dt.timedelta(seconds=max(1, processes) / self._per_second)

    def pause(self, seconds: float) -> None:
        """Give no turn for so long: Discord said that the limit was reached."""
        self._next = max(self._next, self._clock.now() + dt.timedelta(seconds=seconds))

    async def turn(self) -> None:
        """Wait for the next turn."""
        now = self._clock.now()
        mine = max(self._next, now)
        self._next = mine + self._interval
        if mine > now:
            await self._sleep((mine - now).total_seconds())
