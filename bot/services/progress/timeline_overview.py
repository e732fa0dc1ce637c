"""Where things stand: the milestones that members see, with the latest updates."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.services.ports import Clock
from bot.services.progress.digest_contents import address_of
from bot.services.progress.milestones import Milestones
from bot.services.progress.timeline import ZONE, Entry, of_part
from storage.progress_records import Part, Update
from storage.unit_of_work import UnitsOfWork

UPDATES: Final = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """Where things stand on `today` (in Amsterdam): what members see of one part, or of all.

    `updates` are the latest, each with where it can be read, if anywhere. `counts` has every part
    with a milestone. `has_guild`: whether it is about a guild, and not only about what ships.
    """

    part: Part | None
    today: dt.date
    entries: tuple[Entry, ...]
    updates: tuple[tuple[Update, str], ...]
    counts: Mapping[Part, int]
    has_guild: bool


class ProgressOverview:
    """The use case of `/voortgang`."""

    def __init__(self, units: UnitsOfWork, clock: Clock, milestones: Milestones) -> None:
        """Read `milestones` and, from `units`, updates."""
        self._units = units
        self._clock = clock
        self._milestones = milestones

    async def of_guild(self, guild_id: int | None, part: Part | None) -> Progress:
        """Return where things stand in a guild; without one, of what ships."""
        updates: list[tuple[Update, str]] = []
        if guild_id is None:
            entries = await self._milestones.all_of(None)
        else:
            async with self._units.reading() as work:
                entries = await self._milestones.within(work, guild_id)
                latest = await work.updates.latest(guild_id, part=part, limit=UPDATES)
                updates += [(one, await address_of(work, one) or "") for one in latest]
        shown = tuple(one for one in entries if one.is_shown)
        return Progress(
            part=part,
            today=self._clock.now().astimezone(ZONE).date(),
            entries=of_part(shown, part),
            updates=tuple(updates),
            counts=Counter(one.content.part for one in shown),
            has_guild=guild_id is not None,
        )
