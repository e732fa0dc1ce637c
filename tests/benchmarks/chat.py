"""How long people wait for the bot in chat, beside the smallest bot that discord.py makes.

Both bots are processes of their own; this one serves the Discord that they talk with, and asks.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final, TypeAlias

from tests.benchmarks import corpus
from tests.benchmarks.chat_asking import PEOPLE, Ask, Crowd, Trip, asked
from tests.benchmarks.chat_bots import BASELINE, BotProcess, Start, both
from tests.benchmarks.chat_load import MOST_GROWTH, SLICES, Load, loaded
from tests.benchmarks.measuring import Figure, percentile

LOAD: Final = 3_000  # questions by default: a sixth of an hour's
QUICK_LOAD: Final = 100
_P50_TIMES, _P95_TIMES = 2, 3  # at most so many times the baseline
_LONGEST_ACKNOWLEDGEMENT: Final = 1_000.0  # ms
_MORE_TO_START: Final = 3.0  # seconds
_MORE_MEMORY: Final = 150.0  # MB
_BUDGET: Final = 110.0  # seconds since the beginning; then no second or later round begins


@dataclass(frozen=True, slots=True)
class _Kind:
    """A way to ask, and how often in one round."""

    name: str
    ask: Ask
    at_once: int
    count: int
    quick_count: int

    @property
    def case(self) -> str:
        """Return what the table says."""
        return f"{self.name}, {self.at_once} asker{'s' if self.at_once > 1 else ''}"


_KINDS: Final = (
    _Kind("/vraag", Crowd.slash, 1, 100, 5),
    _Kind("/vraag", Crowd.slash, PEOPLE, 250, 60),
    _Kind("mention", Crowd.mention, 1, 100, 5),
    _Kind("mention", Crowd.mention, PEOPLE, 250, 60),
)


@dataclass(slots=True)
class _Cost:
    """All trips of one kind to one bot, with the seconds that they took, here and there."""

    trips: list[Trip] = field(default_factory=list[Trip])
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    stand_in_seconds: float = 0.0

    def milliseconds(self, share: int) -> float:
        """Return the percentile of the time to the answer."""
        return percentile([one.milliseconds for one in self.trips], share)

    def acknowledged(self, share: int) -> float:
        """Return the percentile of the time to the acknowledgement."""
        return percentile([one.milliseconds_to_acknowledge for one in self.trips], share)

    def per_answer(self, seconds: float) -> float:
        """Return milliseconds an answer."""
        return 1000 * seconds / len(self.trips)


_Costs: TypeAlias = dict[str, tuple[_Cost, _Cost]]


@dataclass(frozen=True, slots=True)
class _Measured:
    """What came out; of every pair the first is ours and the other the baseline's."""

    first_start: Start
    starts: tuple[Sequence[Start], Sequence[Start]]
    costs: _Costs
    different: int
    loads: tuple[Load, Load]


def is_possible() -> bool:
    """Whether this system tells the memory and the processor time of other processes (Linux)."""
    return Path("/proc/self/statm").exists()


