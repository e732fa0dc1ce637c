"""How long a landscape takes, in a process of its own and by itself, and what others notice."""

import asyncio
import multiprocessing
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle
from typing import Final

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score
from threadpoolctl import threadpool_limits

from bot.adapters import dictionaries
from bot.adapters.landscape import LandscapeDrawer
from bot.landscape.mapping import landscape_of
from bot.landscape.votes import MISSING, VoteMatrix
from bot.search.index import build
from bot.search.searcher import Searcher
from tests.benchmarks import corpus
from tests.benchmarks.measuring import Figure, median_seconds, percentile, seconds_of
from tests.benchmarks.searching import answerer_of
from tests.landscape.electorates import planted

VOTERS, COMMENTS = (500, 300, 200), 500
QUICK_VOTERS, QUICK_COMMENTS = (20, 15), 20
_PASSAGES: Final = 300
_GOAL: Final = 2.0  # seconds
_SLOWER: Final = 2.0  # times, for others
_PLAIN: Final = "scikit-learn: PCA, k-means, silhouette"


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Draw one landscape, in a child as the bot does, and here."""
    sizes, comments = (QUICK_VOTERS, QUICK_COMMENTS) if is_quick else (VOTERS, COMMENTS)
    votes, _ = planted(sizes, comments, seed=1, loyal=0.5, seen=0.3 if not is_quick else 0.9)
    case = f"{sum(sizes):,} x {comments}"
    statements = {number: f"statement {number}" for number in votes.comments}
    before = _of_children()
    drawn = median_seconds(lambda: asyncio.run(LandscapeDrawer().draw(votes, statements)), times=3)
    processor = (_of_children() - before) / 3
    beside, idle, busy = asyncio.run(_drawn_beside_questions(votes, statements))
    before = _of_children()
    child = seconds_of(lambda: _in_a_child(votes))
    baseline = _of_children() - before
    name = "plain scikit-learn in a child, no picture"
    yield Figure("landscape", case, "drawn in a child", drawn, "s", child, name, goal=_GOAL)
    yield Figure("landscape", case, "processor of the child", processor, "s", baseline, name)
    yield Figure("landscape", case, "drawn beside questions", beside, "s", child, name)
    with threadpool_limits(1):
        ours = median_seconds(lambda: landscape_of(votes), times=3)
        plain = median_seconds(lambda: _plain(votes), times=3)
    yield Figure("landscape", case, "computed", ours, "s", plain, _PLAIN)
    yield Figure(
        "landscape", case, "questions meanwhile, p99", busy, "ms", idle, "before",
        goal=_SLOWER * idle,
    )  # fmt: skip


async def _drawn_beside_questions(
    votes: VoteMatrix, statements: Mapping[int, str]
) -> tuple[float, float, float]:
    """Return seconds of drawing, and p99 of questions in this process before and meanwhile.

    The questions keep one processor busy.
    """
    searcher = Searcher([build(corpus.documents(_PASSAGES))], real_words=dictionaries.real_words())
    answerer = answerer_of(searcher)
    questions = cycle(corpus.questions(50))

    async def asked() -> float:
        await asyncio.sleep(0.002)  # as when there is nothing to do for a moment
        text = next(questions)
        return 1000 * seconds_of(lambda: answerer.ranking(text))

    for _ in range(100):
        await asked()  # what is read once
    loop = asyncio.get_running_loop()
    idle = [await asked() for _ in range(300)]
    begun = loop.time()
    drawing = asyncio.create_task(LandscapeDrawer().draw(votes, statements))
    drawing.add_done_callback(lambda _: ended.append(loop.time()))
    ended: list[float] = []
    busy: list[float] = []
    while not drawing.done():
        busy.append(await asked())
    await drawing
    return ended[0] - begun, percentile(idle, 99), percentile(busy, 99)


def _of_children() -> float:
    """Return the processor time of the processes that ended; on a busy machine it says more."""
    times = os.times()
    return times.children_user + times.children_system


def _in_a_child(votes: VoteMatrix) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        pool.submit(_plain, votes).result()


def _plain(votes: VoteMatrix) -> int:
    """Return the k of the best silhouette, as a first attempt would: means for what is missing."""
    known = votes.votes != MISSING
    values = np.where(known, votes.votes, 0.0)
    means = values.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    points = PCA(n_components=2, random_state=0).fit_transform(np.where(known, values, means))
    widths = {
        k: float(silhouette_score(points, KMeans(k, n_init=10, random_state=0).fit_predict(points)))
        for k in range(2, 6)
    }
    return max(widths, key=lambda k: widths[k])
