"""From votes to a landscape: the same votes give the same landscape, in whatever order they come.

Pure and deterministic: seeds are fixed, rows and columns are put in an order of their own first.
"""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from bot.landscape import choosing
from bot.landscape.clustering import Labels
from bot.landscape.grouping import Grouping, grouping_of
from bot.landscape.minimum import counted
from bot.landscape.projection import Projection, project
from bot.landscape.result import NAMES, Dividing, Group, Landscape, Row, Shared, TooLittle, Typical
from bot.landscape.statistics import Tally, tally
from bot.landscape.votes import MISSING, VoteMatrix, Votes

_Named = TypeVar("_Named", Typical, Shared, Dividing)


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """A landscape with what is not to be shown: the group of each row, -1 for none or left out."""

    landscape: Landscape
    labels: Labels


def landscape_of(matrix: VoteMatrix) -> Landscape | TooLittle:
    """Return what the votes say of groups and comments, or what is missing for that."""
    found = analysed(matrix)
    return found if isinstance(found, TooLittle) else found.landscape


def analysed(matrix: VoteMatrix) -> Analysis | TooLittle:
    """Return the landscape with the group of each voter, which nobody may see."""
    found = counted(matrix.votes)
    if isinstance(found, TooLittle):
        return found
    rows, columns = found
    columns = columns[np.argsort(np.array(matrix.comments, dtype=np.int64)[columns])]
    votes = matrix.votes[np.ix_(rows, columns)]
    order = np.lexsort(votes.T[::-1])
    votes, rows = votes[order], rows[order]
    projection = project(votes)
    grouping = grouping_of(votes, projection.positions)
    labels = np.full(len(matrix.voters), -1, dtype=np.int64)
    labels[rows] = grouping.labels
    numbers = tuple(matrix.comments[int(column)] for column in columns)
    cast = int((matrix.votes != MISSING).any(axis=1).sum())
    landscape = _landscape(votes, projection, grouping, numbers=numbers, left_out=cast - len(rows))
    return Analysis(landscape, labels)


def _landscape(
    votes: Votes,
    projection: Projection,
    grouping: Grouping,
    *,
    numbers: tuple[int, ...],
    left_out: int,
) -> Landscape:
    everybody = np.zeros(len(votes), dtype=np.int64)
    both = (
        tally(votes, grouping.labels, grouping.count)
        if grouping.count
        else tally(votes, everybody, 1)
    )
    shared = choosing.shared(both)
    dividing = choosing.dividing(both) if grouping.count else choosing.split(both)
    named = dict.fromkeys([*(one.comment for one in shared), *(one.comment for one in dividing)])
    return Landscape(
        voters=len(votes),
        left_out=left_out,
        comments=len(numbers),
        groups=_groups(projection, grouping, both, numbers),
        ungrouped=int((grouping.labels < 0).sum()) if grouping.count else 0,
        shared=tuple(_numbered(one, numbers) for one in shared),
        dividing=tuple(_numbered(one, numbers) for one in dividing),
        rows=tuple(Row(numbers[column], _shares(both, column)) for column in named),
        silhouette=grouping.silhouette,
        explained=sum(projection.explained),
        is_one_mind=projection.explained[0] == 0,
    )


def _groups(
    projection: Projection, grouping: Grouping, both: Tally, numbers: tuple[int, ...]
) -> tuple[Group, ...]:
    if not grouping.count:
        return ()
    found: list[Group] = []
    for label, typical in enumerate(choosing.typical(both)):
        mine = grouping.labels == label
        across, up = projection.positions[mine].mean(axis=0)
        found.append(
            Group(
                name=NAMES[label],
                size=int(mine.sum()),
                centre=(float(across), float(up)),
                stability=grouping.stability[label],
                typical=tuple(_numbered(one, numbers) for one in typical),
            )
        )
    return tuple(found)


def _numbered(found: _Named, numbers: tuple[int, ...]) -> _Named:
    """Name a comment by its number in place of its column."""
    return replace(found, comment=numbers[found.comment])


def _shares(both: Tally, column: int) -> tuple[float | None, ...]:
    return tuple(
        float(share) if seen >= choosing.FEWEST else None
        for share, seen in zip(both.share[:, column], both.seen[:, column], strict=True)
    )
