"""Which comments say most: typical of a group, shared by all, dividing. Only what is sure enough.

Chosen and ordered as in Polis (Small and others 2021): both tests of `repness` at 90 %, then by
R × z × P × z. Two things are stricter, as many comments are looked at and one in ten would pass by
chance: the false discovery rate is held at 10 %, and a group of which nothing is sure shows
nothing, where Polis shows its best. The groups come from the same votes, so chances are flattering.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from bot.landscape.result import NAMES, Dividing, Shared, Side, Typical
from bot.landscape.statistics import (
    Floats,
    Tally,
    discoveries,
    one_proportion,
    one_sided,
    probability,
    two_proportions,
)

LEVEL: Final = 0.1
SURE: Final = 1.2816
"""z at 90 %, one-sided."""
MOST: Final = 5
FEWEST: Final = 3
"""Votes of a group on a comment before anything is said of them."""
WIDE: Final = 0.3
"""The least difference between two groups that divides."""
SPLIT: Final = 1 / 3
"""The least share on either side that divides where there are no groups."""
_FEW: Final = 1 / 4  # what the smaller side is held against

_chances: Final[Callable[[Floats], Floats]] = np.vectorize(one_sided, otypes=[np.float64])


def typical(both: Tally) -> tuple[tuple[Typical, ...], ...]:
    """Return for each group what it agrees or disagrees with more than others do; agrees first."""
    sides = (both, both.turned())
    between = [
        two_proportions(one.agree, one.others_agree, one.seen, one.others_seen) for one in sides
    ]
    within = [one_proportion(one.agree, one.seen) for one in sides]
    least = np.minimum(between, within)
    chances = _chances(least)
    is_known = (both.seen >= FEWEST) & (both.others_seen >= FEWEST)
    passing = discoveries(np.where(is_known, chances, 1.0), LEVEL) & (least > SURE) & is_known
    metric = np.array([one.ratio * one.share for one in sides]) * np.array(between) * within
    found: list[tuple[Typical, ...]] = []
    for group in range(len(both.seen)):
        ranked = sorted(
            (-float(metric[side, group, comment]), int(comment), int(side))
            for side, comment in zip(*np.nonzero(passing[:, group]), strict=True)
        )[:MOST]
        found.append(
            tuple(
                Typical(
                    comment,
                    tuple(Side)[side],
                    share=float(sides[side].share[group, comment]),
                    ratio=float(sides[side].ratio[group, comment]),
                    z=float(least[side, group, comment]),
                    chance=float(chances[side, group, comment]),
                )
                for _, comment, side in sorted(ranked, key=lambda one: one[2])
            )
        )
    return tuple(found)


def shared(both: Tally) -> tuple[Shared, ...]:
    """Return what more than half of every group agrees or disagrees with, the clearest first."""
    sides = (both, both.turned())
    shares = np.array([one.share for one in sides])
    least = np.min([one_proportion(one.agree, one.seen) for one in sides], axis=1)
    scores, lowest = consensus(both), shares.min(axis=1)
    chances = _chances(least)
    is_known = (both.seen >= FEWEST).all(axis=0)
    passing = (
        discoveries(np.where(is_known, chances, 1.0), LEVEL)
        & (least > SURE)
        & (lowest > 1 / 2)
        & is_known
    )
    found = [
        Shared(
            int(comment),
            tuple(Side)[int(side)],
            score=float(scores[side, comment]),
            least=float(lowest[side, comment]),
            z=float(least[side, comment]),
            chance=float(chances[side, comment]),
        )
        for side, comment in zip(*np.nonzero(passing), strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.comment))[:MOST])


def consensus(both: Tally) -> Floats:
    """Return the group-aware consensus of each comment: of agreeing, and of disagreeing."""
    return np.array([one.share.prod(axis=0) for one in (both, both.turned())])


def dividing(both: Tally) -> tuple[Dividing, ...]:
    """Return the comments whose share of agreeing differs most between two groups."""
    is_known = both.seen >= FEWEST
    shares = both.share
    high = np.where(is_known, shares, -1.0).argmax(axis=0)
    low = np.where(is_known, shares, 2.0).argmin(axis=0)
    at = np.arange(int(shares.shape[1]))
    gap = np.where(is_known.sum(axis=0) > 1, shares[high, at] - shares[low, at], 0.0)
    z = two_proportions(
        both.agree[high, at], both.agree[low, at], both.seen[high, at], both.seen[low, at]
    )
    groups = len(shares)
    pairs = groups * (groups - 1) / 2  # the widest of so many pairs was chosen
    chances = np.minimum(_chances(z) * pairs, 1.0)
    passing = discoveries(chances, LEVEL) & (gap >= WIDE)
    found = [
        Dividing(
            int(one),
            NAMES[int(high[one])],
            NAMES[int(low[one])],
            gap=float(gap[one]),
            z=float(z[one]),
            chance=float(chances[one]),
        )
        for one in np.flatnonzero(passing)
    ]
    return tuple(sorted(found, key=lambda one: (-one.gap, one.comment))[:MOST])


def split(everybody: Tally) -> tuple[Dividing, ...]:
    """Return the comments with many on either side, where there are no groups."""
    seen = everybody.seen[0]
    fewest = np.minimum(everybody.agree[0], everybody.disagree[0])
    share = probability(fewest, seen)
    z = (share - _FEW) / np.sqrt(_FEW * (1 - _FEW) / (seen + 2))
    chances = _chances(z)
    passing = discoveries(chances, LEVEL) & (share >= SPLIT)
    found = [
        Dividing(int(one), "", "", float(share[one]), float(z[one]), float(chances[one]))
        for one in np.flatnonzero(passing)
    ]
    return tuple(sorted(found, key=lambda one: (-one.gap, one.comment))[:MOST])
