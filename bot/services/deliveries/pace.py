"""Keeps to Discord's limit of requests a second for the whole token.

https://discord.com/developers/docs/topics/rate-limits#global-rate-limit: 50 a second. discord.py
keeps the limits of routes, not this one. Answers to interactions do not count and never wait here.
"""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from bot.services.ports import Clock

LIMIT: Final = 50
PER_SECOND: Final = 48
"""What deliveries may use of the 50 in the long run; `Pace` says what is left."""
_MAKING_UP: Final = 48.5 / 48  # of the rate, while turns are missed
_MOST_MISSED: Final = 48  # turns that are made up for
_COUNTED: Final = dt.timedelta(seconds=1.002)  # how long; a little more, as two clocks measure it
ON_ITS_WAY: Final = dt.timedelta(seconds=0.035)
"""By how much the ways of requests differ, at most: 50 / (1.002 + 0.035) is still 48 a second."""

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


@dataclass(slots=True)
class Turn:
    """The turn of one request; `clock` tells the time."""

    clock: Callable[[], dt.datetime]
    sent_at: dt.datetime | None = None
    answered_at: dt.datetime | None = None

    def sent(self) -> None:
        """Note that the request left just now; without it, it is taken to leave until answered."""
        self.sent_at = self.clock()

    def ended(self, *, is_answered: bool) -> None:
        """Note that no more is to come; what was given up may arrive yet."""
        now = self.clock()
        self.sent_at = self.sent_at or now
        if is_answered:
            self.answered_at = now

    def counted_until(self, now: dt.datetime) -> dt.datetime:
        """Return the end of the second in which it counts, if it arrives as late as can be."""
        if self.sent_at is None:
            return now + ON_ITS_WAY + _COUNTED
        return min(self.sent_at + ON_ITS_WAY, self.answered_at or now + ON_ITS_WAY) + _COUNTED


@dataclass(slots=True)
class _Window:
    """The turns whose requests Discord may still count, so that no second has more than `most`."""

    most: int
    _turns: list[Turn] = field(default_factory=list[Turn])

    def give(self, turn: Turn) -> None:
        """Count a turn."""
        self._turns.append(turn)

    def has_room_at(self, now: dt.datetime) -> dt.datetime:
        """Return the earliest moment for another turn; not before now."""
        self._turns = [one for one in self._turns if one.counted_until(now) > now]
        further = len(self._turns) - self.most
        if further < 0:
            return now
        return sorted(one.counted_until(now) for one in self._turns)[further]

    def forget(self) -> None:
        """Count none of them any longer."""
        self._turns.clear()


class Pace:
    """Hands out turns evenly and in order of asking.

    Turns that were given late, as the process was busy, are made up for: one of them at once, the
    others at 48.5 a second in place of 48. However they bunch up on their way, by 35 ms at most, no
    second has more than 50 that arrive. When the bot asks more than that leaves on behalf of
    people, a 429 pauses the deliveries, and nobody waits for them.
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
        self._window = _Window(LIMIT)
        self._queue = asyncio.Lock()
        self._waiting = 0
        self._given: Callable[[], None] = lambda: None

    def share(self, processes: int) -> None:
        """Take an equal part: so many processes use the token, this one included."""
        for known, new in zip(self._spacings, self._for(processes=processes), strict=True):
            known.apart = new.apart
        self._window.most = LIMIT // max(1, processes)

    def pause(self, seconds: float) -> None:
        """Give no turn for so long: Discord said that the limit was reached."""
        self._resumes = max(self._resumes, self._now() + dt.timedelta(seconds=seconds))

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncGenerator[Turn]:
        """Wait for the next turn, for one request; leave when it was answered."""
        self._waiting += 1
        try:
            turn = await self._turn()
        finally:
            self._waiting -= 1
        self._given()
        is_answered = False
        try:
            yield turn
            is_answered = True
        finally:
            turn.ended(is_answered=is_answered)

    @property
    def waiting(self) -> int:
        """How many wait for a turn."""
        return self._waiting

    def listen(self, given: Callable[[], None]) -> None:
        """Call `given` after every turn."""
        self._given = given

    async def _turn(self) -> Turn:
        async with self._queue:
            now = self._now()
            while (wait := (self._next(now) - now).total_seconds()) > 0:
                await self._sleep(wait)
                before, now = now, self._now()
                if now <= before:  # a clock that stands still: nothing more to wait for
                    self._window.forget()
                    break
            for one in self._spacings:
                one.give(now)
            turn = Turn(self._now)
            self._window.give(turn)
            return turn

    def _now(self) -> dt.datetime:
        now = self._clock.now()
        if now < self._seen:  # set back: what was planned by it would be waited for too long
            self._resumes = now
            self._window.forget()
            for one in self._spacings:
                one.next = now
        self._seen = now
        return now

    def _next(self, now: dt.datetime) -> dt.datetime:
        spaced = (one.next for one in self._spacings)
        return max(self._resumes, self._window.has_room_at(now), *spaced)

    def _for(self, *, processes: int) -> tuple[_Spacing, _Spacing]:
        apart, now = dt.timedelta(seconds=max(1, processes) / self._per_second), self._clock.now()
        return _Spacing(apart, _MOST_MISSED, now), _Spacing(apart / _MAKING_UP, 1, now)

    async def wait(self, seconds: float) -> None:
        """Wait without taking a turn: for the limit of one route."""
        await self._sleep(seconds)
