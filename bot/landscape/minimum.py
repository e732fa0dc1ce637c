"""Which votes count: people and comments with enough in common, or what is missing."""

from typing import Final

import numpy as np
import numpy.typing as npt

from bot.landscape.result import Lack, Shortage, TooLittle
from bot.landscape.votes import MISSING, Votes

VOTERS: Final = 7
COMMENTS: Final = 5
A_COMMENT: Final = 5
"""People who voted on a comment that counts."""
A_VOTER: Final = 7
"""Comments on which somebody who counts voted, as Polis has it; of few, half and at least three."""
_AT_LEAST: Final = 3

Indices = npt.NDArray[np.intp]


def counted(votes: Votes) -> tuple[Indices, Indices] | TooLittle:
    """Return the rows and columns that count, or what is missing."""
    known = votes != MISSING
    rows, columns = known.any(axis=1).nonzero()[0], known.any(axis=0).nonzero()[0]
    plain = (
        Shortage(Lack.VOTERS, len(rows), VOTERS),
        Shortage(Lack.COMMENTS, len(columns), COMMENTS),
    )
    lacking = tuple(one for one in plain if one.have < one.need)
    if lacking:
        return TooLittle(lacking)
    while True:
        fewer = columns[known[np.ix_(rows, columns)].sum(axis=0) >= A_COMMENT]
        cast = known[np.ix_(rows, fewer)].sum(axis=1)
        kept = rows[cast >= needed(len(fewer))]
        if len(kept) == len(rows) and len(fewer) == len(columns):
            break
        rows, columns = kept, fewer
    shared = (
        Shortage(Lack.SHARED_VOTERS, len(rows), VOTERS),
        Shortage(Lack.SHARED_COMMENTS, len(columns), COMMENTS),
    )
    lacking = tuple(one for one in shared if one.have < one.need)
    return TooLittle(lacking) if lacking else (rows, columns)


def needed(comments: int) -> int:
    """Return on how many of so many comments somebody must have voted to count."""
    return max(min(A_VOTER, -(-comments // 2)), _AT_LEAST)
