"""How fast the search answers, how long its index takes and how much memory it holds, by size."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from bot.adapters import dictionaries
from bot.search.confidence import shipped_model
from bot.search.index import build
from bot.search.searcher import Searcher
from bot.services.knowledge.answering import Answerer, Thresholds
from config.settings import Settings
from tests.benchmarks import corpus
from tests.benchmarks.measuring import (
    Figure,
    peak_megabytes,
    percentile,
    resident_megabytes,
    seconds_of,
)
from tests.benchmarks.plain import RawBm25

SIZES: Final = (1_000, 10_000, 100_000)
QUICK_SIZES: Final = (100, 300)
QUESTIONS: Final = 300
ROUNDS: Final = 3
BASELINE: Final = "bm25s"
_BOUNDED: Final = 10_000  # passages: the size that the goals are about
_P99_GOAL, _P99_FLOOR, _INDEX_GOAL = 3.0, 10.0, 6.0  # ms, ms, s

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one engine costs: milliseconds a question, seconds and megabytes of its index.

    `first_p99` is of questions asked for the first time, when nothing is remembered of them; `p50`
    and `p99` are over the questions, of the median of each question's rounds.
    """

    p50: float
    p99: float
    first_p99: float
    index_seconds: float
    index_megabytes: float


@dataclass(frozen=True, slots=True)
class Sized:
    """What both engines cost at one size; megabytes of the process before and at the most."""

    ours: Cost
    plain: Cost
    before: float
    peak: float


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Measure at every size, each in a process of its own, and yield what came out."""
    sizes = QUICK_SIZES if is_quick else SIZES
    first: Sized | None = None
    for size in sizes:
        plain_megabytes = _alone(_plain_megabytes, size)
        found = _alone(_measure_quickly if is_quick else _measure, size)
        first = first or found
        yield from _figures_of(size, found, plain_megabytes)
        if size > sizes[0]:
            yield Figure(
                "search", f"{size:,}", f"p50 ÷ p50 at {sizes[0]:,}",
                found.ours.p50 / first.ours.p50, "×", found.plain.p50 / first.plain.p50, BASELINE,
            )  # fmt: skip


def thresholds() -> Thresholds:
    """Return the thresholds that hold by default."""
    defaults = Settings.model_fields
    return Thresholds(
        answer=defaults["answer_threshold"].default, suggest=defaults["suggest_threshold"].default
    )


def answerer_of(searcher: Searcher) -> Answerer:
    """Return what answers with `searcher`, set as by default."""
    return Answerer(searcher, model=shipped_model(), thresholds=thresholds())


def _figures_of(size: int, found: Sized, plain_megabytes: float) -> Iterator[Figure]:
    ours, plain = found.ours, found.plain
    bounded = size == _BOUNDED
    p99_goal, p99_floor = (_P99_GOAL, _P99_FLOOR) if bounded else (None, None)

    def figure(
        name: str, value: float, unit: str, baseline: float,
        *, goal: float | None = None, floor: float | None = None,
    ) -> Figure:  # fmt: skip
        return Figure(
            "search", f"{size:,}", name, value, unit, baseline, BASELINE, goal=goal, floor=floor
        )

    yield figure("p50", ours.p50, "ms", plain.p50)
    yield figure("p99", ours.p99, "ms", plain.p99, goal=p99_goal, floor=p99_floor)
    yield figure("p99, first time", ours.first_p99, "ms", plain.first_p99, floor=p99_floor)
    index_goal = _INDEX_GOAL if bounded else None
    yield figure("index", ours.index_seconds, "s", plain.index_seconds, goal=index_goal)
    yield figure("memory of index", ours.index_megabytes, "MB", plain_megabytes)
    yield Figure(
        "search", f"{size:,}", "peak memory", found.peak, "MB", found.before, "before indexing"
    )


def _alone(measure: Callable[[int], _Result], size: int) -> _Result:
    """Return `measure(size)`, done in a fresh process: memory given back is not always returned."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(measure, size).result()


def _plain_megabytes(size: int) -> float:
    documents = corpus.documents(size)
    before = resident_megabytes()
    index = RawBm25(documents)
    grown = resident_megabytes() - before
    del index
    return max(grown, 0.1)


def _measure(size: int) -> Sized:
    return _measured(size, questions=QUESTIONS, rounds=ROUNDS)


def _measure_quickly(size: int) -> Sized:
    return _measured(size, questions=20, rounds=1)


def _measured(size: int, *, questions: int, rounds: int) -> Sized:
    documents = corpus.documents(size)
    real_words = dictionaries.real_words()
    asked = corpus.questions(questions)
    before = resident_megabytes()
    begun = time.perf_counter()
    searcher = Searcher([build(documents)], real_words=real_words)
    index_seconds = time.perf_counter() - begun
    index_megabytes = max(resident_megabytes() - before, 0.1)
    peak = peak_megabytes()
    answerer = answerer_of(searcher)
    begun = time.perf_counter()
    plain = RawBm25(documents)
    plain_seconds = time.perf_counter() - begun
    answerer.ranking("warm up: word lists and patterns are read once")
    ours_ms, plain_ms = _rounds(answerer, plain, asked, rounds=rounds)
    return Sized(
        ours=_cost(ours_ms, index_seconds, index_megabytes),
        plain=_cost(plain_ms, plain_seconds, 0.0),
        before=before,
        peak=peak,
    )


def _rounds(
    answerer: Answerer, plain: RawBm25, asked: Sequence[str], *, rounds: int
) -> tuple[list[list[float]], list[list[float]]]:
    """Return milliseconds, round by round; the engines take turns, so they share any disturbance.

    Ours is the whole way from text to judged passages; of bm25s it is `get_scores` alone.
    """
    ours: list[list[float]] = []
    other: list[list[float]] = []
    words_of = [plain.known(text) for text in asked]
    for _ in range(rounds):
        ours.append([])
        other.append([])
        for text, words in zip(asked, words_of, strict=True):
            ours[-1].append(1000 * seconds_of(partial(answerer.ranking, text)))
            other[-1].append(1000 * seconds_of(partial(plain.scores, words)))
    return ours, other


def _cost(rounds: Sequence[Sequence[float]], seconds: float, megabytes: float) -> Cost:
    typical = [percentile(one, 50) for one in zip(*rounds, strict=True)]
    return Cost(
        p50=percentile(typical, 50),
        p99=percentile(typical, 99),
        first_p99=percentile(rounds[0], 99),
        index_seconds=seconds,
        index_megabytes=megabytes,
    )
