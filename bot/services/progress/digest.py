"""The weekly digest: decided once for each guild and week, frozen, and sent through the outbox."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.services.directory import Channel, ChannelKind
from bot.services.guild_settings import (
    DIGEST,
    DIGEST_CHANNEL,
    DIGEST_DAY,
    DIGEST_HOUR,
    GuildChoices,
)
from bot.services.places import Places
from bot.services.ports import Clock
from bot.services.progress.digest_contents import Span, Telling
from bot.services.progress.digest_moments import Slot, last_slot, next_slot
from bot.services.progress.digest_questions import OftenAsked
from bot.services.progress.milestones import Milestones
from bot.texts.digest import post_title
from storage.delivery_records import (
    ChannelTarget,
    NewDelivery,
    PostTarget,
    Target,
    ThreadTarget,
)
from storage.digest_records import Digest, DigestSection, DigestState, NewDigest
from storage.records import GuildSetting
from storage.unit_of_work import UnitsOfWork

KIND: Final = "digest"
"""The kind of a digest's delivery; its subject is the digest's id."""
INTERVAL: Final = dt.timedelta(minutes=1)
"""How often `run` is to be called."""
ZONE: Final = ZoneInfo("Europe/Amsterdam")
USEFUL: Final = dt.timedelta(days=2)
"""How long after its moment a digest is still sent."""
_SETTLED: Final = dt.timedelta(seconds=15)  # until what was written before the moment is there
_WEEK: Final = dt.timedelta(days=7)
_LONGEST: Final = dt.timedelta(days=28)
_SETTINGS: Final = frozenset({DIGEST.name, DIGEST_DAY.name, DIGEST_HOUR.name})

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Preview:
    """The next digest of a guild as it would be now. `channel` None: there is none.

    It comes at `moment`, and every week on `weekday` (0 is Monday) at `hour`.
    """

    is_on: bool
    moment: dt.datetime
    weekday: int
    hour: int
    covers_since: dt.datetime
    covers_until: dt.datetime
    channel: Channel | None
    sections: tuple[DigestSection, ...]


class Digests:
    """The use case: what is due, what it says, and what the next one would say."""

    def __init__(
        self,
        units: UnitsOfWork,
        clock: Clock,
        places: Places,
        asked: OftenAsked,
        milestones: Milestones,
    ) -> None:
        """Send to the channels that `places` knows."""
        self._units = units
        self._clock = clock
        self._places = places
        self._telling = Telling(asked, milestones)

    async def run(self) -> None:
        """Decide about every digest that is due in the guilds of this process.

        Raises:
            StorageError: when the database cannot be used; the next turn tries again.

        """
        for guild_id in self._places.directory.guild_ids():
            await self._decide(guild_id)

    async def get(self, digest_id: int) -> Digest | None:
        """Return a digest as it was decided."""
        async with self._units.reading() as work:
            return await work.digests.get(digest_id)

    async def preview(self, guild_id: int) -> Preview:
        """Return the next digest as it would be now."""
        now = self._clock.now()
        async with self._units.reading() as work:
            choices = _choices(await work.settings.of_guild(guild_id))
            last = await work.digests.latest(guild_id)
            span = _span(last, now)
            sections = await self._telling.sections(work, guild_id, span)
        weekday, hour = choices.value_of(DIGEST_DAY), choices.value_of(DIGEST_HOUR)
        return Preview(
            is_on=choices.value_of(DIGEST),
            moment=next_slot(now, weekday=weekday, hour=hour, zone=ZONE).moment,
            weekday=weekday,
            hour=hour,
            covers_since=span.since,
            covers_until=span.until,
            channel=await self._places.channel_for(guild_id, DIGEST_CHANNEL),
            sections=sections,
        )

    async def _decide(self, guild_id: int) -> None:
        now = self._clock.now()
        slot = await self._due(guild_id, now)
        if slot is None:
            return
        if now - slot.moment > USEFUL:
            await self._keep(guild_id, slot, DigestState.MISSED)
            return
        channel = await self._places.channel_for(guild_id, DIGEST_CHANNEL)
        if channel is not None:  # otherwise it waits for one, until it is missed
            await self._keep(guild_id, slot, DigestState.QUEUED, channel)

    async def _due(self, guild_id: int, now: dt.datetime) -> Slot | None:
        """Return the last slot, when it was chosen by then and was not decided about."""
        async with self._units.reading() as work:
            stored = await work.settings.of_guild(guild_id)
            latest = await work.digests.latest(guild_id)
        choices = _choices(stored)
        if not choices.value_of(DIGEST):
            return None
        slot = last_slot(
            now - _SETTLED,
            weekday=choices.value_of(DIGEST_DAY),
            hour=choices.value_of(DIGEST_HOUR),
            zone=ZONE,
        )
        is_younger = any(one.name in _SETTINGS and one.changed_at > slot.moment for one in stored)
        is_decided = latest is not None and latest.day >= slot.day
        return None if is_younger or is_decided else slot

    async def _keep(
        self, guild_id: int, slot: Slot, state: DigestState, channel: Channel | None = None
    ) -> None:
        async with self._units() as work:
            span = _span(await work.digests.latest(guild_id), slot.moment)
            sections: tuple[DigestSection, ...] = ()
            if state is DigestState.QUEUED:
                sections = await self._telling.sections(work, guild_id, span)
                state = state if sections else DigestState.EMPTY
            digest = NewDigest(guild_id, slot.day, state, span.since, span.until, sections)
            digest_id = await work.digests.decide(digest)
            if digest_id is not None and sections and channel is not None:
                await work.deliveries.queue(
                    NewDelivery(
                        key=f"{KIND}:{guild_id}:{slot.day.isoformat()}",
                        guild_id=guild_id,
                        target=_target(channel, slot),
                        kind=KIND,
                        subject_id=digest_id,
                        due_at=slot.moment,
                        useful_until=slot.moment + USEFUL,
                    )
                )
        if digest_id is not None:
            _log.info("digest_decided", guild=guild_id, day=str(slot.day), state=state.value)


def _choices(stored: tuple[GuildSetting, ...]) -> GuildChoices:
    return GuildChoices({one.name: one.value for one in stored})


def _span(last: Digest | None, until: dt.datetime) -> Span:
    """Go on where the last digest ended, or begin where a missed one did: four weeks at most."""
    since = until - _WEEK
    if last is not None:
        told = last.covers_since if last.state is DigestState.MISSED else last.covers_until
        since = max(told, until - _LONGEST)
    return Span(min(since, until), until, ZONE)


def _target(channel: Channel, slot: Slot) -> Target:
    if channel.kind is ChannelKind.THREAD:
        return ThreadTarget(channel.id)
    if channel.kind is ChannelKind.FORUM:
        free = [tag.id for tag in channel.tags if not tag.moderated]
        return PostTarget(channel.id, post_title(slot.day), tuple(free[: channel.needs_tag]))
    return ChannelTarget(channel.id)
