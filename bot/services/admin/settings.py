"""`/beheer instellingen`: what a guild chose, and changing it with every value checked."""

from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

import structlog

from bot.services.admin.errors import Refusal, SettingRefusedError
from bot.services.directory import Channel, ChannelKind
from bot.services.guild_settings import (
    COMMENTS_CHANNEL,
    FORUM_CHANNEL,
    MEMBER_ROLE,
    MODERATOR_ROLE,
    MODERATORS_CHANNEL,
    SETTINGS,
    UPDATE_ROLE,
    AnySetting,
    GuildSettings,
    InvalidSettingError,
    RoleOrChannel,
    Setting,
)
from bot.services.places import Places
from bot.services.ports import Clock

ROLES: Final[frozenset[AnySetting]] = frozenset({MEMBER_ROLE, MODERATOR_ROLE, UPDATE_ROLE})
"""Settings that mean a role; others with ids mean a channel."""

Value: TypeAlias = int | bool | None
_log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A setting with its value in a guild; `is_default`: that is what holds unless one chooses."""

    setting: AnySetting
    value: Value
    is_default: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change made of a setting."""

    setting: AnySetting
    before: Value
    after: Value


class SettingChanges:
    """Reads and changes the settings of a guild, for moderators."""

    def __init__(self, settings: GuildSettings, places: Places, clock: Clock) -> None:
        """Change `settings`; roles and channels have to be in `places`."""
        self._settings = settings
        self._places = places
        self._clock = clock

    async def all_of(self, guild_id: int) -> tuple[Chosen, ...]:
        """Return every setting with its value."""
        choices = await self._settings.choices_of(guild_id)
        values = ((one, choices.value_of(_any(one))) for one in SETTINGS)
        return tuple(Chosen(one, value, value == one.default) for one, value in values)

    async def value_of(self, guild_id: int, setting: AnySetting) -> Chosen:
        """Return one setting with its value."""
        value = (await self._settings.choices_of(guild_id)).value_of(_any(setting))
        return Chosen(setting, value, value == setting.default)

    async def change(self, guild_id: int, setting: AnySetting, text: str, *, by: int) -> Changed:
        """Set a value as it is typed, its words read already; `by` is logged.

        Raises:
            SettingRefusedError: when the setting cannot have it; nothing is changed.

        """
        before = (await self.value_of(guild_id, setting)).value
        if isinstance(setting.kind, RoleOrChannel):
            text = self._id_of(guild_id, setting, text)
        try:
            after: Value = setting.kind.parse(text)
            await self._settings.choose(guild_id, _any(setting), after, by=by, at=self._clock.now())
        except InvalidSettingError as error:
            raise SettingRefusedError(setting, Refusal.NOT_A_VALUE) from error
        _log.info("setting_changed", guild_id=guild_id, setting=setting.name, value=after, by=by)
        return Changed(setting, before, after)

    async def reset(self, guild_id: int, setting: AnySetting, *, by: int) -> Changed:
        """Go back to the default; `by` is logged."""
        before = (await self.value_of(guild_id, setting)).value
        await self._settings.reset(guild_id, _any(setting))
        _log.info("setting_reset", guild_id=guild_id, setting=setting.name, by=by)
        return Changed(setting, before, setting.default)

    def _id_of(self, guild_id: int, setting: AnySetting, text: str) -> str:
        """Return the id of the role or channel that is typed as a mention, an id or a name."""
        try:
            number: Value = setting.kind.parse(text)
        except InvalidSettingError:
            number = None
        name = text.strip().lstrip("#@").strip().casefold()
        if setting in ROLES:
            roles = self._places.directory.roles_of(guild_id)
            fitting_roles = [
                one for one in roles if one.id == number or one.name.casefold() == name
            ]
            # The role that everybody has would make everybody a member, or a moderator.
            fitting_roles = [one for one in fitting_roles if one.id != guild_id]
            if not fitting_roles:
                raise SettingRefusedError(setting, Refusal.NO_SUCH_ROLE)
            return str(fitting_roles[0].id)
        channels = self._places.directory.channels_of(guild_id)
        fitting = [one for one in channels if one.id == number] or [
            one for one in channels if one.name.casefold() == name and _holds(one, setting)
        ]
        if not (fitting and _holds(fitting[0], setting)):
            raise SettingRefusedError(setting, Refusal.NO_SUCH_CHANNEL)
        if setting is MODERATORS_CHANNEL and fitting[0].is_open:
            raise SettingRefusedError(setting, Refusal.OPEN_CHANNEL)
        return str(fitting[0].id)


def _any(setting: AnySetting) -> Setting[Any]:
    """Return a setting of any type as one whose type is looked at when a value is checked."""
    return cast("Setting[Any]", setting)


def _holds(channel: Channel, setting: AnySetting) -> bool:
    """Whether what the setting is for can be put in a channel."""
    if channel.kind is ChannelKind.FORUM:
        return setting in {FORUM_CHANNEL, COMMENTS_CHANNEL}
    return channel.kind in {ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT, ChannelKind.THREAD}
