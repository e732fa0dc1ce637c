"""Publishes planned updates at their moment, once, however many processes look.

After downtime what was due is published late, once: of a repeat only the last missed time. What
has no channel to go to waits, and moderators are told so.
"""

import datetime as dt
import uuid
from collections import Counter
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.dates.repeats import Repeat, occurrences, read_repeat
from bot.services.admin.notices import Notices
from bot.services.directory import Channel
from bot.services.ports import Clock
from bot.services.progress import updates_states as states
from bot.services.progress.updates_errors import NoUpdatesChannelError, UpdatesChannelRightsError
from bot.services.progress.updates_sending import KIND, Venues, queue_copies
from storage.delivery_records import Problem
from storage.errors import StorageError
from storage.notice_records import NOWHERE, NoticeCount, Trouble
from storage.progress_records import NewUpdateChange, Update, UpdateEvent, UpdatePlan, UpdateState
from storage.unit_of_work import UnitOfWork, UnitsOfWork

INTERVAL: Final = dt.timedelta(seconds=10)
"""How often `tick` is to be called."""
_LEASE: Final = "planned updates"
_LASTING: Final = dt.timedelta(seconds=60)

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class PlannedUpdates:
    """Looks for what is due. The lease spares work; that each is published once is the row's."""

    def __init__(self, units: UnitsOfWork, clock: Clock, venues: Venues, notices: Notices) -> None:
        """Publish what `units` hold where `venues` says; tell with `notices` what cannot be."""
        self._units = units
        self._clock = clock
        self._venues = venues
        self._notices = notices
        self._owner = uuid.uuid4().hex
        self._waiting: set[int] = set()

    async def tick(self) -> None:
        """Publish all that is due.

        One that cannot be published now stays due, and is told of once a guild and problem; the
        others are not held up by it.

        Raises:
            StorageError: when the database cannot be used.

        """
        now = self._clock.now()
        async with self._units.reading() as work:
            due = await work.updates.due_planned(now)
        if not due and not await self._notices.has_waiting():
            return
        async with self._units() as work:
            lease = await work.leases.acquire(_LEASE, owner=self._owner, now=now, lasting=_LASTING)
        if lease is None:
            return
        try:
            stuck = Counter([trouble for one in due if (trouble := await self._publish(one))])
            await self._notices.waiting(
                {trouble: NoticeCount(count, kinds=(KIND,)) for trouble, count in stuck.items()}
            )
        finally:
            async with self._units() as work:
                await work.leases.release(_LEASE, owner=self._owner)

    async def _publish(self, seen: Update) -> Trouble | None:
        """Publish one that is due; return what it waits for, if that is known here."""
        try:
            channel = await self._venues.channel_of(seen.guild_id)
            async with self._units() as work:
                await self._publish_in(work, seen, channel)
        except (NoUpdatesChannelError, UpdatesChannelRightsError) as error:
            if seen.id not in self._waiting:
                _log.warning("planned_update_waits", update=seen.id, reason=type(error).__name__)
            self._waiting.add(seen.id)
            # The guild may be another process's, or not there yet: then nobody can tell here.
            return _trouble(seen.guild_id, error) if self._venues.knows(seen.guild_id) else None
        except StorageError as error:
            _log.warning("planned_update_failed", update=seen.id, reason=type(error).__name__)
        else:
            self._waiting.discard(seen.id)
        return None

    async def _publish_in(self, work: UnitOfWork, seen: Update, channel: Channel) -> None:
        now = self._clock.now()
        found = await work.updates.lock(seen.id)
        if found is None or found.state is not UpdateState.PLANNED or found.plan is None:
            return
        if found.plan.moment > now:
            return
        rule = rule_of(found.plan)
        if rule is None:
            after = states.published(found, now=now, due_at=found.planned_for)
            await work.updates.put(after)
        else:
            made = await self._occurred(work, found, rule, now)
            if made is None:
                return
            after = made
        await work.updates.record(after, NewUpdateChange(UpdateEvent.PUBLISHED, now))
        people = await queue_copies(work, after, channel, now=now)
        _log.info("planned_update_published", update=after.id, late=states.is_late(after))
        _log.debug("planned_update_copies", update=after.id, people=people)

    async def _occurred(
        self, work: UnitOfWork, series: Update, rule: Repeat, now: dt.datetime
    ) -> Update | None:
        """Make an update of the last time that is due, and let the series wait for the next."""
        plan = series.plan
        if plan is None:
            return None
        last, coming = due_and_next(plan, rule, now=now)
        made = await work.updates.add_occurrence(states.moved_on(series, last), at=now)
        after = states.moved_on(series, coming)
        await work.updates.put(after)
        await work.updates.record(after, NewUpdateChange(UpdateEvent.REPEATED, now))
        return made


def _trouble(guild_id: int, error: NoUpdatesChannelError | UpdatesChannelRightsError) -> Trouble:
    if isinstance(error, UpdatesChannelRightsError):
        return Trouble(guild_id, Problem.PLACE_CLOSED, error.channel_id)
    return Trouble(guild_id, Problem.NO_PLACE, NOWHERE)


def rule_of(plan: UpdatePlan) -> Repeat | None:
    """Return the rule that a plan repeats by, or None when it happens once."""
    rule = None if plan.repeat is None else read_repeat(plan.repeat)
    return rule if isinstance(rule, Repeat) else None


def due_and_next(
    plan: UpdatePlan, rule: Repeat, *, now: dt.datetime
) -> tuple[dt.datetime, dt.datetime]:
    """Return the last time that is due at `now`, and the first after it, in UTC.

    The plan itself must be due. Times keep to the wall clock of the plan's zone.
    """
    zone = ZoneInfo(plan.zone)
    first = plan.local.replace(tzinfo=zone)
    last = plan.moment
    while True:
        (coming,) = occurrences(rule, first=first, after=last, zone=zone, count=1)
        coming = coming.astimezone(dt.UTC)
        if coming > now:
            return last, coming
        last = coming
