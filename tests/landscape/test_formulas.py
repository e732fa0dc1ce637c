"""The formulas, held against slow ones written from the paper, red-dwarf and scikit-learn."""

import math
import warnings
from collections.abc import Callable
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score

from bot.landscape import choosing
from bot.landscape.clustering import distances, k_means, silhouette
from bot.landscape.grouping import shuffled
from bot.landscape.projection import project
from bot.landscape.statistics import (
    discoveries,
    one_proportion,
    one_sided,
    tally,
    two_proportions,
)
from bot.landscape.votes import AGREE, DISAGREE, MISSING, Votes
from tests.landscape.electorates import planted, unrelated

SEEN: Final = 3
_votes = st.integers(6, 14).flatmap(
    lambda voters: st.integers(3, 6).flatmap(
        lambda comments: st.lists(
            st.lists(
                st.sampled_from((AGREE, AGREE, 0, DISAGREE, DISAGREE, MISSING)),
                min_size=comments,
                max_size=comments,
            ),
            min_size=voters,
            max_size=voters,
        )
    )
)


def halves(rows: list[list[int]]) -> tuple[Votes, npt.NDArray[np.int64]]:
    return np.array(rows, dtype=np.int8), np.arange(len(rows)) % 2


class Slow:
    """One count after the other, from the formulas in section 3 of the paper and its code."""

    def __init__(self, rows: list[list[int]], labels: list[int]) -> None:
        self.rows, self.labels = rows, labels

    def count(self, comment: int, is_member: Callable[[int], bool], *values: int) -> int:
        return sum(
            row[comment] in values
            for row, label in zip(self.rows, self.labels, strict=True)
            if is_member(label)
        )

    def p(self, comment: int, is_member: Callable[[int], bool], value: int) -> float:
        agreed = self.count(comment, is_member, value)
        return (agreed + 1) / (self.count(comment, is_member, 1, 0, -1) + 2)

    def r(self, comment: int, group: int, value: int) -> float:
        inside = self.p(comment, lambda label: label == group, value)
        return inside / self.p(comment, lambda label: label != group, value)

    def z_between(self, comment: int, group: int, value: int) -> float:
        a = self.count(comment, lambda label: label == group, value) + 1
        b = self.count(comment, lambda label: label != group, value) + 1
        n = self.count(comment, lambda label: label == group, 1, 0, -1) + 1
        m = self.count(comment, lambda label: label != group, 1, 0, -1) + 1
        pooled = (a + b) / (n + m)
        if pooled == 1:
            return 0.0
        return (a / n - b / m) / math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))

    def z_within(self, comment: int, group: int, value: int) -> float:
        a = self.count(comment, lambda label: label == group, value) + 1
        n = self.count(comment, lambda label: label == group, 1, 0, -1) + 1
        return (a / n - 0.5) / math.sqrt(0.25 / n)

    def consensus(self, comment: int, value: int) -> float:
        found = 1.0
        for group in set(self.labels):
            found *= self.p(comment, group.__eq__, value)
        return found


@settings(max_examples=40)
@given(_votes)
def test_shares_ratios_tests_and_consensus_are_those_of_the_paper(rows: list[list[int]]) -> None:
    votes, labels = halves(rows)
    slow, both = Slow(rows, labels.tolist()), tally(votes, labels, 2)
    between = two_proportions(both.agree, both.others_agree, both.seen, both.others_seen)
    within = one_proportion(both.agree, both.seen)
    for comment in range(votes.shape[1]):
        for group in (0, 1):
            assert both.ratio[group, comment] == pytest.approx(slow.r(comment, group, AGREE))
            assert between[group, comment] == pytest.approx(
                slow.z_between(comment, group, AGREE), abs=1e-9
            )
            assert within[group, comment] == pytest.approx(slow.z_within(comment, group, AGREE))
        for side, value in enumerate((AGREE, DISAGREE)):
            assert choosing.consensus(both)[side, comment] == pytest.approx(
                slow.consensus(comment, value)
            )


