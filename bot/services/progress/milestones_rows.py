"""What the use cases of milestones share: rows found and written inside a unit of work."""

from collections.abc import Iterable
from typing import Final

from bot.services.progress.milestones_errors import (
    MilestoneChangedError,
    TooManyMilestonesError,
    UnknownMilestoneError,
)
from bot.services.progress.timeline import Entry, Target
from storage.milestone_records import MilestoneChange, MilestoneContent, MilestoneStep
from storage.unit_of_work import UnitOfWork

MOST: Final = 500
"""How many milestones of its own a guild may have, removed ones included."""


def found_in(entries: Iterable[Entry], target: Target) -> Entry:
    """Return the entry of a target.

    Raises:
        UnknownMilestoneError: when there is none.

    """
    found = next((one for one in entries if one.target == target), None)
    if found is None:
        raise UnknownMilestoneError
    return found


async def last_change(work: UnitOfWork, entry: Entry) -> MilestoneChange | None:
    """Return what was done to a milestone last; None when nothing was."""
    changes = await work.milestones.history_of(entry.row.id) if entry.row else ()
    return changes[0] if changes else None


async def add(
    work: UnitOfWork, guild_id: int, content: MilestoneContent, step: MilestoneStep
) -> Target:
    """Write a new milestone.

    Raises:
        TooManyMilestonesError: when the guild has too many.

    """
    if len(await work.milestones.of_guild(guild_id)) >= MOST:
        raise TooManyMilestonesError(limit=MOST)
    row = await work.milestones.add(guild_id, content, step)
    if row is None:
        raise MilestoneChangedError(None)
    return Target(is_shipped=False, number=row.id)


async def change(
    work: UnitOfWork, guild_id: int, before: Entry, content: MilestoneContent, step: MilestoneStep
) -> Target:
    """Write over a milestone, also over one that only ships so far.

    Raises:
        MilestoneChangedError: when another unit did so at the same moment.

    """
    if before.row is not None:
        row = await work.milestones.change(before.row, content, step)
    else:
        key = before.target.number
        row = await work.milestones.add(guild_id, content, step, shipped_key=key)
    if row is None:
        raise MilestoneChangedError(None)
    return before.target
