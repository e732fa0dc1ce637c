"""The evidence that a passage answers a question, as numbers between 0 and 1."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from bot.search.analysis import is_number
from bot.search.index import Index, Passage
from bot.search.kinds import STRICT, holds
from bot.search.postings import Ids, Postings, Scores
from bot.search.question import Question, Word

Column = npt.NDArray[np.float32] | npt.NDArray[np.bool_]


class VariantArrays(Protocol):
    """How each question variant compares with the question; arrays of shape (variants,)."""

    @property
    def recall(self) -> Scores:
        """The share of the question that the variant holds."""
        ...

    @property
    def precision(self) -> Scores:
        """The share of the variant that the question holds."""
        ...

    @property
    def likeness(self) -> Scores:
        """The harmonic mean of the two."""
        ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a passage. The names are those of the model's weights."""

    words: float  # BM25 of the words ÷ its possible maximum
    grams: float  # BM25 of the 4-grams ÷ its possible maximum
    whole: float  # BM25 of the whole document ÷ its possible maximum
    asked: float  # BM25 of the words among its question variants ÷ its possible maximum
    asked_grams: float  # the same for 4-grams
    relative_words: float  # the five scores again ÷ the best that any passage got
    relative_grams: float
    relative_whole: float
    relative_asked: float
    relative_asked_grams: float
    likeness: float  # of the most alike question variant
    exact: float  # how near that likeness is to the same question, from 0.7 (0) to 1 (1)
    variant_recall: float  # share of the question in that variant
    variant_precision: float  # share of that variant in the question
    covered: float  # share of the question's idf in the passage's text and title
    covered_any: float  # … or in one of its variants
    missing: float  # the heaviest word that is in neither, though the knowledge base knows it
    missing_gap: float  # the same, weighed by how much the word belongs to known unknowns
    aspect: float  # share of the idf of the words that are not in the document's title, found
    title: float  # share of the question's idf in the document's title and terms
    anchor: float  # the heaviest word that stands in the passage as asked, ÷ the heaviest there is
    unseen: float  # share of the question's idf in words the knowledge base has never seen
    unseen_name: float  # whether one of those is a name or number
    number_missing: float  # whether a number of the question is not in the passage or its variants
    kind_held: float  # asked for a kind of answer, and the passage holds one
    kind_missing: float  # asked for one, and the passage holds none
    strict_kind_missing: float  # the same for a kind that is easily told from its form
    instructions: float  # words addressed at the program, 1 from three on
    short: float  # 1 ÷ number of words to be found
    context: float  # share of the idf that comes from the question before

    def values(self) -> tuple[float, ...]:
        """Return the numbers in the order of `NAMES`."""
        return _in_order(self)


