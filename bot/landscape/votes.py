"""Who voted what on which comment, as one matrix."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

AGREE: Final = 1
PASS: Final = 0
DISAGREE: Final = -1
MISSING: Final = -128
"""Stands where somebody did not vote on a comment."""

Votes = npt.NDArray[np.int8]
_KNOWN: Final = (AGREE, PASS, DISAGREE, MISSING)
_UNKNOWN: Final = "a vote of an unknown value"


@dataclass(frozen=True, slots=True, eq=False)
class VoteMatrix:
    """The votes of people on comments; neither may occur twice.

    `votes` has a row for each of `voters` and a column for each of `comments`, in their order, and
    cannot be written to. ValueError for anything else than AGREE, PASS, DISAGREE and MISSING.
    """

    voters: tuple[int, ...]
    comments: tuple[int, ...]
    votes: Votes

    def __post_init__(self) -> None:
        kept = np.array(self.votes, dtype=np.int8)
        if kept.shape != (len(self.voters), len(self.comments)):
            message = f"{kept.shape} votes of {len(self.voters)} on {len(self.comments)}"
            raise ValueError(message)
        if not np.isin(self.votes, _KNOWN).all():
            raise ValueError(_UNKNOWN)
        if len({*self.voters}) < len(self.voters) or len({*self.comments}) < len(self.comments):
            message = "a voter or a comment occurs twice"
            raise ValueError(message)
        kept.flags.writeable = False
        object.__setattr__(self, "votes", kept)

    @classmethod
    def of(cls, cast: Iterable[tuple[int, int, int]]) -> "VoteMatrix":
        """Return the matrix of (voter, comment, vote); of a pair that comes twice, the last vote.

        Voters and comments are those with a vote, in rising order.
        """
        last = {(voter, comment): vote for voter, comment, vote in cast}
        if not {*last.values()} <= {*_KNOWN}:
            raise ValueError(_UNKNOWN)
        voters = tuple(sorted({voter for voter, _ in last}))
        comments = tuple(sorted({comment for _, comment in last}))
        rows = {voter: row for row, voter in enumerate(voters)}
        columns = {comment: column for column, comment in enumerate(comments)}
        votes = np.full((len(voters), len(comments)), MISSING, dtype=np.int8)
        for (voter, comment), vote in last.items():
            votes[rows[voter], columns[comment]] = vote
        return cls(voters, comments, votes)

    def cast(self) -> dict[tuple[int, int], int]:
        """Return the votes by (voter, comment)."""
        rows, columns = np.nonzero(self.votes != MISSING)
        return {
            (self.voters[row], self.comments[column]): int(self.votes[row, column])
            for row, column in zip(rows, columns, strict=True)
        }
