"""Two pictures never differ by the vote of one person."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.landscape.steps import RULE, about, step, tenths, without
from bot.landscape.votes import VoteMatrix

Cast = dict[tuple[int, int], int]
_changes = st.lists(
    st.tuples(st.integers(1, 9), st.integers(100, 104), st.sampled_from((-1, 0, 1, None))),
    max_size=120,
)


def of(cast: Cast) -> VoteMatrix:
    return VoteMatrix.of((voter, comment, vote) for (voter, comment), vote in cast.items())


def voted(cast: Cast, voter: int, comment: int, vote: int | None) -> Cast:
    rest = {pair: value for pair, value in cast.items() if pair != (voter, comment)}
    return rest if vote is None else {**rest, (voter, comment): vote}


def different(one: VoteMatrix, other: VoteMatrix) -> set[tuple[int, int]]:
    before, after = one.cast(), other.cast()
    return {pair for pair in before.keys() | after.keys() if before.get(pair) != after.get(pair)}


@settings(max_examples=60)
@given(_changes)
def test_what_is_shown_changes_by_many_people_at_once_or_not_at_all(
    changes: list[tuple[int, int, int | None]],
) -> None:
    cast: Cast = {}
    shown = step(None, of(cast))
    for voter, comment, vote in changes:
        cast = voted(cast, voter, comment, vote)
        later = step(shown, of(cast))
        differing = different(shown, later)
        if differing:
            a_comment = Counter(comment for _, comment in differing)
            assert len(differing) >= RULE.votes
            assert len({voter for voter, _ in differing}) >= RULE.voters
            assert min(a_comment.values()) >= RULE.voters_a_comment
            assert all(cast.get(pair) == later.cast().get(pair) for pair in differing)
        assert step(later, of(cast)) is later
        shown = later


@settings(max_examples=60)
@given(
    _changes, st.integers(1, 9), st.lists(st.sampled_from((-1, 0, 1, None)), min_size=5, max_size=5)
)
def test_one_person_alone_never_changes_the_picture(
    changes: list[tuple[int, int, int | None]], target: int, votes: list[int | None]
) -> None:
    cast: Cast = {}
    for voter, comment, vote in changes:
        cast = voted(cast, voter, comment, vote)
    shown = of(cast)
    for comment, vote in enumerate(votes, start=100):
        cast = voted(cast, target, comment, vote)

    assert step(shown, of(cast)) is shown


@settings(max_examples=60)
@given(_changes, st.data())
def test_somebody_who_is_forgotten_does_not_show_in_the_next_picture(
    changes: list[tuple[int, int, int | None]], data: st.DataObject
) -> None:
    cast: Cast = {}
    for voter, comment, vote in changes:
        cast = voted(cast, voter, comment, vote)
    target = data.draw(st.integers(1, 9))
    left = {pair: vote for pair, vote in cast.items() if pair[0] != target}
    shown = forgotten(of(cast), target)

    assert step(shown, of(left)) is shown


def test_who_was_forgotten_and_comes_back_is_not_two_people() -> None:
    cast = {(voter, comment): 1 for voter in range(1, 8) for comment in (1, 2, 3, 4, 5)}
    shown = forgotten(of(cast), 7)

    assert step(shown, of({**cast, **{(1, comment): -1 for comment in range(1, 6)}})) is shown
    three = {(voter, comment): -1 for voter in (1, 2, 3, 4, 5) for comment in range(1, 6)}
    assert step(shown, of({**cast, **three})).cast() == {**cast, **three}


def forgotten(shown: VoteMatrix, voter: int) -> VoteMatrix:
    voters = tuple(-1 if one == voter else one for one in shown.voters)
    return VoteMatrix(voters, shown.comments, shown.votes)


def test_the_tenth_vote_of_the_fifth_person_makes_a_step() -> None:
    cast = {(voter, comment): 1 for voter in range(1, 6) for comment in (1, 2)}

    assert step(None, of({**cast, (9, 3): 1})).cast() == cast
    assert step(None, of({pair: 1 for pair in cast if pair != (5, 2)})).cast() == {}
    four = {(voter, comment): 1 for voter in range(1, 5) for comment in (1, 2, 3)}
    assert step(None, of(four)).cast() == {}


def test_the_old_vote_stays_until_three_changed_theirs_on_that_comment() -> None:
    cast = {(voter, comment): 1 for voter in range(1, 8) for comment in (1, 2, 3)}
    shown = of(cast)
    busy = {**cast, **{(voter, comment): -1 for voter in range(1, 6) for comment in (1, 2)}}
    later = step(shown, of({**busy, (1, 3): -1, (2, 3): -1}))

    assert later.cast() == busy


def test_a_comment_that_is_gone_goes_at_once() -> None:
    shown = of({(1, 1): 1, (2, 2): 0})

    assert without(shown, {1}).cast() == {(2, 2): 0}


def test_counts_are_shown_in_fives_and_shares_in_tens_but_never_as_all_or_none() -> None:
    assert [about(count) for count in (0, 3, 7, 8, 12, 13, 98)] == [5, 5, 5, 10, 10, 15, 100]
    assert [tenths(share) for share in (0.0, 0.04, 0.26, 0.5, 0.94, 1.0)] == [
        10,
        10,
        30,
        50,
        90,
        90,
    ]
