"""From a question to a reply: search, judge, quote."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.search.confidence import Model, is_doubtful, lead
from bot.search.documents import Origin
from bot.search.index import Passage
from bot.search.question import KnownWords, Question, analyse, is_elliptical, with_context
from bot.search.searcher import Candidate, Searcher
from bot.search.selection import select
from bot.services.knowledge.answers import (
    Answered,
    Citation,
    Reply,
    Suggested,
    Topic,
    Unknown,
    joined,
)

MAX_TOPICS: Final = 3
LOOKED_AT: Final = 10  # passages judged; no reply looks further down
MAX_LENGTH: Final = 500  # characters of a question; the rest is not read
DEFINED: Final = 0.9  # at least, for "wat is GGU?" and the passage that says what GGU is
LEANING: Final = 0.1  # how much surer a question like "en wanneer?" must be to stand alone
CLOSE: Final = 1.5  # ranking scores are log-odds: the other passage is a fifth as likely
_ASKING: Final = (
    r"(?:(?:in|op|naar|bij|van|door|met|voor|tot|sinds|uit|at|to|by|from|since) )?"
    r"(?:wie|wat|wanneer|waar|waarom|hoeveel|hoe|welke?|who|what|when|where|why|how|which)"
)
_SECOND_QUESTION: Final = re.compile(
    rf"(?:\?\s+(?:en\s+|and\s+)?|,?\s+(?:en|and)\s+)(?={_ASKING}\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on something is answered, or offered as a topic."""

    answer: float
    suggest: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage with its ranking score and the probability that it answers."""

    candidate: Candidate
    score: float
    probability: float


class Answerer:
    """Answers questions from what one searcher holds. Pure: the same question, the same reply."""

    def __init__(self, searcher: Searcher, *, model: Model, thresholds: Thresholds) -> None:
        """Answer with `searcher`, judging by `model`."""
        self._searcher = searcher
        self._model = model
        self._thresholds = thresholds

    @property
    def known(self) -> KnownWords:
        """What questions are understood by."""
        return self._searcher

    def reply(self, text: str, *, before: str | None = None) -> Reply:
        """Return the reply to `text`; `before` is what the same person asked just before, if so.

        Two questions in one text get both answers.
        """
        question, judged = self._understand(text[:MAX_LENGTH], before)
        whole = self._decide(question, judged)
        parts = [part for part in _SECOND_QUESTION.split(text[:MAX_LENGTH]) if part.strip()]
        if len(parts) == 1 or isinstance(whole, Unknown):
            return whole
        answers: list[Answered] = []
        earlier = before
        for part in parts:
            one = self._decide(*self._understand(part, earlier))
            earlier = part if earlier is None else f"{earlier} {part}"
            if isinstance(one, Answered):
                answers.append(one)
        if isinstance(whole, Answered):
            answers.append(whole)
        return _without_repeats(answers) if answers else whole

    def ranking(self, text: str, *, before: str | None = None) -> list[Passage]:
        """Return the passages that may answer, the best first, as `reply` sees them."""
        return [one.candidate.passage for one in self._understand(text[:MAX_LENGTH], before)[1]]

    def _understand(self, text: str, before: str | None) -> tuple[Question, Sequence[Judged]]:
        """Return the question as understood, alone or as a follow-up, with the judged passages."""
        question = analyse(text, self._searcher)
        alone = self._judge(question)
        best_alone = alone[0].probability if alone else 0.0
        elliptical = is_elliptical(question)
        if before is None or (not elliptical and best_alone >= self._thresholds.answer):
            return question, alone
        continued = with_context(question, analyse(before, self._searcher))
        followed = self._judge(continued)
        best_followed = followed[0].probability if followed else 0.0
        lead_needed = -LEANING if elliptical else 0.0
        if best_followed - best_alone > lead_needed:
            return continued, followed
        return question, alone

    def _judge(self, question: Question) -> list[Judged]:
        """Return the passages that may answer, the best first, verified ones before others."""
        if not question.words:
            return []
        ranked = [
            (self._model.rank(one.evidence), one) for one in self._searcher.candidates(question)
        ]
        ranked.sort(key=_order)
        verified = [one for one in ranked if one[1].passage.document.origin.is_verified]
        unverified = [one for one in ranked if not one[1].passage.document.origin.is_verified]
        judged: list[Judged] = []
        for score, candidate in (*verified[:LOOKED_AT], *unverified[:LOOKED_AT]):
            passage = candidate.passage
            others = (s for s, one in verified if one.passage.document.id != passage.document.id)
            opposite = (
                s
                for s, one in verified
                if one.passage.section.known_unknown != passage.section.known_unknown
            )
            leads = (
                lead(score, max(others, default=None)),
                lead(score, max(opposite, default=None)),
            )
            probability = self._model.probability(candidate.evidence, leads)
            if candidate.defines:
                probability = max(probability, DEFINED)
            judged.append(Judged(candidate, score, probability))
        return judged

    def _answered(self, question: Question, judged: Sequence[Judged]) -> Answered:
        """Quote the best passage, and one of the same document that is nearly as good."""
        best, *others = judged
        answers = [_answered_passage(question, best)]
        close = next(
            (
                one
                for one in others
                if best.score - one.score < CLOSE
                and one.candidate.passage.document.id == best.candidate.passage.document.id
                and not one.candidate.passage.section.known_unknown
            ),
            None,
        )
        if close is not None:
            answers.append(_answered_passage(question, close))
        first = joined(answers)
        return Answered(first.text, first.citations, best.probability)

    def _decide(self, question: Question, judged: Sequence[Judged]) -> Reply:
        if not judged:
            return Unknown()
        best = judged[0]
        passage = best.candidate.passage
        section = passage.section
        if section.known_unknown:
            if best.probability >= self._thresholds.suggest:
                return Unknown(section.text, best.probability)
            return Unknown(confidence=best.probability)
        if (
            best.probability >= self._thresholds.answer
            and passage.document.origin.is_verified
            and not is_doubtful(best.candidate.evidence)
        ):
            return self._answered(question, judged)
        near = [
            one
            for one in judged
            if one.probability >= self._thresholds.suggest
            and not one.candidate.passage.section.known_unknown
        ]
        if not near:
            return Unknown(confidence=best.probability)
        near.sort(key=lambda one: (not one.candidate.defines, -one.score))
        topics = dict.fromkeys(_topic(one.candidate) for one in near)
        return Suggested(tuple(topics)[:MAX_TOPICS], best.probability)


def _order(ranked: tuple[float, Candidate]) -> tuple[bool, bool, float, tuple[str, int]]:
    """Sort what says a term's meaning first, and then what a guild says it means."""
    score, one = ranked
    is_own = one.defines and one.passage.document.origin is Origin.MODERATOR
    return (not one.defines, not is_own, -score, one.passage.key)


def _answered_passage(question: Question, one: Judged) -> Answered:
    quote = select(question, one.candidate.passage.section.text)
    return Answered(quote, (_citation(one.candidate, quote),), one.probability)


def _citation(candidate: Candidate, quote: str) -> Citation:
    passage = candidate.passage
    sources = passage.section.sources
    return Citation(
        title=passage.document.title,
        part=passage.document.part,
        date=passage.section.date,
        source=next((one for one in sources if one.url), sources[0]),
        quote=quote,
        document=passage.document.id,
        section=passage.number,
        origin=passage.document.origin,
        by_moderator=passage.document.origin is Origin.MODERATOR,
    )


def _topic(candidate: Candidate) -> Topic:
    passage = candidate.passage
    heading = passage.section.heading
    title = f"{passage.document.title}: {heading}" if heading else passage.document.title
    question = passage.section.questions[0] if passage.section.questions else title
    return Topic(title, question, passage.document.id, passage.number)


def _without_repeats(answers: Sequence[Answered]) -> Answered:
    kept: list[Answered] = []
    for answer in answers:
        first = answer.citations[0]
        if all(
            (one.citations[0].document, one.citations[0].section) != (first.document, first.section)
            for one in kept
        ):
            kept.append(answer)
    return joined(kept)
