"""A sandbox as a process, seen from outside: its page over HTTP, its log, somebody's keyboard."""

import asyncio
import json
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import aiohttp

from tests.terminal.forking import Ended
from tests.terminal.processes import ended, line_with, started

PROGRAM: Final = ("-m", "tests.terminal.sandbox_program")
PATIENCE: Final = 60.0  # seconds; a process that has hung is a failure, not a test without end


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox, seen from outside."""

    process: Process
    page: str
    unread: list[str] = field(default_factory=list[str])

    @property
    def origin(self) -> str:
        """The address without path and token."""
        parts = urlsplit(self.page)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def token(self) -> str:
        """The page's token."""
        return parse_qs(urlsplit(self.page).query)["token"][0]

    async def do(self, line: str) -> str:
        """Type a line; return what came of it."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        mark = f"{line.partition(' ')[0]}: "
        return (await said_by(self.process, mark)).removeprefix(mark).strip()

    async def got(self, path: str) -> int:
        """Return the status of a GET."""
        async with aiohttp.ClientSession() as session, session.get(self.origin + path) as response:
            return response.status

    async def posted(self, path: str, body: object = None, *, token: str | None = None) -> int:
        """Return the status of a POST as the page sends it."""
        headers = {"X-Sandbox-Token": token or self.token, "Origin": self.origin}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.origin + path, json=body, headers=headers) as response,
        ):
            return response.status

    async def log(self, event: str) -> dict[str, object]:
        """Return the next line of the log with this event, wherever it comes among the others."""
        mark = f'"event": "{event}"'
        found = next((line for line in self.unread if mark in line), None)
        async with asyncio.timeout(PATIENCE):
            while found is None:
                line = await line_with(self.process.stderr, '"event"')
                if mark in line:
                    found = line
                else:
                    self.unread.append(line)
        self.unread[:] = [line for line in self.unread if line is not found]
        fields: dict[str, object] = json.loads(found)
        return fields

    async def stopped(self) -> Ended:
        """End it as an operator does."""
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            return await ended(self.process)

    async def killed(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        await self.process.wait()


async def said_by(process: Process, text: str) -> str:
    """Return the next line on standard output that holds `text`."""
    async with asyncio.timeout(PATIENCE):
        return await line_with(process.stdout, text)


@asynccontextmanager
async def sandbox(folder: Path, **variables: str) -> AsyncGenerator[Sandbox]:
    """Start a sandbox with somebody at the keyboard, and wait until the bot listens."""
    process = await started(folder=folder, program=PROGRAM, environ=variables)
    try:
        page = (await said_by(process, "page http")).removeprefix("page ").strip()
        running = Sandbox(process, page)
        await running.log("discord_ready")
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
