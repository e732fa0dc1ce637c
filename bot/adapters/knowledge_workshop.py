"""Reads and indexes the documents of a guild in a child process, for the process that serves.

What is left to do here (taking over what the child made) is done in a thread that rests after every
millisecond of work: Python runs one thread at a time, and whoever asks is not to wait.
"""

import asyncio
import os
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from bot.adapters import knowledge_wire as wire
from bot.adapters.knowledge_child import BETWEEN
from bot.adapters.knowledge_index import Arrays, unpacked_index, unpacked_lines
from bot.search.documents import Document, Term
from bot.search.index import Beside, Passage, terms_of
from bot.search.real_words import RealWords
from bot.search.segments import Segment
from bot.search.spelling import Spelling
from bot.services.knowledge.workshop import Read, WorkshopError, Written

PATIENCE: Final = 300.0
"""Seconds that the child may take: 10,000 passages take it six on an idle machine."""
_CHILD: Final = "bot.adapters.knowledge_child"
_ROOT: Final = Path(__file__).parents[2]
_PASSED_ON: Final = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
_AT_A_STRETCH: Final = 0.001  # seconds of work …
_REST: Final = 0.002  # … and of rest after it

_From = TypeVar("_From")
_To = TypeVar("_To")


class ChildWorkshop:
    """See `Workshop`. Each piece of work has a child of its own, which knows no secrets."""

    def __init__(
        self, *, child: Sequence[str] = ("-m", _CHILD), patience: float = PATIENCE
    ) -> None:
        """Run `child` with this Python for at most `patience` seconds."""
        self._child = tuple(child)
        self._patience = patience

    async def read(self, texts: Sequence[Written]) -> list[Read]:
        """See `Workshop`."""
        lines = await asyncio.to_thread(_each, wire.written_line, texts)
        answer = await self._run(["read"], lines)
        read = await asyncio.to_thread(_each, wire.read_in, answer.splitlines())
        if len(read) != len(texts):
            message = f"{len(read)} of {len(texts)} documents came back"
            raise WorkshopError(message)
        return read

    async def index(
        self, documents: Sequence[Document], *, beside: Beside, real_words: RealWords
    ) -> Segment:
        """See `Workshop`."""
        lines = await asyncio.to_thread(_each, wire.document_line, documents)
        with tempfile.TemporaryDirectory(prefix="breed-") as folder:
            path = Path(folder) / "index.npz"
            await self._run(["index", str(path)], [wire.beside_line(beside), *lines])
            try:
                return await asyncio.to_thread(
                    _taken_over, path, documents, beside.terms, real_words
                )
            except (OSError, ValueError, KeyError) as error:
                message = f"the index cannot be read: {type(error).__name__}"
                raise WorkshopError(message) from error

    async def _run(self, arguments: Sequence[str], lines: Sequence[bytes]) -> bytes:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *self._child,
            *arguments,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=_ROOT,
            env={key: os.environ[key] for key in _PASSED_ON if key in os.environ},
        )
        try:
            async with asyncio.timeout(self._patience):
                answer, complaint = await process.communicate(b"".join(lines))
        except TimeoutError as error:
            message = f"it took longer than {self._patience:g} seconds"
            raise WorkshopError(message) from error
        finally:
            await _ended(process)
        if process.returncode:
            last = complaint.decode(errors="replace").strip().rpartition("\n")[2]
            message = f"it ended with {process.returncode}: {last}"
            raise WorkshopError(message)
        return answer


class _Resting:
    """Called between small pieces of work: rests when there was enough of it."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    def __call__(self) -> None:
        if time.perf_counter() - self._since > _AT_A_STRETCH:
            time.sleep(_REST)
            self._since = time.perf_counter()


async def _ended(process: Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()


def _each(work: Callable[[_From], _To], given: Iterable[_From]) -> list[_To]:
    rest, done = _Resting(), list[_To]()
    for one in given:
        done.append(work(one))
        rest()
    return done


def _taken_over(
    path: Path, documents: Sequence[Document], beside: tuple[Term, ...], real_words: RealWords
) -> Segment:
    rest = _Resting()
    arrays: dict[str, np.ndarray] = {}
    with np.load(path, allow_pickle=False) as stored:
        for name in stored.files:
            arrays[name] = stored[name]
            rest()
    terms = terms_of(documents)
    index = unpacked_index(
        arrays,
        _passages(arrays, documents, rest),
        terms,
        recognised=frozenset((*terms, *beside)),
    )
    rest()
    spelling = Spelling(index.counts, pause=rest)
    return Segment(index, real_words=real_words, spelling=spelling)


def _passages(
    arrays: Arrays, documents: Sequence[Document], rest: Callable[[], None]
) -> tuple[Passage, ...]:
    titles, defined = unpacked_lines(arrays["title_tokens"]), unpacked_lines(arrays["defines"])
    places = [(one, number) for one in documents for number in range(len(one.sections))]
    found: list[Passage] = []
    # One passage without tokens packs to nothing at all.
    padded = (titles or [""], defined or [""])
    for (document, number), title, defines in zip(places, *padded, strict=True):
        found.append(Passage(document, number, _tokens(title), _tokens(defines)))
        rest()
    return tuple(found)


def _tokens(line: str) -> frozenset[str]:
    return frozenset(line.split(BETWEEN) if line else ())