@settings(max_examples=10)
@given(_votes)
def test_shares_ratios_tests_and_consensus_are_those_of_red_dwarf(rows: list[list[int]]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # importing it warns of what it does with pydantic
        from reddwarf.utils import stats  # noqa: PLC0415 # see above
    import pandas as pd  # noqa: PLC0415 # likewise

    votes, labels = halves(rows)
    frame = pd.DataFrame(np.where(votes == MISSING, np.nan, votes.astype(np.float64)))
    seen, counts, shares, ratios, within, between, consensus = stats.calculate_comment_statistics(
        frame, cluster_labels=labels.tolist()
    )
    both = tally(votes, labels, 2)
    for side, one in enumerate((both, both.turned())):
        assert (one.seen == seen).all()
        assert (one.agree == counts[side]).all()
        np.testing.assert_allclose(one.share, shares[side])
        np.testing.assert_allclose(one.ratio, ratios[side])
        np.testing.assert_allclose(one_proportion(one.agree, one.seen), within[side])
        np.testing.assert_allclose(
            two_proportions(one.agree, one.others_agree, one.seen, one.others_seen),
            between[side],
            atol=1e-9,
        )
        np.testing.assert_allclose(choosing.consensus(both)[side], consensus[side])


def test_positions_are_those_of_scikit_learn_scaled_for_what_is_missing() -> None:
    votes = planted((9, 7), 11, seed=1, seen=0.7)[0].votes
    known = votes != MISSING
    means = np.array([votes[known[:, at], at].mean() for at in range(votes.shape[1])])
    filled = np.where(known, votes, means)
    plain = PCA(n_components=2).fit(filled)
    scale = np.sqrt(votes.shape[1] / known.sum(axis=1))[:, np.newaxis]
    found = project(votes)

    expected = plain.transform(filled) * scale
    assert np.abs(found.positions) == pytest.approx(np.abs(expected), abs=1e-9)
    assert np.abs(found.axes) == pytest.approx(np.abs(plain.components_), abs=1e-9)
    assert found.explained == pytest.approx(tuple(plain.explained_variance_ratio_))
    assert (found.axes[[0, 1], np.abs(found.axes).argmax(axis=1)] > 0).all()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("k", [2, 3, 4, 5])
def test_clusters_and_silhouettes_are_those_of_scikit_learn(seed: int, k: int) -> None:
    points = np.random.default_rng(seed).normal(size=(60, 2)) * (2.0, 1.0)
    labels = k_means(points, k)
    theirs = KMeans(k, n_init=20, random_state=0).fit(points)

    inertia = sum(
        float(((points[labels == one] - points[labels == one].mean(axis=0)) ** 2).sum())
        for one in range(k)
    )
    assert inertia <= theirs.inertia_ * 1.05
    assert silhouette(distances(points), labels) == pytest.approx(silhouette_score(points, labels))
    assert (k_means(points, k) == labels).all()


def test_false_discoveries_are_held_by_the_book() -> None:
    chances = np.array([[0.001, 0.02], [0.03, 0.9], [0.06, 0.5]])

    # Sorted: .001 .02 .03 .06 .5 .9 against .1 × rank ÷ 6: the fourth, .06 ≤ .0667, is the last.
    assert discoveries(chances, 0.1).tolist() == [[True, True], [True, False], [True, False]]
    assert not discoveries(np.ones((2, 2)), 0.1).any()
    assert one_sided(1.6449) == pytest.approx(0.05, abs=1e-4)


def test_shuffling_keeps_every_comments_votes_and_who_voted() -> None:
    votes = unrelated(30, 12, seed=3, seen=0.6).votes
    dealt = shuffled(votes, np.random.default_rng(1))

    assert ((dealt == MISSING) == (votes == MISSING)).all()
    assert (np.sort(dealt, axis=0) == np.sort(votes, axis=0)).all()
    assert (dealt != votes).any()


def test_typical_comments_among_noise_are_few() -> None:
    votes = unrelated(60, 200, seed=5).votes
    typical = choosing.typical(tally(votes, np.arange(60) % 2, 2))

    assert sum(map(len, typical)) <= 2


def test_the_difference_of_the_widest_pair_is_found() -> None:
    votes = planted((15, 15, 15), 12, seed=6, loyal=1.0, seen=1.0)[0].votes
    both = tally(votes, np.repeat([0, 1, 2], 15), 3)
    found = choosing.dividing(both)

    assert found
    for one in found:
        gaps = [
            abs(both.share[a, one.comment] - both.share[b, one.comment])
            for a, b in combinations(range(3), 2)
        ]
        assert one.gap == pytest.approx(max(gaps))
