"""What the bot sends to create and change messages."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, JsonValue, field_validator, model_validator

from bot.sandbox.bodies.base import Body, Snowflake, fault
from bot.sandbox.bodies.components import ActionRow, Component, Media, TextDisplay, walk
from bot.sandbox.bodies.controls import Part
from bot.sandbox.bodies.embeds import Embed, check_together
from bot.sandbox.enums import MessageFlag

MentionKind: TypeAlias = Literal["users", "roles", "everyone"]
LONGEST_CONTENT = 2000
MOST_ROWS = 5
MOST_COMPONENTS = 40
LONGEST_TEXT = 4000
"""Characters in all text displays of one message together."""


class AllowedMentions(Body):
    """Which mentions in a message may notify."""

    parse: list[MentionKind] = Field(default_factory=list["MentionKind"])
    users: list[Snowflake] = Field(default_factory=list[int], max_length=100)
    roles: list[Snowflake] = Field(default_factory=list[int], max_length=100)
    replied_user: bool = False

    @field_validator("parse", "users", "roles", mode="before")
    @classmethod
    def _null_is_empty(cls, value: JsonValue) -> JsonValue:
        return [] if value is None else value

    @model_validator(mode="after")
    def _exclusive(self) -> Self:
        if ("users" in self.parse and self.users) or ("roles" in self.parse and self.roles):
            raise fault(
                code="MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                says="parse and a list of ids of the same kind are mutually exclusive.",
            )
        return self


class Reference(Body):
    """The message that is replied to (type 0)."""

    message_id: Snowflake
    channel_id: Snowflake | None = None
    guild_id: Snowflake | None = None
    fail_if_not_exists: bool = True
    type: Literal[0] = 0


class AttachmentBody(Body):
    """A file of this request (by its number) or one that the message keeps (by its id)."""

    id: Snowflake
    filename: str | None = Field(default=None, max_length=1024)
    description: str | None = Field(default=None, max_length=1024)
    title: str | None = Field(default=None, max_length=1024)


class MessageEdit(Body):
    """The fields that creating and editing share. Absent and null differ: see `has`."""

    content: str | None = Field(default=None, max_length=LONGEST_CONTENT)
    embeds: list[Embed] | None = Field(default=None, max_length=10)
    components: list[Component] | None = None
    allowed_mentions: AllowedMentions | None = None
    attachments: list[AttachmentBody] | None = Field(default=None, max_length=10)
    flags: int | None = Field(default=None, ge=0)

    @field_validator("embeds")
    @classmethod
    def _together(cls, value: list[Embed] | None) -> list[Embed] | None:
        check_together(value or [])
        return value

    @field_validator("components")
    @classmethod
    def _distinct(cls, value: list[Component] | None) -> list[Component] | None:
        parts = [part for _path, part in walk(value or [])]
        named = [name for part in parts if (name := getattr(part, "custom_id", None))]
        if len(set(named)) != len(named):
            raise fault(
                code="COMPONENT_CUSTOM_ID_DUPLICATED",
                says="Component custom id cannot be duplicated",
            )
        numbers = [part.id for part in parts if part.id]
        if len(set(numbers)) != len(numbers):
            raise fault(code="COMPONENT_ID_DUPLICATED", says="Component id cannot be duplicated")
        return value

    @property
    def flag_bits(self) -> MessageFlag:
        """The flags as a set."""
        return MessageFlag(self.flags or 0)


class MessageCreate(MessageEdit):
    """A new message."""

    nonce: Annotated[str, Field(max_length=25)] | int | None = None
    enforce_nonce: bool = False
    tts: bool = False
    message_reference: Reference | None = None
    sticker_ids: list[Snowflake] | None = Field(default=None, max_length=0)

    @model_validator(mode="after")
    def _layout(self) -> Self:
        check_layout(self, flags=self.flag_bits)
        return self


class BulkDelete(Body):
    """Messages to delete at once."""

    messages: list[Snowflake]


def check_layout(body: MessageEdit, *, flags: MessageFlag) -> None:
    """Raise the form fault when the components do not fit the generation that `flags` tell."""
    parts = body.components or []
    if not flags & MessageFlag.COMPONENTS_V2:
        _check_rows(parts)
        return
    if body.content or body.embeds:
        raise fault(
            code="MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            says="content and embeds cannot be used when using MessageFlags.IS_COMPONENTS_V2",
        )
    everything = [part for _path, part in walk(parts)]
    if len(everything) > MOST_COMPONENTS:
        raise fault(
            code="COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            says="The total number of components in the message must not exceed 40",
        )
    if sum(len(part.content) for part in everything if isinstance(part, TextDisplay)) > (
        LONGEST_TEXT
    ):
        raise fault(
            code="COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            says="Displayable text size exceeds maximum size of 4000",
        )


def _check_rows(parts: list[Component]) -> None:
    if len(parts) > MOST_ROWS:
        raise fault(code="BASE_TYPE_BAD_LENGTH", says="Must be between 1 and 5 in length.")
    if any(not isinstance(part, ActionRow) for part in parts):
        raise fault(code="UNION_TYPE_CHOICES", says='Value of field "type" must be one of (1,).')


def attachments_named(body: MessageEdit) -> set[str]:
    """Return the names that components refer to as `attachment://name`."""
    media = [found for _path, part in walk(body.components or []) for found in _media(part)]
    scheme = "attachment://"
    return {item.url.removeprefix(scheme) for item in media if item.url.startswith(scheme)}


def _media(part: Part) -> list[Media]:
    found = [getattr(part, "media", None), getattr(part, "file", None)]
    found += [item.media for item in getattr(part, "items", ())]
    return [item for item in found if isinstance(item, Media)]
