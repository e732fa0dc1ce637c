"""How soon a changed document is found, and how long questions wait meanwhile."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from bot.adapters import dictionaries, knowledge_files
from bot.search.confidence import shipped_model
from bot.search.documents import Document
from bot.search.index import build
from bot.search.real_words import RealWords
from bot.search.searcher import Searcher
from bot.services.knowledge.library import Library
from tests.benchmarks import corpus
from tests.benchmarks.measuring import Figure, seconds_of
from tests.benchmarks.searching import thresholds

SIZE: Final = 10_000
BASELINE: Final = "a full build"
_GOAL: Final = 1.0  # seconds
_GUILD: Final = 1
_NEW: Final = "De quokkabrug van Zandbergen telt zeventien bogen en werd in 1974 geschilderd."
_QUESTION: Final = "hoeveel bogen telt de quokkabrug"
_ASKED_MEANWHILE: Final = "wat adviseert Berenschot"


@dataclass(frozen=True, slots=True)
class _Change:
    """Seconds until the change was found; the longest that a question took meanwhile."""

    until_found: float
    longest_question: float


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Change one document of the shipped knowledge base and of a large one."""
    real_words = dictionaries.real_words()
    shipped = knowledge_files.read().documents
    for documents in (shipped, corpus.documents(300 if is_quick else SIZE)):
        yield from _figures_of(documents, real_words, times=1 if is_quick else 5)


def _figures_of(
    documents: Sequence[Document], real_words: RealWords, *, times: int
) -> Iterator[Figure]:
    begun = time.perf_counter()
    searcher = Searcher([build(documents)], real_words=real_words)
    baseline = time.perf_counter() - begun
    found = [asyncio.run(_change(searcher, documents, number)) for number in range(times)]
    case = f"{searcher.size:,}"
    yield Figure(
        "change", case, "until found", median(one.until_found for one in found), "s",
        baseline, BASELINE, goal=_GOAL,
    )  # fmt: skip
    yield Figure(
        "change", case, "longest question meanwhile",
        max(one.longest_question for one in found), "s", baseline, BASELINE,
    )  # fmt: skip


async def _change(searcher: Searcher, documents: Sequence[Document], number: int) -> _Change:
    """Replace one document while questions are asked all the time.

    Raises:
        RuntimeError: when the change is not found after all.

    """
    library = Library(searcher, documents, model=shipped_model(), thresholds=thresholds())
    old = documents[number]
    first, *others = old.sections
    new = replace(old, sections=(replace(first, text=_NEW, known_unknown=False), *others))
    waits: list[float] = []
    begun = time.perf_counter()
    changing = asyncio.create_task(library.change(_GUILD, {new.id: new}))
    while not changing.done():
        waits.append(
            seconds_of(lambda: library.for_guild(_GUILD).answerer.ranking(_ASKED_MEANWHILE))
        )
        await asyncio.sleep(0)  # lets the loop see that the change is in force
    await changing
    best = library.for_guild(_GUILD).answerer.ranking(_QUESTION)[0]
    until_found = time.perf_counter() - begun
    if best.key != (old.id, 0):
        message = "the changed document is not found"
        raise RuntimeError(message)
    return _Change(until_found, max(waits))
