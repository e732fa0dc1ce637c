"""Split Dutch compounds into parts that the knowledge base knows."""

from collections.abc import Callable
from typing import Final

MIN_PART: Final = 4  # characters
MIN_WORD: Final = 9
_LINKS: Final = ("", "s", "e", "en", "n")


def split(word: str, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the two known parts of `word`, or nothing. The split with the longest head wins."""
    if len(word) < MIN_WORD or not word.isalpha():
        return ()
    for at in range(len(word) - MIN_PART, MIN_PART - 1, -1):
        tail = word[at:]
        if not knows(tail):
            continue
        for link in _LINKS:
            head = word[:at].removesuffix(link) if link else word[:at]
            if len(head) >= MIN_PART and head + link == word[:at] and knows(head):
                return (head, tail)
    return ()
