"""How alike two comments are: pure, on the stems that are kept for searching.

Words count by their 4-grams, so that compounds and typing errors still meet; words that carry no
topic count for nothing. It only suggests: a moderator decides what is a duplicate.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import sqrt
from typing import Final

from bot.search.analysis import grams, stem
from bot.search.lexicon import lexicon

ALIKE: Final = 0.65
"""From this likeness on (0..1) a comment is named; measured on own pairs in the tests."""
_MOST: Final = 3
_OPPOSITE: Final = 0.6
# They carry no topic, and turn what is said into its opposite.
_NEGATIONS: Final = frozenset(map(stem, ("niet", "geen", "nooit", "niets", "nee", "zonder")))


def likeness(first: str, second: str) -> float:
    """Return how alike two texts are by their stems, between 0 and 1."""
    one, other = _grams(first), _grams(second)
    shared = sum(count * other[gram] for gram, count in one.items() if gram in other)
    size = sqrt(_square(one) * _square(other))
    return shared / size * _sameness(first, second) if size else 0.0


def most_alike(stems: str, others: Iterable[tuple[int, str]]) -> tuple[tuple[int, float], ...]:
    """Return the ids of the others that are alike, with how much, the likest first; three at most.

    Each of `others` is an id with its stems.
    """
    found = ((other_id, likeness(stems, other)) for other_id, other in others)
    alike = [(other_id, much) for other_id, much in found if much >= ALIKE]
    return tuple(sorted(alike, key=lambda one: (-one[1], one[0]))[:_MOST])


def _sameness(first: str, second: str) -> float:
    """Return less than 1 where one of two texts denies something and the other does not."""
    one, other = (not _NEGATIONS.isdisjoint(text.split()) for text in (first, second))
    return 1.0 if one == other else _OPPOSITE


@lru_cache(maxsize=4_096)
def _grams(stems: str) -> Counter[str]:
    ignored = _ignored()
    return Counter(gram for word in stems.split() if word not in ignored for gram in grams(word))


@lru_cache(maxsize=1)
def _ignored() -> frozenset[str]:
    return frozenset(map(stem, lexicon().stopwords)) - _NEGATIONS


def _square(counted: Counter[str]) -> int:
    return sum(count * count for count in counted.values())
