"""Planted groups come back, and nothing is found where there is nothing."""

import numpy as np
import pytest

from bot.landscape import grouping
from bot.landscape.mapping import Analysis, analysed, landscape_of
from bot.landscape.result import Landscape, Side, TooLittle
from bot.landscape.votes import AGREE, DISAGREE, MISSING, VoteMatrix
from tests.landscape.electorates import (
    FIRST,
    matrix,
    planted,
    rand_index,
    spectrum,
    unrelated,
)

SEEDS = range(4)


def analysis(votes: VoteMatrix) -> Analysis:
    found = analysed(votes)
    assert isinstance(found, Analysis)
    return found


def _always(*_: object) -> bool:
    return True


def landscape(votes: VoteMatrix) -> Landscape:
    return analysis(votes).landscape


@pytest.mark.parametrize(
    ("sizes", "comments", "loyal"),
    [((5, 5), 12, 1.0), ((10, 8), 15, 0.95), ((20, 15, 8), 24, 0.9), ((30, 25, 20), 30, 0.8)],
)
def test_planted_groups_are_recovered(sizes: tuple[int, ...], comments: int, loyal: float) -> None:
    agreement: list[float] = []
    for seed in SEEDS:
        votes, labels = planted(sizes, comments, seed=seed, loyal=loyal)
        found = analysis(votes)
        is_counted = found.labels >= 0
        agreement.append(
            rand_index(found.labels[is_counted], labels[is_counted])
            if found.landscape.groups
            else 0
        )

    assert float(np.median(agreement)) > 0.95


@pytest.mark.parametrize(("voters", "comments"), [(8, 6), (12, 20), (40, 20), (100, 20)])
def test_unrelated_votes_have_no_groups(voters: int, comments: int) -> None:
    found = [landscape_of(unrelated(voters, comments, seed=seed)) for seed in SEEDS]
    drawn = [one for one in found if isinstance(one, Landscape)]

    assert len(drawn) >= 3
    assert sum(bool(one.groups) for one in drawn) == 0


@pytest.mark.parametrize(("voters", "comments"), [(20, 20), (60, 30)])
def test_an_even_spectrum_from_left_to_right_has_no_groups(voters: int, comments: int) -> None:
    found = [landscape(spectrum(voters, comments, seed=seed)) for seed in SEEDS]

    assert sum(bool(one.groups) for one in found) <= 1
    assert all(one.explained > 0 for one in found)


def test_a_spectrum_needs_the_question_about_valleys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "_has_valleys", _always)

    assert any(landscape(spectrum(60, 30, seed=seed)).groups for seed in SEEDS)


def test_unrelated_votes_need_the_question_about_shuffled_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    votes = [unrelated(20, 5, seed=seed, seen=1.0) for seed in range(12)]

    assert not any(landscape(one).groups for one in votes)
    monkeypatch.setattr(grouping, "SHUFFLES", 0)
    assert any(landscape(one).groups for one in votes)


def test_when_all_agree_there_is_one_mind_and_everything_is_shared() -> None:
    found = landscape(matrix(np.full((30, 6), AGREE, dtype=np.int8)))

    assert found.is_one_mind
    assert found.groups == ()
    assert found.dividing == ()
    assert [one.comment for one in found.shared] == [100, 101, 102, 103, 104]
    assert {one.side for one in found.shared} == {Side.AGREE}


def test_one_voter_is_no_landscape() -> None:
    assert isinstance(landscape_of(matrix(np.ones((1, 10), dtype=np.int8))), TooLittle)


def test_five_hundred_people_and_a_thousand_comments() -> None:
    votes, labels = planted((250, 150, 100), 1_000, seed=1, loyal=0.5, seen=0.2)
    found = analysis(votes)

    assert rand_index(found.labels, labels) > 0.99
    assert [group.size for group in found.landscape.groups] == [250, 150, 100]


def test_the_same_votes_in_another_order_are_the_same_landscape() -> None:
    votes, _ = planted((12, 9), 14, seed=2)
    rng = np.random.default_rng(0)
    rows, columns = rng.permutation(21), rng.permutation(14)
    turned = VoteMatrix(
        tuple(votes.voters[int(row)] + 500 for row in rows),
        tuple(votes.comments[int(column)] for column in columns),
        votes.votes[np.ix_(rows, columns)],
    )

    assert landscape(turned) == landscape(votes)
    assert landscape(votes).groups


def test_groups_are_named_by_size() -> None:
    votes, labels = planted((6, 14, 9), 24, seed=3)
    found = analysis(votes)

    assert [(one.name, one.size) for one in found.landscape.groups] == [
        ("A", 14),
        ("B", 9),
        ("C", 6),
    ]
    assert set(found.labels[labels == 1]) == {0}


def test_a_group_of_two_is_never_shown_and_its_people_are_counted_as_ungrouped() -> None:
    votes, labels = planted((12, 12, 2), 24, seed=4, loyal=1.0, seen=1.0)
    found = analysis(votes)

    assert [one.size for one in found.landscape.groups] == [12, 12]
    assert found.landscape.ungrouped == 2
    assert set(found.labels[labels == 2]) == {-1}


@pytest.mark.parametrize("seed", range(8))
def test_no_group_is_smaller_than_three(seed: int) -> None:
    votes, _ = planted((9, 3, 2, 1), 12, seed=seed, loyal=0.9)
    found = landscape_of(votes)

    if isinstance(found, Landscape):
        assert all(one.size >= 3 for one in found.groups)
        assert sum(one.size for one in found.groups) + found.ungrouped in {0, found.voters}


def test_what_only_one_group_wants_is_typical_of_it_and_divides() -> None:
    votes = np.full((24, 8), AGREE, dtype=np.int8)
    votes[12:, :6] = DISAGREE
    votes[:, 7] = DISAGREE
    found = landscape(matrix(votes))

    assert {one.comment for one in found.dividing} <= set(range(FIRST, FIRST + 6))
    assert len(found.dividing) == 5
    assert [(one.comment, one.side) for one in found.shared] == [
        (FIRST + 6, Side.AGREE),
        (FIRST + 7, Side.DISAGREE),
    ]
    for group in found.groups:
        assert {one.comment for one in group.typical} <= set(range(FIRST, FIRST + 6))
        assert len({one.side for one in group.typical}) == 1


def test_somebody_who_voted_on_little_is_left_out() -> None:
    votes = np.array(planted((10, 10), 14, seed=5, seen=1.0)[0].votes)
    votes[0, 3:] = MISSING
    found = landscape(matrix(votes))

    assert (found.voters, found.left_out) == (19, 1)
