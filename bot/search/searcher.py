"""Find the passages that may answer a question, with the evidence for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.analysis import grams, stem
from bot.search.concepts import Concepts
from bot.search.documents import Document
from bot.search.features import Evidence, Found, evidence
from bot.search.index import Beside, Index, Passage, build, terms_of
from bot.search.postings import Ids, Scores, idf
from bot.search.question import Question
from bot.search.real_words import RealWords
from bot.search.recognising import recognising
from bot.search.segments import (
    KIND_WEIGHT,
    InForce,
    Segment,
    in_force,
    variant_totals,
)
from bot.search.spelling import Repair

CANDIDATES = 24  # passages looked at closely, of each of the two ways to find them
REMEMBERED = 100_000  # tokens whose idf is kept; more would only come from nonsense
# Words, 4-grams, whole document, words asked, 4-grams asked; each divided by its maximum.
BLEND = np.array([1.0, 0.8, 1.0, 2.0, 1.0], np.float32)
VARIANTS = 2.0  # the most alike question variant, beside the blend


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, and why.

    `defines`: the question only asks what one term means, and the passage says so.
    """

    passage: Passage
    evidence: Evidence
    defines: bool = False


class Searcher:
    """Searches one or more indexes as one: `KnownWords` for questions, candidates for answers.

    `gone` are documents of an earlier index that a later one replaces or that were removed. Only
    verified documents in force count in what is known, in every idf and in what a score is
    compared with.
    """

    def __init__(
        self,
        indexes: Sequence[Index | Segment],
        *,
        gone: Mapping[int, frozenset[str]] | None = None,
        real_words: RealWords | None = None,
    ) -> None:
        """Prepare to search `indexes`; `gone[i]` are document ids to leave out of index i."""
        self.real_words = real_words or RealWords.none()
        segments = [
            one if isinstance(one, Segment) else Segment(one, real_words=real_words)
            for one in indexes
        ]
        parts = [
            in_force(segment, (gone or {}).get(number, frozenset()))
            for number, segment in enumerate(segments)
        ]
        documents = [document for part in parts for document in part.documents]
        self.concepts = Concepts(dict.fromkeys(terms_of(documents)))
        self._size = sum(int(one.alive.sum()) for one in parts)
        self._verified_size = sum(int(one.counted.sum()) for one in parts)
        self._idf: dict[str, float] = {}
        terms = tuple(self.concepts.single_terms)
        self._parts = [
            one.with_totals(variant_totals(one, parts, terms=terms, size=self._verified_size))
            for one in parts
        ]

    def changed(
        self,
        documents: Sequence[Document],
        *,
        gone: frozenset[str],
        settled: Segment | None = None,
        gone_settled: frozenset[str] = frozenset(),
    ) -> "Searcher":
        """Return a searcher of the same first index, less the documents `gone`, plus `documents`.

        `settled` are further documents that were indexed beside the first index, less those in
        `gone_settled`. Takes about a tenth of a second at 10,000 passages, as what is indexed
        stays as it is.
        """
        base = [self._parts[0].segment, *([settled] if settled is not None else [])]
        delta = build(documents, beside=Beside.of(*(one.index for one in base)))
        without = {0: gone, 1: gone_settled}
        parts = [in_force(one, without[number]) for number, one in enumerate(base)]
        terms = terms_of([document for part in parts for document in part.documents])
        wanted = (*terms, *delta.terms)
        return Searcher(
            [*(recognising(one, wanted) for one in base), delta],
            gone=without if settled is not None else {0: gone},
            real_words=self.real_words,
        )

    @property
    def first(self) -> Segment:
        """The first index, as it is whatever changed."""
        return self._parts[0].segment

    @property
    def size(self) -> int:
        """How many passages are searched."""
        return self._size

    def knows(self, word: str) -> bool:
        """Whether the knowledge base holds the folded word."""
        return sum(one.count(word) for one in self._parts) > 0

    def is_real_word(self, word: str) -> bool:
        """Whether the folded word is a Dutch or English word, so no misspelling."""
        return word in self.real_words

    def weight(self, word: str) -> float:
        """Return how telling a folded word is: its idf here, less when it is common Dutch."""
        if any(match.token.startswith("§") for match in self.concepts.find([word])):
            return self.idf(stem(word))
        return self.idf(stem(word)) * self.real_words.importance(word)

    def repairs(self, word: str) -> tuple[Repair, ...]:
        """Return the known words that an unknown one may be a misspelling of."""
        found = [
            repair
            for one in self._parts
            for repair in one.segment.spelling.repairs(word)
            if self.knows(repair.word)
        ]
        fewest = min((repair.edits for repair in found), default=0)
        return tuple(dict.fromkeys(repair for repair in found if repair.edits == fewest))[:3]

    def holds(self, token: str) -> bool:
        """Whether any verified passage or question variant holds the token."""
        return any(
            one.passages_with(one.index.words, token) or one.variants_with(token)
            for one in self._parts
        )

    def gap_share(self, token: str) -> float:
        """Return which share of the passages asked about with the token are known unknowns."""
        asked = gaps = 0
        for part in self._parts:
            holders = part.index.asked.holders(token)
            holders = holders[part.alive[holders]]
            asked += len(holders)
            gaps += int(part.segment.gaps[holders].sum())
        return gaps / asked if asked else 0.0

    def idf(self, token: str) -> float:
        """Return how telling the token is; the maximum for one never seen."""
        known = self._idf.get(token)
        if known is None:
            frequency = sum(one.passages_with(one.index.words, token) for one in self._parts)
            if not frequency:
                frequency = min(sum(one.variants_with(token) for one in self._parts), 2)
            known = idf(frequency=frequency, size=max(self._verified_size, 1))
            if len(self._idf) < REMEMBERED:
                self._idf[token] = known
        return known

    def candidates(self, question: Question) -> tuple[Candidate, ...]:
        """Return the passages worth a closer look, in no particular order."""
        if not question.words:
            return ()
        scored = [(part, self._scores(part, question)) for part in self._parts]
        top = np.max(
            [scores.max(axis=1, initial=1e-6, where=part.counted) for part, scores in scored],
            axis=0,
        )
        found: list[Candidate] = []
        for part, scores in scored:
            variants = self._variant_scores(part, question)
            relative = np.minimum(scores / top[:, None], 1)
            combined = BLEND @ relative + VARIANTS * _best_of(part.index, variants.likeness)
            combined = np.where(part.alive, combined, -1)
            chosen = _top(combined, CANDIDATES)
            chosen = chosen[combined[chosen] > 0]
            near = Found(
                index=part.index,
                units=chosen,
                scores=scores[:, chosen],
                relative=relative[:, chosen],
                variants=variants,
                variant_starts=part.segment.variant_starts,
            )
            found += [
                _candidate(question, passage, one)
                for passage, one in zip(near.passages, evidence(question, near), strict=True)
            ]
        return tuple(found)

    def _scores(self, part: InForce, question: Question) -> Scores:
        """Return shape (5, passages): each BM25 score divided by its possible maximum."""
        weights = self._token_weights(question)
        gram_weights = self._gram_weights(question)
        kinds = dict.fromkeys(question.kinds, KIND_WEIGHT)
        bound = sum(weights.values()) or 1.0
        gram_bound = sum(gram_weights.values()) or 1.0
        index = part.index
        scores = np.stack(
            (
                index.words.score(weights) / bound,
                index.grams.score(gram_weights) / gram_bound,
                index.wholes.score(weights)[index.document_of] / bound,
                index.asked.score(weights | kinds) / bound,
                index.asked_grams.score(gram_weights) / gram_bound,
            )
        )
        return np.where(part.alive, scores, 0)

    def _token_weights(self, question: Question) -> dict[str, float]:
        weights: dict[str, float] = {}
        for word in question.words:
            for token, strength in word.forms:
                value = word.weight * strength * self.idf(token)
                weights[token] = max(value, weights.get(token, 0.0))
        for text in question.rest:
            token = stem(text)
            weights[token] = max(0.3 * self.idf(token), weights.get(token, 0.0))
        return weights

    def _gram_weights(self, question: Question) -> dict[str, float]:
        weights: dict[str, float] = {}
        for word in question.words:
            for gram in grams(word.text):
                value = word.weight * self._gram_idf(gram)
                weights[gram] = max(value, weights.get(gram, 0.0))
        return weights

    def _gram_idf(self, gram: str) -> float:
        frequency = sum(one.passages_with(one.index.grams, gram) for one in self._parts)
        return idf(frequency=frequency, size=max(self._verified_size, 1))

    def _variant_scores(self, part: InForce, question: Question) -> "VariantScores":
        postings = part.index.variants
        found: Scores = np.zeros(postings.size, np.float32)
        total = 0.0
        for word in question.words:
            match = np.zeros(postings.size, np.float32)
            for token, strength in reversed(word.forms):
                match[postings.holders(token)] = strength
            value = word.weight * word.idf
            found += value * match
            total += value
        for kind in question.kinds:
            found[postings.holders(kind)] += KIND_WEIGHT
            total += KIND_WEIGHT
        recall = found / max(total, 1e-6)
        precision = np.minimum(found / part.variant_totals, 1)
        likeness = (2 * recall * precision / np.maximum(recall + precision, 1e-6)).astype(
            np.float32
        )
        return VariantScores(recall, precision, likeness)


@dataclass(frozen=True, slots=True, eq=False)
class VariantScores:
    """How each question variant compares with the question; all arrays of shape (variants,)."""

    recall: Scores
    precision: Scores
    likeness: Scores


def _candidate(question: Question, passage: Passage, found: Evidence) -> Candidate:
    defines = question.kinds <= {"?meaning"} and bool(question.terms & passage.defines)
    return Candidate(passage, found, defines)


def _best_of(index: Index, likeness: Scores) -> Scores:
    best = np.zeros(len(index.passages), np.float32)
    np.maximum.at(best, index.owner_of, likeness)
    return best


def _top(scores: Scores, most: int) -> Ids:
    if len(scores) <= most:
        return np.arange(len(scores), dtype=np.int32)
    return np.argpartition(scores, -most)[-most:].astype(np.int32)
