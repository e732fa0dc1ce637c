"""Spelling repair against the words of the knowledge base.

Symmetric delete (W. Garbe's SymSpell idea): words one edit apart share a form with at most one
character left out, so the candidates for a word are found by look-up instead of by comparison.
Two edits are looked for among words that share the first or the last four characters.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

MIN_LENGTH: Final = 4  # characters; shorter words have too many neighbours
TWO_EDITS_FROM: Final = 8  # characters; below this two edits make another word
_EDGE: Final = 4


@dataclass(frozen=True, slots=True)
class Repair:
    """A known word that an unknown one may be a misspelling of, and the number of edits."""

    word: str
    edits: int


def _no_pause() -> None:
    """Go on."""


class Spelling:
    """Repairs unknown words. `counts` are the known words with how often they occur."""

    def __init__(self, counts: Mapping[str, int], *, pause: Callable[[], None] = _no_pause) -> None:
        """Index the known words (at most one character left out, and their ends).

        `pause` is called now and then: whoever builds a large one beside other work rests there.
        """
        self._counts = dict(counts)
        # Most forms lead to one word, so they are kept as it is: a list each would weigh six times.
        self._deletes: dict[str, str | tuple[str, ...]] = {}
        self._edges: dict[str, list[str]] = defaultdict(list)
        for word in self._counts:
            pause()
            if len(word) < MIN_LENGTH or not _is_spelled(word):
                continue
            for form in _deletes(word):
                _add(self._deletes, form, word)
            if len(word) >= TWO_EDITS_FROM - 1:
                self._edges["^" + word[:_EDGE]].append(word)
                self._edges[word[-_EDGE:] + "$"].append(word)

    def knows(self, word: str) -> bool:
        """Whether the knowledge base holds the word."""
        return word in self._counts

    def count(self, word: str) -> int:
        """Return how often the word occurs."""
        return self._counts.get(word, 0)

    def repairs(self, word: str) -> tuple[Repair, ...]:
        """Return the nearest known words, the most frequent first; none for a known word."""
        if word in self._counts or len(word) < MIN_LENGTH or not _is_spelled(word):
            return ()
        near = {
            known for form in _deletes(word) for known in _as_tuple(self._deletes.get(form, ()))
        }
        found = _within(word, near, most=1)
        if not found and len(word) >= TWO_EDITS_FROM:
            near |= {*self._edges.get("^" + word[:_EDGE], ())}
            near |= {*self._edges.get(word[-_EDGE:] + "$", ())}
            found = _within(word, near, most=2)
        if not found:
            return ()
        fewest = min(repair.edits for repair in found)
        best = [repair for repair in found if repair.edits == fewest]
        best.sort(key=lambda repair: (-self._counts[repair.word], repair.word))
        return tuple(best[:3])


def count_words(texts: Iterable[Iterable[str]]) -> Counter[str]:
    """Count the words of all `texts`."""
    counts: Counter[str] = Counter()
    for words in texts:
        counts.update(words)
    return counts


def _add(held: dict[str, str | tuple[str, ...]], key: str, word: str) -> None:
    known = held.get(key)
    held[key] = word if known is None else (*_as_tuple(known), word)


def _as_tuple(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else words


def _is_spelled(word: str) -> bool:
    """Whether the word is mostly letters: `wigo4it` is, `2016` and `9,995` are not."""
    return sum(character.isalpha() for character in word) >= MIN_LENGTH


def _deletes(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _within(word: str, candidates: Iterable[str], *, most: int) -> list[Repair]:
    found: list[Repair] = []
    for candidate in candidates:
        edits = OSA.distance(word, candidate, score_cutoff=most)
        if edits <= most:
            found.append(Repair(candidate, edits))
    return found
