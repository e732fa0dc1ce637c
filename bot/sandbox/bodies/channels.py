"""What the bot sends to make and change channels, threads and scheduled events."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, JsonValue, field_validator

from bot.sandbox.bodies.base import Body, Snowflake
from bot.sandbox.bodies.messages import MessageCreate
from bot.sandbox.enums import ChannelKind, EventPlace, EventStatus

AutoArchive = Annotated[Literal[60, 1440, 4320, 10080], Field()]
Slowmode = Annotated[int, Field(ge=0, le=21_600)]
ChannelName = Annotated[str, Field(min_length=1, max_length=100)]


class OverwriteBody(Body):
    """Rights of a role (type 0) or person (type 1) in a channel."""

    id: Snowflake
    type: int = Field(default=0, ge=0, le=1)
    allow: int = 0
    deny: int = 0


class TagBody(Body):
    """A tag of a forum; with an id for one that stays."""

    id: Snowflake | None = None
    name: str = Field(max_length=20)
    moderated: bool = False
    emoji_name: str | None = Field(default=None, max_length=100)


class ChannelEdit(Body):
    """A change of a channel or thread."""

    name: ChannelName | None = None
    topic: str | None = Field(default=None, max_length=4096)
    parent_id: Snowflake | None = None
    nsfw: bool | None = None
    position: int | None = Field(default=None, ge=0)
    flags: int | None = Field(default=None, ge=0)
    rate_limit_per_user: Slowmode | None = None
    permission_overwrites: list[OverwriteBody] | None = None
    available_tags: list[TagBody] | None = Field(default=None, max_length=20)
    archived: bool | None = None
    locked: bool | None = None
    invitable: bool | None = None
    auto_archive_duration: AutoArchive | None = None
    applied_tags: list[Snowflake] | None = Field(default=None, max_length=5)


class ChannelCreate(ChannelEdit):
    """A new channel of a guild."""

    type: ChannelKind = ChannelKind.TEXT


class ThreadCreate(Body):
    """A new thread; `type` is for one without a message."""

    name: ChannelName
    auto_archive_duration: AutoArchive | None = None
    rate_limit_per_user: Slowmode | None = None
    type: ChannelKind | None = None
    invitable: bool | None = None


class PostCreate(ThreadCreate):
    """A new post in a forum."""

    message: MessageCreate
    applied_tags: list[Snowflake] = Field(default_factory=list[int], max_length=5)

    @field_validator("applied_tags", mode="before")
    @classmethod
    def _null_is_empty(cls, value: JsonValue) -> JsonValue:
        return [] if value is None else value


class EventMetadata(Body):
    """Where an event outside Discord takes place."""

    location: str | None = Field(default=None, max_length=100)


class EventDetails(Body):
    """What may be left out both when an event is made and when it is changed."""

    description: str | None = Field(default=None, max_length=1000)
    scheduled_end_time: AwareDatetime | None = None
    channel_id: Snowflake | None = None
    entity_metadata: EventMetadata | None = None
    image: str | None = None


class EventEdit(EventDetails):
    """A change of a scheduled event."""

    name: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    scheduled_start_time: AwareDatetime | None = None
    entity_type: EventPlace | None = None
    status: EventStatus | None = None
    privacy_level: Literal[2] | None = None


class EventCreate(EventDetails):
    """A new scheduled event."""

    name: str = Field(min_length=1, max_length=100)
    scheduled_start_time: AwareDatetime
    entity_type: EventPlace
    privacy_level: Literal[2]
