"""Fit the two models of `bot.search.confidence` on the fitting questions.

The ranking is a conditional logit: the probability that a right passage comes first among the
candidates of a question is maximised. The confidence is a logistic regression on the passage that
then comes first. Both have a small quadratic penalty. A fitting question that also stands among the
question variants is left out of them while it is asked (cross-validation in folds).
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.adapters.dictionaries import real_words
from bot.search.analysis import tokens
from bot.search.confidence import LEADS, lead
from bot.search.documents import Document
from bot.search.features import NAMES
from bot.search.index import build
from bot.search.question import analyse, with_context
from bot.search.searcher import Candidate, Searcher
from tests.eval.questions import Asked

FOLDS: Final = 5
PENALTY: Final = 0.001
_RATE: Final = 0.05  # of Adam (Kingma and Ba 2015), with its usual moments
_STEPS: Final = 800

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The candidates of one question: `evidence` (candidates, features), which are right."""

    asked: Asked
    candidates: tuple[Candidate, ...]
    evidence: Array
    is_right: npt.NDArray[np.bool_]


def fit(documents: Sequence[Document], questions: Sequence[Asked]) -> dict[str, object]:
    """Return the model as it is written to `model.json`."""
    groups = _groups(documents, questions)
    ranking = _fit_ranking(groups)
    confidence = _fit_confidence(groups, ranking)
    return {
        "fitted_on": {
            "answerable": sum(one.asked.is_answerable for one in groups),
            "unanswerable": sum(not one.asked.is_answerable for one in groups),
        },
        "ranking": dict(zip(NAMES, _rounded(ranking), strict=True)),
        "confidence": dict(zip(("bias", *NAMES, *LEADS), _rounded(confidence), strict=True)),
    }


def write(model: dict[str, object]) -> Path:
    """Write the model where `bot.search.confidence` reads it."""
    path = Path(str(files("bot.search"))) / "model.json"
    path.write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")
    return path


def _groups(documents: Sequence[Document], questions: Sequence[Asked]) -> list[Group]:
    words = real_words()
    groups: list[Group] = []
    for fold in range(FOLDS):
        own = [one for one in questions if crc32(one.identity.encode()) % FOLDS == fold]
        hidden = {tuple(tokens(one.text)) for one in own}
        searcher = Searcher([build(_without(documents, hidden))], real_words=words)
        groups += [group for one in own if (group := _group(one, searcher)) is not None]
    return groups


def _without(documents: Sequence[Document], hidden: set[tuple[str, ...]]) -> list[Document]:
    return [
        replace(
            document,
            sections=tuple(
                replace(
                    section,
                    questions=tuple(q for q in section.questions if tuple(tokens(q)) not in hidden),
                )
                for section in document.sections
            ),
        )
        for document in documents
    ]


def _group(asked: Asked, searcher: Searcher) -> Group | None:
    question = analyse(asked.text, searcher)
    if asked.before is not None:
        question = with_context(question, analyse(asked.before, searcher))
    candidates = searcher.candidates(question)
    if not candidates:
        return None
    sections = [one.passage.section for one in candidates]
    return Group(
        asked,
        candidates,
        np.array([one.evidence.values() for one in candidates]),
        np.array(
            [not one.known_unknown and bool(asked.facts & {*one.facts}) for one in sections],
            np.bool_,
        ),
    )


def _fit_ranking(groups: Sequence[Group]) -> Array:
    useful = [one for one in groups if one.is_right.any() and not one.is_right.all()]
    rows = np.concatenate([one.evidence for one in useful])
    right = np.concatenate([one.is_right for one in useful]).astype(np.float64)
    sizes = [len(one.is_right) for one in useful]
    group_of = np.repeat(np.arange(len(useful)), sizes)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))

    def gradient(weights: Array) -> Array:
        scores = rows @ weights
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[group_of])
        every = scores / np.add.reduceat(scores, starts)[group_of]
        wanted = scores * right
        wanted = wanted / np.add.reduceat(wanted, starts)[group_of]
        return rows.T @ (every - wanted) / len(useful) + PENALTY * weights

    return _descend(gradient, np.zeros(len(NAMES)))


def _fit_confidence(groups: Sequence[Group], ranking: Array) -> Array:
    """Newton's method on the passages that come first and are no known unknowns."""
    rows: list[Array] = []
    labels: list[float] = []
    for group in groups:
        scores = group.evidence @ ranking
        first = int(np.argmax(scores))
        if group.candidates[first].passage.section.known_unknown:
            continue
        rows.append(np.concatenate(([1.0], group.evidence[first], _leads(group, scores, first))))
        labels.append(float(group.is_right[first]))
    matrix, wanted = np.array(rows), np.array(labels)
    penalty = PENALTY * np.diag([1e-6, *np.ones(matrix.shape[1] - 1)])
    weights = np.zeros(matrix.shape[1])
    for _ in range(60):
        given = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (given - wanted) / len(wanted) + penalty @ weights
        curve = (matrix * (given * (1 - given))[:, None]).T @ matrix / len(wanted) + penalty
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def _leads(group: Group, scores: Array, first: int) -> tuple[float, float]:
    passages = [one.passage for one in group.candidates]
    best = passages[first]
    others = [
        float(score)
        for score, one in zip(scores, passages, strict=True)
        if one.document.id != best.document.id
    ]
    opposite = [
        float(score)
        for score, one in zip(scores, passages, strict=True)
        if one.section.known_unknown != best.section.known_unknown
    ]
    score = float(scores[first])
    return lead(score, max(others, default=None)), lead(score, max(opposite, default=None))


def _descend(gradient: Callable[[Array], Array], weights: Array) -> Array:
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        slope = gradient(weights)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        move = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights = weights - _RATE * move
    return weights


def _rounded(weights: Array) -> list[float]:
    return [round(float(one), 4) for one in weights]