def figures(*, is_quick: bool, load: int) -> Iterator[Figure]:
    """Start both bots in turns, put `load` questions to each, and then ask them in turns."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(_measured(Path(folder), is_quick=is_quick, load=load))
    for case, (ours, baseline) in found.costs.items():
        yield from _of_kind(case, ours, baseline)
    yield from _of_starts(found)
    yield from _of_load(found)


async def _measured(folder: Path, *, is_quick: bool, load: int) -> _Measured:
    until = time.monotonic() + _BUDGET
    async with both(folder) as (ours, baseline):
        first_start = await ours.start()
        starts: tuple[list[Start], list[Start]] = ([], [])
        for _ in range(1 if is_quick else 5):
            for bot, found in zip((baseline, ours), reversed(starts), strict=True):
                await bot.stop()
                found.append(await bot.start())
        # Before the rounds, so that it begins with a bot that has only just started.
        texts = _questions(load)
        loads = (await loaded(ours, texts), await loaded(baseline, texts))
        costs = await _rounds(ours, baseline, is_quick=is_quick, until=until)
        return _Measured(first_start, starts, costs, len(set(texts)), loads)


async def _rounds(
    ours: BotProcess, baseline: BotProcess, *, is_quick: bool, until: float
) -> _Costs:
    """Ask in every way, in turns and in rounds, so that both bots share any disturbance."""
    costs = {kind.case: (_Cost(), _Cost()) for kind in _KINDS}
    counts = [kind.quick_count if is_quick else kind.count for kind in _KINDS]
    rounds = 1 if is_quick else 4
    texts = _questions(rounds * sum(counts), seed="rounds")
    for number in range(rounds):
        if number and time.monotonic() > until:
            break
        for kind, count in zip(_KINDS, counts, strict=True):
            part, texts = texts[:count], texts[count:]
            for bot, cost in zip((ours, baseline), costs[kind.case], strict=True):
                await _add(cost, bot, kind, part)
    return costs


async def _add(cost: _Cost, bot: BotProcess, kind: _Kind, texts: Sequence[str]) -> None:
    cpu, stand_in = bot.cpu_seconds, time.process_time()
    trips, seconds = await asked(bot.crowd, texts, kind.ask, at_once=kind.at_once)
    cost.cpu_seconds += bot.cpu_seconds - cpu
    cost.stand_in_seconds += time.process_time() - stand_in
    cost.trips += trips
    cost.seconds += seconds


def _questions(count: int, *, seed: str = "load") -> list[str]:
    """Return questions of all kinds mixed, nearly all different: no cache is to help."""
    found = corpus.questions(count)
    random.Random(seed).shuffle(found)  # noqa: S311 # repeatable, nothing secret
    return found


def _of_kind(case: str, ours: _Cost, baseline: _Cost) -> Iterator[Figure]:
    def figure(name: str, value: float, other: float, goal: float | None = None) -> Figure:
        return Figure("chat", case, name, value, "ms", other, BASELINE, goal=goal)

    if ours.trips[0].acknowledged is not None:
        longest = ours.acknowledged(100), baseline.acknowledged(100)
        yield figure("acknowledged, p50", ours.acknowledged(50), baseline.acknowledged(50))
        yield figure("acknowledged, longest", *longest, _LONGEST_ACKNOWLEDGEMENT)
    times = {50: _P50_TIMES, 95: _P95_TIMES}
    for share in (50, 95, 99):
        other = baseline.milliseconds(share)
        goal = times[share] * other if share in times else None
        yield figure(f"answered, p{share}", ours.milliseconds(share), other, goal)
    yield figure("answered, longest", ours.milliseconds(100), baseline.milliseconds(100))
    yield Figure(
        "chat", case, "answers", len(ours.trips) / ours.seconds, "/s",
        len(baseline.trips) / baseline.seconds, BASELINE, is_best_high=True,
    )  # fmt: skip
    of_ours, of_baseline = (
        ours.per_answer(ours.cpu_seconds),
        baseline.per_answer(baseline.cpu_seconds),
    )
    yield figure("processor, an answer", of_ours, of_baseline)
    yield figure(
        "processor of the stand-in",
        ours.per_answer(ours.stand_in_seconds), baseline.per_answer(baseline.stand_in_seconds),
    )  # fmt: skip


def _of_starts(found: _Measured) -> Iterator[Figure]:
    ours, baseline = found.starts
    ready = median(one.ready for one in baseline)
    answered = median(one.answered for one in baseline)

    def figure(
        case: str, name: str, value: float, other: float, *, is_bounded: bool = False
    ) -> Figure:
        goal = other + _MORE_TO_START if is_bounded else None
        return Figure("chat", case, name, value, "s", other, BASELINE, goal=goal)

    yield figure("start, no cache", "ready", found.first_start.ready, ready)
    yield figure("start, no cache", "first answer", found.first_start.answered, answered)
    for name, values, other in (
        ("ready", [one.ready for one in ours], ready),
        ("first answer", [one.answered for one in ours], answered),
    ):
        yield figure("start, cache", name, median(values), other, is_bounded=True)


def _of_load(found: _Measured) -> Iterator[Figure]:
    ours, baseline = found.loads
    case = f"{ours.questions:,} questions, {found.different:,} different"

    def figure(
        name: str, value: float, unit: str, other: float, *, goal: float | None = None
    ) -> Figure:
        return Figure("chat", case, name, value, unit, other, BASELINE, goal=goal)

    yield figure(
        "memory before", ours.before, "MB", baseline.before, goal=baseline.before + _MORE_MEMORY
    )
    last = baseline.slices[-1]
    yield figure("memory after", ours.slices[-1], "MB", last, goal=last + _MORE_MEMORY)
    yield figure(
        f"memory, slice {SLICES} ÷ slice 2", ours.growth, "×", baseline.growth, goal=MOST_GROWTH
    )
    yield figure("memory, a 1,000 questions", ours.slope, "MB", baseline.slope)
    yield Figure(
        "chat", case, "answers", ours.per_second, "/s", baseline.per_second, BASELINE,
        is_best_high=True,
    )  # fmt: skip
