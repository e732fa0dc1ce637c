"""What is under way: stopping waits for it, and each answer is counted and timed."""

import asyncio
import enum
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
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
        """How many answers and other pieces of work are under way."""
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
        running, begun = RunningAnswer(), time.perf_counter()
        with self.busy():
            try:
                yield running
            finally:
                self._observer.ended(running.outcome, seconds=time.perf_counter() - begun)

    @contextmanager
    def busy(self) -> Generator[None]:
        """Do something else that stopping waits for, such as the work of a button.

        Raises:
            StoppingError: when the bot is stopping.

        """
        if self._is_stopping:
            raise StoppingError
        self._count += 1
        self._none_running.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._none_running.set()

    async def finish(self) -> None:
        """Refuse new work and wait until what was begun has ended."""
        self._is_stopping = True
        await self._none_running.wait()
