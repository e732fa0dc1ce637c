"""Reads files in a process of its own, which is ended when a file costs too much."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import structlog

import bot
from bot.adapters.documents import wire
from bot.services.knowledge.importing.reading import (
    MAX_BYTES,
    MAX_SECONDS,
    Progress,
    ReadDocument,
    ReadingSession,
    ReadProblem,
    UnreadableFileError,
)

_ROOT: Final = Path(bot.__file__).parents[1]
_PROGRAM: Final = ("-m", "bot.adapters.documents.child")
# What Python needs of the environment: the rest may hold secrets.
_PASSED: Final = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
_FILES_EACH: Final = 200  # then a new process, as memory is not given back in full

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class ChildReader:
    """Reads files one after the other: at most one such process is there at a time."""

    def __init__(self, *, seconds: float = MAX_SECONDS, program: Sequence[str] = _PROGRAM) -> None:
        """Give every file this many seconds."""
        self._seconds = seconds
        self._program = tuple(program)
        self._turns = asyncio.Semaphore(1)

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[ReadingSession]:
        """Wait for the other session to end, and begin one."""
        async with self._turns:
            session = _Session(self._program, seconds=self._seconds)
            try:
                yield session
            finally:
                await session.end()


class _Session:
    """One process at a time; another one after a file that ended it."""

    def __init__(self, program: Sequence[str], *, seconds: float) -> None:
        self._program = program
        self._seconds = seconds
        self._process: Process | None = None
        self._count = 0

    async def read(self, name: str, content: bytes, progress: Progress) -> ReadDocument:
        """Return what a file says.

        Raises:
            UnreadableFileError: when it cannot be read within the limits.

        """
        if len(content) > MAX_BYTES:
            raise UnreadableFileError(ReadProblem.TOO_LARGE, name=name)
        if self._count >= _FILES_EACH:
            await self.end()
        process = self._process or await self._start()
        self._count += 1
        try:
            async with asyncio.timeout(self._seconds):
                found = await _asked(process, name, content, progress)
        except TimeoutError:
            found = ReadProblem.TOO_SLOW
        except (OSError, ValueError, LookupError, TypeError):
            # It went away, or said what it never says.
            found = ReadProblem.BROKEN
        finally:
            ended = process.returncode is not None or process.stdout is None
        if isinstance(found, ReadDocument):
            return found
        if found in {ReadProblem.TOO_SLOW, ReadProblem.TOO_MUCH_MEMORY, None} or ended:
            await self.end()
        if found is None:
            found = _cause(process.returncode)
        _log.info("file_not_read", problem=found.value, exit_code=process.returncode)
        raise UnreadableFileError(found, name=name)

    async def end(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process, self._count = self._process, None, 0
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def _start(self) -> Process:
        passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *self._program,
            cwd=_ROOT,
            env={
                **passed,
                "PYTHONPATH": str(_ROOT),
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONUTF8": "1",
            },
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,  # it may quote the file
            limit=wire.MOST_BYTES,
        )
        return self._process


async def _asked(
    process: Process, name: str, content: bytes, progress: Progress
) -> ReadDocument | ReadProblem | None:
    """Send a file and wait for what it says; None when the process ended."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(wire.asked(name, len(content)))
        process.stdin.write(content)
        await process.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        return None
    while line := await process.stdout.readline():
        found = wire.read_line(line)
        if not isinstance(found, tuple):
            return found
        progress(*found)
    await process.wait()
    return None


def _cause(code: int | None) -> ReadProblem:
    """Return why a process ended without an answer, by its exit code."""
    # Its limit of time ends it by a signal (SIGXCPU is 24); whatever else ends it is the file's
    # doing too, as it does nothing but read it.
    return ReadProblem.TOO_SLOW if code == -24 else ReadProblem.BROKEN  # noqa: PLR2004 # see above
