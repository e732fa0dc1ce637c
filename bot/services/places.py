"""Who is who and what is where in a guild: by what it chose, and until then by the usual names."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.services.guild_settings import (
    COMMENTS_CHANNEL,
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


class Standing(enum.IntEnum):
    """What somebody may do; each includes the one before it."""

    VISITOR = 0
    MEMBER = 1
    MODERATOR = 2


@dataclass(frozen=True, slots=True)
class Role:
    """A role of a guild."""

    id: int
    name: str
    manages_messages: bool


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of a guild. `is_open`: @everyone can read it."""

    id: int
    name: str
    is_open: bool


class Places:
    """Reads what a guild chose and compares it with the roles and channels that it has."""

    def __init__(self, settings: GuildSettings, units: UnitsOfWork, clock: Clock) -> None:
        """Read `settings`; private messages are remembered in `units`."""
        self._settings = settings
        self._units = units
        self._clock = clock

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
            for setting in (MEMBER_ROLE, MODERATOR_ROLE)
            if any(counts_as(role, setting, choices) for role in all_roles)
        } | {
            setting
            for setting in USUAL_NAMES
            if any(serves_as(channel, setting, choices) for channel in all_channels)
        }
        return tuple(setting for setting in USUAL_NAMES if setting not in found)

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
    fits = channel.id == chosen if chosen is not None else channel.name == USUAL_NAMES[setting]
    return fits and not (setting is MODERATORS_CHANNEL and channel.is_open)
