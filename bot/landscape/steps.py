"""Which votes a picture may show: it changes in steps, so that two pictures betray no vote.

The attack: somebody looks, waits until one person votes, and looks again. What differs is that
vote. So a picture is never drawn of the votes as they are, but of the votes as they were shown, and
those change by a whole step at once (`step`):

- a comment's votes are taken over when at least THREE people changed theirs on that comment since
  it was last taken over; until then the old ones stay, also the old vote of who changed it;
- nothing is taken over until all that may be is at least TEN votes by at least FIVE people.

A new vote, another vote and a vote taken back all count as a change. Votes of who was forgotten
stay in the picture under a number below zero that is nobody's, until a step takes them away:
dropping them at once would show in the next picture which they were. They count for nobody: who
comes back is not two people. Whoever asks in between, how often and when, gets the picture of the
last step. Whatever the step changes in a number is the doing of at least three people. What is
shown of it is rounded (`about`, `tenths`) and of no group with fewer than three votes on a comment.

What it does not resist: who knows the votes of all others in a step (two accomplices on a comment,
four in all) can work out the last one, as far as rounding lets them. Whoever fears that must raise
the numbers; no number of honest people protects somebody among accomplices only.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from bot.landscape.votes import VoteMatrix

_ROUNDED: Final = 5


@dataclass(frozen=True, slots=True)
class StepRule:
    """How much must have changed: votes and people in all, and people on each comment."""

    votes: int = 10
    voters: int = 5
    voters_a_comment: int = 3


RULE: Final = StepRule()


def step(shown: VoteMatrix | None, now: VoteMatrix, rule: StepRule = RULE) -> VoteMatrix:
    """Return the votes that a picture may show: `shown` itself until there is enough for a step.

    `shown` is what the last picture that somebody saw was drawn of, None when there is none yet.
    Keep it as long as that picture can be remembered, also over a restart. A voter below zero is
    somebody who was forgotten.
    """
    before = shown.cast() if shown is not None else {}
    after = now.cast()
    changed: dict[int, set[int]] = defaultdict(set)
    for voter, comment in before.keys() | after.keys():
        if voter >= 0 and before.get((voter, comment)) != after.get((voter, comment)):
            changed[comment].add(voter)
    taken = {
        comment: voters
        for comment, voters in changed.items()
        if len(voters) >= rule.voters_a_comment
    }
    votes = sum(map(len, taken.values()))
    if votes < rule.votes or len(set[int]().union(*taken.values())) < rule.voters:
        return shown if shown is not None else VoteMatrix.of(())
    return VoteMatrix.of(
        (voter, comment, vote)
        for source, is_new in ((before, False), (after, True))
        for (voter, comment), vote in source.items()
        if (comment in taken) is is_new
    )


def without(shown: VoteMatrix, gone: set[int]) -> VoteMatrix:
    """Return the shown votes without those on comments that are no longer there.

    That may be at once: a comment that is gone is gone for everybody, and tells of nobody.
    """
    return VoteMatrix.of(
        (voter, comment, vote)
        for (voter, comment), vote in shown.cast().items()
        if comment not in gone
    )


def about(count: int) -> int:
    """Return a number of people as it is shown: in fives, and five at the least."""
    return max(round(count / _ROUNDED) * _ROUNDED, _ROUNDED)


def tenths(share: float) -> int:
    """Return a share as it is shown: in tens of per cent, from 10 (or less) to 90 (or more).

    "Everybody agrees" would tell what each member of the group voted.
    """
    return min(max(round(share * 10), 1), 9) * 10
