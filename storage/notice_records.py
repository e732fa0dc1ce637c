"""What leaves storage about notices: what moderators are told of deliveries in trouble."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from storage.delivery_records import Lane, Problem

PRIVATE_MESSAGES: Final = 0
"""The lane of notices about private messages: all of them together, so that none names anybody."""
NOWHERE: Final = 0
"""The lane of notices about what has no channel to wait for."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a notice is about: copies of one guild and place that have one problem.

    Of `WAITING_PROBLEMS` it is what cannot become copies yet; `lane_id` 0 is no place at all.
    """

    guild_id: int
    problem: Problem
    lane_id: int


def trouble_of(*, guild_id: int, problem: Problem, lane: Lane) -> Trouble:
    """Return what a notice about a copy in this lane is about."""
    lane_id = PRIVATE_MESSAGES if lane.is_private else lane.id
    return Trouble(guild_id=guild_id, problem=problem, lane_id=lane_id)


@dataclass(frozen=True, slots=True)
class NoticeCount:
    """How many copies of a notice are in trouble, how many are being tried again, of what kinds."""

    troubled: int = 0
    retried: int = 0
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A stored notice, with the counts that were last written down.

    `version` goes up with every change of what it shows. `posted_in` is the moderators' channel
    for which it was queued, None until there was one. `solved_at` is set once nothing of it is
    left: the same trouble later is another notice.
    """

    id: int
    trouble: Trouble
    count: NoticeCount
    version: int
    posted_in: int | None
    noticed_at: datetime
    solved_at: datetime | None
