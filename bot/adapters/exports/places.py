"""Where comments stand in a landscape, rounded as they are shown everywhere."""

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from bot.landscape.result import Landscape
from bot.landscape.steps import tenths

ZONE: Final = ZoneInfo("Europe/Amsterdam")
"""The zone of what people read in an export."""


@dataclass(frozen=True, slots=True)
class Place:
    """A comment that people share or that divides them.

    `shares` are the names of groups with the per cent that agrees, in tens; without groups the one
    name is empty, and stands for everybody.
    """

    is_shared: bool
    shares: tuple[tuple[str, int], ...]


def places_of(landscape: Landscape | None) -> dict[int, Place]:
    """Return the places by number; a comment that is neither shared nor divides has none."""
    if landscape is None:
        return {}
    names = [group.name for group in landscape.groups] or [""]
    shared = {one.comment for one in landscape.shared}
    return {
        row.comment: Place(
            row.comment in shared,
            tuple(
                (name, tenths(share))
                for name, share in zip(names, row.shares, strict=True)
                if share is not None
            ),
        )
        for row in landscape.rows
    }
