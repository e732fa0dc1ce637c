"""A bot as a process of its own, on a stand-in that this process serves."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiohttp.typedefs import Middleware

from bot.sandbox.server import Server
from bot.sandbox.world import World
from tests.benchmarks.chat_asking import Crowd
from tests.terminal.processes import ON_DISCORD, ROOT, TOKEN

BASELINE: Final = "constant bot"
_COMMAND: Final = "vraag"
_FIRST: Final = "Wat is het doel van de verkenning?"
_PATIENCE: Final = 60.0  # seconds, to start and to stop
_MEGABYTE: Final = 1024 * 1024
# As many questions as a person may be allowed to ask: what is measured is not the limit.
_LIMITS: Final = {"BREED_RATE_LIMIT_BURST": "100", "BREED_RATE_LIMIT_PER_MINUTE": "600"}


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from starting the process until the bot is connected, and until its first answer."""

    ready: float
    answered: float


class BotProcess:
    """One bot: at most one process at a time, the same data folder and world every time."""

    def __init__(
        self,
        name: str,
        *,
        program: tuple[str, ...],
        folder: Path,
        has_buttons: bool,
        middlewares: Iterable[Middleware] = (),
    ) -> None:
        self.name = name
        self._program = program
        self._folder = folder
        self.world = self._world = World()
        self.crowd = Crowd(self._world, has_buttons=has_buttons)
        self.server = Server(self._world, token=TOKEN, middlewares=middlewares)
        self._process: Process | None = None

    async def start(self) -> Start:
        """Start the process; return how long it took."""
        self._folder.mkdir(exist_ok=True)
        begun = time.perf_counter()
        with (self._folder / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *self._program,
                cwd=self._folder,
                env=self._environment(),
                stdout=log,
                stderr=log,
            )
        await self._ready()
        ready = time.perf_counter() - begun
        await self.crowd.mention(0, _FIRST)
        answered = time.perf_counter() - begun
        await self._world.until(self._knows_command, timeout=_PATIENCE)
        return Start(ready, answered)

    async def stop(self) -> None:
        """End the process as an operator does."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(_PATIENCE):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
        # A bot that says no good-bye leaves a session that goes on collecting events.
        self.server.gateway.sessions.clear()

    @property
    def megabytes(self) -> float:
        """Return the memory that the process holds now."""
        pages = int(Path(f"/proc/{self._id}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE

    @property
    def cpu_seconds(self) -> float:
        """Return the time of the processor that the process took so far."""
        # How Linux names the clock of another process: clock_getcpuclockid(3) makes the same.
        return time.clock_gettime((~self._id << 3) | 2)

    @property
    def _id(self) -> int:
        if self._process is None:
            message = f"{self.name} does not run"
            raise RuntimeError(message)
        return self._process.pid

    async def _ready(self) -> None:
        """Wait until the bot is connected.

        Raises:
            RuntimeError: with what the process said, when it ends instead.

        """
        if self._process is None:
            return
        ended = asyncio.ensure_future(self._process.wait())
        connected = asyncio.ensure_future(self.server.bot_ready(timeout=_PATIENCE))
        try:
            await asyncio.wait((ended, connected), return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                said = (self._folder / "log").read_text(encoding="utf-8")
                message = f"{self.name} ended: {said}"
                raise RuntimeError(message)
            await connected
        finally:
            ended.cancel()
            connected.cancel()

    def _knows_command(self) -> bool | None:
        known = {one.body.name for one in self._world.state.commands.values()}
        return True if _COMMAND in known else None

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BREED_")}
        return {
            **kept,
            **_LIMITS,
            "BREED_DATA_DIR": str(self._folder / "data"),
            "BREED_SANDBOX": "0",
            "BREED_TEST_DISCORD": self.server.rest_url,
            "BREED_TEST_GATEWAY": self.server.gateway_url,
            "BREED_WEB_PORT": "0",
            "DISCORD_TOKEN": TOKEN,
            "PYTHONPATH": os.fspath(ROOT),
        }


@asynccontextmanager
async def both(folder: Path) -> AsyncGenerator[tuple[BotProcess, BotProcess]]:
    """Give the real bot and the baseline, each with its stand-in served; none has started."""
    ours = BotProcess(
        "the bot", program=(*ON_DISCORD, "run"), folder=folder / "ours", has_buttons=True
    )
    baseline = BotProcess(
        BASELINE,
        program=("-m", "tests.benchmarks.chat_baseline"),
        folder=folder / "baseline",
        has_buttons=False,
    )
    async with ours.server, baseline.server:
        try:
            yield ours, baseline
        finally:
            await asyncio.gather(ours.stop(), baseline.stop())
