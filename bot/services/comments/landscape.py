"""The landscape of opinions of a guild, or of one round: drawn of the votes that may be shown."""

from dataclasses import dataclass

from bot.landscape.result import TooLittle
from bot.services.comments.shown_votes import StepwiseVotes
from bot.services.landscape.drawing import DrawnLandscape, DrawsLandscapes, LandscapeNotDrawnError


@dataclass(frozen=True, slots=True)
class Shown:
    """What can be shown, and what the comments say, by their number."""

    drawn: DrawnLandscape | TooLittle
    statements: dict[int, str]


class Landscapes:
    """The use case. Everybody may look."""

    def __init__(self, votes: StepwiseVotes, drawer: DrawsLandscapes | None) -> None:
        """Draw with `drawer` what `votes` says may be shown; without one nothing is drawn."""
        self._votes = votes
        self._drawer = drawer

    async def of(self, guild_id: int, *, round_id: int | None = None) -> Shown:
        """Return the landscape of one round, or of all, by the votes of the last step.

        Raises:
            LandscapeNotDrawnError: when there is no picture now.

        """
        if self._drawer is None:
            raise LandscapeNotDrawnError
        found = await self._votes.of(guild_id, round_id=round_id)
        drawn = found.lack or await self._drawer.draw(found.matrix, found.statements)
        return Shown(drawn, found.statements)
