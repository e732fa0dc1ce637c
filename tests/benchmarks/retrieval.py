"""How well the right document is found in a set of questions and answers, beside raw BM25.

The set is a folder with `passages.jsonl` (id, doc, title, head, text) and `questions.jsonl` (id,
set, q, relevant: the documents that answer). A set of questions named "faq" holds the published
titles themselves, so it is asked of the bodies alone; any other set of the whole.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, TypedDict, TypeVar, cast

import numpy as np

from bot.search.confidence import Model, shipped_model
from bot.search.documents import Document, Part, Section, Source
from bot.search.features import NAMES
from bot.search.index import build
from bot.search.question import analyse
from bot.search.real_words import RealWords
from bot.search.searcher import BLEND, Candidate, Searcher
from tests.benchmarks.measuring import Figure
from tests.benchmarks.plain import RawBm25
from tests.eval.typos import with_typos

BASELINE: Final = "raw BM25"
TITLES: Final = "faq"  # the set whose questions are the titles
DEPTH: Final = 10  # of the mean reciprocal rank
_DATE: Final = date(2020, 1, 1)
_RELATIVE: Final = NAMES.index("relative_words")

_Line = TypeVar("_Line")
Ranking = Callable[[str], Sequence[str]]


class _Passage(TypedDict):
    doc: str
    title: str
    head: str
    text: str


class _Question(TypedDict):
    id: str
    set: str
    q: str
    relevant: list[str]


@dataclass(frozen=True, slots=True)
class _Scores:
    hit_at_1: float
    reciprocal_rank: float


def figures(folder: Path, real_words: RealWords) -> Iterator[Figure]:
    """Measure on the set in `folder`: our blended scores and our model, each beside raw BM25."""
    whole = _documents(folder)
    bodies = tuple(replace(one, title="") for one in whole)
    questions = [one for one in _lines(folder / "questions.jsonl", _Question) if one["relevant"]]
    for name in sorted({one["set"] for one in questions}):
        asked = [one for one in questions if one["set"] == name]
        documents = bodies if name == TITLES else whole
        yield from _figures_of(name, documents, asked, real_words)
        typed = [
            _Question(
                id=one["id"], set=name, q=with_typos(one["q"], seed=1), relevant=one["relevant"]
            )
            for one in asked
        ]
        yield from _figures_of(f"{name}, typos", documents, typed, real_words)


def _figures_of(
    name: str,
    documents: Sequence[Document],
    asked: Sequence[_Question],
    real_words: RealWords,
) -> Iterator[Figure]:
    searcher = Searcher([build(documents)], real_words=real_words)
    model = shipped_model()
    plain = _scores(asked, RawBm25(documents).ranking)
    ways: dict[str, Ranking] = {
        "scores": lambda text: _ranked(searcher, text, _blended),
        "model": lambda text: _ranked(searcher, text, lambda one: _by_model(model, one)),
    }
    for way, ranking in ways.items():
        ours = _scores(asked, ranking)
        case = f"{name} ({len(asked)})"
        yield Figure(
            "retrieval", case, f"hit@1, {way}", ours.hit_at_1, "", plain.hit_at_1, BASELINE,
            is_best_high=True,
        )  # fmt: skip
        yield Figure(
            "retrieval", case, f"MRR@{DEPTH}, {way}", ours.reciprocal_rank, "",
            plain.reciprocal_rank, BASELINE, is_best_high=True,
        )  # fmt: skip


def _blended(candidate: Candidate) -> float:
    """Return the sum of scores that chooses the candidates; without variants it is the recipe's."""
    values = candidate.evidence.values()
    return float(BLEND @ np.array(values[_RELATIVE : _RELATIVE + len(BLEND)], np.float32))


def _by_model(model: Model, candidate: Candidate) -> float:
    return model.rank(candidate.evidence)


def _ranked(searcher: Searcher, text: str, score: Callable[[Candidate], float]) -> Sequence[str]:
    found = sorted(searcher.candidates(analyse(text, searcher)), key=score, reverse=True)
    return list(dict.fromkeys(one.passage.document.id for one in found))


def _scores(asked: Sequence[_Question], ranking: Ranking) -> _Scores:
    places = [_place(one, ranking(one["q"])) for one in asked]
    return _Scores(
        hit_at_1=sum(place == 1 for place in places) / len(places),
        reciprocal_rank=sum(1 / place for place in places if place) / len(places),
    )


def _place(asked: _Question, ranked: Sequence[str]) -> int:
    """Return the rank (from 1) of the first right document, or 0 when it is not in the first."""
    right = {*asked["relevant"]}
    return next((at for at, one in enumerate(ranked[:DEPTH], 1) if one in right), 0)


def _documents(folder: Path) -> tuple[Document, ...]:
    sections: dict[str, list[Section]] = {}
    titles: dict[str, str] = {}
    for one in _lines(folder / "passages.jsonl", _Passage):
        titles[one["doc"]] = one["title"]
        sections.setdefault(one["doc"], []).append(
            Section(one["head"], one["text"], (Source(one["title"]),), _DATE)
        )
    return tuple(
        Document(name, titles[name], Part.OVERZICHT, _DATE, tuple(found))
        for name, found in sections.items()
    )


def _lines(path: Path, _: type[_Line]) -> list[_Line]:
    return [
        cast("_Line", json.loads(line)) for line in path.read_text("utf-8").splitlines() if line
    ]
