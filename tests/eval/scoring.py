"""Ask every question and count what came back."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.services.knowledge.answers import Answered, Reply, Suggested
from bot.texts.knowledge import answer as text_of
from tests.eval.questions import Asked


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question got back; `place` is the rank (from 1) of the first right passage, or 0."""

    asked: Asked
    reply: Reply
    place: int

    @property
    def is_answered(self) -> bool:
        """Whether the bot claims to answer."""
        return isinstance(self.reply, Answered)

    @property
    def is_right(self) -> bool:
        """Whether an answerable question got an answer that holds the right thing."""
        return self.is_answered and self.asked.is_right(text_of(self.reply))


@dataclass(frozen=True, slots=True)
class Score:
    """Shares (0 to 1) over a set of questions."""

    answerable: int
    unanswerable: int
    right: float
    hit_at_1: float
    hit_at_3: float
    reciprocal_rank: float
    wrongly_abstained: float
    suggested_instead: float
    wrongly_answered: float


def run(
    questions: Iterable[Asked],
    *,
    reply: Callable[[Asked], Reply],
    ranking: Callable[[Asked], Sequence[frozenset[str]]],
) -> list[Outcome]:
    """Ask each question; `ranking` gives the facts of the passages found, the best first."""
    return [
        Outcome(asked, reply(asked), _place(asked, ranking(asked)) if asked.is_answerable else 0)
        for asked in questions
    ]


def score(outcomes: Sequence[Outcome]) -> Score:
    """Count `outcomes`."""
    can = [one for one in outcomes if one.asked.is_answerable]
    cannot = [one for one in outcomes if not one.asked.is_answerable]
    return Score(
        answerable=len(can),
        unanswerable=len(cannot),
        right=_share(can, lambda one: one.is_right),
        hit_at_1=_share(can, lambda one: one.place == 1),
        hit_at_3=_share(can, lambda one: 1 <= one.place <= 3),  # hit@3
        reciprocal_rank=sum(1 / one.place for one in can if one.place) / max(len(can), 1),
        wrongly_abstained=_share(can, lambda one: not one.is_answered),
        suggested_instead=_share(can, lambda one: isinstance(one.reply, Suggested)),
        wrongly_answered=_share(cannot, lambda one: one.is_answered),
    )


def per_kind(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    """Count `outcomes` kind by kind."""
    kinds = Counter(one.asked.kind for one in outcomes)
    return {
        kind: score([one for one in outcomes if one.asked.kind == kind]) for kind in sorted(kinds)
    }


def _place(asked: Asked, ranking: Sequence[frozenset[str]]) -> int:
    return next((place for place, facts in enumerate(ranking, 1) if facts & asked.facts), 0)


def _share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float:
    return sum(map(holds, outcomes)) / max(len(outcomes), 1)
