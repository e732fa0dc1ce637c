"""The landscape of opinions of a guild, or of one round: drawn of the votes that may be shown."""

from dataclasses import dataclass

import numpy as np

from bot.landscape.result import TooLittle
from bot.landscape.steps import RULE
from bot.landscape.votes import MISSING, VoteMatrix
from bot.services.comments.exporting import Exporting, Statements
from bot.services.landscape.drawing import DrawnLandscape, DrawsLandscapes, LandscapeNotDrawnError
from storage.vote_records import NewVotes


@dataclass(frozen=True, slots=True)
class Shown:
    """What can be shown, and what the comments say, by their number."""

    drawn: DrawnLandscape | TooLittle
    statements: dict[int, str]


class Landscapes:
    """The use case. Everybody may look."""

    def __init__(self, exporting: Exporting, drawer: DrawsLandscapes | None) -> None:
        """Draw with `drawer` what `exporting` says may be shown; without one nothing is drawn."""
        self._exporting = exporting
        self._drawer = drawer

    async def of(self, guild_id: int, *, round_id: int | None = None) -> Shown:
        """Return the landscape of one round, or of all.

        The votes are those of the last step: the picture changes when ten votes of five people
        came in, so that two of them betray no single vote.

        Raises:
            LandscapeNotDrawnError: when there is no picture now.

        """
        found = await self._exporting.statements(guild_id, round_id=round_id, enough=_is_a_step)
        if self._drawer is None:
            raise LandscapeNotDrawnError
        statements = {one.number: one.text.shown for one in found.comments}
        return Shown(await self._drawer.draw(_matrix(found), statements), statements)


def _is_a_step(new: NewVotes) -> bool:
    return new.votes >= RULE.votes and new.voters >= RULE.voters


def _matrix(found: Statements) -> VoteMatrix:
    """Return the votes; a voter is a row, and has no other name."""
    rows = [[MISSING if vote is None else vote for vote in row] for row in found.table.rows]
    shape = (len(rows), len(found.comments))
    votes = np.array(rows, dtype=np.int8).reshape(shape)
    numbers = tuple(one.number for one in found.comments)
    return VoteMatrix(tuple(range(1, len(rows) + 1)), numbers, votes)
