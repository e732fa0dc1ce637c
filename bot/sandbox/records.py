"""What a world is made of, apart from messages: people, guilds, roles, channels, events.

Plain mutable values with ids in place of references, so that all of it can be saved as JSON.
"""

import base64
import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from bot.sandbox.enums import THREADS, ChannelKind, EventPlace, EventStatus

DAY_IN_MINUTES = 1440


def _from_text(value: str | bytes) -> bytes:
    return base64.b64decode(value) if isinstance(value, str) else value


def _to_text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


FileBytes = Annotated[bytes, BeforeValidator(_from_text), PlainSerializer(_to_text)]
"""Bytes that are saved as base64."""


@dataclass(slots=True)
class User:
    """A person or the bot. `name` is the username, `display` what others see."""

    id: int
    name: str
    display: str
    bot: bool = False
    locale: str = "nl"
    accepts_dms: bool = True


@dataclass(slots=True)
class Role:
    """A role of a guild; the one with the guild's own id is @everyone."""

    id: int
    name: str
    permissions: int
    position: int
    color: int = 0
    mentionable: bool = False
    bot_id: int | None = None


@dataclass(slots=True)
class Overwrite:
    """What a role (or a person, with `is_person`) may or may not do in one channel."""

    id: int
    allow: int = 0
    deny: int = 0
    is_person: bool = False


@dataclass(slots=True)
class Member:
    """Somebody in a guild."""

    user_id: int
    joined_at: dt.datetime
    roles: list[int] = field(default_factory=list[int])
    nick: str | None = None


@dataclass(slots=True)
class ForumTag:
    """A label that a post in a forum channel can carry."""

    id: int
    name: str
    moderated: bool = False
    emoji: str | None = None


@dataclass(slots=True)
class Thread:
    """What a thread or forum post has above a channel. `auto_archive` is in minutes."""

    owner_id: int
    changed_at: dt.datetime
    members: dict[int, dt.datetime] = field(default_factory=dict[int, dt.datetime])
    archived: bool = False
    locked: bool = False
    auto_archive: int = 3 * DAY_IN_MINUTES
    applied_tags: list[int] = field(default_factory=list[int])
    sent: int = 0
    invitable: bool = True


@dataclass(slots=True)
class Channel:
    """A channel, thread, forum, category or DM (`guild_id` is None, `recipient_id` is set)."""

    id: int
    kind: ChannelKind
    name: str = ""
    guild_id: int | None = None
    parent_id: int | None = None
    recipient_id: int | None = None
    topic: str | None = None
    position: int = 0
    nsfw: bool = False
    slowmode: int = 0
    flags: int = 0
    last_message_id: int | None = None
    overwrites: list[Overwrite] = field(default_factory=list[Overwrite])
    tags: list[ForumTag] = field(default_factory=list[ForumTag])
    thread: Thread | None = None

    @property
    def is_thread(self) -> bool:
        """Whether this is a thread or a forum post."""
        return self.kind in THREADS

    @property
    def is_dm(self) -> bool:
        """Whether this is a conversation of the bot with one person."""
        return self.kind is ChannelKind.DM


@dataclass(slots=True)
class ScheduledEvent:
    """An event that members of a guild can subscribe to."""

    id: int
    guild_id: int
    creator_id: int
    name: str
    starts_at: dt.datetime
    place: EventPlace
    description: str | None = None
    ends_at: dt.datetime | None = None
    channel_id: int | None = None
    location: str | None = None
    status: EventStatus = EventStatus.SCHEDULED
    image: str | None = None
    subscribers: list[int] = field(default_factory=list[int])


@dataclass(slots=True)
class Guild:
    """A server with its roles, members and events."""

    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict[int, Role])
    members: dict[int, Member] = field(default_factory=dict[int, Member])
    events: dict[int, ScheduledEvent] = field(default_factory=dict[int, ScheduledEvent])
    locale: str = "nl"
    features: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class Application:
    """The bot's registration. `intents` are the privileged ones that it was granted."""

    id: int
    name: str
    owner_id: int
    intents: int = 0
    description: str = ""


@dataclass(slots=True)
class StoredFile:
    """The bytes of an attachment, with the channel it was first sent in."""

    id: int
    channel_id: int
    name: str
    content_type: str
    data: FileBytes
