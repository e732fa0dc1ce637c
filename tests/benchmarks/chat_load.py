"""An hour of questions, as fast as the bot takes them, and the memory that it holds meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from tests.benchmarks.chat_asking import PEOPLE, Crowd, Trip, asked
from tests.benchmarks.chat_bots import BotProcess

A_MINUTE: Final = 6  # questions of a person, which is as many as may be asked by default
HOUR: Final = A_MINUTE * 60 * PEOPLE
SLICES: Final = 10
MOST_GROWTH: Final = 1.10
"""Flat: after the last slice at most a tenth more than after the second, as the first fills what
has a fixed size."""


@dataclass(frozen=True, slots=True)
class Load:
    """Megabytes before the first question and after every slice; questions a second."""

    questions: int
    before: float
    slices: tuple[float, ...]
    per_second: float

    @property
    def growth(self) -> float:
        """Return the memory after the last slice ÷ that after the second."""
        return self.slices[-1] / self.slices[1]

    @property
    def slope(self) -> float:
        """Return megabytes a 1,000 questions: the line that fits best, without the first slice."""
        each = self.questions / len(self.slices) / 1000
        at = [each * number for number in range(1, len(self.slices))]
        return float(np.polyfit(at, self.slices[1:], 1)[0])


async def loaded(bot: BotProcess, questions: Sequence[str]) -> Load:
    """Ask all `questions`, half of them with `/vraag`, in ten slices."""
    before, seconds, slices = bot.megabytes, 0.0, list[float]()
    for part in range(SLICES):
        _, took = await asked(bot.crowd, questions[part::SLICES], _in_turns, at_once=PEOPLE)
        seconds += took
        slices.append(bot.megabytes)
    return Load(len(questions), before, tuple(slices), len(questions) / seconds)


async def _in_turns(crowd: Crowd, number: int, text: str) -> Trip:
    return await (crowd.slash if number % 2 else crowd.mention)(number, text)
