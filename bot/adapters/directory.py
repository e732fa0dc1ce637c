"""The Directory port over what discord.py keeps of guilds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

import discord

from bot.services.directory import Channel, ChannelKind, ForumTag, Role

_KINDS: Final[Mapping[discord.ChannelType, ChannelKind]] = {
    discord.ChannelType.text: ChannelKind.TEXT,
    discord.ChannelType.news: ChannelKind.ANNOUNCEMENT,
    discord.ChannelType.forum: ChannelKind.FORUM,
    discord.ChannelType.voice: ChannelKind.VOICE,
    discord.ChannelType.stage_voice: ChannelKind.VOICE,
    discord.ChannelType.public_thread: ChannelKind.THREAD,
    discord.ChannelType.private_thread: ChannelKind.THREAD,
    discord.ChannelType.news_thread: ChannelKind.THREAD,
}
# As discord.py names them. Without the history nobody could look whether a message arrived.
_NEEDED: Final = ("view_channel", "embed_links", "read_message_history")


class _Client(Protocol):
    @property
    def guilds(self) -> Sequence[discord.Guild]: ...

    def get_guild(self, id: int, /) -> discord.Guild | None: ...  # noqa: A002 # discord.py's name


class ClientDirectory:
    """Looks in the cache of a client; see `Directory`."""

    def __init__(self, client: _Client) -> None:
        """Look in the cache of `client`."""
        self._client = client

    def guild_ids(self) -> tuple[int, ...]:
        """See `Directory`."""
        return tuple(guild.id for guild in self._client.guilds if not guild.unavailable)

    def channels_of(self, guild_id: int) -> tuple[Channel, ...]:
        """See `Directory`."""
        guild = self._client.get_guild(guild_id)
        return tuple(_channels(guild)) if guild else ()

    def roles_of(self, guild_id: int) -> tuple[Role, ...]:
        """See `Directory`."""
        guild = self._client.get_guild(guild_id)
        return tuple(map(role_facts, guild.roles)) if guild else ()

    def role_name(self, guild_id: int, role_id: int) -> str | None:
        """See `Directory`."""
        guild = self._client.get_guild(guild_id)
        role = guild.get_role(role_id) if guild else None
        return role.name if role else None


def role_facts(role: discord.Role) -> Role:
    """Return what counts about a role."""
    manages_messages = role.permissions.manage_messages or role.permissions.administrator
    return Role(role.id, role.name, manages_messages)


def _channels(guild: discord.Guild) -> Iterator[Channel]:
    for channel in guild.channels:
        if not isinstance(channel, discord.CategoryChannel):
            yield _channel(guild, channel)
    for thread in guild.threads:
        if thread.parent is not None:  # it is not in the cache: who sees the thread is unknown
            yield _channel(guild, thread)


def _channel(guild: discord.Guild, channel: discord.abc.GuildChannel | discord.Thread) -> Channel:
    is_private = isinstance(channel, discord.Thread) and channel.is_private()
    tags: tuple[ForumTag, ...] = ()
    needs_tag = False
    if isinstance(channel, discord.ForumChannel):
        tags = tuple(ForumTag(tag.id, tag.name, tag.moderated) for tag in channel.available_tags)
        needs_tag = channel.flags.require_tag
    return Channel(
        id=channel.id,
        name=channel.name,
        is_open=not is_private and channel.permissions_for(guild.default_role).view_channel,
        kind=_KINDS.get(channel.type, ChannelKind.OTHER),
        missing_rights=tuple(_missing(channel, channel.permissions_for(guild.me))),
        tags=tags,
        needs_tag=needs_tag,
    )


def _missing(
    channel: discord.abc.GuildChannel | discord.Thread, rights: discord.Permissions
) -> Iterator[str]:
    is_thread = isinstance(channel, discord.Thread)
    sending = "send_messages_in_threads" if is_thread else "send_messages"
    yield from (name for name in (*_NEEDED, sending) if not getattr(rights, name))
