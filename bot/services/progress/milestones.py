"""Milestones: everybody reads them, moderators change them, nothing of them is lost."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from bot.services.ports import Clock
from bot.services.progress.milestones_errors import MilestoneChangedError, UnknownMilestoneError
from bot.services.progress.milestones_rows import change, found_in, last_change
from bot.services.progress.timeline import (
    Entry,
    ShippedMilestone,
    Target,
    merged,
)
from storage.milestone_records import (
    MilestoneAction,
    MilestoneChange,
    MilestoneStanding,
    MilestoneStep,
)
from storage.unit_of_work import UnitOfWork, UnitsOfWork

OFFERED: Final = 25
HISTORY: Final = 12
_LIKE: Final = 75.0  # of 100: a title this near to what was typed may be meant


class Milestones:
    """The use case. `shipped` are the milestones that every guild begins with."""

    def __init__(
        self, units: UnitsOfWork, clock: Clock, shipped: Sequence[ShippedMilestone]
    ) -> None:
        """Keep what guilds change in `units`."""
        self._units = units
        self._clock = clock
        self._shipped = tuple(shipped)

    async def shown(self, guild_id: int | None) -> tuple[Entry, ...]:
        """Return what members see, in the order of time; without a guild, what ships."""
        return tuple(one for one in await self.all_of(guild_id) if one.is_shown)

    async def all_of(self, guild_id: int | None) -> tuple[Entry, ...]:
        """Return every milestone of a guild, removed ones too, in the order of time."""
        if guild_id is None:
            return merged(self._shipped, ())
        async with self._units.reading() as work:
            return await self.within(work, guild_id)

    async def within(self, work: UnitOfWork, guild_id: int) -> tuple[Entry, ...]:
        """Return the same inside a unit of work of the caller."""
        return merged(self._shipped, await work.milestones.of_guild(guild_id))

    async def find(self, guild_id: int, target: Target) -> Entry:
        """Return one milestone, removed or not.

        Raises:
            UnknownMilestoneError: when the guild has no such milestone.

        """
        return found_in(await self.all_of(guild_id), target)

    async def named(self, guild_id: int, typed: str) -> Entry:
        """Return the milestone that was chosen from what was offered, or typed as its title.

        Raises:
            UnknownMilestoneError: when none is called like this, or more than one.

        """
        entries = await self.all_of(guild_id)
        for one in entries:
            if str(one.target) == typed:
                return one
        exact = [one for one in entries if one.content.title.casefold() == typed.casefold()]
        if len(exact) == 1:
            return exact[0]
        ranked = _ranked(entries, typed)
        if len(ranked) == 1:
            return ranked[0]
        raise UnknownMilestoneError

    async def offer(self, guild_id: int, typed: str, *, removed: bool = False) -> list[Entry]:
        """Return what fits what is typed, the likeliest first; else the latest."""
        entries = await self.all_of(guild_id)
        usable = [one for one in entries if removed or one.is_shown]
        found = _ranked(usable, typed) if typed.strip() else usable[::-1]
        return found[:OFFERED]

    async def remove(self, guild_id: int, target: Target, *, version: int, person: int) -> Entry:
        """Take a milestone away, or hide one that ships; it can be restored.

        Raises:
            UnknownMilestoneError: when the guild has no such milestone.
            MilestoneChangedError: when that is not its version any more.

        """
        return await self._turn(guild_id, target, version, MilestoneAction.REMOVED, person=person)

    async def restore(self, guild_id: int, target: Target, *, version: int, person: int) -> Entry:
        """Show a milestone again as it was before it was removed; raises as `remove` does."""
        return await self._turn(guild_id, target, version, MilestoneAction.RESTORED, person=person)

    async def reset(self, guild_id: int, target: Target, *, version: int, person: int) -> Entry:
        """Show a milestone that ships as it ships again; raises as `remove` does."""
        return await self._turn(guild_id, target, version, MilestoneAction.RESET, person=person)

    async def history(self, guild_id: int, target: Target) -> tuple[MilestoneChange, ...]:
        """Return what was done to a milestone, the newest first; raises as `find` does."""
        async with self._units.reading() as work:
            entry = found_in(await self.within(work, guild_id), target)
            return await work.milestones.history_of(entry.row.id) if entry.row else ()

    async def latest_changes(self, guild_id: int) -> tuple[MilestoneChange, ...]:
        """Return what was done last in a guild, the newest first."""
        async with self._units.reading() as work:
            return await work.milestones.latest_changes(guild_id, limit=HISTORY)

    async def _turn(
        self, guild_id: int, target: Target, version: int, action: MilestoneAction, *, person: int
    ) -> Entry:
        async with self._units() as work:
            entry = found_in(await self.within(work, guild_id), target)
            if entry.version != version:
                raise MilestoneChangedError(await last_change(work, entry))
            content, standing = entry.content, _STANDINGS[action]
            if action is MilestoneAction.RESTORED and entry.is_as_shipped:
                standing = MilestoneStanding.SHIPPED  # so that corrections that ship go on
            if action is MilestoneAction.RESET:
                if entry.shipped is None:
                    raise UnknownMilestoneError
                content = entry.shipped.content
            step = MilestoneStep(action, standing, person, self._clock.now())
            await change(work, guild_id, entry, content, step)
            return found_in(await self.within(work, guild_id), target)


_STANDINGS: Final = {
    MilestoneAction.REMOVED: MilestoneStanding.REMOVED,
    MilestoneAction.RESTORED: MilestoneStanding.SHOWN,
    MilestoneAction.RESET: MilestoneStanding.SHIPPED,
}


def _ranked(entries: Sequence[Entry], typed: str) -> list[Entry]:
    wanted = typed.casefold()[:100]
    scored = [(_likeness(wanted, one.content.title.casefold()), one) for one in entries]
    near = [(score, one) for score, one in scored if score >= _LIKE]
    return [one for _, one in sorted(near, key=lambda pair: -pair[0])]


def _likeness(typed: str, title: str) -> float:
    return max(fuzz.partial_ratio(typed, title), fuzz.token_set_ratio(typed, title))
