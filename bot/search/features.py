"""The evidence that a passage answers a question, as numbers between 0 and 1."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from bot.search.analysis import is_number
from bot.search.index import Index, Passage
from bot.search.kinds import STRICT, holds
from bot.search.postings import Ids, Scores
from bot.search.question import Question, Word


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
        return astuple(self)


AS_ASKED: Final = 0.9  # the word itself, its term, or the word with one letter mended
NAMES = tuple(one.name for one in fields(Evidence))


def evidence(
    question: Question,
    *,
    index: Index,
    units: Ids,
    scores: npt.NDArray[np.float32],
    relative: npt.NDArray[np.float32],
    variants: VariantArrays,
    variant_starts: npt.NDArray[np.int64],
) -> list[Evidence]:
    """Return the evidence for each of `units` (passages of `index`), in their order.

    `scores` has shape (5, units): words, grams, whole document, words asked and grams asked, each
    divided by its possible maximum; `relative` the same divided by the best of all passages.
    """
    in_text = _matches(question.words, index, units)
    return [
        _one(
            question,
            index=index,
            unit=int(unit),
            scores=np.concatenate((scores[:, column], relative[:, column])),
            text=in_text[:, column],
            variants=variants,
            span=(int(variant_starts[unit]), int(variant_starts[unit + 1])),
        )
        for column, unit in enumerate(units)
    ]


def _matches(words: Sequence[Word], index: Index, units: Ids) -> Scores:
    """Return shape (words, units): how strongly each word stands in each passage."""
    found = np.zeros((len(words), len(units)), np.float32)
    for row, word in enumerate(words):
        for token, strength in reversed(word.forms):
            found[row, index.words.present(token, units)] = strength
    return found


def _in_variants(words: Sequence[Word], index: Index, span: tuple[int, int]) -> Scores:
    """Return for each word how strongly it stands in any variant of the passage."""
    ids = np.arange(*span, dtype=np.int32)
    found = np.zeros(len(words), np.float32)
    if not len(ids):
        return found
    for row, word in enumerate(words):
        for token, strength in word.forms:
            if index.variants.present(token, ids).any():
                found[row] = strength
                break
    return found


def _in_title(words: Sequence[Word], passage: Passage) -> Scores:
    """Return for each word how strongly it stands in the document's title or terms."""
    titled = passage.title_tokens
    return np.array(
        [max((value for token, value in word.forms if token in titled), default=0.0) for word in words],
        np.float32,
    )


def _one(
    question: Question,
    *,
    index: Index,
    unit: int,
    scores: Scores,
    text: Scores,
    variants: VariantArrays,
    span: tuple[int, int],
) -> Evidence:
    words = question.words
    passage = index.passages[unit]
    weights = np.array([word.weight * word.idf for word in words], np.float32)
    total = float(weights.sum()) or 1.0
    heaviest = max((word.idf for word in words), default=1.0) or 1.0
    either = np.maximum(text, _in_variants(words, index, span))
    lacking = weights * (1 - either) / heaviest
    titled = _in_title(words, passage)
    beside = weights * (1 - titled)
    best = span[0] + int(np.argmax(variants.likeness[slice(*span)])) if span[1] > span[0] else -1
    asked = [kind.removeprefix("?") for kind in question.kinds]
    held = [holds(kind, _spoken(passage)) for kind in asked]
    return Evidence(
        words=float(scores[0]),
        grams=float(scores[1]),
        whole=float(scores[2]),
        asked=float(scores[3]),
        asked_grams=float(scores[4]),
        relative_words=float(scores[5]),
        relative_grams=float(scores[6]),
        relative_whole=float(scores[7]),
        relative_asked=float(scores[8]),
        relative_asked_grams=float(scores[9]),
        likeness=float(variants.likeness[best]) if best >= 0 else 0.0,
        exact=max(0.0, (float(variants.likeness[best]) - 0.7) / 0.3) if best >= 0 else 0.0,
        variant_recall=float(variants.recall[best]) if best >= 0 else 0.0,
        variant_precision=float(variants.precision[best]) if best >= 0 else 0.0,
        covered=float((weights * text).sum()) / total,
        covered_any=float((weights * either).sum()) / total,
        missing=float((lacking * [word.seen for word in words]).max(initial=0)),
        missing_gap=float((lacking * [max(0.0, 2 * word.gap_share - 1) for word in words]).max(initial=0)),
        aspect=float((beside * either).sum()) / max(float(beside.sum()), 1e-6) if beside.sum() > 0.1 else 1.0,
        title=float((weights * titled).sum()) / total,
        anchor=float((weights * (text >= AS_ASKED)).max(initial=0)) / heaviest,
        unseen=sum(word.weight * word.idf for word in words if not word.seen) / total,
        unseen_name=float(
            any(not word.seen and (word.is_name or word.is_number) for word in words)
        ),
        number_missing=float(
            any(
                is_number(word.text) and either[row] == 0 and word.weight == 1
                for row, word in enumerate(words)
            )
        ),
        kind_held=float(bool(held) and all(held)),
        kind_missing=float(bool(held) and not all(held)),
        strict_kind_missing=float(
            any(kind in STRICT and not found for kind, found in zip(asked, held, strict=True))
        ),
        instructions=min(question.instructions / 3, 1.0),
        short=1 / max(len(words), 1),
        context=sum(word.weight * word.idf for word in words if word.weight < 1) / total,
    )


def _spoken(passage: Passage) -> str:
    return f"{passage.section.heading}. {passage.section.text}"
