"""The sentences of a passage that carry the answer, verbatim."""

import re
from typing import Final

from bot.search.analysis import stem, tokens
from bot.search.kinds import holds
from bot.search.question import Question

ENOUGH_WORDS: Final = 60  # a passage up to here is quoted whole
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])['\")\]]*\s+(?=['\"(\[]*[A-Z0-9])|\n+")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:ca|circa|nr|art|o\.a|m\.n|bijv|incl|excl|d\.w\.z|t/m|Lbr|e\.d|drs|mr|ir)\.)$"
)


def sentences(text: str) -> list[str]:
    """Cut `text` into sentences; a list item is one. Joined by spaces they give the words back."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece.strip():
            found.append(piece.strip())
    return found


def select(question: Question, text: str) -> str:
    """Return the part of `text` that answers: a run of whole sentences in their order.

    A short passage answers as a whole. Of a longer one the sentence with most of the question's
    words comes first, then its neighbours, as long as there is room; a sentence that holds the
    kind of answer asked for (a date for "wanneer") is always within.
    """
    parts = sentences(text)
    if len(text.split()) <= ENOUGH_WORDS or len(parts) <= 1:
        return text
    scores = [_score(question, part) for part in parts]
    best = max(range(len(parts)), key=scores.__getitem__)
    first = last = best
    while True:
        grown = [at for at in (first - 1, last + 1) if 0 <= at < len(parts)]
        grown.sort(key=lambda at: -scores[at])
        room = ENOUGH_WORDS - sum(len(part.split()) for part in parts[first : last + 1])
        fitting = [at for at in grown if len(parts[at].split()) <= room]
        if not fitting:
            break
        first, last = min(first, fitting[0]), max(last, fitting[0])
    return _original(text, parts[first], parts[last])


def _score(question: Question, sentence: str) -> float:
    present = {stem(word) for word in tokens(sentence)}
    found = sum(
        word.weight * word.idf * max((s for token, s in word.forms if token in present), default=0)
        for word in question.words
    )
    heaviest = max((word.idf for word in question.words), default=1.0)
    asked = [kind.removeprefix("?") for kind in question.kinds]
    return found + heaviest * sum(holds(kind, sentence) for kind in asked)


def _original(text: str, first: str, last: str) -> str:
    """Return `text` from the start of `first` to the end of `last`, line breaks and all."""
    start = text.find(first)
    end = text.rfind(last) + len(last)
    return text[start:end]
