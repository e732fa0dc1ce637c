"""Matching a few tokens against a pattern such as "THE? ORDINAL|LAST WEEKDAY".

A pattern is matched from left to right without going back, so its cost is its own length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.dates.facts import Facts
from bot.dates.words import Kind, Token

Match = tuple[Token | None, ...]
"""One entry for each element of the pattern; None for an optional one that is absent."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the phrase says and how many tokens it took."""

    length: int
    facts: Facts


def match(tokens: Sequence[Token], at: int, pattern: str) -> Match | None:
    """Match at a place; each element is "KIND", "KIND|KIND", or either with "?" after it."""
    found: list[Token | None] = []
    for kinds, optional in _elements(pattern):
        if at < len(tokens) and tokens[at].kind in kinds:
            found.append(tokens[at])
            at += 1
        elif optional:
            found.append(None)
        else:
            return None
    return tuple(found)


def length_of(matched: Match) -> int:
    """Return how many tokens a match took."""
    return sum(token is not None for token in matched)


def is_at(tokens: Sequence[Token], at: int, *kinds: Kind) -> bool:
    """Return whether a token of one of these kinds stands at a place."""
    return at < len(tokens) and tokens[at].kind in kinds


@cache
def _elements(pattern: str) -> tuple[tuple[frozenset[Kind], bool], ...]:
    return tuple(
        (frozenset(Kind(name) for name in element.rstrip("?").split("|")), element.endswith("?"))
        for element in pattern.split()
    )
