"""Which groups there are, if there are any: k-means with k by silhouette, and four questions.

K-means always finds clusters, also where there are none. Groups are shown only when

- at least two clusters are large enough to be shown,
- clustering is tighter than in shuffled votes: with each comment's votes dealt out anew among
  those who voted on it, nothing holds people together (a permutation test),
- there is a valley between any two: an even spectrum from left to right is no two groups,
- they come back when voters are drawn anew (the bootstrap of Hennig, "Cluster-wise assessment of
  cluster stability", 2007).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.landscape.clustering import Labels, Points, distances, k_means, silhouette
from bot.landscape.projection import project
from bot.landscape.votes import MISSING, Votes

SMALLEST: Final = 3
"""People in a group that is shown; with fewer, a group says what somebody thinks."""
MOST_GROUPS: Final = 5  # Polis: 2 to 5, and 2 + a twelfth of the people
_A_GROUP_EACH: Final = 12

SHUFFLES: Final = 19
"""Tighter than all 19 shuffled ones: at most 1 chance in 20."""
DRAWS: Final = 20
DISSOLVED: Final = 0.6
"""Hennig: below a Jaccard of 0.6 a cluster should not be trusted; from 0.75 on it is stable."""
STABLE: Final = 0.75
VALLEY: Final = 1 / 8
"""The chance at which two groups of three with nothing between them can just be told apart."""
DEPTH: Final = 3
"""Halfway stand at most a third as many: a shallow valley is a bend in one spectrum."""
_AT_ONCE: Final = 100  # people in a shuffle or a draw: more changes little and takes longer
_MEASURED: Final = 2_000  # people of whom the silhouette is taken: all distances, so memory
_SEED: Final = 20_211_010


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Who belongs together. `labels` is -1 for who is in no group that is shown.

    `stability` is the mean Jaccard of each group over the draws, from 0 to 1; `silhouette` that of
    the clustering, -1 when there are no groups.
    """

    labels: Labels
    stability: tuple[float, ...]
    silhouette: float

    @property
    def count(self) -> int:
        """How many groups there are: none, or two and more."""
        return len(self.stability)


def grouping_of(votes: Votes, positions: Points) -> Grouping:
    """Return the groups, in the order of their size, then from left to right.

    Of the clusterings that pass the four questions, the one with the highest silhouette.
    """
    found = sorted(_clusterings(positions), key=lambda one: -one[0])
    floor = _shuffled_floor(votes) if found else 1.0
    draws = _Draws(votes)
    for width, labels in found:
        if width <= floor:
            break
        if not _has_valleys(votes, labels):
            continue
        stability = draws.stability(labels)
        if min(stability) >= DISSOLVED:
            order = _order(positions, labels)
            kept = np.full(len(labels), -1, dtype=np.int64)
            for rank, label in enumerate(order):
                kept[labels == label] = rank
            return Grouping(kept, tuple(stability[label] for label in order), width)
    return Grouping(np.full(len(positions), -1, dtype=np.int64), (), -1.0)


