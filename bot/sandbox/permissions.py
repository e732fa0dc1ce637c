"""What somebody may do in a channel: from roles, overwrites and the rules between permissions.

The order is Discord's ("Permissions", documentation): the owner and administrators may do all;
else @everyone and roles together, then the channel's overwrites for @everyone, for the roles, and
for the person; last what a missing permission takes along.
"""

import enum
from collections.abc import Iterable

from bot.sandbox.records import Channel, Guild, Member, Overwrite


class Permission(enum.IntFlag):
    """Permissions by name. Source: Discord's documentation, "Bitwise Permission Flags"."""

    NONE = 0
    MANAGE_CHANNELS = 1 << 4
    ADMINISTRATOR = 1 << 3
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    CONNECT = 1 << 20
    SPEAK = 1 << 21
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    CREATE_EVENTS = 1 << 44
    SEND_POLLS = 1 << 49
    PIN_MESSAGES = 1 << 51


EVERYTHING = (1 << 53) - 1
"""Every permission bit, the ones without a name here too."""

MEMBER_DEFAULT = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CHANGE_NICKNAME
)
"""What @everyone may do in a new guild, as far as the stand-in knows it."""

NEED_SENDING = (
    Permission.MENTION_EVERYONE
    | Permission.SEND_TTS_MESSAGES
    | Permission.ATTACH_FILES
    | Permission.EMBED_LINKS
)


def in_guild(guild: Guild, member: Member) -> int:
    """Return the permission bits that `member` has by roles alone."""
    if guild.owner_id == member.user_id:
        return EVERYTHING
    bits = guild.roles[guild.id].permissions
    for role_id in member.roles:
        bits |= guild.roles[role_id].permissions
    return EVERYTHING if bits & Permission.ADMINISTRATOR else bits


def in_channel(
    guild: Guild,
    member: Member,
    channel: Channel,
    *,
    sending: Permission = Permission.SEND_MESSAGES,
) -> int:
    """Return the permission bits of `member` in `channel`.

    Of a thread: pass its parent, and what sending there needs. What is implicitly denied is taken
    away: without VIEW_CHANNEL nothing is left, without `sending` neither files nor embeds.
    """
    bits = in_guild(guild, member)
    if bits == EVERYTHING:
        return bits
    ours = [found for found in channel.overwrites if found.id == guild.id]
    roles = [found for found in channel.overwrites if found.id in member.roles]
    person = [found for found in channel.overwrites if found.id == member.user_id]
    for group in (ours, roles, person):
        bits = _overwritten(bits, group)
    if not bits & Permission.VIEW_CHANNEL:
        return 0
    if not bits & sending:
        bits &= ~NEED_SENDING
    return bits


def _overwritten(bits: int, group: Iterable[Overwrite]) -> int:
    allowed = denied = 0
    for overwrite in group:
        allowed |= overwrite.allow
        denied |= overwrite.deny
    return bits & ~denied | allowed
