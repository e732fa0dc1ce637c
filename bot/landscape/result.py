"""What a landscape says: of groups and comments, and nothing of one person."""

import enum
from dataclasses import dataclass
from typing import Final

NAMES: Final = "ABCDE"
"""The groups: A is the largest; of two as large, the one more to the left."""


class Side(enum.Enum):
    """What the people of a group mostly do with a comment."""

    AGREE = "agree"
    DISAGREE = "disagree"


class Lack(enum.Enum):
    """What there is too little of."""

    VOTERS = "voters"
    COMMENTS = "comments"
    SHARED_VOTERS = "shared voters"
    """People who voted on enough of the same comments."""
    SHARED_COMMENTS = "shared comments"
    """Comments on which enough of the same people voted."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """There are `have` where `need` are needed, which is more."""

    lack: Lack
    have: int
    need: int


@dataclass(frozen=True, slots=True)
class TooLittle:
    """There is no landscape yet, and this is why: at least one shortage."""

    shortages: tuple[Shortage, ...]


@dataclass(frozen=True, slots=True)
class Typical:
    """A comment that is typical of a group.

    `share` is the estimated part of the group that takes that side, `ratio` how many times likelier
    that is than outside it, `z` the smaller of the two statistics and `chance` its one-sided p.
    """

    comment: int
    side: Side
    share: float
    ratio: float
    z: float
    chance: float


@dataclass(frozen=True, slots=True)
class Shared:
    """A comment on which every group, or everybody where there are none, takes the same side.

    `score` is the product of the groups' estimated shares and `least` the smallest of them; `z` and
    `chance` are those of the group that is least sure: of "more than half of it takes that side".
    """

    comment: int
    side: Side
    score: float
    least: float
    z: float
    chance: float


@dataclass(frozen=True, slots=True)
class Dividing:
    """A comment that sets people apart.

    Between groups: `most` and `least` are the names of the groups that agree most and least, `gap`
    the difference of their estimated shares. Without groups both names are empty and `gap` is the
    smaller one of the estimated shares that agree and disagree.
    """

    comment: int
    most: str
    least: str
    gap: float
    z: float
    chance: float


@dataclass(frozen=True, slots=True)
class Group:
    """People who vote alike: at least three. Places are means in the plane of the picture.

    `stability` is how well the group comes back when voters are drawn anew, from 0 to 1.
    """

    name: str
    size: int
    centre: tuple[float, float]
    stability: float
    typical: tuple[Typical, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The estimated share that agrees with a comment, by group, or of everybody without groups.

    None where fewer than three of a group voted on it.
    """

    comment: int
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Landscape:
    """What people share and what divides them. Counts are exact: round them before they are shown.

    `voters` and `comments` were counted, `left_out` people voted on too little to be; `ungrouped`
    of those counted are in no group that is large enough. `groups` are none, or two to five. `rows`
    are of the comments that `shared` and `dividing` name. `is_one_mind`: all votes on each comment
    are the same.
    """

    voters: int
    left_out: int
    comments: int
    groups: tuple[Group, ...]
    ungrouped: int
    shared: tuple[Shared, ...]
    dividing: tuple[Dividing, ...]
    rows: tuple[Row, ...]
    silhouette: float
    explained: float
    is_one_mind: bool

    @property
    def stability(self) -> float:
        """How well the least stable group comes back; 0 without groups."""
        return min((group.stability for group in self.groups), default=0.0)
