"""Find the passages that may answer a question, with the evidence for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.analysis import grams, stem
from bot.search.concepts import Concepts
from bot.search.documents import Document
from bot.search.features import Evidence, Found, evidence
from bot.search.index import CONTENT, Index, Passage, build, spelling_of
from bot.search.postings import Ids, Scores, idf
from bot.search.question import Question
from bot.search.real_words import RealWords
from bot.search.segments import Segment, segment_of
from bot.search.spelling import Repair, Spelling

CANDIDATES = 24  # passages looked at closely, of each of the two ways to find them
REMEMBERED = 100_000  # tokens whose idf is kept; more would only come from nonsense
KIND_WEIGHT = 1.5  # of the kind of answer asked for, beside the idf of words
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
    verified documents count in what is known, in every idf and in what a score is compared with.
    """

    def __init__(
        self,
        indexes: Sequence[Index],
        *,
        gone: Mapping[int, frozenset[str]] | None = None,
        real_words: RealWords | None = None,
        spellings: Sequence[Spelling] | None = None,
    ) -> None:
        """Prepare to search `indexes`; `gone[i]` are document ids to leave out of index i."""
        self._segments = [
            segment_of(index, (gone or {}).get(number, frozenset()))
            for number, index in enumerate(indexes)
        ]
        self._spellings = list(spellings or (spelling_of(index) for index in indexes))
        self._real_words = real_words or RealWords.none()
        self._size = sum(len(index.passages) for index in indexes)
        self._verified_size = sum(int(one.verified.sum()) for one in self._segments)
        self._idf: dict[str, float] = {}
        self.concepts = Concepts(term for index in indexes for term in index.terms)
        for segment in self._segments:
            segment.variant_totals = self._variant_totals(segment.index)

    def changed(self, documents: Sequence[Document], *, gone: frozenset[str]) -> "Searcher":
        """Return a searcher of the same first index, less the documents `gone`, plus `documents`.

        Takes about a tenth of a second at 10,000 passages, as the first index stays as it is.
        """
        main = self._segments[0].index
        delta = build(documents, beside=main)
        return Searcher(
            [main, delta],
            gone={0: gone},
            real_words=self._real_words,
            spellings=[self._spellings[0], spelling_of(delta)],
        )

    @property
    def size(self) -> int:
        """How many passages are searched."""
        return self._size

    def knows(self, word: str) -> bool:
        """Whether the knowledge base holds the folded word."""
        return any(spelling.knows(word) for spelling in self._spellings)

    def is_real_word(self, word: str) -> bool:
        """Whether the folded word is a Dutch or English word, so no misspelling."""
        return word in self._real_words

    def weight(self, word: str) -> float:
        """Return how telling a folded word is: its idf here, less when it is common Dutch."""
        if any(match.token.startswith("§") for match in self.concepts.find([word])):
            return self.idf(stem(word))
        return self.idf(stem(word)) * self._real_words.importance(word)

    def repairs(self, word: str) -> tuple[Repair, ...]:
        """Return the known words that an unknown one may be a misspelling of."""
        found = [repair for one in self._spellings for repair in one.repairs(word)]
        fewest = min((repair.edits for repair in found), default=0)
        return tuple(dict.fromkeys(repair for repair in found if repair.edits == fewest))[:3]

    def holds(self, token: str) -> bool:
        """Whether any verified passage or question variant holds the token."""
        return any(
            one.passages_with(one.index.words, token) or one.variants_with(token)
            for one in self._segments
        )

    def gap_share(self, token: str) -> float:
        """Return which share of the passages asked about with the token are known unknowns."""
        asked = gaps = 0
        for segment in self._segments:
            holders = segment.index.asked.holders(token)
            asked += len(holders)
            gaps += int(segment.gaps[holders].sum())
        return gaps / asked if asked else 0.0

    def idf(self, token: str) -> float:
        """Return how telling the token is; the maximum for one never seen."""
        known = self._idf.get(token)
        if known is None:
            frequency = sum(one.passages_with(one.index.words, token) for one in self._segments)
            if not frequency:
                frequency = min(sum(one.variants_with(token) for one in self._segments), 2)
            known = idf(frequency=frequency, size=max(self._verified_size, 1))
            if len(self._idf) < REMEMBERED:
                self._idf[token] = known
        return known

    def candidates(self, question: Question) -> tuple[Candidate, ...]:
        """Return the passages worth a closer look, in no particular order."""
        if not question.words:
            return ()
        scored = [(segment, self._scores(segment, question)) for segment in self._segments]
        top = np.max(
            [
                scores.max(axis=1, initial=1e-6, where=segment.verified)
                for segment, scores in scored
            ],
            axis=0,
        )
        found: list[Candidate] = []
        for segment, scores in scored:
            variants = self._variant_scores(segment, question)
            relative = np.minimum(scores / top[:, None], 1)
            combined = BLEND @ relative + VARIANTS * _best_of(segment, variants.likeness)
            combined = np.where(segment.alive, combined, -1)
            chosen = _top(combined, CANDIDATES)
            chosen = chosen[combined[chosen] > 0]
            near = Found(
                index=segment.index,
                units=chosen,
                scores=scores[:, chosen],
                relative=relative[:, chosen],
                variants=variants,
                variant_starts=segment.variant_starts,
            )
            found += [
                _candidate(question, passage, one)
                for passage, one in zip(near.passages, evidence(question, near), strict=True)
            ]
        return tuple(found)

    def _scores(self, segment: Segment, question: Question) -> Scores:
        """Return shape (5, passages): each BM25 score divided by its possible maximum."""
        weights = self._token_weights(question)
        gram_weights = self._gram_weights(question)
        kinds = dict.fromkeys(question.kinds, KIND_WEIGHT)
        bound = sum(weights.values()) or 1.0
        gram_bound = sum(gram_weights.values()) or 1.0
        index = segment.index
        scores = np.stack(
            (
                index.words.score(weights) / bound,
                index.grams.score(gram_weights) / gram_bound,
                index.wholes.score(weights)[index.document_of] / bound,
                index.asked.score(weights | kinds) / bound,
                index.asked_grams.score(gram_weights) / gram_bound,
            )
        )
        return np.where(segment.alive, scores, 0)

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
        frequency = sum(one.passages_with(one.index.grams, gram) for one in self._segments)
        return idf(frequency=frequency, size=max(self._verified_size, 1))

    def _variant_totals(self, index: Index) -> Scores:
        """Return for each variant the idf of its words together, and of the kinds it asks for."""
        values = np.zeros(len(index.variants.vocabulary), np.float32)
        for token, row in index.variants.vocabulary.items():
            if token[0] == "?":
                values[row] = KIND_WEIGHT
            elif token[0] == CONTENT:
                values[row] = self.weight(token[1:])
        spread = np.repeat(values, np.diff(index.variants.starts))
        totals = np.zeros(index.variants.size, np.float32)
        np.add.at(totals, index.variants.units, spread)
        return np.maximum(totals, 1e-6)

    def _variant_scores(self, segment: Segment, question: Question) -> "VariantScores":
        postings = segment.index.variants
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
        precision = np.minimum(found / segment.variant_totals, 1)
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


def _best_of(segment: Segment, likeness: Scores) -> Scores:
    best = np.zeros(len(segment.index.passages), np.float32)
    np.maximum.at(best, segment.index.owner_of, likeness)
    return best


def _top(scores: Scores, most: int) -> Ids:
    if len(scores) <= most:
        return np.arange(len(scores), dtype=np.int32)
    return np.argpartition(scores, -most)[-most:].astype(np.int32)
