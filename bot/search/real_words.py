"""Which words exist in Dutch or English, and how common they are.

A word that exists is never repaired: when the knowledge base does not hold it, the question is
about something else. A common word ("nooit", "bezig") tells little about the topic of a question, a
rare one ("afvalinzameling") a lot.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log10
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

_TELLING_BELOW: Final = 3_000  # occurrences; a word that is rarer counts in full
_LOSS_PER_TENFOLD: Final = 0.35
_LEAST: Final = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class RealWords:
    """Words as sorted 32-bit checksums, each with how telling it is (0 to 255, 255: in full).

    Five bytes a word; one word in 10^5 is taken for a member by mistake.
    """

    checksums: npt.NDArray[np.uint32]
    telling: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "RealWords":
        """Keep the folded words with their number of occurrences in general language."""
        checksums = np.fromiter((_checksum(word) for word in counts), np.uint32, len(counts))
        telling = np.fromiter((_telling(count) for count in counts.values()), np.uint8, len(counts))
        order = np.argsort(checksums, kind="stable")
        return cls(checksums[order], telling[order])

    @classmethod
    def none(cls) -> "RealWords":
        """Return the set that knows no word."""
        return cls.of({})

    def __contains__(self, word: object) -> bool:
        """Whether the folded word is one of them."""
        return isinstance(word, str) and self._place(word) is not None

    def importance(self, word: str) -> float:
        """Return how much the folded word tells about a topic: 1 for a rare or unknown word."""
        place = self._place(word)
        return 1.0 if place is None else float(self.telling[place]) / 255

    def _place(self, word: str) -> int | None:
        checksum = _checksum(word)
        place = int(np.searchsorted(self.checksums, np.uint32(checksum)))
        if place < len(self.checksums) and int(self.checksums[place]) == checksum:
            return place
        return None


def merged(lists: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return the lists as one; a word in several keeps its highest count."""
    counts: dict[str, int] = {}
    for one in lists:
        for word, count in one.items():
            counts[word] = max(count, counts.get(word, 0))
    return counts


def _checksum(word: str) -> int:
    return crc32(word.encode())


def _telling(count: int) -> int:
    share = 1 - _LOSS_PER_TENFOLD * log10(max(count, _TELLING_BELOW) / _TELLING_BELOW)
    return round(255 * max(share, _LEAST))
