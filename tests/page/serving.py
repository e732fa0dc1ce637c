"""The sandbox page on a port of its own, and what tests hold of it."""

import contextlib
import datetime as dt
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import cast

import aiohttp
from aiohttp import web

from bot.sandbox.page.application import add_page, page_path
from bot.sandbox.page.controls import LONGEST_STEP
from bot.sandbox.page.guarding import TOKEN_HEADER
from bot.sandbox.people import Person
from bot.sandbox.snowflakes import system_time
from bot.sandbox.world import World

TOKEN = "page-token-for-tests"


@dataclass(slots=True)
class MovedClock:
    """The time of the machine, and how far it was moved forward."""

    moved: dt.timedelta = dt.timedelta(0)

    def __call__(self) -> dt.datetime:
        """Return the moment, aware."""
        return system_time() + self.moved


@dataclass(frozen=True, slots=True)
class BotTime:
    """The same time, as the bot's Clock port."""

    clock: MovedClock

    def now(self) -> dt.datetime:
        """Return the moment, aware."""
        return self.clock()


@dataclass(slots=True)
class OwnControls:
    """The controls of the page over one world; `resets` counts how often all began anew."""

    world: World
    clock: MovedClock
    resets: int = 0
    fresh: list[World] = field(default_factory=list[World])

    def now(self) -> dt.datetime:
        """Return the time of the sandbox."""
        return self.clock()

    def forward(self, by: dt.timedelta) -> None:
        """Move the clock."""
        if not dt.timedelta(0) < by <= LONGEST_STEP:
            raise ValueError(by)
        self.clock.moved += by

    async def reset(self) -> None:
        """Go on with the next fresh world."""
        self.resets += 1
        if self.fresh:
            self.world = self.fresh.pop()


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is served. `origin` is its address without a path."""

    origin: str
    controls: OwnControls
    application: web.Application

    def url(self, person: Person | None = None) -> str:
        """Return the address of the page, as somebody."""
        path = f"{self.origin}{page_path(TOKEN)}"
        return path if person is None else f"{path}&person={person.id}"

    async def drop(self) -> None:
        """Close the connection of every tab, as a restart does."""
        await self.application.on_shutdown.send(self.application)


@contextlib.asynccontextmanager
async def page_of(controls: OwnControls) -> AsyncGenerator[Page]:
    """Serve the page while the block runs."""
    application = web.Application()
    add_page(application, controls=controls, token=TOKEN)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = cast("tuple[str, int]", runner.addresses[0])[1]
    try:
        yield Page(f"http://127.0.0.1:{port}", controls, application)
    finally:
        await runner.cleanup()


async def turn(page: Page, body: object) -> int:
    """Ask to move the clock; return the status."""
    return await _post(page, "/sandbox/clock", body)


async def reset(page: Page) -> int:
    """Ask to begin anew; return the status."""
    return await _post(page, "/sandbox/reset", {})


async def _post(page: Page, path: str, body: object) -> int:
    headers = {TOKEN_HEADER: TOKEN}
    async with (
        aiohttp.ClientSession() as session,
        session.post(page.origin + path, json=body, headers=headers) as answer,
    ):
        return answer.status