TELLING: Final = 6.0  # idf; a word as telling as this is missed in full
AS_ASKED: Final = 0.9  # the word itself, its term, or the word with one letter mended
NAMES = tuple(one.name for one in fields(Evidence))
_in_order = attrgetter(*NAMES)
_SCORES: Final = ("words", "grams", "whole", "asked", "asked_grams")
_RELATIVE: Final = tuple(f"relative_{name}" for name in _SCORES)
_ALIKE: Final = 0.7  # from this likeness on a variant begins to be the same question
_SOMETHING: Final = 0.1  # idf; less than this beside the title is nothing asked about it


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Passages of one index (`units`) that may answer, with what finding them told.

    `scores` has shape (5, units): words, grams, whole document, words asked and grams asked, each
    divided by its possible maximum; `relative` the same divided by the best of all passages.
    `variants` compares every question variant, those of unit u from `variant_starts[u]` on.
    """

    index: Index
    units: Ids
    scores: Scores
    relative: Scores
    variants: VariantArrays
    variant_starts: npt.NDArray[np.int64]

    @property
    def passages(self) -> list[Passage]:
        """The passages themselves, in the order of `units`."""
        return [self.index.passages[int(unit)] for unit in self.units]


def evidence(question: Question, found: Found) -> list[Evidence]:
    """Return the evidence for each of the passages found, in their order."""
    of_question = _of_question(question)
    columns = {
        **dict(zip(_SCORES, found.scores, strict=True)),
        **dict(zip(_RELATIVE, found.relative, strict=True)),
        **_likeness(found),
        **_coverage(question.words, found),
        **_kinds(question, found.passages),
        **{name: np.full(len(found.units), value) for name, value in of_question.items()},
    }
    rows = np.stack([columns[name] for name in NAMES], axis=1)
    return [Evidence(*row) for row in rows.astype(np.float64).tolist()]


def _of_question(question: Question) -> dict[str, float]:
    """Return what is the same for every passage."""
    words = question.words
    total = sum(word.weight * word.idf for word in words) or 1.0
    unseen = [word for word in words if not word.seen]
    return {
        "unseen": sum(word.weight * word.idf for word in unseen) / total,
        "unseen_name": float(any(word.is_name or word.is_number for word in unseen)),
        "instructions": min(question.instructions / 3, 1.0),
        "short": 1 / max(len(words), 1),
        "context": sum(word.weight * word.idf for word in words if word.weight < 1) / total,
    }


def _likeness(found: Found) -> dict[str, Column]:
    """Return how the most alike question variant of each passage compares with the question."""
    variants, starts = found.variants, found.variant_starts
    best_of = np.zeros((3, len(found.units)), np.float32)
    for column, unit in enumerate(found.units):
        first, end = int(starts[unit]), int(starts[unit + 1])
        if end > first:
            best = first + int(np.argmax(variants.likeness[first:end]))
            best_of[:, column] = (
                variants.likeness[best],
                variants.recall[best],
                variants.precision[best],
            )
    return {
        "likeness": best_of[0],
        "exact": np.maximum(0, (best_of[0] - _ALIKE) / (1 - _ALIKE)),
        "variant_recall": best_of[1],
        "variant_precision": best_of[2],
    }


def _coverage(words: Sequence[Word], found: Found) -> dict[str, Column]:
    """Return how much of the question each passage holds, and what is missing; see `Evidence`."""
    index, units = found.index, found.units
    text = _strengths(words, index.words, units)
    either = np.maximum(text, _strengths(words, index.asked, units))
    titled = _in_titles(words, found.passages)
    weights = np.array([[word.weight * word.idf] for word in words], np.float32).reshape(-1, 1)
    total = float(weights.sum()) or 1.0
    heaviest = max((word.idf for word in words), default=1.0) or 1.0
    lacking = np.minimum(weights * (1 - either) / TELLING, 1)
    seen = np.array([[word.seen] for word in words]).reshape(-1, 1)
    gap = np.array([[max(0.0, 2 * word.gap_share - 1)] for word in words]).reshape(-1, 1)
    numbers = np.array([[is_number(word.text) and word.weight == 1] for word in words])
    beside = weights * (1 - titled)
    left = beside.sum(axis=0)
    aspect = (beside * either).sum(axis=0) / np.maximum(left, 1e-6)
    return {
        "covered": (weights * text).sum(axis=0) / total,
        "covered_any": (weights * either).sum(axis=0) / total,
        "missing": (lacking * seen).max(axis=0, initial=0),
        "missing_gap": (lacking * gap).max(axis=0, initial=0),
        "aspect": np.where(left > _SOMETHING, aspect, 1),
        "title": (weights * titled).sum(axis=0) / total,
        "anchor": (weights * (text >= AS_ASKED)).max(axis=0, initial=0) / heaviest,
        "number_missing": ((either == 0) & numbers.reshape(-1, 1)).any(axis=0),
    }


def _strengths(words: Sequence[Word], postings: Postings, units: Ids) -> Scores:
    """Return shape (words, units): how strongly each word stands in each unit."""
    found = np.zeros((len(words), len(units)), np.float32)
    for row, word in enumerate(words):
        for token, strength in reversed(word.forms):
            found[row, postings.present(token, units)] = strength
    return found


def _in_titles(words: Sequence[Word], passages: Sequence[Passage]) -> Scores:
    """Return shape (words, passages): how strongly each word stands in title or terms."""
    found = np.zeros((len(words), len(passages)), np.float32)
    for column, passage in enumerate(passages):
        for row, word in enumerate(words):
            found[row, column] = next(
                (strength for token, strength in word.forms if token in passage.title_tokens), 0.0
            )
    return found


def _kinds(question: Question, passages: Sequence[Passage]) -> dict[str, Column]:
    """Return whether each passage holds the kind of answer that the question asks for."""
    asked = sorted(kind.removeprefix("?") for kind in question.kinds)
    held = np.ones((len(asked), len(passages)), np.bool_)
    for column, passage in enumerate(passages):
        spoken = f"{passage.section.heading}. {passage.section.text}"
        held[:, column] = [holds(kind, spoken) for kind in asked]
    every = held.all(axis=0)
    strict = held[[kind in STRICT for kind in asked]].all(axis=0)
    asks = np.full(len(passages), bool(asked))
    return {
        "kind_held": asks & every,
        "kind_missing": asks & np.logical_not(every),
        "strict_kind_missing": np.logical_not(strict),
    }
