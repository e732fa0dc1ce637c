"""A world as JSON: everything but interactions that were under way, and the bytes of files.

Messages make up most of a world, so those of a channel in which nothing happened are not written
out again: `Encoding` keeps them as they were.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from pydantic import TypeAdapter

from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import Event
from bot.sandbox.message_records import Message
from bot.sandbox.records import StoredFile
from bot.sandbox.snowflakes import Now, system_time, time_of
from bot.sandbox.world import State, World

FORMAT: Final = 1
"""Goes up whenever a world of before cannot be read any more."""

_STATE: Final = TypeAdapter(State)
_MESSAGES: Final = TypeAdapter(dict[int, Message])
_FILE: Final = TypeAdapter(StoredFile)


@dataclass(frozen=True, slots=True)
class _Saved:
    format: int
    ahead: float  # seconds that the world's clock runs ahead of the machine's
    state: State


_SAVED: Final = TypeAdapter(_Saved)


@dataclass(slots=True)
class Encoding:
    """A world that is written out again and again."""

    world: World
    clock: SandboxClock
    _channels: dict[int, bytes] = field(default_factory=dict[int, bytes])

    def note(self, event: Event) -> None:
        """Take in that something happened: a listener of the world's events."""
        if event.channel_id is not None:
            self._channels.pop(event.channel_id, None)

    def encoded(self) -> bytes:
        """Return the world as JSON."""
        messages = self.world.state.messages
        kept = {one: self._channels.get(one) or _encoded(messages[one]) for one in messages}
        self._channels = kept
        frame = _STATE.dump_json(self.world.state, exclude={"messages", "files"})
        listed = b",".join(b'"%d":%b' % (one, text) for one, text in kept.items())
        ahead = self.clock.offset.total_seconds()
        return b'{"format":%d,"ahead":%b,"state":%b,"messages":{%b}}}' % (
            FORMAT,
            repr(ahead).encode(),
            frame.removesuffix(b"}"),
            listed,
        )


def decoded(saved: bytes, *, system: Now = system_time) -> tuple[World, SandboxClock]:
    """Return the world that `Encoding` wrote out, without files, and the clock it lives by.

    Raises:
        ValueError: when it is something else, or of another format.

    """
    found = _SAVED.validate_json(saved)
    if found.format != FORMAT:
        message = f"a world of format {found.format}, not {FORMAT}"
        raise ValueError(message)
    _check(found.state)
    clock = SandboxClock(
        system,
        offset=dt.timedelta(seconds=found.ahead),
        not_before=time_of(found.state.last_id),
    )
    return World(now=clock.now, state=found.state), clock


def encoded_file(file: StoredFile) -> bytes:
    """Return a file of a message as JSON, its bytes as base64."""
    return _FILE.dump_json(file)


def decoded_file(saved: bytes) -> StoredFile:
    """Return what `encoded_file` wrote. Raises ValueError when it is something else."""
    return _FILE.validate_json(saved)


def _encoded(messages: dict[int, Message]) -> bytes:
    return _MESSAGES.dump_json(messages)


def _check(state: State) -> None:
    """Raise ValueError when the world refers to what is not in it."""
    users, channels = state.users, state.channels
    guilds = {None, *state.guilds}
    people = {state.application.id, state.application.owner_id}
    people |= {one for guild in state.guilds.values() for one in (guild.owner_id, *guild.members)}
    people |= {one.recipient_id for one in channels.values() if one.recipient_id is not None}
    written = [message for found in state.messages.values() for message in found.values()]
    is_whole = (
        people | {one.author_id for one in written} <= users.keys()
        and state.messages.keys() | {one.channel_id for one in written} <= channels.keys()
        and all(one.guild_id in guilds for one in channels.values())
        and all(one.parent_id in {None, *channels} for one in channels.values())
    )
    if not is_whole:
        message = "the world refers to people, channels or servers that are not in it"
        raise ValueError(message)
