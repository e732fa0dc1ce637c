"""Questions that the knowledge base knows, offered while somebody types, mistakes and all.

Every typed word counts for as much as it tells (its idf over the known questions), times how much
a question's most alike word resembles it: so "wanner is de alv" is about the ALV.
"""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from bot.search.analysis import tokens
from bot.search.documents import Document, Part
from bot.services.knowledge.guild_shelf import Layer
from bot.services.knowledge.library import Edition, Library

MOST: Final = 25  # choices that Discord shows
LONGEST: Final = 100  # characters of a choice, and of what is read of the typed text
_ALIKE: Final = 72.0  # of 100, rapidfuzz's ratio: "kostte" and "koste" are 91, "wat" and "was" 67
_PREFIX: Final = 0.95  # what a word counts that only begins as typed
_FITS: Final = 0.45  # share of what was typed that a question must hold to be offered
_OWN_FIRST: Final = 5  # of a guild's own questions that an empty field offers first, of each layer
_LENGTH: Final = 0.15  # how much a question loses that says much beyond what was typed

_Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """All questions of a layer, their words, and which passage each one finds. Rows are questions.

    `place_of` is where a word stands among `words`; `first` what an empty field offers.
    """

    texts: tuple[str, ...]
    passages: tuple[tuple[str, int], ...]
    words: tuple[str, ...]
    place_of: Mapping[str, int]
    rows: tuple[npt.NDArray[np.int32], ...]
    totals: _Scores
    first: tuple[int, ...]


_Parts = Sequence[tuple[_Known, frozenset[str]]]

# What was made of a layer, for as long as it is in use: bots on one library share it.
_MADE: Final[WeakKeyDictionary[Layer, _Known]] = WeakKeyDictionary()


class Autocomplete:
    """Offers known questions and titles, as many passages as possible rather than variants of one.

    A few milliseconds for 7,000 questions; what it compares with is kept until that changes.
    """

    def __init__(self, library: Library) -> None:
        """Offer what `library` holds at that moment."""
        self._library = library
        _prepare(library.shipped)
        library.prepares_with(_prepare)

    def offer(self, typed: str, *, guild_id: int | None = None) -> tuple[str, ...]:
        """Return at most 25 questions of at most 100 characters, the most likely first.

        They are those of a guild; None: those that ship.
        """
        parts = _parts_of(self._library.for_guild(guild_id))
        wanted = tokens(typed[:LONGEST])
        if not wanted:
            return _first_of(parts)
        return _spread(parts, _most_alike(parts, wanted))


def _prepare(edition: Edition) -> None:
    """Make what an edition is compared with, before it serves."""
    _parts_of(edition)


def _parts_of(edition: Edition) -> _Parts:
    return [(_known_in(layer), gone) for layer, gone in edition.layers]


def _first_of(parts: _Parts) -> tuple[str, ...]:
    """Return what an empty field offers: some of the guild's own, and then what ships."""
    offered: list[str] = []
    for number, (known, gone) in enumerate(parts, start=1):
        room = MOST if number == len(parts) else _OWN_FIRST
        rows = [row for row in known.first if known.passages[row][0] not in gone]
        offered += [known.texts[row] for row in rows[:room]]
    return tuple(dict.fromkeys(offered))[:MOST]


