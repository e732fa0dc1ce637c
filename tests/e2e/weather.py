"""What tests of bad weather need: the log as it is written, changes in mid-answer, an end to it."""

import asyncio
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from tests.discord.faults import Fault, Faults

SEND: Final = "POST /channels/*/messages"
CALLBACK: Final = "POST /interactions/*/callback"
FILL: Final = "PATCH /webhooks/*/messages/@original"
FOLLOW_UP: Final = "POST /webhooks/*"
# Tasks of discord.py that end once a message or interaction has had its answer.
_ANSWERING: Final = ("discord.py: on_", "CommandTree-invoker", "discord-ui-")


class Hasty:
    """asyncio, but for the seconds that discord.py waits before it tries again."""

    sleep_for_real = staticmethod(asyncio.sleep)

    def __getattr__(self, name: str) -> object:
        return getattr(asyncio, name)

    async def sleep(self, _seconds: float) -> None:
        await self.sleep_for_real(0)


@dataclass(slots=True)
class Log:
    """The lines that were written, as event names with their fields."""

    lines: list[Mapping[str, object]] = field(default_factory=list[Mapping[str, object]])
    _written: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(
        self, _logger: object, method: str, line: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        """Keep a line: structlog's last processor."""
        self.lines.append({**line, "level": method})
        self._written.set()
        raise structlog.DropEvent

    def of(self, event: str) -> list[Mapping[str, object]]:
        """Return the lines with this event name so far."""
        return [line for line in self.lines if line["event"] == event]

    async def until(self, event: str, *, number: int = 1) -> Mapping[str, object]:
        """Wait for the line with this event name; `number` 2 for the second."""
        async with asyncio.timeout(5):
            while len(found := self.of(event)) < number:
                self._written.clear()
                await self._written.wait()
        return found[number - 1]


@contextmanager
def logged() -> Generator[Log]:
    """Keep the log while the block runs."""
    log, before = Log(), structlog.get_config()["processors"]
    structlog.configure(processors=[log])
    try:
        yield log
    finally:
        structlog.configure(processors=before)


def meanwhile(faults: Faults, pattern: str, change: Callable[[], object]) -> Fault:
    """Let something happen between the bot's request and Discord's answer to it."""

    async def react(request: web.Request, handler: Handler) -> web.StreamResponse:
        change()
        return await handler(request)

    return faults.add(pattern, react)


@dataclass(frozen=True, slots=True)
class Gate:
    """A request that is on its way: `reached` once it came, done once it `may`."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    may: asyncio.Event = field(default_factory=asyncio.Event)


def gate(faults: Faults, pattern: str) -> Gate:
    """Stop the next request that matches."""
    held = Gate()

    async def react(request: web.Request, handler: Handler) -> web.StreamResponse:
        held.reached.set()
        await held.may.wait()
        return await handler(request)

    faults.add(pattern, react)
    return held


async def at_rest() -> None:
    """Wait until everything that reached the bot has had its answer, or will have none."""
    async with asyncio.timeout(10):
        while busy := [one for one in asyncio.all_tasks() if one.get_name().startswith(_ANSWERING)]:
            await asyncio.wait(busy)
