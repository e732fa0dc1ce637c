"""Putting a world together: guilds, roles, channels, people; and changing them while it runs."""

from collections.abc import Iterable
from dataclasses import replace

from bot.sandbox.enums import ChannelKind, Intent
from bot.sandbox.events import Event
from bot.sandbox.payloads import guilds as guild_payloads
from bot.sandbox.payloads import people as people_payloads
from bot.sandbox.permissions import MEMBER_DEFAULT, Permission
from bot.sandbox.posting import tell_channel
from bot.sandbox.records import (
    Channel,
    ForumTag,
    Guild,
    Member,
    Overwrite,
    Role,
    User,
)
from bot.sandbox.wire import Payload
from bot.sandbox.world import World

BOT_DEFAULT = MEMBER_DEFAULT | Permission.CREATE_PRIVATE_THREADS
"""What the bot may do in a guild unless told otherwise."""


def add_guild(
    world: World, name: str, *, bot_permissions: int = BOT_DEFAULT, everyone: int = MEMBER_DEFAULT
) -> Guild:
    """Add a guild, owned by the application's owner, with the bot in it under its own role."""
    owner_id = world.state.application.owner_id
    guild = Guild(id=world.new_id(), name=name, owner_id=owner_id)
    guild.roles[guild.id] = Role(guild.id, "@everyone", int(everyone), 0)
    own = Role(world.new_id(), world.bot.display, int(bot_permissions), 1, bot_id=world.bot.id)
    guild.roles[own.id] = own
    for user_id, roles in ((owner_id, list[int]()), (world.bot.id, [own.id])):
        guild.members[user_id] = Member(user_id, world.now(), roles)
    world.state.guilds[guild.id] = guild
    payload = guild_payloads.guild_create(world, guild)
    del payload["unavailable"]  # only there when a guild comes back; a new one is joined
    tell_guild(world, guild, "GUILD_CREATE", payload)
    return guild


def add_role(
    world: World, guild: Guild, name: str, *, permissions: int = 0, mentionable: bool = False
) -> Role:
    """Add a role below the bot's own."""
    role = Role(world.new_id(), name, int(permissions), 1, mentionable=mentionable)
    for other in guild.roles.values():
        other.position += other.position >= role.position
    guild.roles[role.id] = role
    tell_role(world, guild, role, "GUILD_ROLE_CREATE")
    return role


def set_permissions(world: World, guild: Guild, role: Role, permissions: int) -> None:
    """Change what a role may do."""
    role.permissions = int(permissions)
    tell_role(world, guild, role, "GUILD_ROLE_UPDATE")


def bot_role(world: World, guild: Guild) -> Role:
    """Return the role that the bot brought along."""
    return next(role for role in guild.roles.values() if role.bot_id == world.bot.id)


def add_person(world: World, name: str, *, locale: str = "nl") -> User:
    """Add somebody who is in no guild yet. The username is the name in lower case."""
    user_id = world.new_id()
    username = "".join(char for char in name.lower() if char.isalnum()) or f"lid{user_id}"
    person = User(id=user_id, name=username, display=name, locale=locale)
    world.state.users[user_id] = person
    return person


def join(world: World, guild: Guild, person: User, roles: Iterable[Role] = ()) -> Member:
    """Let somebody become a member with these roles."""
    member = Member(person.id, world.now(), [role.id for role in roles])
    guild.members[person.id] = member
    payload = people_payloads.member_event(guild, member, person)
    tell_guild(world, guild, "GUILD_MEMBER_ADD", payload, intent=Intent.MEMBERS)
    return member


def leave(world: World, guild: Guild, person: User) -> None:
    """Let somebody leave; for the bot itself the guild is gone."""
    if person.id == world.bot.id:
        tell_guild(world, guild, "GUILD_DELETE", {"id": str(guild.id)})
        del guild.members[person.id]
        return
    del guild.members[person.id]
    payload: Payload = {"guild_id": str(guild.id), "user": people_payloads.user(person)}
    tell_guild(world, guild, "GUILD_MEMBER_REMOVE", payload, intent=Intent.MEMBERS)


