"""The answers that are being given: stopping waits for them, and each is counted and timed."""

import asyncio
import enum
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Protocol

from bot.services.knowledge.answers import Answered, Reply, Suggested


class Outcome(enum.StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    UNKNOWN = "unknown"
    FAILED = "failed"


class AnswerObserver(Protocol):
    """Is told of every answer that ended."""

    def ended(self, outcome: Outcome, *, seconds: float) -> None:
        """Take note of an answer that took `seconds` from the question until it was sent."""
        ...


class StoppingError(Exception):
    """No new answer is begun: the bot is stopping."""


class RunningAnswer:
    """One answer that is being given."""

    def __init__(self) -> None:
        self.outcome = Outcome.FAILED

    def gave(self, reply: Reply) -> None:
        """Say what the person gets to read; without this the answer counts as failed."""
        if isinstance(reply, Answered):
            self.outcome = Outcome.ANSWERED
        elif isinstance(reply, Suggested):
            self.outcome = Outcome.SUGGESTED
        else:
            self.outcome = Outcome.UNKNOWN


class RunningAnswers:
    """Knows which answers are being given.

    async with answering() as running:
        reply = library.answerer.reply(question)
        await interaction.followup.send(...)
        running.gave(reply)
    """

    def __init__(self, observer: AnswerObserver) -> None:
        """Tell `observer` of every answer that ended."""
        self._observer = observer
        self._count = 0
        self._none_running = asyncio.Event()
        self._none_running.set()
        self._is_stopping = False

    @property
    def count(self) -> int:
        """How many answers are being given now."""
        return self._count

    @property
    def is_stopping(self) -> bool:
        """Whether new answers are refused."""
        return self._is_stopping

    @asynccontextmanager
    async def __call__(self) -> AsyncGenerator[RunningAnswer]:
        """Begin an answer; it runs until the block ends, sending included.

        Raises:
            StoppingError: when the bot is stopping.

        """
        if self._is_stopping:
            raise StoppingError
        running, begun = RunningAnswer(), time.perf_counter()
        self._count += 1
        self._none_running.clear()
        try:
            yield running
        finally:
            self._count -= 1
            if not self._count:
                self._none_running.set()
            self._observer.ended(running.outcome, seconds=time.perf_counter() - begun)

    async def finish(self) -> None:
        """Refuse new answers and wait until those that were begun have ended."""
        self._is_stopping = True
        await self._none_running.wait()
