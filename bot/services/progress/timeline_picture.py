"""What the picture of a timeline shows, as plain data: an adapter draws it."""

import enum
from dataclasses import dataclass


class Shape(enum.Enum):
    """What stands beside a milestone; each state has its own, so that colour is not needed."""

    TICK = "tick"
    HALF = "half"
    RING = "ring"
    CROSS = "cross"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One milestone, as it is to be read. `is_next`: the one that everybody waits for."""

    when: str
    state: str
    shape: Shape
    title: str
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """A picture, from top to bottom.

    The line of `today` stands above row `today_at`, or nowhere when that is -1; the first `past`
    rows have begun by then. `before` and `after` say how many more there are; `empty` stands in
    place of rows.
    """

    heading: str
    today: str
    today_at: int
    past: int
    rows: tuple[PictureRow, ...]
    before: str = ""
    after: str = ""
    empty: str = ""
