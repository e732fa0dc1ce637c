"""Keeps to Discord's limit of requests a second for the whole token.

https://discord.com/developers/docs/topics/rate-limits#global-rate-limit: 50 a second. discord.py
keeps the limits of routes, not this one. Answers to interactions do not count and never wait here.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.services.ports import Clock

PER_SECOND: Final = 48
"""What deliveries may use of the 50 in the long run; `Pace` says what is left."""
_MAKING_UP: Final = 48.1 / 48  # of the rate, while turns are missed
_MOST_MISSED: Final = 48  # turns that are made up for

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class _Spacing:
    """Turns `apart`, of which so many `missed` ones may follow at once: a leaky bucket."""

    apart: dt.timedelta
    missed: int
    next: dt.datetime

    def give(self, now: dt.datetime) -> None:
        """Count a turn."""
        self.next = max(self.next, now - self.apart * self.missed) + self.apart


class Pace:
    """Hands out turns evenly and in order of asking.

    Turns that were given late, as the process was busy, are made up for: one of them at once, the
    others at 48.1 a second in place of 48, so that no second has more than 49 and one. When the bot
    asks more than that leaves on behalf of people, a 429 pauses the deliveries, and nobody waits
    for them.
    """

    def __init__(
        self, clock: Clock, *, per_second: float = PER_SECOND, sleep: Sleep = asyncio.sleep
    ) -> None:
        """Wait by `sleep`, in seconds of `clock`."""
        self._clock = clock
        self._per_second = per_second
        self._sleep = sleep
        self._seen = self._resumes = clock.now()
        self._spacings = self._for(processes=1)
        self._queue = asyncio.Lock()
        self._waiting = 0
        self._given: Callable[[], None] = lambda: None

    def share(self, processes: int) -> None:
        """Take an equal part: so many processes use the token, this one included."""
        for known, new in zip(self._spacings, self._for(processes=processes), strict=True):
            known.apart = new.apart

    def pause(self, seconds: float) -> None:
        """Give no turn for so long: Discord said that the limit was reached."""
        self._resumes = max(self._resumes, self._now() + dt.timedelta(seconds=seconds))

    async def turn(self) -> None:
        """Wait for the next turn."""
        self._waiting += 1
        try:
            await self._turn()
        finally:
            self._waiting -= 1
        self._given()

    @property
    def waiting(self) -> int:
        """How many wait for a turn."""
        return self._waiting

    def listen(self, given: Callable[[], None]) -> None:
        """Call `given` after every turn."""
        self._given = given

    async def _turn(self) -> None:
        async with self._queue:
            now = self._now()
            while (wait := (self._next() - now).total_seconds()) > 0:
                await self._sleep(wait)
                before, now = now, self._now()
                if now <= before:  # a clock that stands still: nothing more to wait for
                    break
            for one in self._spacings:
                one.give(now)

    def _now(self) -> dt.datetime:
        now = self._clock.now()
        if now < self._seen:  # set back: what was planned by it would be waited for too long
            self._resumes = now
            for one in self._spacings:
                one.next = now
        self._seen = now
        return now

    def _next(self) -> dt.datetime:
        return max(self._resumes, *(one.next for one in self._spacings))

    def _for(self, *, processes: int) -> tuple[_Spacing, _Spacing]:
        apart, now = dt.timedelta(seconds=max(1, processes) / self._per_second), self._clock.now()
        return _Spacing(apart, _MOST_MISSED, now), _Spacing(apart / _MAKING_UP, 1, now)

    async def wait(self, seconds: float) -> None:
        """Wait without taking a turn: for the limit of one route."""
        await self._sleep(seconds)
