"""Bad luck, drawn from a seed: Discord fails in every way, and the process dies anywhere."""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler
from typing_extensions import override

from storage.engine import Database
from storage.unit_of_work import UnitOfWork, UnitsOfWork
from tests.discord.faults import Faults

_FOREVER = 10**9


@dataclass(slots=True)
class Fuse:
    """Calls `blow` at the step at which it has burnt down; 0 is a fuse that does not burn."""

    steps: int = 0
    blow: Callable[[], None] | None = None

    def burn(self) -> None:
        """Come to a step: a unit of work begins, is about to commit or did; a request came."""
        if self.steps == 0:
            return
        self.steps -= 1
        if self.steps == 0 and self.blow is not None:
            self.blow()


class FusedUnits(UnitsOfWork):
    """Units of work in which every step burns a fuse."""

    def __init__(self, database: Database, fuse: Fuse) -> None:
        super().__init__(database)
        self._fuse = fuse

    @override
    def __call__(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._fused(super().__call__())

    @override
    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._fused(super().reading())

    @asynccontextmanager
    async def _fused(
        self, unit: AbstractAsyncContextManager[UnitOfWork]
    ) -> AsyncGenerator[UnitOfWork]:
        self._fuse.burn()
        async with unit as work:
            yield work
            self._fuse.burn()
        self._fuse.burn()


@dataclass(slots=True)
class Weather:
    """Answers requests as badly as `rng` says, while `is_bad`."""

    rng: random.Random
    fuses: tuple[Fuse, ...]
    is_bad: bool = True
    under_way: int = 0

    def set_over(self, faults: Faults) -> None:
        """Let every request pass through it."""
        faults.add("*", self._react, times=_FOREVER)

    async def cleared(self) -> None:
        """Wait until every request that was made has been carried out, or never will be."""
        quiet = 0
        while quiet < 20:  # turns of the loop in which a request on the wire would have come in
            await asyncio.sleep(0)
            quiet = 0 if self.under_way else quiet + 1

    async def _react(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.under_way += 1
        try:
            self._burn()
            response = await self._answer(request, handler)
            self._burn()
        finally:
            self.under_way -= 1
        return response

    def _burn(self) -> None:
        for fuse in self.fuses:
            fuse.burn()

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        luck = self.rng.random() if self.is_bad else 1
        if luck < 0.19:
            await request.read()
        if luck < 0.08:
            return web.Response(status=self.rng.choice((500, 502, 503, 504)))
        if luck < 0.14:
            return _limited(self.rng.uniform(0.1, 30))
        if luck < 0.19:
            return _cut(request)
        response = await handler(request)
        if luck < 0.27:
            return _cut(request)
        return web.Response(status=502) if luck < 0.34 else response


def _limited(seconds: float) -> web.Response:
    headers = {"Via": "1.1 google", "Retry-After": str(seconds), "X-RateLimit-Scope": "user"}
    body = {"message": "limited", "retry_after": seconds, "global": False}
    return web.json_response(body, status=429, headers=headers)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
