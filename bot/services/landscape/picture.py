"""What the picture of a landscape shows, as plain data: an adapter draws it.

Nothing in it is of one person: groups are marks that each stand for some people, counts are in
fives, shares in tens of per cent, comments are numbers.
"""

from dataclasses import dataclass
from typing import Final

from bot.landscape.result import Landscape, Row
from bot.landscape.steps import about, tenths
from bot.texts import landscape as texts

_MOST_MARKS: Final = 40
_FEW: Final = 3  # groups: with more, their signs take more room
_ROWS: Final = {True: (3, 4), False: (2, 3)}
"""Comments in the picture that are shared and that divide, with few groups or not."""
_WORTH: Final = (5, 10, 25, 50, 100, 250, 500, 1_000)  # people a mark


@dataclass(frozen=True, slots=True)
class PictureGroup:
    """A group on the map: `shape` counts from 0; the place is in the plane of the landscape."""

    letter: str
    label: str
    shape: int
    centre: tuple[float, float]
    marks: int


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A comment: where each group stands, as (number of the group, per cent that agrees)."""

    number: str
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PictureSection:
    """Comments under one title; `empty` stands in place of rows."""

    title: str
    rows: tuple[PictureRow, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class LandscapePicture:
    """A picture, from top to bottom."""

    heading: str
    lines: tuple[str, ...]
    groups: tuple[PictureGroup, ...]
    sections: tuple[PictureSection, ...]
    low: str
    high: str
    footer: str


def picture_of(landscape: Landscape) -> LandscapePicture:
    """Return what the picture shows; the same landscape gives the same picture."""
    sizes = [group.size for group in landscape.groups] or [landscape.voters]
    worth = next((one for one in _WORTH if sum(sizes) / one <= _MOST_MARKS), _WORTH[-1])
    has_groups = bool(landscape.groups)
    most = _ROWS[len(landscape.groups) <= _FEW]
    rows = {row.comment: row for row in landscape.rows}
    shared, dividing = (
        tuple(_row(rows[one.comment]) for one in found)
        for found in (landscape.shared[: most[0]], landscape.dividing[: most[1]])
    )
    return LandscapePicture(
        heading=texts.PICTURE_HEADING,
        lines=(
            texts.counted(about(landscape.voters), landscape.comments),
            texts.mark_worth(worth),
            texts.certainty(
                groups=len(landscape.groups),
                stability=landscape.stability,
                is_one_mind=landscape.is_one_mind,
            ),
        ),
        groups=_groups(landscape, worth),
        sections=(
            PictureSection(texts.shared_title(has_groups=has_groups), shared, texts.NOTHING_SHARED),
            PictureSection(texts.DIVIDING_TITLE, dividing, texts.NOTHING_DIVIDES),
        ),
        low=texts.NOBODY_AGREES,
        high=texts.EVERYBODY_AGREES,
        footer=texts.NO_POLL,
    )


def _groups(landscape: Landscape, worth: int) -> tuple[PictureGroup, ...]:
    if not landscape.groups:
        marks = max(round(landscape.voters / worth), 1)
        return (PictureGroup("", texts.label("", about(landscape.voters)), 0, (0.0, 0.0), marks),)
    return tuple(
        PictureGroup(
            letter=group.name,
            label=texts.label(group.name, about(group.size)),
            shape=number,
            centre=group.centre,
            marks=max(round(group.size / worth), 1),
        )
        for number, group in enumerate(landscape.groups)
    )


def _row(row: Row) -> PictureRow:
    points = tuple(
        (group, tenths(share)) for group, share in enumerate(row.shares) if share is not None
    )
    return PictureRow(str(row.comment), points)
