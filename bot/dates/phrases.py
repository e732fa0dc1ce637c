"""From tokens to facts: at each place the longest phrase that the grammar has."""

from collections.abc import Sequence

from bot.dates.day_phrases import day_phrase
from bot.dates.facts import Facts, together
from bot.dates.reading import NotUnderstood, Problem
from bot.dates.time_phrases import time_phrase
from bot.dates.words import Kind, Token

_FILLERS = {Kind.OM, Kind.IN, Kind.VAN, Kind.THE, Kind.AND}


def facts_in(tokens: Sequence[Token]) -> Facts | NotUnderstood:
    """Return everything that the tokens say; not one word is skipped but "op", "de" and the like.

    Words that no phrase takes are named (WORDS) before phrases that contradict each other.
    """
    facts: Facts | None = Facts()
    strange: list[str] = []
    at = 0
    while at < len(tokens):
        both = (day_phrase(tokens, at), time_phrase(tokens, at))
        found = max((one for one in both if one), key=lambda one: one.length, default=None)
        if found is not None:
            facts = together(facts, found.facts) if facts else None
            at += found.length
            continue
        if tokens[at].kind not in _FILLERS:
            strange.append(tokens[at].text)
        at += 1
    if strange:
        return NotUnderstood(Problem.WORDS, words=tuple(strange))
    return NotUnderstood(Problem.CONTRADICTION) if facts is None else facts
