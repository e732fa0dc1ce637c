"""Whether a moderator looks at comments before everybody can read them, or after."""

import json
from dataclasses import dataclass

import structlog

from bot.services.guild_settings import COMMENTS_FIRST, GuildSettings
from bot.services.ports import Clock
from storage.moderation_records import ModerationEvent, NewModeration
from storage.records import GuildSetting
from storage.unit_of_work import UnitsOfWork

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ModeChange:
    """How it is now; `changed` is False when it was so already.

    `waiting` is how many comments moderators still have to look at. Changing the mode decides
    about none of them: what waits goes on waiting unseen, what is placed stays placed.
    """

    checks_first: bool
    changed: bool
    waiting: int


class Modes:
    """The use case. Whoever calls checked that `by` is a moderator."""

    def __init__(self, units: UnitsOfWork, clock: Clock, settings: GuildSettings) -> None:
        """Keep the mode with the other settings of a guild, and log it in `units`."""
        self._units = units
        self._clock = clock
        self._settings = settings

    async def of(self, guild_id: int) -> ModeChange:
        """Return how it is now."""
        checks_first = await self._settings.value_of(guild_id, COMMENTS_FIRST)
        async with self._units.reading() as work:
            waiting = await work.comment_lists.count_queue(guild_id)
        return ModeChange(checks_first, changed=False, waiting=waiting)

    async def change(self, guild_id: int, *, checks_first: bool, by: int) -> ModeChange:
        """Look before (True) or after (False) from now on."""
        before, now = await self.of(guild_id), self._clock.now()
        if before.checks_first == checks_first:
            return before
        async with self._units() as work:
            value = json.dumps(COMMENTS_FIRST.kind.check(checks_first))
            await work.settings.put(GuildSetting(guild_id, COMMENTS_FIRST.name, value, by, now))
            detail = "before" if checks_first else "after"
            event = ModerationEvent.MODE_CHANGED
            await work.moderation.log(NewModeration(guild_id, event, now, by, detail=detail))
        _log.info("comment_mode_changed", guild_id=guild_id, mode=detail, by=by)
        return ModeChange(checks_first, changed=True, waiting=before.waiting)
