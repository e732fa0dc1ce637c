"""The kind of answer a question asks for, and whether a text holds one.

Kinds: `when` a date, `clock` a time of day, `who` a person or organisation, `where` a place,
`howmany` a number, `percent`, `money`, `duration` and `contact` what they say, `why` a reason,
`which` a choice or list, `meaning` what a term stands for.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from bot.search.lexicon import lexicon

_MONTHS: Final = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
)
_NUMBER_WORDS: Final = (
    "geen|één|eenmaal|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|vijftien|twintig|"
    "dertig|vijftig|zeventig|honderd|duizend|miljoen|helft|alle|beide|dubbele?|tientallen|jaarlijks"
)
_HOLDS: Final = {
    "when": re.compile(rf"\b(?:19|20)\d\d\b|\b(?:{_MONTHS})\b|\bwerkdagen\b", re.IGNORECASE),
    "who": re.compile(r"(?<=[\w,;:)] )['\"(]?[A-Z][\w&.]+|\b[A-Z][A-Z&]+\w*|\b[Gg]emeente[ns]?\b"),
    "where": re.compile(
        r"\b(?:in|te|bij|op|naar|uit|van|rond|en) (?:het |de )?['\"]?[A-Z]\w+|digitaal|\w+\.nl\b"
    ),
    "howmany": re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE),
    "clock": re.compile(r"\b\d{1,2}[.:]\d\d\b|\b\d{1,2} uur\b"),
    "percent": re.compile(r"\d ?%|\b(?:procent|percentage)\b", re.IGNORECASE),
    "money": re.compile(r"\b(?:euro|miljoen|gratis|kosten|goedkoper|duurder)\b|€", re.IGNORECASE),
    "duration": re.compile(
        r"\b(?:jaar|jaren|maand|maanden|weken|dagen|werkdagen|uur|uren)\b", re.IGNORECASE
    ),
    "contact": re.compile(r"\w@\w|\b\d{2,4}[- ]\d{6,}|\w+\.nl\b"),
    "why": re.compile(
        r"\b(?:omdat|doordat|vanwege|reden|redenen|aanleiding|want|zodat|waardoor|oorzaak|daarom|"
        r"wegens|dankzij|namelijk|door|om)\b",
        re.IGNORECASE,
    ),
    "which": re.compile(r",| en |:|\n[-*] |[A-Z]\w+"),
}
# Kinds whose answer is easily told from its form: without it, a passage does not answer.
STRICT: Final = frozenset({"when", "clock", "howmany", "percent", "money", "duration", "contact"})


def kinds_asked(words: Sequence[str]) -> list[str]:
    """Return the kinds that the folded words ask for, as tokens (`?when`), each once."""
    return sorted({kind for kind, _, _ in spans(words)})


def spans(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield (kind token, start, end) of the phrases that ask, the longest at each place."""
    position = 0
    while position < len(words):
        best: tuple[str, int] | None = None
        for phrase, kind in _phrases().get(words[position], ()):
            end = position + len(phrase)
            if tuple(words[position:end]) == phrase and (best is None or end > best[1]):
                best = (kind, end)
        if best is None:
            position += 1
            continue
        yield f"?{best[0]}", position, best[1]
        position = best[1]


def holds(kind: str, text: str) -> bool:
    """Whether `text` holds an answer of this kind (`when`, … without the question mark)."""
    pattern = _HOLDS.get(kind)
    return pattern is None or pattern.search(text) is not None


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in lexicon().kinds.items():
        for phrase in phrases:
            by_first.setdefault(phrase[0], []).append((phrase, kind))
    return by_first
