"""Questions that the knowledge base knows, offered while somebody types, mistakes and all.

Every typed word counts for as much as it tells (its idf over the known questions), times how much
a question's most alike word resembles it: so "wanner is de alv" is about the ALV.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from bot.search.analysis import tokens
from bot.search.documents import Document
from bot.services.knowledge.answering import Answerer
from bot.services.knowledge.library import Library

MOST: Final = 25  # choices that Discord shows
LONGEST: Final = 100  # characters of a choice, and of what is read of the typed text
_ALIKE: Final = 72.0  # of 100, rapidfuzz's ratio: "kostte" and "koste" are 91, "wat" and "was" 67
_PREFIX: Final = 0.95  # what a word counts that only begins as typed
_FITS: Final = 0.45  # share of what was typed that a question must hold to be offered
_LENGTH: Final = 0.15  # how much a question loses that says much beyond what was typed

_Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """All questions, their words, and which passage each one finds. Rows are questions."""

    texts: tuple[str, ...]
    passages: tuple[tuple[str, int], ...]
    words: tuple[str, ...]
    rows: tuple[npt.NDArray[np.int32], ...]
    idf: _Scores
    totals: _Scores
    first: tuple[str, ...]


# What was made of an edition, for as long as it is in force: bots on one library share it.
_MADE: Final[WeakKeyDictionary[Answerer, _Known]] = WeakKeyDictionary()


class Autocomplete:
    """Offers known questions and titles, as many passages as possible rather than variants of one.

    A few milliseconds for 7,000 questions; what it compares with is kept until the library changes.
    """

    def __init__(self, library: Library) -> None:
        """Offer what `library` holds at that moment."""
        self._library = library
        _known_in(library)

    def offer(self, typed: str) -> tuple[str, ...]:
        """Return at most 25 questions of at most 100 characters, the most likely first."""
        known = _known_in(self._library)
        wanted = tokens(typed[:LONGEST])
        if not wanted:
            return known.first
        return _spread(known, _most_alike(known, wanted))


def _most_alike(known: _Known, wanted: Sequence[str]) -> list[int]:
    """Return the rows that fit, the best first."""
    found = np.zeros(len(known.texts), np.float32)
    total = 0.0
    for word in dict.fromkeys(wanted):
        likeness = _likeness(known, word, may_go_on=word == wanted[-1])
        at = np.flatnonzero(likeness)
        worth = float(np.max(known.idf[at], initial=0.0)) or float(known.idf.max(initial=1.0))
        total += worth
        best = np.zeros_like(found)
        for one in at:
            rows = known.rows[int(one)]
            best[rows] = np.maximum(best[rows], likeness[one])
        found += worth * best
    share = found / max(total, 1e-6)
    beyond = 1 - np.minimum(found / known.totals, 1)
    fitting = np.flatnonzero(share >= _FITS)
    scores = share[fitting] - _LENGTH * beyond[fitting]
    return [int(row) for row in fitting[np.argsort(-scores, kind="stable")]]


def _likeness(known: _Known, word: str, *, may_go_on: bool) -> _Scores:
    """Return how much each known word is like `word`, 0 to 1; the last one may be half typed."""
    compared = process.cdist(
        [word], known.words, scorer=fuzz.ratio, score_cutoff=_ALIKE, dtype=np.float32
    )
    likeness: _Scores = compared[0] / 100
    if may_go_on:
        begins = [row for row, one in enumerate(known.words) if one.startswith(word)]
        likeness[begins] = np.maximum(likeness[begins], _PREFIX)
    return likeness


def _spread(known: _Known, rows: Sequence[int]) -> tuple[str, ...]:
    """Return the best question of every passage, then the others while there is room."""
    best: list[int] = []
    others: list[int] = []
    seen: set[tuple[str, int]] = set()
    for row in rows:
        (others if known.passages[row] in seen else best).append(row)
        seen.add(known.passages[row])
    return tuple(dict.fromkeys(known.texts[row] for row in (*best, *others)))[:MOST]


def _known_in(library: Library) -> _Known:
    edition = library.answerer
    known = _MADE.get(edition)
    if known is None:
        known = _MADE[edition] = _known(library)
    return known


def _known(library: Library) -> _Known:
    documents = [one for one in library.documents if one.origin.is_verified]
    found = [row for document in documents for row in _rows_of(document)]
    holders: dict[str, list[int]] = {}
    for row, (text, _) in enumerate(found):
        for word in dict.fromkeys(tokens(text)):
            holders.setdefault(word, []).append(row)
    idf = np.array([math.log(1 + len(found) / len(rows)) for rows in holders.values()], np.float32)
    totals = np.zeros(len(found), np.float32)
    for rows, worth in zip(holders.values(), idf, strict=True):
        totals[rows] += worth
    return _Known(
        texts=tuple(text for text, _ in found),
        passages=tuple(passage for _, passage in found),
        words=tuple(holders),
        rows=tuple(np.array(rows, np.int32) for rows in holders.values()),
        idf=idf,
        totals=np.maximum(totals, 1e-6),
        first=_first(documents),
    )


def _rows_of(document: Document) -> Iterable[tuple[str, tuple[str, int]]]:
    if len(document.title) <= LONGEST:
        yield document.title, (document.id, 0)
    for number, section in enumerate(document.sections):
        for question in section.questions:
            if len(question) <= LONGEST:
                yield question, (document.id, number)


def _first(documents: Sequence[Document]) -> tuple[str, ...]:
    """Return what an empty field offers: from every part of the verkenning in turn."""
    parts: dict[str, list[str]] = {}
    for document in documents:
        if document.sections[0].questions:
            parts.setdefault(document.part, []).append(document.sections[0].questions[0])
    longest = max((len(questions) for questions in parts.values()), default=0)
    turns = (
        questions[turn]
        for turn in range(longest)
        for questions in parts.values()
        if turn < len(questions) and len(questions[turn]) <= LONGEST
    )
    return tuple(dict.fromkeys(turns))[:MOST]
