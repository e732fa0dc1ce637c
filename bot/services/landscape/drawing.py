"""What others need of a drawn landscape, and who draws it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.landscape.result import Landscape, TooLittle
from bot.landscape.votes import VoteMatrix


@dataclass(frozen=True, slots=True)
class DrawnLandscape:
    """A picture (PNG), what it shows in words (at most 1,024 characters), and what is behind it."""

    picture: bytes
    alt: str
    landscape: Landscape


class LandscapeNotDrawnError(Exception):
    """Drawing took too long or too much memory, or could not begin. Trying again is harmless."""


class DrawsLandscapes(Protocol):
    """Draws the landscape of votes, beside everything else that goes on."""

    async def draw(
        self, matrix: VoteMatrix, statements: Mapping[int, str]
    ) -> DrawnLandscape | TooLittle:
        """Return the landscape of the votes on `statements` (number → text), or what is missing.

        Votes on other comments do not count. Give it the votes that may be shown
        (`bot.landscape.steps.step`), not those of this moment. The same votes give the same bytes.

        Raises:
            LandscapeNotDrawnError: when there is no picture.

        """
        ...
