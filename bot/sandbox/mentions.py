"""Mentions in a text: which there are, which Discord lists, and who is really notified."""

import re
from dataclasses import dataclass

from bot.sandbox.bodies.messages import AllowedMentions
from bot.sandbox.message_records import Pings
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel
from bot.sandbox.world import World

USER = re.compile(r"<@!?(\d{1,20})>")
ROLE = re.compile(r"<@&(\d{1,20})>")
EVERYONE = re.compile(r"@(?:everyone|here)")
CODE = re.compile(r"(`{3,}).*?\1|(`{1,2})(?!`).+?(?<!`)\2(?!`)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """The mentions in a text, each once, in order."""

    users: tuple[int, ...] = ()
    roles: tuple[int, ...] = ()
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """The mentions of a message as Discord lists them, and who is notified."""

    users: tuple[int, ...]
    roles: tuple[int, ...]
    everyone: bool
    pings: Pings


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends a text and what it may notify.

    `allowed` None means all kinds, and then a reply notifies the author `replied_to`.
    """

    author_id: int
    allowed: AllowedMentions | None = None
    replied_to: int | None = None


def find(text: str) -> Found:
    """Return the mentions in `text`. Code is no place for a mention; a backslash is no shield."""
    open_text = CODE.sub(" ", text)
    return Found(
        users=tuple(dict.fromkeys(int(number) for number in USER.findall(open_text))),
        roles=tuple(dict.fromkeys(int(number) for number in ROLE.findall(open_text))),
        everyone=EVERYONE.search(open_text) is not None,
    )


def resolve(world: World, channel: Channel, text: str, sender: Sender) -> Resolved:
    """Return who `text` mentions and notifies in `channel`.

    @everyone, and roles that are not mentionable, need the permission MENTION_EVERYONE.
    """
    author_id, allowed, replied_to = sender.author_id, sender.allowed, sender.replied_to
    found = find(text)
    guild = world.guild_of(channel)
    known = set(world.state.users)
    users = [one for one in found.users if one in known and _allows(allowed, "users", one)]
    if replied_to is not None and (allowed is None or allowed.replied_user):
        users = list(dict.fromkeys([*users, replied_to]))
    if guild is None:
        return Resolved(
            tuple(users), (), everyone=False, pings=Pings(users=_others(users, author_id))
        )
    roles = [one for one in found.roles if one in guild.roles and _allows(allowed, "roles", one)]
    may = bool(world.permissions(author_id, channel) & Permission.MENTION_EVERYONE)
    everyone = found.everyone and may and _allows(allowed, "everyone", None)
    pings = Pings(
        users=[one for one in _others(users, author_id) if one in guild.members],
        roles=[one for one in roles if may or guild.roles[one].mentionable],
        everyone=everyone,
    )
    return Resolved(tuple(users), tuple(roles), everyone=everyone, pings=pings)


def notified(world: World, channel: Channel, pings: Pings, *, author_id: int) -> set[int]:
    """Return the people who hear of a message: mentioned, by a role, or with everyone."""
    people = set(pings.users)
    guild = world.guild_of(channel)
    for member in () if guild is None else guild.members.values():
        if pings.everyone or set(member.roles) & set(pings.roles):
            people.add(member.user_id)
    return {one for one in people - {author_id} if world.permissions(one, channel)}


def _others(users: list[int], author_id: int) -> list[int]:
    return [one for one in users if one != author_id]


def _allows(allowed: AllowedMentions | None, kind: str, number: int | None) -> bool:
    if allowed is None or kind in allowed.parse:
        return True
    listed = {"users": allowed.users, "roles": allowed.roles}.get(kind, [])
    return number is not None and number in listed
