"""What a person presses or chooses from: buttons and selects, in messages and modals.

Limits: Discord's documentation, "Component Reference", and its OpenAPI description.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, field_validator, model_validator

from bot.sandbox.bodies.base import Body, Snowflake, fault
from bot.sandbox.enums import ComponentKind as Kind

CustomId = Annotated[str, Field(min_length=1, max_length=100)]
ComponentId = Annotated[int | None, Field(ge=0, lt=1 << 31)]
LINK_STYLE = 5
PREMIUM_STYLE = 6


def web_address(value: str | None, *, schemes: tuple[str, ...] = ("http", "https")) -> str | None:
    """Return `value` if it is an address with one of the schemes, else raise the form fault."""
    if value is None:
        return None
    scheme, separator, rest = value.partition("://")
    if not separator or scheme not in schemes or not rest or any(c.isspace() for c in value):
        raise fault(
            code="URL_TYPE_INVALID_SCHEME",
            says="Not a well formed URL or its scheme is not supported.",
        )
    return value


class Part(Body):
    """A component. `id` is given out by Discord when the bot leaves it out or 0."""

    id: ComponentId = None

    def children(self) -> "list[tuple[tuple[str, ...], Part]]":
        """Return the components inside this one, each with its path from here."""
        return []


class Emoji(Body):
    """An emoji on a button or option: a Unicode one by its name, others by their id."""

    id: Snowflake | None = None
    name: str | None = None
    animated: bool = False


class Button(Part):
    """A button: with a custom_id (styles 1 to 4) or with an address (style 5)."""

    type: Literal[Kind.BUTTON]
    style: int = Field(ge=1, le=6)
    label: str | None = Field(default=None, max_length=80)
    emoji: Emoji | None = None
    custom_id: CustomId | None = None
    url: Annotated[str, Field(max_length=512)] | None = None
    sku_id: Snowflake | None = None
    disabled: bool = False

    @field_validator("url")
    @classmethod
    def _url(cls, value: str | None) -> str | None:
        return web_address(value, schemes=("http", "https", "discord"))

    @model_validator(mode="after")
    def _style(self) -> Self:
        if self.style == LINK_STYLE:
            if not self.url:
                raise fault(code="BASE_TYPE_REQUIRED", says="A link button must have a url")
            if self.custom_id:
                raise fault(
                    code="BUTTON_COMPONENT_CUSTOM_ID_AND_URL",
                    says="A link button cannot have a custom id",
                )
        elif self.style != PREMIUM_STYLE:
            if not self.custom_id:
                raise fault(
                    code="BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", says="A custom id is required"
                )
            if self.url:
                raise fault(
                    code="BUTTON_COMPONENT_INVALID_URL", says="Only link buttons may have a url"
                )
        if self.style != PREMIUM_STYLE and not self.label and self.emoji is None:
            raise fault(
                code="BUTTON_COMPONENT_INVALID_LABEL_EMOJI",
                says="A button must have a label or an emoji",
            )
        return self


class SelectOption(Body):
    """One choice of a string select."""

    label: str = Field(min_length=1, max_length=100)
    value: str = Field(min_length=1, max_length=100)
    description: str | None = Field(default=None, max_length=100)
    emoji: Emoji | None = None
    default: bool = False


class Select(Part):
    """What all selects have: how many values may be chosen (1 unless told)."""

    custom_id: CustomId
    placeholder: str | None = Field(default=None, max_length=150)
    min_values: Annotated[int, Field(ge=0, le=25)] = 1
    max_values: Annotated[int, Field(ge=1, le=25)] = 1
    disabled: bool = False
    required: bool | None = None

    @field_validator("min_values", "max_values", mode="before")
    @classmethod
    def _null_is_one(cls, value: JsonValue) -> JsonValue:
        return 1 if value is None else value

    @model_validator(mode="after")
    def _range(self) -> Self:
        if self.min_values > self.max_values:
            raise fault(
                code="SELECT_COMPONENT_MIN_VALUES", says="min_values cannot exceed max_values"
            )
        return self


class StringSelect(Select):
    """A select with its own options."""

    type: Literal[Kind.STRING_SELECT]
    options: list[SelectOption] = Field(min_length=1, max_length=25)

    @model_validator(mode="after")
    def _options(self) -> Self:
        values = [option.value for option in self.options]
        if len(set(values)) != len(values):
            raise fault(
                code="SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                says="The specified option value is already used",
            )
        if self.max_values > len(values):
            raise fault(
                code="SELECT_COMPONENT_MAX_VALUES",
                says="max_values cannot exceed the number of options",
            )
        if sum(option.default for option in self.options) > self.max_values:
            raise fault(
                code="SELECT_COMPONENT_TOO_MANY_DEFAULTS",
                says="More options are default than may be chosen",
            )
        return self


class DefaultValue(Body):
    """What is chosen from the start in a select of people, roles or channels."""

    id: Snowflake
    type: Literal["user", "role", "channel"]


class EntitySelect(Select):
    """A select of people (5), roles (6), both (7) or channels (8)."""

    type: Literal[Kind.USER_SELECT, Kind.ROLE_SELECT, Kind.MENTIONABLE_SELECT, Kind.CHANNEL_SELECT]
    default_values: list[DefaultValue] = Field(default_factory=list["DefaultValue"], max_length=25)
    channel_types: list[int] | None = None

    @field_validator("default_values", mode="before")
    @classmethod
    def _null_is_empty(cls, value: JsonValue) -> JsonValue:
        return [] if value is None else value
