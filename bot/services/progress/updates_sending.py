"""Where an update goes, and its copies, queued in the very unit that publishes it."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.services.directory import Channel, ChannelKind
from bot.services.guild_settings import CROSSPOST, UPDATE_ROLE, UPDATES_CHANNEL, GuildSettings
from bot.services.places import Places
from bot.services.progress.updates_errors import NoUpdatesChannelError, UpdatesChannelRightsError
from storage.delivery_records import (
    ChannelTarget,
    DmTarget,
    NewDelivery,
    PostTarget,
    Target,
    ThreadTarget,
)
from storage.progress_records import Update
from storage.unit_of_work import UnitOfWork

KIND: Final = "update"
"""The kind of an update's deliveries; their subject is its id."""
_SENDABLE: Final = frozenset(
    {ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT, ChannelKind.THREAD, ChannelKind.FORUM}
)


@dataclass(frozen=True, slots=True)
class Venue:
    """Where the updates of a guild go now.

    `channel` is None when there is none. `role_id` is the role that an update may mention, with
    its name; None when none is configured or it does not exist any more.
    """

    channel: Channel | None
    role_id: int | None
    role_name: str | None
    crossposts: bool


class Venues:
    """Looks up where updates go."""

    def __init__(self, places: Places, settings: GuildSettings) -> None:
        self._places = places
        self._settings = settings

    async def of(self, guild_id: int) -> Venue:
        """Return where the updates of a guild go; whatever is missing is None."""
        choices = await self._settings.choices_of(guild_id)
        channel = await self._places.channel_for(guild_id, UPDATES_CHANNEL)
        role_id = choices.value_of(UPDATE_ROLE)
        # The role of @everyone has the guild's id.
        name = (
            None
            if role_id is None or role_id == guild_id
            else self._places.directory.role_name(guild_id, role_id)
        )
        is_news = channel is not None and channel.kind is ChannelKind.ANNOUNCEMENT
        return Venue(
            channel=channel,
            role_id=None if name is None else role_id,
            role_name=name,
            crossposts=is_news and choices.value_of(CROSSPOST),
        )

    def knows(self, guild_id: int) -> bool:
        """Whether this process is connected for a guild, so that what it lacks is lacking."""
        return guild_id in self._places.directory.guild_ids()

    async def channel_of(self, guild_id: int) -> Channel:
        """Return the channel that updates can be posted in now.

        Raises:
            NoUpdatesChannelError: when there is none.
            UpdatesChannelRightsError: when the bot may not post in it.

        """
        channel = (await self.of(guild_id)).channel
        if channel is None or channel.kind not in _SENDABLE:
            raise NoUpdatesChannelError
        if not channel.can_send:
            raise UpdatesChannelRightsError(channel.id, missing=channel.missing_rights)
        return channel


async def queue_copies(
    work: UnitOfWork, update: Update, channel: Channel, *, now: dt.datetime
) -> int:
    """Queue a copy for the channel and one for every subscriber; return how many of those.

    The keys are those of the update and the target, so that doing it again changes nothing.
    """
    due_at = update.due_at or now
    people = await work.subscriptions.of_part(update.guild_id, update.part)
    await queue_channel_copy(work, update, channel, due_at=due_at)
    for person in people:
        copy = _copy(update, f"dm:{person}", DmTarget(person), due_at=due_at)
        await work.deliveries.queue(copy)
    return len(people)


async def queue_channel_copy(
    work: UnitOfWork, update: Update, channel: Channel, *, due_at: dt.datetime
) -> None:
    """Queue the copy for a channel; a second time changes nothing."""
    target = _target(update, channel)
    copy = _copy(update, f"channel:{channel.id}", target, due_at=due_at)
    await work.deliveries.queue(copy)


def _copy(update: Update, place: str, target: Target, *, due_at: dt.datetime) -> NewDelivery:
    return NewDelivery(
        key=f"{KIND}:{update.id}:{place}",
        guild_id=update.guild_id,
        target=target,
        kind=KIND,
        subject_id=update.id,
        due_at=due_at,
        version=update.version,
    )


def _target(update: Update, channel: Channel) -> Target:
    if channel.kind is ChannelKind.THREAD:
        return ThreadTarget(channel.id)
    if channel.kind is ChannelKind.FORUM:
        free = [tag.id for tag in channel.tags if not tag.moderated]
        return PostTarget(channel.id, update.title, tuple(free[: channel.needs_tag]))
    return ChannelTarget(channel.id)