def set_roles(world: World, guild: Guild, person: User, roles: Iterable[Role]) -> None:
    """Give somebody exactly these roles. The bot hears of itself without asking for it."""
    member = world.member(guild, person.id)
    member.roles = [role.id for role in roles]
    payload = people_payloads.member_event(guild, member, person)
    intent = Intent.NONE if person.id == world.bot.id else Intent.MEMBERS
    tell_guild(world, guild, "GUILD_MEMBER_UPDATE", payload, intent=intent)


def add_channel(
    world: World,
    guild: Guild,
    name: str,
    kind: ChannelKind = ChannelKind.TEXT,
    *,
    parent: Channel | None = None,
) -> Channel:
    """Add a channel at the end of the list; under the category `parent` it takes its rights."""
    inherited = () if parent is None else parent.overwrites
    channel = Channel(
        id=world.new_id(),
        kind=kind,
        name=name,
        guild_id=guild.id,
        parent_id=None if parent is None else parent.id,
        position=sum(1 for found in world.channels_of(guild) if not found.is_thread),
        overwrites=[replace(found) for found in inherited],
    )
    world.state.channels[channel.id] = channel
    tell_channel(world, "CHANNEL_CREATE", channel)
    return channel


def add_forum(world: World, guild: Guild, name: str, *, tags: Iterable[str] = ()) -> Channel:
    """Add a forum channel whose posts can carry these tags."""
    forum = add_channel(world, guild, name, ChannelKind.FORUM)
    forum.tags = [ForumTag(world.new_id(), tag) for tag in tags]
    tell_channel(world, "CHANNEL_UPDATE", forum)
    return forum


def set_overwrite(
    world: World, channel: Channel, who: Role | User, *, allow: int = 0, deny: int = 0
) -> None:
    """Set what a role or person may or may not do in a channel; both 0 takes the overwrite away."""
    channel.overwrites = [found for found in channel.overwrites if found.id != who.id]
    if allow or deny:
        channel.overwrites.append(
            Overwrite(who.id, int(allow), int(deny), is_person=isinstance(who, User))
        )
    tell_channel(world, "CHANNEL_UPDATE", channel)


def close_to_everyone(world: World, channel: Channel, *open_to: Role) -> None:
    """Hide a channel from @everyone, and show it to the bot and to the roles given."""
    guild = world.state.guilds[channel.guild_id or 0]
    set_overwrite(world, channel, guild.roles[guild.id], deny=Permission.VIEW_CHANNEL)
    for role in (bot_role(world, guild), *open_to):
        set_overwrite(world, channel, role, allow=Permission.VIEW_CHANNEL)


def remove_channel(world: World, channel: Channel) -> None:
    """Delete a channel or thread with its messages, and the threads in it."""
    for thread in [
        found for found in world.state.channels.values() if found.parent_id == channel.id
    ]:
        if thread.is_thread:
            remove_channel(world, thread)
        else:
            thread.parent_id = None
    name = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
    tell_channel(world, name, channel)
    world.state.messages.pop(channel.id, None)
    del world.state.channels[channel.id]


def dm_with(world: World, person: User) -> Channel:
    """Return the conversation of the bot with somebody; made when there is none."""
    for found in world.state.channels.values():
        if found.recipient_id == person.id:
            return found
    channel = Channel(id=world.new_id(), kind=ChannelKind.DM, recipient_id=person.id)
    world.state.channels[channel.id] = channel
    return channel


def tell_guild(
    world: World, guild: Guild, name: str, payload: Payload, *, intent: Intent = Intent.GUILDS
) -> None:
    """Emit an event about a guild."""
    world.events.emit(Event(name=name, payload=payload, guild_id=guild.id, intent=intent))


def tell_role(world: World, guild: Guild, role: Role, name: str) -> None:
    """Emit an event about a role."""
    payload: Payload = {"guild_id": str(guild.id), "role": people_payloads.role(role)}
    tell_guild(world, guild, name, payload)