def _most_alike(parts: _Parts, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Return the rows that fit, as numbers of part and row, the best first."""
    found = [np.zeros(len(known.texts), np.float32) for known, _ in parts]
    size, total = sum(map(len, found)), 0.0
    for word in dict.fromkeys(wanted):
        alike = [_likeness(known, word, may_go_on=word == wanted[-1]) for known, _ in parts]
        matched = {
            known.words[place]
            for (known, _), likeness in zip(parts, alike, strict=True)
            for place in np.flatnonzero(likeness).tolist()
        }
        worth = max((_idf(parts, one, size) for one in matched), default=math.log(1 + size))
        total += worth
        for number, ((known, _), likeness) in enumerate(zip(parts, alike, strict=True)):
            best = np.zeros_like(found[number])
            for place in np.flatnonzero(likeness).tolist():
                rows = known.rows[place]
                best[rows] = np.maximum(best[rows], likeness[place])
            found[number] += worth * best
    scored: list[tuple[float, int, int]] = []
    for number, ((known, gone), sums) in enumerate(zip(parts, found, strict=True)):
        share = sums / max(total, 1e-6)
        beyond = 1 - np.minimum(sums / known.totals, 1)
        scored += [
            (-float(share[row] - _LENGTH * beyond[row]), number, row)
            for row in np.flatnonzero(share >= _FITS).tolist()
            if known.passages[row][0] not in gone
        ]
    return [(number, row) for _, number, row in sorted(scored)]


def _idf(parts: _Parts, word: str, size: int) -> float:
    """Return how much a known word tells, over the questions of all parts."""
    places = ((known, known.place_of.get(word)) for known, _ in parts)
    holders = sum(len(known.rows[place]) for known, place in places if place is not None)
    return math.log(1 + size / max(holders, 1))


def _likeness(known: _Known, word: str, *, may_go_on: bool) -> _Scores:
    """Return how much each known word is like `word`, 0 to 1; the last one may be half typed."""
    if not known.words:
        return np.zeros(0, np.float32)
    compared = process.cdist(
        [word], known.words, scorer=fuzz.ratio, score_cutoff=_ALIKE, dtype=np.float32
    )
    likeness: _Scores = compared[0] / 100
    if may_go_on:
        begins = [row for row, one in enumerate(known.words) if one.startswith(word)]
        likeness[begins] = np.maximum(likeness[begins], _PREFIX)
    return likeness


def _spread(parts: _Parts, rows: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Return the best question of every passage, then the others while there is room."""
    best: list[str] = []
    others: list[str] = []
    seen: set[tuple[str, int]] = set()
    for number, row in rows:
        known = parts[number][0]
        (others if known.passages[row] in seen else best).append(known.texts[row])
        seen.add(known.passages[row])
    return tuple(dict.fromkeys((*best, *others)))[:MOST]


def _known_in(layer: Layer) -> _Known:
    known = _MADE.get(layer)
    if known is None:
        known = _MADE[layer] = _known(layer.documents)
    return known


def _known(shelf: Sequence[Document]) -> _Known:
    documents = [one for one in shelf if one.origin.is_verified]
    found = [row for document in documents for row in _rows_of(document)]
    holders: dict[str, list[int]] = {}
    for row, (text, _) in enumerate(found):
        for word in dict.fromkeys(tokens(text)):
            holders.setdefault(word, []).append(row)
    totals = np.zeros(len(found), np.float32)
    for rows in holders.values():
        totals[rows] += math.log(1 + len(found) / len(rows))
    return _Known(
        texts=tuple(text for text, _ in found),
        passages=tuple(passage for _, passage in found),
        words=tuple(holders),
        place_of={word: place for place, word in enumerate(holders)},
        rows=tuple(np.array(rows, np.int32) for rows in holders.values()),
        totals=np.maximum(totals, 1e-6),
        first=_first(documents, found),
    )


def _rows_of(document: Document) -> Iterable[tuple[str, tuple[str, int]]]:
    if len(document.title) <= LONGEST:
        yield document.title, (document.id, 0)
    for number, section in enumerate(document.sections):
        for question in section.questions:
            if len(question) <= LONGEST:
                yield question, (document.id, number)


def _first(
    documents: Sequence[Document], rows: Sequence[tuple[str, tuple[str, int]]]
) -> tuple[int, ...]:
    """Return the rows of first questions: of every part of the verkenning in turn."""
    row_of = {row: number for number, row in enumerate(rows)}
    parts: dict[Part | None, list[int]] = {}
    for document in documents:
        questions = document.sections[0].questions
        row = row_of.get((questions[0], (document.id, 0))) if questions else None
        if row is not None:
            parts.setdefault(document.part, []).append(row)
    turns = itertools.zip_longest(*parts.values())
    return tuple(row for turn in turns for row in turn if row is not None)[:MOST]
