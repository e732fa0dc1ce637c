"""What is typical of a group and what all groups share, with how sure that is.

Formulas of Small and others 2021 and its published code (`repness`, `stats`), in its names: of the
people of a group who saw a comment, A agreed and S voted (a pass is a vote). With pseudo-counts,
P = (A + 1) ÷ (S + 2), so that little is never sure; R = P of the group ÷ P of the others;
consensus = the product of P over the groups.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.landscape.clustering import Labels
from bot.landscape.votes import AGREE, DISAGREE, MISSING, Votes

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """How the groups voted: all arrays are (groups, comments)."""

    agree: Counts
    disagree: Counts
    seen: Counts
    others_agree: Counts
    others_disagree: Counts
    others_seen: Counts

    def turned(self) -> "Tally":
        """Return the same with agreeing and disagreeing exchanged."""
        return Tally(
            self.disagree,
            self.agree,
            self.seen,
            self.others_disagree,
            self.others_agree,
            self.others_seen,
        )

    @property
    def share(self) -> Floats:
        """P: the estimated chance that somebody of the group agrees."""
        return probability(self.agree, self.seen)

    @property
    def ratio(self) -> Floats:
        """R: how many times likelier somebody of the group agrees than somebody else."""
        return self.share / probability(self.others_agree, self.others_seen)


def tally(votes: Votes, labels: Labels, groups: int) -> Tally:
    """Count by group; a label outside 0 ... groups - 1 belongs to no group but to the others."""
    counted = [
        np.array([(one & (labels == group)[:, np.newaxis]).sum(axis=0) for group in range(groups)])
        for one in (votes == AGREE, votes == DISAGREE, votes != MISSING)
    ]
    everybody = [one.sum(axis=0) for one in (votes == AGREE, votes == DISAGREE, votes != MISSING)]
    others = [total - own for total, own in zip(everybody, counted, strict=True)]
    return Tally(*counted, *others)


def probability(succeeded: Counts, seen: Counts) -> Floats:
    """Return (succeeded + 1) ÷ (seen + 2), by Laplace's rule."""
    return (succeeded + 1.0) / (seen + 2.0)


def one_proportion(succeeded: Counts, seen: Counts) -> Floats:
    """Return z of "more than half do", one added to both counts."""
    seen = seen + 1
    z: Floats = 2 * np.sqrt(seen) * ((succeeded + 1) / seen - 0.5)
    return z


def two_proportions(inside: Counts, outside: Counts, seen_in: Counts, seen_out: Counts) -> Floats:
    """Return z of "more inside than outside do", pooled, one added to every count.

    Zero where everybody does, which tells nothing of a difference.
    """
    inside, outside, seen_in, seen_out = inside + 1, outside + 1, seen_in + 1, seen_out + 1
    pooled = (inside + outside) / (seen_in + seen_out)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / seen_in + 1 / seen_out))
    apart = inside / seen_in - outside / seen_out
    found: Floats = np.divide(apart, spread, out=np.zeros(np.shape(apart)), where=spread > 0)
    return found


def one_sided(z: float) -> float:
    """Return the chance of at least such a z when there is nothing."""
    return 0.5 * math.erfc(z / math.sqrt(2))


def discoveries(chances: Floats, level: float) -> npt.NDArray[np.bool_]:
    """Return which hold when of those that do at most a share of `level` may be chance.

    Benjamini and Hochberg, 1995. With hundreds of comments, one in ten would pass by chance alone.
    """
    flat = np.sort(chances, axis=None)
    bounds = level * np.arange(1, len(flat) + 1) / max(len(flat), 1)
    passing = flat[flat <= bounds]
    return chances <= (passing[-1] if len(passing) else -1.0)
