"""What goes to the process that draws a landscape and what comes back."""

from dataclasses import dataclass

from bot.landscape.result import Landscape
from bot.landscape.votes import VoteMatrix


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a drawing may take, starting and waiting included, and how much it may use.

    `seconds` are those of the clock, `processor` those of one processor; `megabytes` are of address
    space. On an idle machine a drawing takes one or two seconds.
    """

    seconds: float = 60
    processor: int = 20
    megabytes: int = 1_024


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """What the child gets: votes that are enough, without the names of voters."""

    matrix: VoteMatrix
    limits: Limits


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the child gives back."""

    landscape: Landscape
    picture: bytes
