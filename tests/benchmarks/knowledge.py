"""A guild with many documents: how soon an edit is found, and what a rebuild costs who asks.

Beside what ships the guild has as many passages as the case says. Questions go the way of `/vraag`,
from the text to the answer that was kept (SQLite), one after the other.
"""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Final

from bot.adapters import dictionaries, knowledge_files
from bot.adapters.clock import SystemClock
from bot.adapters.knowledge_workshop import ChildWorkshop
from bot.search.confidence import shipped_model
from bot.search.documents import Document, Origin
from bot.search.index import build
from bot.search.searcher import Searcher
from bot.services.container import Services, build_services
from bot.services.knowledge.asking import Asked
from bot.services.knowledge.library import Library
from bot.services.knowledge.rate_limit import RateLimit
from bot.web.metrics import Metrics
from storage.engine import open_database
from storage.migrate import upgrade
from storage.records import ChannelPlace
from storage.unit_of_work import UnitsOfWork
from tests.benchmarks import corpus
from tests.benchmarks.measuring import Figure, percentile, seconds_of
from tests.benchmarks.searching import thresholds

SIZE: Final = 10_000
_QUICK: Final = 500
_FULL: Final = "a full build"
_QUIET: Final = "without a rebuild"
_GOAL: Final = 1.0  # seconds
_MOST_SLOWER: Final = 2.0  # times
_GUILD: Final = 1
_NEW: Final = "De quokkabrug van Zandbergen telt zeventien bogen en werd in 1974 geschilderd."
_QUESTION: Final = "hoeveel bogen telt de quokkabrug"
_PAUSE: Final = 0.005  # seconds between an answer and the next question


@dataclass(slots=True)
class _Asker:
    """Asks one question after the other until it is told to end."""

    services: Services
    questions: Iterator[str]
    is_done: bool = False

    async def ask(self, *, least: int) -> list[float]:
        """Ask at least so many questions; return the seconds that each took."""
        took: list[float] = []
        while len(took) < least or not self.is_done:
            asked = Asked(next(self.questions), 7, ChannelPlace(_GUILD, 2), is_private=False)
            begun = time.perf_counter()
            await self.services.asking.answer(asked)
            took.append(time.perf_counter() - begun)
            await asyncio.sleep(_PAUSE)
        return took


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Give a guild many documents, edit one, and index them all anew while somebody asks."""
    size = _QUICK if is_quick else SIZE
    documents = [replace(one, origin=Origin.MODERATOR) for one in corpus.documents(size)]
    full = seconds_of(partial(build, documents))
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(_measured(documents, Path(folder), times=1 if is_quick else 5))
    case = f"{size:,}"
    yield Figure("knowledge", case, "edit until found", found.edit, "s", full, _FULL, goal=_GOAL)
    for share in (50, 99):
        quiet = 1000 * percentile(found.quiet, share)
        busy = 1000 * percentile(found.busy, share)
        yield Figure(
            "knowledge", case, f"asked during a rebuild, p{share}", busy, "ms", quiet, _QUIET,
            goal=_MOST_SLOWER * quiet,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Measured:
    edit: float
    quiet: Sequence[float]
    busy: Sequence[float]


async def _measured(documents: Sequence[Document], folder: Path, *, times: int) -> _Measured:
    url = f"sqlite:///{folder / 'breed.sqlite3'}"
    clock = SystemClock()
    await upgrade(url, backups=folder, now=clock.now())
    database = open_database(url)
    library = _library()
    services = build_services(
        clock=clock,
        units=UnitsOfWork(database),
        library=library,
        limit=RateLimit(clock, burst=100, per_minute=100),
        observer=Metrics(version="1"),
    )
    questions = cycle(corpus.questions(600))
    await library.change(_GUILD, {one.id: one for one in documents})
    edits = [await _edit(library, documents[number]) for number in range(times)]
    quiet: list[float] = []
    busy: list[float] = []
    for number in range(max(times // 2, 1)):
        before = _Asker(services, questions, is_done=True)
        quiet += await before.ask(least=400 if times > 1 else 20)
        busy += await _asked_meanwhile(library, documents, _Asker(services, questions), number)
    await library.finish()
    await database.close()
    return _Measured(median(edits), quiet, busy)


def _library() -> Library:
    documents = knowledge_files.read().documents
    searcher = Searcher([build(documents)], real_words=dictionaries.real_words())
    return Library(
        searcher,
        documents,
        model=shipped_model(),
        thresholds=thresholds(),
        workshop=ChildWorkshop(),
    )


async def _edit(library: Library, document: Document) -> float:
    """Change one document; return the seconds until a question finds it.

    Raises:
        RuntimeError: when it is not found after all.

    """
    first, *others = document.sections
    new = replace(first, text=_NEW, known_unknown=False)
    begun = time.perf_counter()
    await library.change(_GUILD, {document.id: replace(document, sections=(new, *others))})
    best = library.for_guild(_GUILD).answerer.ranking(_QUESTION)[0]
    took = time.perf_counter() - begun
    if best.key != (document.id, 0):
        message = "the changed document is not found"
        raise RuntimeError(message)
    await library.change(_GUILD, {document.id: None})
    return took


async def _asked_meanwhile(
    library: Library, documents: Sequence[Document], asker: _Asker, number: int
) -> list[float]:
    """Index all documents anew; return how long each question took until that was done."""
    changed = {one.id: replace(one, title=f"{one.title} {number}") for one in documents}
    asking = asyncio.create_task(asker.ask(least=1))
    await library.change(_GUILD, changed)
    asker.is_done = True
    return await asking
