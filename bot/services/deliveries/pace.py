"""Keeps to Discord's limit of requests a second for the whole token.

https://discord.com/developers/docs/topics/rate-limits#global-rate-limit: 50 a second. discord.py
keeps the limits of routes, not this one. Answers to interactions do not count and never wait here.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Final

from bot.services.ports import Clock

PER_SECOND: Final = 48
"""What deliveries may use of the 50: one more may be made up for, and one is for what the bot asks
on behalf of people. When they ask for more, a 429 pauses the deliveries, and nobody waits for them.
"""

Sleep = Callable[[float], Awaitable[None]]


class Pace:
    """Hands out turns, evenly and in order of asking.

    A turn that was given late, as the process was busy, is made up for by one, so that the rate is
    reached: no second has more turns than the rate, rounded up, and one.
    """

    def __init__(
        self, clock: Clock, *, per_second: float = PER_SECOND, sleep: Sleep = asyncio.sleep
    ) -> None:
        """Wait by `sleep`, in seconds of `clock`."""
        self._clock = clock
        self._per_second = per_second
        self._interval = dt.timedelta(seconds=1 / per_second)
        self._sleep = sleep
        self._next = clock.now()
        self._queue = asyncio.Lock()

    def share(self, processes: int) -> None:
        """Take an equal part: so many processes use the token, this one included."""
        self._interval = dt.timedelta(seconds=max(1, processes) / self._per_second)

    def pause(self, seconds: float) -> None:
        """Give no turn for so long: Discord said that the limit was reached."""
        self._next = max(self._next, self._clock.now() + dt.timedelta(seconds=seconds))

    async def turn(self) -> None:
        """Wait for the next turn."""
        async with self._queue:
            now = self._clock.now()
            while (wait := (self._next - now).total_seconds()) > 0:
                await self._sleep(wait)
                before, now = now, self._clock.now()
                if now <= before:  # a clock that stands still: nothing more to wait for
                    break
            given = max(self._next, now)
            self._next = max(self._next, given - self._interval) + self._interval

    async def wait(self, seconds: float) -> None:
        """Wait without taking a turn: for the limit of one route."""
        await self._sleep(seconds)
