"""Inverted lists with BM25 weights, as arrays.

The term-frequency part of BM25 (Robertson and Zaragoza 2009; k1 and b as in Lucene) is computed
once. The idf is applied when a question is scored, so that several segments can share the
statistics of all of them, and every term of a question can have a weight of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

K1: Final = 1.5
B: Final = 0.75

Scores = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long units are: their mean in tokens, and how many there are."""

    mean: float
    size: int

    @classmethod
    def of(cls, *each: "Lengths") -> "Lengths":
        """Return those of all together."""
        size = sum(one.size for one in each)
        tokens = sum(one.mean * one.size for one in each)
        return cls(tokens / size if size else 1.0, size)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """For each token the units (passages, documents or question variants) that hold it.

    `starts` has shape (tokens + 1,); the units of token t are `units[starts[t]:starts[t + 1]]`,
    ascending, with their weights (0 to 1) in the same slice of `weights`. `mean_length` is that of
    a unit, in tokens.
    """

    vocabulary: Mapping[str, int]
    starts: npt.NDArray[np.int64]
    units: Ids
    weights: Scores
    size: int
    mean_length: float

    @classmethod
    def build(cls, rows: Sequence[Iterable[str]], *, beside: Lengths | None = None) -> "Postings":
        """Index `rows`: the tokens of unit 0, of unit 1, and so on.

        `beside` are those of what is searched together with these: the mean is taken over both.
        """
        vocabulary: dict[str, int] = {}
        lists = [[vocabulary.setdefault(token, len(vocabulary)) for token in row] for row in rows]
        lengths = np.fromiter((len(one) for one in lists), np.int64, len(lists))
        flat = np.fromiter(chain.from_iterable(lists), np.int64, int(lengths.sum()))
        return cls.of_ids(vocabulary, flat, lengths, beside=beside)

    @classmethod
    def of_ids(
        cls,
        vocabulary: Mapping[str, int],
        flat: npt.NDArray[np.int64],
        lengths: npt.NDArray[np.int64],
        *,
        beside: Lengths | None = None,
    ) -> "Postings":
        """Index ids of tokens: `flat` has those of all units in a row, `lengths` their numbers."""
        size = len(lengths)
        unit_of = np.repeat(np.arange(size, dtype=np.int64), lengths)
        keys, counts = np.unique(flat * max(size, 1) + unit_of, return_counts=True)
        token_ids, units = np.divmod(keys, max(size, 1))
        own = Lengths(float(lengths.mean()) if size else 0.0, size)
        mean = Lengths.of(*([own] if beside is None else [own, beside])).mean
        relative = lengths[units] / max(mean, 1e-9)
        weights = counts / (counts + K1 * (1 - B + B * relative))
        starts = np.searchsorted(token_ids, np.arange(len(vocabulary) + 1))
        return cls(
            vocabulary,
            starts.astype(np.int64),
            units.astype(np.int32),
            weights.astype(np.float32),
            size,
            mean,
        )

    @property
    def lengths(self) -> Lengths:
        """How long its units are; `mean` is over what it was built beside too."""
        return Lengths(self.mean_length, self.size)

    def with_lists(self, lists: Mapping[str, Ids]) -> "Postings":
        """Return the same with each of these tokens in these units too (ascending), once each.

        A unit that did not hold the token weighs as one of mean length.
        """
        if not lists:
            return self
        weight = np.float32(1 / (1 + K1))
        vocabulary, starts = dict(self.vocabulary), [self.starts]
        units, weights = [self.units], [self.weights]
        end = int(self.starts[-1])
        # A token that was there gets a new list at the end; nothing points to its old one any more.
        for row, (token, added) in enumerate(lists.items(), start=len(self.starts) - 1):
            held = self.holders(token)
            together = np.union1d(held, added).astype(np.int32)
            own = np.full(len(together), weight, np.float32)
            if len(held):
                first = int(self.starts[self.vocabulary[token]])
                own[np.searchsorted(together, held)] = self.weights[first : first + len(held)]
            vocabulary[token] = row
            units.append(together)
            weights.append(own)
            end += len(together)
            starts.append(np.array([end], np.int64))
        return Postings(
            vocabulary,
            np.concatenate(starts),
            np.concatenate(units),
            np.concatenate(weights),
            self.size,
            self.mean_length,
        )

    def frequency(self, token: str) -> int:
        """Return how many units hold `token`."""
        row = self.vocabulary.get(token)
        return 0 if row is None else int(self.starts[row + 1] - self.starts[row])

    def holders(self, token: str) -> Ids:
        """Return the units that hold `token`, ascending."""
        row = self.vocabulary.get(token)
        if row is None:
            return self.units[:0]
        return self.units[self.starts[row] : self.starts[row + 1]]

    def score(self, weights: Mapping[str, float]) -> Scores:
        """Return for every unit the weighted sum over `weights` (token: idf times importance)."""
        total = np.zeros(self.size, np.float32)
        for token, weight in weights.items():
            row = self.vocabulary.get(token)
            if row is not None:
                part = slice(int(self.starts[row]), int(self.starts[row + 1]))
                np.add.at(total, self.units[part], np.float32(weight) * self.weights[part])
        return total

    def present(self, token: str, units: Ids) -> npt.NDArray[np.bool_]:
        """Return for each of `units` whether it holds `token`."""
        holders = self.holders(token)
        if not len(holders):
            return np.zeros(len(units), np.bool_)
        at = np.searchsorted(holders, units)
        return np.equal(holders[np.minimum(at, len(holders) - 1)], units)


def idf(*, frequency: int, size: int) -> float:
    """Return Lucene's inverse document frequency; always positive, highest for an unseen token."""
    return float(np.log1p((size - frequency + 0.5) / (frequency + 0.5)))