def _clusterings(positions: Points) -> Iterator[tuple[float, Labels]]:
    """Yield (silhouette, labels) for each k that leaves two groups; small clusters become -1."""
    different = len(np.unique(np.round(positions, 6), axis=0))
    most = min(MOST_GROUPS, 2 + len(positions) // _A_GROUP_EACH, different)
    every = -(-len(positions) // _MEASURED)
    apart = distances(positions[::every])
    for k in range(2, most + 1):
        labels = k_means(positions, k)
        shown = _without_small(labels, k)
        if shown.max() >= 1:
            yield silhouette(apart, labels[::every]), shown


def _without_small(labels: Labels, k: int) -> Labels:
    """Return labels from 0 on for clusters that are large enough, and -1 for the others."""
    sizes = np.bincount(labels, minlength=k)
    names = np.full(k, -1, dtype=np.int64)
    large = np.flatnonzero(sizes >= SMALLEST)
    names[large] = np.arange(len(large))
    return names[labels]


def _shuffled_floor(votes: Votes) -> float:
    """Return the highest silhouette of votes that have nothing to do with each other."""
    rng = np.random.default_rng(_SEED)
    some = votes[_some(len(votes), rng)]
    highest = -1.0
    for _ in range(SHUFFLES):
        positions = project(shuffled(some, rng)).positions
        highest = max([highest, *(width for width, _ in _clusterings(positions))])
    return highest


def shuffled(votes: Votes, rng: np.random.Generator) -> Votes:
    """Deal every comment's votes out anew among those who voted on it."""
    columns = np.ascontiguousarray(votes.T)
    known = columns != MISSING
    dealt = np.argsort(np.where(known, rng.random(columns.shape), 2.0), axis=1)
    places = np.argsort(~known, axis=1, kind="stable")
    result = np.full_like(columns, MISSING)
    np.put_along_axis(result, places, np.take_along_axis(columns, dealt, axis=1), axis=1)
    return result.T


def _has_valleys(votes: Votes, labels: Labels) -> bool:
    """Whether fewer people stand halfway any two groups than at either of them.

    Where the groups stand on a line is their mean, at -1 and 1; a spread with one top has at least
    as many people from -½ to ½ as in the emptier of the two stretches of that length beside it.
    """
    for one, other in combinations(range(int(labels.max()) + 1), 2):
        places = _places(votes, labels, one, other)
        middle = int((np.abs(places) < 1 / 2).sum())
        sides = (
            int(((places >= -3 / 2) & (places <= -1 / 2)).sum()),
            int(((places >= 1 / 2) & (places <= 3 / 2)).sum()),
        )
        if DEPTH * middle > min(sides) or _chance_of_as_few(middle, min(sides)) > VALLEY:
            return False
    return True


def _places(votes: Votes, labels: Labels, one: int, other: int) -> Points:
    """Return where the people of two groups stand between them: their mean vote for the second.

    Every comment counts alike. The principal axis will not do: along an even spectrum it is a sine,
    which crowds people at both ends as if there were two groups.
    """
    pair = (labels == one) | (labels == other)
    known = votes[pair] != MISSING
    values = np.where(known, votes[pair], 0).astype(np.float64)
    is_right = labels[pair] == other
    first, second = (
        values[side].sum(axis=0) / np.maximum(known[side].sum(axis=0), 1)
        for side in (~is_right, is_right)
    )
    centred = np.where(known, values - (first + second) / 2, 0.0)
    scores = centred @ np.sign(second - first) / np.maximum(known.sum(axis=1), 1)
    left, right = scores[~is_right].mean(), scores[is_right].mean()
    return (2 * scores - left - right) / (right - left) if right > left else np.zeros(len(scores))


def _chance_of_as_few(few: int, many: int) -> float:
    """Return the chance of at most `few` heads in few + many throws of a coin."""
    throws = few + many
    ways = sum(math.comb(throws, heads) for heads in range(few + 1))
    return ways / (1 << throws)


class _Draws:
    """The same votes with voters drawn anew, made when they are first needed."""

    def __init__(self, votes: Votes) -> None:
        self._votes = votes
        self._drawn: list[tuple[Labels, Points]] = []

    def stability(self, labels: Labels) -> list[float]:
        """Return for each group how well it comes back: the mean Jaccard with its likest."""
        clusters = np.unique(labels)
        found: list[list[float]] = [[] for _ in range(int(labels.max()) + 1)]
        for who, positions in self._all():
            different = len(np.unique(np.round(positions, 6), axis=0))
            again = k_means(positions, min(len(clusters), different))
            for group, values in enumerate(found):
                before = labels[who] == group
                if before.any():
                    values.append(max(_jaccard(before, again == label) for label in set(again)))
        return [float(np.mean(values)) if values else 0.0 for values in found]

    def _all(self) -> list[tuple[Labels, Points]]:
        if not self._drawn:
            rng = np.random.default_rng(_SEED + 1)
            size = min(len(self._votes), _AT_ONCE)
            for _ in range(DRAWS):
                who = np.sort(rng.integers(len(self._votes), size=size))
                self._drawn.append((who, project(self._votes[who]).positions))
        return self._drawn


def _jaccard(one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> float:
    return int((one & other).sum()) / int((one | other).sum())


def _some(count: int, rng: np.random.Generator) -> Labels:
    return np.sort(rng.permutation(count)[:_AT_ONCE])


def _order(positions: Points, labels: Labels) -> list[int]:
    """Return the groups by size, then from left to right, then from below."""

    def key(label: int) -> tuple[float, ...]:
        mine = labels == label
        across, up = positions[mine].mean(axis=0).tolist()
        return (-float(mine.sum()), round(across, 6), round(up, 6))

    return sorted(range(int(labels.max()) + 1), key=key)
