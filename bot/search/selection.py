"""The sentences of a passage that carry the answer, verbatim."""

import re
from collections.abc import Sequence
from typing import Final

from bot.search.analysis import stem, tokens
from bot.search.kinds import holds
from bot.search.question import Question

ENOUGH_WORDS: Final = 60  # a passage up to here is quoted whole
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])(?P<closing>['\")\]]*)\s+(?=['\"(\[]*[A-Z0-9])|\n+")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:ca|circa|nr|art|o\.a|m\.n|bijv|incl|excl|d\.w\.z|t/m|Lbr|e\.d|drs|mr|ir)\.)$"
)


def sentences(text: str) -> list[str]:
    """Cut `text` into sentences; a list item is one. Joined by spaces they give the words back."""
    return [text[start:end] for start, end in _places(text)]


def select(question: Question, text: str) -> str:
    """Return the part of `text` that answers: a run of whole sentences in their order.

    A short passage answers as a whole. Of a longer one the sentence with most of the question's
    words comes first, then its neighbours, as long as there is room. The run holds the kinds of
    answer asked for (a date for "wanneer") that `text` holds; when no run does, all of it answers.
    """
    places = _places(text)
    if len(text.split()) <= ENOUGH_WORDS or len(places) <= 1:
        return text
    wanted = [kind.removeprefix("?") for kind in question.kinds]
    wanted = [kind for kind in wanted if holds(kind, text)]
    parts = [text[start:end] for start, end in places]
    scores = [_score(question, part) for part in parts]
    for best in sorted(range(len(parts)), key=lambda at: -scores[at]):
        first, last = _run_around(best, parts, scores)
        run = text[places[first][0] : places[last][1]]
        if all(holds(kind, run) for kind in wanted):
            return run
    return text


def _places(text: str) -> list[tuple[int, int]]:
    """Return where each sentence of `text` starts and ends."""
    found: list[tuple[int, int]] = []
    start = 0
    for gap in (*_SENTENCE_END.finditer(text), None):
        closing = gap.end("closing") if gap and gap["closing"] is not None else None
        end = len(text) if gap is None else gap.start() if closing is None else closing
        piece = text[start:end]
        if piece.strip() and not (gap and _ABBREVIATION.search(piece)):
            lead = len(piece) - len(piece.lstrip())
            found.append((start + lead, start + len(piece.rstrip())))
            start = end if gap is None else gap.end()
    return found


def _run_around(best: int, parts: Sequence[str], scores: Sequence[float]) -> tuple[int, int]:
    """Grow from the sentence `best` to the neighbour with the higher score, while there is room."""
    first = last = best
    while True:
        grown = [at for at in (first - 1, last + 1) if 0 <= at < len(parts)]
        grown.sort(key=lambda at: -scores[at])
        room = ENOUGH_WORDS - sum(len(part.split()) for part in parts[first : last + 1])
        fitting = [at for at in grown if len(parts[at].split()) <= room]
        if not fitting:
            return first, last
        first, last = min(first, fitting[0]), max(last, fitting[0])


def _score(question: Question, sentence: str) -> float:
    present = {stem(word) for word in tokens(sentence)}
    found = sum(
        word.weight * word.idf * max((s for token, s in word.forms if token in present), default=0)
        for word in question.words
    )
    heaviest = max((word.idf for word in question.words), default=1.0)
    asked = [kind.removeprefix("?") for kind in question.kinds]
    return found + heaviest * sum(holds(kind, sentence) for kind in asked)
