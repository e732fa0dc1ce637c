"""Which passage answers best, and how likely it does: two linear models over the evidence.

The weights in `model.json` were fitted by `python -m tests.eval --fit` on questions that are kept
apart from those that measure the result; each of them was asked while it was itself left out of the
question variants. The file says how many there were.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, cast

from bot.search.features import NAMES, Evidence

# What confidence looks at beside the evidence: how far the passage is ahead of the best passage of
# another document, and of the best known unknown (or, for one of those, of the best answer).
LEADS: Final = ("lead", "lead_over_gap")
_LEAD_SCALE: Final = 4.0  # of the ranking score, in its own units


@dataclass(frozen=True, slots=True)
class Model:
    """Two linear models over the same evidence, weights in the order of `features.NAMES`.

    `ranking` orders the passages of one question; `confidence` (with `bias`, and for `LEADS`
    after the evidence) tells how likely it is that the first of them answers.
    """

    ranking: tuple[float, ...]
    bias: float
    confidence: tuple[float, ...]

    def rank(self, evidence: Evidence) -> float:
        """Return a score that is higher for the better of two passages for one question."""
        return _dot(self.ranking, evidence.values())

    def probability(self, evidence: Evidence, leads: tuple[float, float]) -> float:
        """Return the probability (0 to 1) that the passage with this evidence answers."""
        score = self.bias + _dot(self.confidence, (*evidence.values(), *leads))
        return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))


# Evidence that outweighs any probability: hardly a right answer has it, many wrong ones do (counted
# on the fitting questions and the tuning half: 10 of 1,110 right answers, 25 of 59 wrong ones).
_DOUBTS: Final[Mapping[str, float]] = {
    "missing": 0.7,
    "missing_gap": 0.3,
    "unseen": 0.5,
    "unseen_name": 0.5,
    "number_missing": 0.5,
    "instructions": 0.3,
}
LEAST_COVERED: Final = 0.4


def is_doubtful(evidence: Evidence) -> bool:
    """Whether the question holds something that the passage cannot be about, however alike."""
    values = dict(zip(NAMES, evidence.values(), strict=True))
    return evidence.covered_any < LEAST_COVERED or any(
        values[name] > most for name, most in _DOUBTS.items()
    )


def lead(score: float, best_other: float | None) -> float:
    """Return how far a ranking score is ahead of another: -1 to 1, 1 when there is no other."""
    return 1.0 if best_other is None else math.tanh((score - best_other) / _LEAD_SCALE)


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


@cache
def shipped_model() -> Model:
    """Return the fitted model that ships.

    Raises:
        ValueError: when the file was fitted for other evidence than this code gathers.

    """
    text = (files("bot.search") / "model.json").read_text(encoding="utf-8")
    loaded = cast("dict[str, dict[str, float]]", json.loads(text))
    ranking, confidence = loaded["ranking"], loaded["confidence"]
    if tuple(ranking) != NAMES or tuple(confidence) != ("bias", *NAMES, *LEADS):
        message = "model.json was fitted for other evidence; run python -m tests.eval --fit"
        raise ValueError(message)
    bias, *weights = confidence.values()
    return Model(tuple(ranking.values()), bias, tuple(weights))
