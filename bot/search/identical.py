"""When two questions are the same: so that moderators answer once what many ask.

Cautious: two groups for one question cost a moderator a minute, one group for two questions gives
somebody the answer to another question.
"""

from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

from bot.search.analysis import grams, is_number, stem, tokens

# Words that change nothing of what is asked. What asks, counts, denies or points to somebody is
# not among them.
_FILLERS: Final = frozenset(
    "de het een nou nu dan eigenlijk eens even ook toch maar wel gewoon precies graag svp aub"
    " alsjeblieft alstublieft hoi hallo hi dag beste allemaal er en".split()
)
# Words that say nothing without what was said before: alone they make no question.
_POINTING: Final = frozenset(
    "wie wat waar wanneer waarom hoe hoeveel welk welke wordt worden is was zijn waren ben bent heb"
    " hebt heeft hebben had hadden kan kun kunnen mag mogen moet moeten zal zou zullen zouden dat"
    " dit die deze daar hier hij zij ze hem haar hun ik je jij jullie we wij u in op van voor met"
    " over bij naar uit aan tot door om te niet geen ja nee waarover waarvan daarvan daarover"
    " toen later".split()
)
_SPELLED_FROM: Final = 8  # letters; a slip in a shorter word makes another word
_ALIKE: Final = 0.6  # of the 4-grams of two words, by Dice's measure


def nearly_identical(one: str, other: str) -> bool:
    """Whether two questions are nearly word for word the same.

    The words that matter are those of one another, in the same order, but for their endings and a
    slip of the pen in a long word. What leans on an earlier question ("en wanneer was dat?") is the
    same as nothing.
    """
    mine, theirs = _words(one), _words(other)
    if len(mine) != len(theirs) or not _says_something(mine):
        return False
    return all(_alike(first, second) for first, second in zip(mine, theirs, strict=True))


def _words(text: str) -> list[str]:
    return [word for word in tokens(text) if word not in _FILLERS]


def _says_something(words: Iterable[str]) -> bool:
    return any(word not in _POINTING for word in words)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if is_number(one) or is_number(other) or {one, other} & _POINTING:
        return False
    return stem(one) == stem(other) or _is_slip(one, other)


def _is_slip(one: str, other: str) -> bool:
    """Whether two long words differ in one place, and not in how they begin."""
    if min(len(one), len(other)) < _SPELLED_FROM or one[:2] != other[:2]:
        return False
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    mine, theirs = set(grams(one)), set(grams(other))
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) >= _ALIKE
