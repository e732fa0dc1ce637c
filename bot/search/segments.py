"""An index as a part of what is searched: which of its passages are in force, and who vouches."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.search.analysis import stem
from bot.search.documents import Document
from bot.search.index import CONTENT, Index, spelling_of, words_of
from bot.search.postings import Postings, Scores
from bot.search.real_words import RealWords
from bot.search.spelling import Spelling

KIND_WEIGHT: Final = 1.5  # of the kind of answer asked for, beside the idf of words
_WORDS: Final = "words"
_VARIANTS: Final = "variants"

Flags = npt.NDArray[np.bool_]


class Segment:
    """One index with what is worked out once of it, however often it is searched beside others."""

    def __init__(
        self, index: Index, *, real_words: RealWords | None = None, spelling: Spelling | None = None
    ) -> None:
        """Prepare `index`; `real_words` say how common its words are in general."""
        self.index = index
        self.spelling = spelling or spelling_of(index)
        self.real_words = real_words or RealWords.none()
        passages = index.passages
        starts = np.searchsorted(index.owner_of, np.arange(len(passages) + 1))
        self.variant_starts = starts.astype(np.int64)
        self.gaps: Flags = np.array([one.section.known_unknown for one in passages], np.bool_)
        self.verified: Flags = np.array(
            [one.document.origin.is_verified for one in passages], np.bool_
        )
        self.places: dict[str, list[int]] = {}
        for place, passage in enumerate(passages):
            self.places.setdefault(passage.document.id, []).append(place)

    def with_index(self, index: Index) -> "Segment":
        """Return the same with an index that has tokens of terms more and is the same else."""
        other = copy(self)
        other.index = index
        return other

    @property
    def documents(self) -> Iterable[Document]:
        """Every document of the index, once."""
        return (self.index.passages[places[0]].document for places in self.places.values())

    @cached_property
    def asking(self) -> "_Asking":
        """The words of its question variants that carry a topic."""
        return _Asking.of(self.index.variants, self.real_words)


@dataclass(frozen=True, slots=True, eq=False)
class _Asking:
    """The topic words of question variants: `rows` in the vocabulary, their stems and importance.

    `kinds` are the rows of the kinds of answer that variants ask for.
    """

    rows: npt.NDArray[np.int64]
    stems: tuple[str, ...]
    place_of: Mapping[str, list[int]]
    importance: npt.NDArray[np.float64]
    kinds: npt.NDArray[np.int64]

    @classmethod
    def of(cls, variants: Postings, real_words: RealWords) -> "_Asking":
        content = [
            (row, token[1:]) for token, row in variants.vocabulary.items() if token[0] == CONTENT
        ]
        stems = tuple(stem(word) for _, word in content)
        place_of: dict[str, list[int]] = {}
        for place, one in enumerate(stems):
            place_of.setdefault(one, []).append(place)
        return cls(
            rows=np.array([row for row, _ in content], np.int64),
            stems=stems,
            place_of=place_of,
            importance=np.array([real_words.importance(word) for _, word in content], np.float64),
            kinds=np.array(
                [row for token, row in variants.vocabulary.items() if token[0] == "?"], np.int64
            ),
        )


@dataclass(frozen=True, slots=True, eq=False)
class InForce:
    """What of a segment is searched: not the documents `gone`.

    Only `counted` passages, those in force of verified documents, count in what is known.
    `variant_totals` are filled in by the searcher.
    """

    segment: Segment
    gone: frozenset[str]
    alive: Flags
    counted: Flags
    all_counted: bool
    dead_words: Counter[str]
    variant_totals: Scores = field(default_factory=lambda: np.zeros(0, np.float32))

    @property
    def index(self) -> Index:
        """Its index."""
        return self.segment.index

    @property
    def documents(self) -> Iterable[Document]:
        """The documents in force."""
        return (one for one in self.segment.documents if one.id not in self.gone)

    def with_totals(self, totals: Scores) -> "InForce":
        """Return the same with the totals of its question variants."""
        return replace(self, variant_totals=totals)

    def count(self, word: str) -> int:
        """Return how often the word occurs in verified documents in force."""
        return self.segment.spelling.count(word) - self.dead_words[word]

    def passages_with(self, postings: Postings, token: str) -> int:
        """Return how many counted passages hold the token, by `postings` over passages."""
        if self.all_counted:
            return postings.frequency(token)
        return int(self.counted[postings.holders(token)].sum())

    def variants_with(self, token: str) -> int:
        """Return how many question variants of counted passages hold the token."""
        if self.all_counted:
            return self.index.variants.frequency(token)
        holders = self.index.variants.holders(token)
        return int(self.counted[self.index.owner_of[holders]].sum())

    def frequencies(self, name: str) -> npt.NDArray[np.int64]:
        """Return for every token of the list `name` how many counted units hold it."""
        postings: Postings = getattr(self.index, name)
        if self.all_counted:
            return np.diff(postings.starts)
        owners = self.index.owner_of[postings.units] if name == _VARIANTS else postings.units
        sums = np.concatenate(([0], np.cumsum(self.counted[owners], dtype=np.int64)))
        return sums[postings.starts[1:]] - sums[postings.starts[:-1]]


def in_force(segment: Segment, gone: frozenset[str]) -> InForce:
    """Return the segment without the documents `gone`."""
    here = gone & segment.places.keys()
    alive: Flags = np.ones(len(segment.index.passages), np.bool_)
    for document_id in here:
        alive[segment.places[document_id]] = False
    counted = alive & segment.verified
    dead = [one for one in segment.documents if one.id in here]
    return InForce(
        segment=segment,
        gone=here,
        alive=alive,
        counted=counted,
        all_counted=bool(counted.all()),
        dead_words=words_of(dead) if dead else Counter(),
    )


def _frequencies_of_topics(
    asking: _Asking, parts: Sequence[InForce], name: str
) -> npt.NDArray[np.int64]:
    """Return for every topic word how many counted units of all `parts` hold its stem."""
    found = np.zeros(len(asking.stems), np.int64)
    for part in parts:
        held = part.frequencies(name)
        postings: Postings = getattr(part.index, name)
        vocabulary = postings.vocabulary
        # The smaller side is gone through: a change brings few words, and there are many.
        if len(vocabulary) < len(asking.place_of):
            for token, row in vocabulary.items():
                for place in asking.place_of.get(token, ()):
                    found[place] += held[row]
        else:
            for one, places in asking.place_of.items():
                if one in vocabulary:
                    found[places] += held[vocabulary[one]]
    return found


def variant_totals(
    part: InForce, parts: Sequence[InForce], *, terms: Iterable[str], size: int
) -> Scores:
    """Return for each variant the idf of its topic words together, and of the kinds it asks for.

    What `Searcher.weight` gives word by word, for all words at once: over all `parts` with `size`
    passages that count; `terms` are the stems that count in full.
    """
    variants, asking = part.index.variants, part.segment.asking
    values = np.zeros(len(variants.starts) - 1, np.float32)
    values[asking.kinds] = KIND_WEIGHT
    if len(asking.rows):
        held = _frequencies_of_topics(asking, parts, _WORDS)
        asked = np.minimum(_frequencies_of_topics(asking, parts, _VARIANTS), 2)
        held = np.where(held > 0, held, asked)
        importance = asking.importance.copy()
        for term in terms:
            importance[asking.place_of.get(term, [])] = 1
        most = max(size, 1)
        values[asking.rows] = np.log1p((most - held + 0.5) / (held + 0.5)) * importance
    spread = np.repeat(values, np.diff(variants.starts))
    totals = np.zeros(variants.size, np.float32)
    np.add.at(totals, variants.units, spread)
    return np.maximum(totals, 1e-6)
