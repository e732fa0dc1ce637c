"""Draws landscapes in a process of its own, which may not take long nor much memory.

A drawing takes a second of a processor; in this process it would hold up everybody's answers. One
is drawn at a time, and the last ones are remembered.
"""

import asyncio
import contextlib
import hashlib
import os
import pickle
import signal
import sys
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

import structlog

from bot.adapters.landscape_messages import Drawn, Limits, Request
from bot.landscape.minimum import counted
from bot.landscape.result import TooLittle
from bot.landscape.votes import VoteMatrix
from bot.services.landscape.alt import alt_of
from bot.services.landscape.drawing import DrawnLandscape, LandscapeNotDrawnError

_MODULE: Final = "bot.adapters.landscape_child"
_ROOT: Final = Path(__file__).parents[2]
_KEPT: Final = 16  # landscapes; each some tens of kilobytes
_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class LandscapeDrawer:
    """The port `DrawsLandscapes`, by a child process for each drawing."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._one = asyncio.Lock()
        self._drawn: OrderedDict[bytes, Drawn] = OrderedDict()

    async def draw(
        self, matrix: VoteMatrix, statements: Mapping[int, str]
    ) -> DrawnLandscape | TooLittle:
        """Return the landscape of the votes on `statements`, or what is missing.

        Raises:
            LandscapeNotDrawnError: when the child ended otherwise, or did not in time.

        """
        nameless = _nameless(matrix, statements)
        missing = counted(nameless.votes)
        if isinstance(missing, TooLittle):
            return missing
        request = pickle.dumps(Request(nameless, self._limits))
        key = hashlib.sha256(request).digest()
        async with self._one:
            drawn = self._drawn.get(key) or await self._ask(request)
            self._drawn[key] = drawn
            self._drawn.move_to_end(key)
            while len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
        return DrawnLandscape(drawn.picture, alt_of(drawn.landscape, statements), drawn.landscape)

    async def _ask(self, request: bytes) -> Drawn:
        try:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                _MODULE,
                cwd=_ROOT,
                env=_environment(),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            _log.warning("landscape_not_begun", error=type(error).__name__)
            raise LandscapeNotDrawnError from error
        try:
            async with asyncio.timeout(self._limits.seconds):
                answer, _ = await child.communicate(request)
        except TimeoutError as error:
            _log.warning("landscape_too_slow", seconds=self._limits.seconds)
            raise LandscapeNotDrawnError from error
        finally:
            if child.returncode is None:
                with contextlib.suppress(ProcessLookupError):  # it ended just now
                    os.killpg(child.pid, signal.SIGKILL)  # with the one that does the sums
                await child.wait()
        if child.returncode != 0:
            _log.warning("landscape_not_drawn", code=child.returncode)
            raise LandscapeNotDrawnError
        return cast("Drawn", pickle.loads(answer))  # noqa: S301 # written by our own child


def _nameless(matrix: VoteMatrix, statements: Mapping[int, str]) -> VoteMatrix:
    """Return the votes on the statements, with voters numbered from 0."""
    columns = [at for at, comment in enumerate(matrix.comments) if comment in statements]
    return VoteMatrix(
        tuple(range(len(matrix.voters))),
        tuple(matrix.comments[at] for at in columns),
        matrix.votes[:, columns],
    )


def _environment() -> dict[str, str]:
    """Return this process's environment, with one thread a child: sums then never differ."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **one}
