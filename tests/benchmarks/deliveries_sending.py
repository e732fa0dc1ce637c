"""Lets a bot send all that is due while somebody keeps asking questions."""

import asyncio
import gc
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Final

from tests.benchmarks.chat_bots import BotProcess
from tests.benchmarks.deliveries_limits import Limits

_PAUSE: Final = 0.1  # seconds between two questions
_SETTLED: Final = 2.0  # seconds after starting
_ROUNDS: Final = 10  # how often all questions may be asked


async def sent_and_answered(
    bot: BotProcess, limits: Limits, texts: Sequence[str], *, count: int
) -> list[float]:
    """Start `bot` and ask it `texts` until `count` messages arrived.

    Returns the milliseconds that each answer took. What starting asked is not counted.
    """
    busy: list[float] = []
    with _collecting_nothing():
        await bot.start()
        await asyncio.sleep(_SETTLED)
        limits.requests = limits.refused = 0
        for number, text in enumerate([*texts] * _ROUNDS):
            busy.append((await bot.crowd.slash(number % 50, text)).milliseconds)
            if len(limits.arrived) >= count:
                break
            await asyncio.sleep(_PAUSE)
    return busy


@contextmanager
def _collecting_nothing() -> Generator[None]:
    """Collect no garbage here: requests that bunch up as Discord's stand-in pauses are not ours."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
