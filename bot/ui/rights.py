"""The rights that the bot uses in a channel, and what it misses: for the log and for moderators."""

from collections.abc import Iterator
from typing import Final

import discord
import structlog

# Names as discord.py has them: what answering in a channel or thread takes.
USED: Final = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "embed_links",
    "read_message_history",
)

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


def missing_rights(permissions: discord.Permissions) -> tuple[str, ...]:
    """Return the rights that answering takes and that are not among `permissions`."""
    return tuple(name for name in USED if not getattr(permissions, name))


def log_intents(intents: discord.Intents) -> None:
    """Log what the bot asks of Discord, once a start."""
    _log.info("intents", names=sorted(name for name, is_on in intents if is_on), rights=USED)


def log_missing_rights(guild: discord.Guild) -> None:
    """Log what the bot may not do, channel by channel, so that the operator can mend it."""
    missing = dict(_missing_in(guild))
    for channel_id, names in missing.items():
        _log.warning("rights_missing", guild_id=guild.id, channel_id=channel_id, names=names)
    _log.info("rights_seen", guild_id=guild.id, channels_with_rights_missing=len(missing))


def log_changed_rights(before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
    """Log what the bot may not do in a channel from now on, when that is not what it was."""
    guild = after.guild
    if isinstance(after, discord.CategoryChannel):
        return
    names = missing_rights(after.permissions_for(guild.me))
    if names == missing_rights(before.permissions_for(guild.me)):
        return
    if names:
        _log.warning("rights_missing", guild_id=guild.id, channel_id=after.id, names=names)
    else:
        _log.info("rights_complete", guild_id=guild.id, channel_id=after.id)


def _missing_in(guild: discord.Guild) -> Iterator[tuple[int, tuple[str, ...]]]:
    for channel in guild.channels:
        if isinstance(channel, discord.CategoryChannel):
            continue
        names = missing_rights(channel.permissions_for(guild.me))
        if names:
            yield channel.id, names
