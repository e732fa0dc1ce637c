import numpy as np
import pytest

from bot.landscape.minimum import counted, needed
from bot.landscape.result import Lack, Shortage, TooLittle
from bot.landscape.votes import AGREE, MISSING, VoteMatrix


def full(voters: int, comments: int) -> np.ndarray:
    return np.full((voters, comments), AGREE, dtype=np.int8)


def test_seven_voters_on_five_comments_are_enough_and_one_fewer_is_not() -> None:
    assert not isinstance(counted(full(7, 5)), TooLittle)
    assert counted(full(6, 5)) == TooLittle((Shortage(Lack.VOTERS, 6, 7),))
    assert counted(full(7, 4)) == TooLittle((Shortage(Lack.COMMENTS, 4, 5),))
    assert counted(full(0, 0)) == TooLittle(
        (Shortage(Lack.VOTERS, 0, 7), Shortage(Lack.COMMENTS, 0, 5))
    )


def test_people_who_voted_on_different_comments_have_too_little_in_common() -> None:
    votes = np.full((10, 10), MISSING, dtype=np.int8)
    votes[np.arange(10), np.arange(10)] = AGREE

    assert counted(votes) == TooLittle(
        (Shortage(Lack.SHARED_VOTERS, 0, 7), Shortage(Lack.SHARED_COMMENTS, 0, 5))
    )


def test_a_comment_with_four_votes_does_not_count() -> None:
    votes = full(9, 6)
    votes[4:, 5] = MISSING
    found = counted(votes)

    assert not isinstance(found, TooLittle)
    assert found[1].tolist() == [0, 1, 2, 3, 4]


def test_somebody_counts_from_seven_comments_on_or_half_of_few() -> None:
    assert [needed(comments) for comments in (5, 6, 8, 13, 14, 500)] == [3, 3, 4, 7, 7, 7]


def test_a_vote_of_another_value_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown value"):
        VoteMatrix.of([(1, 1, 3)])
    with pytest.raises(ValueError, match="unknown value"):
        VoteMatrix.of([(1, 1, 257)])
    with pytest.raises(ValueError, match="twice"):
        VoteMatrix((1, 1), (1,), full(2, 1))


def test_the_last_vote_of_a_pair_counts_and_nobody_can_write_to_it() -> None:
    matrix = VoteMatrix.of([(5, 2, 1), (4, 3, 0), (5, 2, -1)])

    assert matrix.cast() == {(5, 2): -1, (4, 3): 0}
    assert (matrix.voters, matrix.comments) == ((4, 5), (2, 3))
    with pytest.raises(ValueError, match="read-only"):
        matrix.votes[0, 0] = 1
