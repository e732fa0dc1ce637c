"""Whose turn it is: one request at a time to a host, rest in between, and few hosts at once."""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from bot.adapters.feeds.rules import WebRules
from bot.services.forum.feeds import FeedError, FeedProblem
from bot.services.ports import Clock

LONGEST_REST: Final = 60  # seconds; a host that wants more is asked at a later poll

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: dt.datetime | None = None
    users: int = 0


class Turns:
    """Gives turns. Not for more than one event loop."""

    def __init__(self, clock: Clock, rules: WebRules, *, sleep: Sleep = asyncio.sleep) -> None:
        self._clock = clock
        self._rules = rules
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._all = asyncio.Semaphore(rules.hosts_at_once)

    @asynccontextmanager
    async def of(self, host: str, *, rest: float = 0) -> AsyncGenerator[None]:
        """Wait for the host's turn; afterwards it rests `rest` seconds, at least the spacing.

        Raises:
            FeedError: BUSY, when the host asked for a longer rest than anybody can wait for.

        """
        state = self._hosts.setdefault(host, _Host())
        state.users += 1
        try:
            async with state.lock:
                await self._rested(state)
                async with self._all:
                    try:
                        yield
                    finally:
                        pause = dt.timedelta(seconds=max(rest, self._rules.spacing))
                        state.free_at = self._clock.now() + pause
        finally:
            state.users -= 1
            self._forget()

    async def _rested(self, state: _Host) -> None:
        if state.free_at is None:
            return
        seconds = (state.free_at - self._clock.now()).total_seconds()
        if seconds > LONGEST_REST:
            raise FeedError(FeedProblem.BUSY, retry_after=seconds)
        if seconds > 0:
            await self._sleep(seconds)

    def _forget(self) -> None:
        now = self._clock.now()
        idle = [
            host
            for host, state in self._hosts.items()
            if not state.users and (state.free_at is None or state.free_at <= now)
        ]
        for host in idle:
            del self._hosts[host]
