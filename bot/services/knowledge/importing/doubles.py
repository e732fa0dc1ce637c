"""Which passages are known already: word for word, or nearly so."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from bot.search.analysis import tokens
from bot.search.documents import Document

_SHINGLE: Final = 4  # words
_KEPT: Final = 4  # one of so many shingles, the same ones in every text
_ALIKE: Final = 0.8  # of the shingles of the new passage
_FEWEST: Final = 6  # shingles; of a shorter text only word for word counts
_WORDS: Final = 8  # a shorter text is nobody's


@dataclass(frozen=True, slots=True)
class Known:
    """A passage that is known: where it stands, and whether word for word."""

    title: str
    is_same: bool


class KnownPassages:
    """The passages of a knowledge base, to hold others against."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Take in the passages of `documents`; a second or so for ten thousand of them."""
        self._same: dict[bytes, str] = {}
        self._holders: dict[int, list[int]] = {}
        self._titles: list[str] = []
        for document in documents:
            for section in document.sections:
                self._add(document.title, section.text)

    def find(self, text: str) -> Known | None:
        """Return the passage that says the same as `text`, or None."""
        words = tokens(text)
        if len(words) < _WORDS:
            return None
        title = self._same.get(_digest(words))
        if title is not None:
            return Known(title, is_same=True)
        shingles = _shingles(words)
        if len(shingles) < _FEWEST:
            return None
        seen = Counter(place for one in shingles for place in self._holders.get(one, ()))
        best = seen.most_common(1)
        if best and best[0][1] >= _ALIKE * len(shingles):
            return Known(self._titles[best[0][0]], is_same=False)
        return None

    def find_each(self, texts: Sequence[str], *, title: str) -> Iterator[Known | None]:
        """Find each of `texts`; one that stands among them before counts as known, as `title`'s."""
        for text in texts:
            yield self.find(text)
            self._add(title, text)

    def _add(self, title: str, text: str) -> None:
        words = tokens(text)
        if len(words) < _WORDS:
            return
        place = len(self._titles)
        self._titles.append(title)
        self._same.setdefault(_digest(words), title)
        for one in _shingles(words):
            self._holders.setdefault(one, []).append(place)


def _digest(words: Sequence[str]) -> bytes:
    return blake2b(" ".join(words).encode(), digest_size=16).digest()


def _shingles(words: Sequence[str]) -> frozenset[int]:
    """Return hashes of some of the word sequences in a text, the same ones wherever they stand."""
    found = (
        int.from_bytes(
            blake2b(" ".join(words[start : start + _SHINGLE]).encode(), digest_size=8).digest()
        )
        for start in range(len(words) - _SHINGLE + 1)
    )
    return frozenset(one for one in found if one % _KEPT == 0)
