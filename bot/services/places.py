"""Who is who and what is where in a guild: by what it chose, and until then by the usual names."""

import enum
from collections.abc import Iterable
from typing import Final

from bot.services.directory import Channel, ChannelKind, Directory, Role
from bot.services.guild_settings import (
    COMMENTS_CHANNEL,
    DIGEST_CHANNEL,
    FORUM_CHANNEL,
    MEETINGS_CHANNEL,
    MEMBER_ROLE,
    MODERATOR_ROLE,
    MODERATORS_CHANNEL,
    UPDATES_CHANNEL,
    GuildChoices,
    GuildSettings,
    Setting,
)
from bot.services.ports import Clock
from storage.unit_of_work import UnitsOfWork

USUAL_NAMES: Final[dict[Setting[int | None], str]] = {
    MEMBER_ROLE: "lid",
    MODERATOR_ROLE: "moderator",
    UPDATES_CHANNEL: "updates",
    COMMENTS_CHANNEL: "reacties",
    MEETINGS_CHANNEL: "alv",
    FORUM_CHANNEL: "forum",
    MODERATORS_CHANNEL: "moderators",
}
_IN_PLACE_OF: Final[dict[Setting[int | None], Setting[int | None]]] = {
    DIGEST_CHANNEL: UPDATES_CHANNEL
}
"""The place that serves while nothing was chosen, for settings without a usual name."""
_NAMED: Final = frozenset({ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT, ChannelKind.FORUM})
_ROLES: Final = (MEMBER_ROLE, MODERATOR_ROLE)


class Standing(enum.IntEnum):
    """What somebody may do; each includes the one before it."""

    VISITOR = 0
    MEMBER = 1
    MODERATOR = 2


class Places:
    """Reads what a guild chose and compares it with the roles and channels that it has."""

    def __init__(
        self, settings: GuildSettings, units: UnitsOfWork, clock: Clock, directory: Directory
    ) -> None:
        """Read `settings` and `directory`; private messages are remembered in `units`."""
        self._settings = settings
        self._units = units
        self._clock = clock
        self.directory = directory

    async def standing(
        self, guild_id: int, *, roles: Iterable[Role], manages_guild: bool
    ) -> Standing:
        """Return the standing of somebody who holds `roles`."""
        if manages_guild:
            return Standing.MODERATOR
        choices, held = await self._settings.choices_of(guild_id), tuple(roles)
        if any(counts_as(role, MODERATOR_ROLE, choices) for role in held):
            return Standing.MODERATOR
        if any(counts_as(role, MEMBER_ROLE, choices) for role in held):
            return Standing.MEMBER
        return Standing.VISITOR

    async def missing(
        self, guild_id: int, *, roles: Iterable[Role], channels: Iterable[Channel]
    ) -> tuple[Setting[int | None], ...]:
        """Return the settings for which the guild has neither a choice nor the usual name."""
        choices = await self._settings.choices_of(guild_id)
        all_roles, all_channels = tuple(roles), tuple(channels)
        found = {
            setting
            for setting in _ROLES
            if any(counts_as(role, setting, choices) for role in all_roles)
        } | {
            setting
            for setting in USUAL_NAMES
            if setting not in _ROLES
            and any(serves_as(channel, setting, choices) for channel in all_channels)
        }
        return tuple(setting for setting in USUAL_NAMES if setting not in found)

    async def missing_in(self, guild_id: int) -> tuple[Setting[int | None], ...]:
        """Return the same for a guild that this process is connected for."""
        return await self.missing(
            guild_id,
            roles=self.directory.roles_of(guild_id),
            channels=self.directory.channels_of(guild_id),
        )

    async def without_rights(self, guild_id: int) -> tuple[Channel, ...]:
        """Return the channels that a setting means and where the bot misses rights."""
        choices = await self._settings.choices_of(guild_id)
        channels = self.directory.channels_of(guild_id)
        used = {
            one.id: one
            for setting in (*USUAL_NAMES, DIGEST_CHANNEL)
            if setting not in _ROLES
            and (one := channel_among(channels, setting, choices)) is not None
        }
        return tuple(one for one in used.values() if one.missing_rights)

    async def channel_for(self, guild_id: int, setting: Setting[int | None]) -> Channel | None:
        """Return the channel that a setting means: the chosen one, else that of the usual name.

        None: there is none (any more), or this process is not connected for the guild. The
        moderators' channel is never one that @everyone can read.
        """
        choices = await self._settings.choices_of(guild_id)
        return channel_among(self.directory.channels_of(guild_id), setting, choices)

    async def guild_of(self, person: int) -> int | None:
        """Return the guild that somebody used last, for their private messages."""
        async with self._units.reading() as work:
            return await work.dm_guilds.of(person)

    async def choose_guild(self, person: int, guild_id: int) -> None:
        """Remember the guild that somebody's private messages are about."""
        async with self._units() as work:
            await work.dm_guilds.remember(user_id=person, guild_id=guild_id, at=self._clock.now())

    async def forget_guild(self, guild_id: int) -> None:
        """Forget a guild that the bot left, in private messages."""
        async with self._units() as work:
            await work.dm_guilds.forget_guild(guild_id)


def counts_as(role: Role, setting: Setting[int | None], choices: GuildChoices) -> bool:
    """Whether `role` is what the setting asks for.

    By name a moderator's role counts only if it may manage messages: anybody may make roles up.
    """
    chosen = choices.value_of(setting)
    if chosen is not None:
        return role.id == chosen
    if role.name.casefold() != USUAL_NAMES[setting]:
        return False
    return setting is not MODERATOR_ROLE or role.manages_messages


def serves_as(channel: Channel, setting: Setting[int | None], choices: GuildChoices) -> bool:
    """Whether `channel` is what the setting asks for; the moderators' one is never an open one."""
    chosen = choices.value_of(setting)
    if chosen is not None:
        fits = channel.id == chosen
    else:
        # A thread, or a channel to talk in, can be called anything.
        fits = channel.name == USUAL_NAMES.get(setting) and channel.kind in _NAMED
    return fits and not (setting is MODERATORS_CHANNEL and channel.is_open)


def channel_among(
    channels: Iterable[Channel], setting: Setting[int | None], choices: GuildChoices
) -> Channel | None:
    """Return the first of `channels` that serves as what the setting asks for, or None."""
    if setting in _IN_PLACE_OF and choices.value_of(setting) is None:
        setting = _IN_PLACE_OF[setting]
    fitting = (one for one in channels if serves_as(one, setting, choices))
    return next(fitting, None)
