"""`/beheer controle` as data: what is missing, what is not delivered, which jobs fail."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import structlog

from bot.services.admin.errors import NothingLeftError
from bot.services.admin.jobs import JobJournal, JobState
from bot.services.admin.notices import KIND, Notices
from bot.services.deliveries import transitions
from bot.services.directory import Channel
from bot.services.guild_settings import MODERATORS_CHANNEL, Setting
from bot.services.places import Places
from bot.services.ports import Clock
from storage.delivery_records import Backlog, Delivery
from storage.notice_records import Notice
from storage.unit_of_work import UnitsOfWork

LATE: Final = dt.timedelta(minutes=5)
"""From when on the oldest due copy is worth a moderator's attention."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class State:
    """How things are in a guild at `now`.

    `missing` are places that the guild does not have; `mute` the places where the bot misses
    rights. `failed_notices` counts notices that could not be posted themselves.
    """

    now: dt.datetime
    missing: tuple[Setting[int | None], ...]
    mute: tuple[Channel, ...]
    has_moderators_channel: bool
    backlog: Backlog
    notices: tuple[Notice, ...]
    failed_notices: int
    jobs: tuple[JobState, ...]

    @property
    def lateness(self) -> dt.timedelta | None:
        """Return how long the oldest due copy is due."""
        oldest = self.backlog.oldest_due
        return None if oldest is None else max(self.now - oldest, dt.timedelta())


class Control:
    """Looks whether everything works in a guild."""

    def __init__(
        self,
        *,
        units: UnitsOfWork,
        clock: Clock,
        places: Places,
        notices: Notices,
        journal: JobJournal,
    ) -> None:
        """Look at what these know."""
        self._units = units
        self._clock = clock
        self._places = places
        self._notices = notices
        self._journal = journal

    async def look(self, guild_id: int) -> State:
        """Return how things are now."""
        now = self._clock.now()
        missing = await self._places.missing_in(guild_id)
        async with self._units.reading() as work:
            backlog = await work.deliveries.backlog(guild_id, now)
            troubled = await work.deliveries.troubled_of_kind(guild_id, KIND)
        return State(
            now=now,
            missing=missing,
            mute=await self._places.without_rights(guild_id),
            has_moderators_channel=MODERATORS_CHANNEL not in missing,
            backlog=backlog,
            notices=await self._notices.of_guild(guild_id),
            failed_notices=len(troubled),
            jobs=self._journal.jobs,
        )

    async def retry_notices(self, guild_id: int, *, by: int) -> int:
        """Post notices again that could not be posted, after mending; returns how many.

        Raises:
            NothingLeftError: when there are none (any more).

        """
        done = 0
        async with self._units() as work:
            for one in await work.deliveries.troubled_of_kind(guild_id, KIND):
                known: Delivery | None = await work.deliveries.lock(one.id)
                if known is not None and (after := transitions.retried(known)) != known:
                    await work.deliveries.put(after)
                    done += 1
        if not done:
            raise NothingLeftError
        _log.info("notices_retried", guild_id=guild_id, by=by, deliveries=done)
        return done
