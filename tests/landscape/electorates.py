"""Made-up electorates: with groups, without, along a line; all from a seed."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.landscape.votes import AGREE, DISAGREE, MISSING, PASS, VoteMatrix, Votes

FIRST: Final = 100  # the number of the first comment


def matrix(votes: Votes) -> VoteMatrix:
    """Number voters from 1 and comments from 100."""
    voters, comments = votes.shape
    return VoteMatrix(tuple(range(1, voters + 1)), tuple(range(FIRST, FIRST + comments)), votes)


def planted(
    sizes: Sequence[int], comments: int, *, seed: int, loyal: float = 0.95, seen: float = 0.8
) -> tuple[VoteMatrix, npt.NDArray[np.int64]]:
    """Return groups that each have an opinion on every comment, and who belongs to which.

    Somebody follows their group with a chance of `loyal` and votes anything otherwise. Group g and
    the next disagree at least on every third comment.
    """
    rng = np.random.default_rng(seed)
    opinions = rng.choice([AGREE, DISAGREE], size=(len(sizes), comments))
    for group in range(len(sizes)):
        opinions[group, np.arange(comments) % len(sizes) == group] = AGREE
        opinions[group, np.arange(comments) % len(sizes) == (group + 1) % len(sizes)] = DISAGREE
    labels = np.repeat(np.arange(len(sizes)), sizes)
    anything = rng.choice([AGREE, PASS, DISAGREE], size=(len(labels), comments))
    votes = np.where(rng.random(anything.shape) < loyal, opinions[labels], anything)
    return matrix(_partly(votes, seen, rng)), labels


def unrelated(voters: int, comments: int, *, seed: int, seen: float = 0.8) -> VoteMatrix:
    """Return votes that have nothing to do with each other; some comments are more popular."""
    rng = np.random.default_rng(seed)
    votes = np.where(rng.random((voters, comments)) < rng.random(comments), AGREE, DISAGREE)
    return matrix(_partly(votes, seen, rng))


def spectrum(voters: int, comments: int, *, seed: int, seen: float = 0.8) -> VoteMatrix:
    """Return people spread evenly from left to right: opinions hang together, without groups."""
    rng = np.random.default_rng(seed)
    places, bounds = rng.uniform(-1.7, 1.7, voters), rng.uniform(-1.7, 1.7, comments)
    away = (places[:, np.newaxis] - bounds) * rng.choice([-1, 1], comments)
    votes = np.where(rng.random(away.shape) < 1 / (1 + np.exp(-4 * away)), AGREE, DISAGREE)
    return matrix(_partly(votes, seen, rng))


def rand_index(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> float:
    """Return the adjusted Rand index of two partitions (Hubert and Arabie, 1985)."""
    table = np.array([[((one == a) & (other == b)).sum() for b in set(other)] for a in set(one)])
    pairs, rows, columns = (
        float((counts * (counts - 1) / 2).sum())
        for counts in (table, table.sum(axis=1), table.sum(axis=0))
    )
    expected = rows * columns / (len(one) * (len(one) - 1) / 2)
    return (pairs - expected) / ((rows + columns) / 2 - expected)


def _partly(votes: npt.NDArray[np.int64], seen: float, rng: np.random.Generator) -> Votes:
    return np.where(rng.random(votes.shape) < seen, votes, MISSING).astype(np.int8)
