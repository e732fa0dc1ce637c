"""What a guild consists of, as far as services look at it: channels, forum tags and roles."""

import enum
from dataclasses import dataclass
from typing import Final, Protocol


class ChannelKind(enum.Enum):
    """What can be done with a channel."""

    TEXT = "text"
    ANNOUNCEMENT = "announcement"
    FORUM = "forum"
    THREAD = "thread"
    VOICE = "voice"
    OTHER = "other"


MESSAGE_KINDS: Final = frozenset(
    {ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT, ChannelKind.THREAD, ChannelKind.VOICE}
)
"""Channels that messages stand in; a forum takes posts instead."""


@dataclass(frozen=True, slots=True)
class ForumTag:
    """A label for posts in a forum. `moderated`: only who manages threads may use it."""

    id: int
    name: str
    moderated: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A role of a guild."""

    id: int
    name: str
    manages_messages: bool


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel or open thread of a guild. `is_open`: @everyone can read it.

    `missing_rights` are what the bot would need to post there and does not have, as discord.py
    names them. `tags` are those of a forum; `needs_tag`: every post there carries one.
    """

    id: int
    name: str
    is_open: bool
    kind: ChannelKind = ChannelKind.TEXT
    missing_rights: tuple[str, ...] = ()
    tags: tuple[ForumTag, ...] = ()
    needs_tag: bool = False

    @property
    def can_send(self) -> bool:
        """Whether the bot may post there, and read back what it posted."""
        return not self.missing_rights


class Directory(Protocol):
    """The guilds that this process is connected for, as Discord last told it. Nothing is asked.

    A guild that it is not connected for (yet) has no channels and no roles here.
    """

    def guild_ids(self) -> tuple[int, ...]:
        """Return which guilds those are."""
        ...

    def channels_of(self, guild_id: int) -> tuple[Channel, ...]:
        """Return the channels and open threads of a guild, in the order that people see."""
        ...

    def roles_of(self, guild_id: int) -> tuple[Role, ...]:
        """Return the roles of a guild, @everyone included."""
        ...

    def role_name(self, guild_id: int, role_id: int) -> str | None:
        """Return how a role is called; None when the guild has it no more."""
        ...


class Members(Protocol):
    """Who is in which guild and sees what there, asked of Discord at every call."""

    async def may_read(self, guild_id: int, person: int, channel_id: int | None) -> bool:
        """Whether somebody is in a guild and can read a channel of it; None: is in the guild.

        A channel that does not exist keeps nobody out.

        Raises:
            NotNowError: when nobody can tell now.

        """
        ...


class LateDirectory:
    """A directory that is empty until the client is there: services are built before it."""

    def __init__(self) -> None:
        """Know no guild."""
        self._attached: Directory | None = None

    def attach(self, directory: Directory) -> None:
        """Look in `directory` from now on."""
        self._attached = directory

    def guild_ids(self) -> tuple[int, ...]:
        """See `Directory`."""
        return self._attached.guild_ids() if self._attached else ()

    def channels_of(self, guild_id: int) -> tuple[Channel, ...]:
        """See `Directory`."""
        return self._attached.channels_of(guild_id) if self._attached else ()

    def roles_of(self, guild_id: int) -> tuple[Role, ...]:
        """See `Directory`."""
        return self._attached.roles_of(guild_id) if self._attached else ()

    def role_name(self, guild_id: int, role_id: int) -> str | None:
        """See `Directory`."""
        return self._attached.role_name(guild_id, role_id) if self._attached else None
