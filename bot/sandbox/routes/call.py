"""One request to the API: what it asks, and what the bot may see and do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from pydantic import JsonValue

from bot.sandbox import permissions
from bot.sandbox.bodies.base import Body, parse
from bot.sandbox.errors import Code, Refused, invalid_form
from bot.sandbox.message_records import Message
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import Upload
from bot.sandbox.records import Channel, Guild
from bot.sandbox.wire import Payload
from bot.sandbox.world import World

BodyT = TypeVar("BodyT", bound=Body)


@dataclass(frozen=True, slots=True)
class Call:
    """A request. `params` are the parts of the path, `data` the JSON body, `files` by number."""

    world: World
    gateway_url: str
    params: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    data: JsonValue = None
    files: Mapping[int, Upload] = field(default_factory=dict[int, Upload])

    def id(self, name: str) -> int:
        """Return an id from the path."""
        return _snowflake(name, self.params[name])

    def query_id(self, name: str) -> int | None:
        """Return an id from the query; None when it is not there."""
        return None if name not in self.query else _snowflake(name, self.query[name])

    def body(self, kind: type[BodyT]) -> BodyT:
        """Return the body as the model `kind`. Raises Refused (50035)."""
        return parse(kind, {} if self.data is None else self.data)

    def number(self, name: str, default: int, *, most: int) -> int:
        """Return a whole number from the query, 1 to `most`. Raises Refused (50035)."""
        text = self.query.get(name, str(default))
        if not text.isdecimal() or not 1 <= int(text) <= most:
            raise invalid_form(
                at=(name,), code="NUMBER_TYPE_MAX", message=f"Value must be 1 to {most}."
            )
        return int(text)

    def guild(self, needed: Permission = Permission.NONE) -> Guild:
        """Return the guild in the path. Raises Refused (10004, 50001, 50013)."""
        guild = self.world.guild(self.id("guild_id"))
        bits = permissions.in_guild(guild, guild.members[self.world.bot.id])
        _require(bits, needed, where=guild.name)
        return guild

    def channel(self, needed: Permission = Permission.NONE) -> Channel:
        """Return the channel in the path. Raises Refused (10003, 50001, 50013)."""
        channel = self.world.channel(self.id("channel_id"))
        self.require(channel, needed)
        return channel

    def guild_channel(self, needed: Permission = Permission.NONE) -> tuple[Guild, Channel]:
        """Return the channel in the path with its guild. Raises Refused (50003) for a DM."""
        channel = self.channel(needed)
        guild = self.world.guild_of(channel)
        if guild is None:
            raise Refused(Code.NOT_IN_DM)
        return guild, channel

    def message(self, needed: Permission = Permission.NONE) -> Message:
        """Return the message in the path. Raises Refused (also 10008)."""
        channel = self.channel(needed)
        message = self.world.message(channel.id, self.id("message_id"))
        if message.is_ephemeral:
            raise Refused(Code.UNKNOWN_MESSAGE)
        return message

    def require(self, channel: Channel, needed: Permission = Permission.NONE) -> None:
        """Raise Refused when the bot cannot see `channel` (50001) or lacks a right (50013)."""
        if channel.guild_id is not None:
            self.world.guild(channel.guild_id)
        bits = self.world.permissions(self.world.bot.id, channel)
        if not bits & Permission.VIEW_CHANNEL:
            raise Refused(Code.MISSING_ACCESS, why=f"VIEW_CHANNEL in {channel.name}")
        _require(bits, needed, where=channel.name)

    def may(self, channel: Channel, needed: Permission) -> bool:
        """Return whether the bot has all of these rights in `channel`."""
        return self.world.permissions(self.world.bot.id, channel) & needed == needed


def _snowflake(name: str, text: str) -> int:
    if not text.isdecimal():
        raise invalid_form(
            at=(name,), code="NUMBER_TYPE_COERCE", message=f'Value "{text}" is not snowflake.'
        )
    return int(text)


def _require(bits: int, needed: Permission, *, where: str) -> None:
    missing = Permission(needed & ~bits)
    if missing:
        raise Refused(Code.MISSING_PERMISSIONS, why=f"{missing.name} in {where}")


Answer: TypeAlias = Payload | list[Payload] | None
"""A handler's result: a JSON body, or None for 204 No Content."""

Handler: TypeAlias = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the routing table. `is_open` routes carry their own token in the path."""

    method: str
    path: str
    handler: Handler
    status: int = 200
    is_open: bool = False
