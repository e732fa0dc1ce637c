"""People, members and roles as Discord shows them."""

from bot.sandbox.records import Guild, Member, Role, User
from bot.sandbox.wire import Payload, snowflakes, timestamp


def user(person: User) -> Payload:
    """Return a user object."""
    return {
        "id": str(person.id),
        "username": person.name,
        "global_name": person.display if not person.bot else None,
        "discriminator": "0001" if person.bot else "0",
        "avatar": None,
        "banner": None,
        "accent_color": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "primary_guild": None,
        "public_flags": 0,
        "flags": 0,
        "bot": person.bot,
        "system": False,
    }


def own_user(bot: User) -> Payload:
    """Return the user object of the bot itself, with the private fields."""
    return {
        **user(bot),
        "mfa_enabled": False,
        "locale": "en-US",
        "verified": True,
        "email": None,
        "premium_type": 0,
    }


def partial_member(member: Member) -> Payload:
    """Return a member object without its user, as messages carry it."""
    return {
        "roles": snowflakes(member.roles),
        "nick": member.nick,
        "joined_at": timestamp(member.joined_at),
        "avatar": None,
        "banner": None,
        "premium_since": None,
        "communication_disabled_until": None,
        "flags": 0,
        "pending": False,
        "mute": False,
        "deaf": False,
    }


def member(found: Member, person: User) -> Payload:
    """Return a member object."""
    return {**partial_member(found), "user": user(person)}


def role(found: Role) -> Payload:
    """Return a role object."""
    payload: Payload = {
        "id": str(found.id),
        "name": found.name,
        "permissions": str(found.permissions),
        "position": found.position,
        "color": found.color,
        "colors": {"primary_color": found.color, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": found.bot_id is not None,
        "mentionable": found.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if found.bot_id is not None:
        payload["tags"] = {"bot_id": str(found.bot_id)}
    return payload


def member_event(guild: Guild, found: Member, person: User) -> Payload:
    """Return a member object with its guild, as gateway events carry it."""
    return {**member(found, person), "guild_id": str(guild.id)}
