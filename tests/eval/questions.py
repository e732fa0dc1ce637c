"""The evaluation questions and what counts as a right reply."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NotRequired, TypedDict, cast

from bot.search.analysis import fold

FOLDER = Path(__file__).parent


class _Fields(TypedDict):
    id: str
    q: str
    prev_q: NotRequired[str]
    answerable: bool
    facts: list[str]
    any_of: NotRequired[list[str]]
    all_of: NotRequired[list[str]]
    kind: str
    lang: str
    set: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One evaluation question. `half` is "tune", "held" or, for fitting only, "fit"."""

    identity: str
    text: str
    before: str | None
    is_answerable: bool
    facts: frozenset[str]
    any_of: tuple[str, ...]
    all_of: tuple[str, ...]
    kind: str
    half: str

    def is_right(self, reply: str) -> bool:
        """Whether the reply's text holds what a right answer must hold."""
        folded = fold(reply)
        if self.all_of:
            return all(fold(one) in folded for one in self.all_of)
        return any(fold(one) in folded for one in self.any_of)

    def typed_as(self, text: str) -> "Asked":
        """Return the same question in other characters."""
        return replace(self, text=text)


def load(name: str = "questions.jsonl") -> tuple[Asked, ...]:
    """Read the questions of one file in this folder."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return tuple(_asked(cast("_Fields", json.loads(line))) for line in lines if line.strip())


def _asked(fields: _Fields) -> Asked:
    return Asked(
        identity=fields["id"],
        text=fields["q"],
        before=fields.get("prev_q"),
        is_answerable=fields["answerable"],
        facts=frozenset(fields["facts"]),
        any_of=tuple(fields.get("any_of", ())),
        all_of=tuple(fields.get("all_of", ())),
        kind=fields["kind"],
        half=fields.get("set", "fit"),
    )
