"""Application commands as the bot registers them.

Limits: Discord's documentation, "Application Commands". The models find what is wrong in one
command; `check_set` what is wrong in a whole set.
"""

import unicodedata
from typing import Annotated, Self

from pydantic import AfterValidator, Field, JsonValue, field_validator, model_validator

from bot.sandbox.bodies.base import Body, fault
from bot.sandbox.enums import CommandKind, Context, OptionKind
from bot.sandbox.errors import Code, Refused, invalid_form

LARGEST_COMMAND = 8000
MOST_COMMANDS = {CommandKind.CHAT_INPUT: 100, CommandKind.USER: 5, CommandKind.MESSAGE: 5}
LOCALES = frozenset(
    {"ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-ES", "es-419", "fi", "fr", "he"}
    | {"hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru"}
    | {"sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW"}
)
NESTING = (OptionKind.SUBCOMMAND, OptionKind.SUBCOMMAND_GROUP)
# Discord's description of its API; media channels (16) are not among them.
CHANNEL_KINDS = frozenset({0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15})
CHOOSABLE = (OptionKind.STRING, OptionKind.INTEGER, OptionKind.NUMBER)


def is_command_name(name: str) -> bool:
    """Return whether `name` can be the name of a slash command or option."""
    if not 1 <= len(name) <= 32 or name != name.lower():  # noqa: PLR2004 -- Discord's limit
        return False
    return all(
        char in "-_'" or unicodedata.category(char)[0] in "LN" or _is_mark_of_a_script(char)
        for char in name
    )


def _is_mark_of_a_script(char: str) -> bool:
    return any(part in unicodedata.name(char, "") for part in ("DEVANAGARI", "THAI "))


def _named(value: str) -> str:
    if not is_command_name(value):
        raise fault(code="APPLICATION_COMMAND_INVALID_NAME", says="Command name is invalid")
    return value


def _offered_kind(value: int) -> int:
    if value not in CHANNEL_KINDS:
        raise fault(code="ENUM_TYPE_COERCE", says="Value is not a valid enum value.")
    return value


def _known_locales(value: dict[str, str] | None) -> dict[str, str] | None:
    if set(value or ()) - LOCALES:
        raise fault(code="BASE_TYPE_CHOICES", says="Unknown locale.")
    return value


Name = Annotated[str, AfterValidator(_named)]
Localised = Annotated[dict[str, str] | None, AfterValidator(_known_locales)]


class Choice(Body):
    """A value that an option offers, or that autocomplete suggests."""

    name: str = Field(min_length=1, max_length=100)
    name_localizations: Localised = None
    value: Annotated[str, Field(max_length=100)] | int | float


class Option(Body):
    """An option, subcommand or group of subcommands."""

    type: OptionKind
    name: Name
    name_localizations: Localised = None
    description: str = Field(min_length=1, max_length=100)
    description_localizations: Localised = None
    required: bool = False
    choices: list[Choice] = Field(default_factory=list["Choice"], max_length=25)
    options: "list[Option]" = Field(default_factory=list["Option"], max_length=25)
    channel_types: list[Annotated[int, AfterValidator(_offered_kind)]] | None = None
    min_value: float | None = None
    max_value: float | None = None
    min_length: Annotated[int, Field(ge=0, le=6000)] | None = None
    max_length: Annotated[int, Field(ge=1, le=6000)] | None = None
    autocomplete: bool = False

    @field_validator("choices", "options", mode="before")
    @classmethod
    def _null_is_empty(cls, value: JsonValue) -> JsonValue:
        return [] if value is None else value

    @model_validator(mode="after")
    def _values(self) -> Self:
        if self.autocomplete and (self.choices or self.type not in CHOOSABLE):
            raise fault(
                code="APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_WITH_CHOICES",
                says="Autocomplete goes with text and numbers, and not with choices",
            )
        if self.choices and self.type not in CHOOSABLE:
            raise fault(code="BASE_TYPE_BAD_LENGTH", says="This type takes no choices")
        names = [choice.name for choice in self.choices]
        if len(set(names)) != len(names):
            raise fault(
                code="APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                says="Option choice name already exists",
            )
        return self

    @model_validator(mode="after")
    def _nested(self) -> Self:
        if self.options and self.type not in NESTING:
            raise fault(
                code="APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", says="This type takes no options"
            )
        check_options(self.options)
        return self

    @property
    def size(self) -> int:
        """The characters that count for the limit of 8,000 a command."""
        own = _longest(self.name, self.name_localizations)
        own += _longest(self.description, self.description_localizations)
        for choice in self.choices:
            own += _longest(choice.name, choice.name_localizations)
            own += len(choice.value) if isinstance(choice.value, str) else 0
        return own + sum(option.size for option in self.options)

    @property
    def depth(self) -> int:
        """How many levels of subcommands there are from here down, this one included."""
        below = max((option.depth for option in self.options), default=0)
        return below + 1 if self.type in NESTING else 0


def check_options(options: list[Option]) -> None:
    """Raise the form fault when options do not go together."""
    names = [option.name for option in options]
    if len(set(names)) != len(names):
        raise fault(
            code="APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", says="Option name exists"
        )
    nested = [option.type in NESTING for option in options]
    if any(nested) and not all(nested):
        raise fault(
            code="APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            says="Sub-commands and groups are mutually exclusive to all other types",
        )
    required = [option.required for option in options if option.type not in NESTING]
    if required != sorted(required, reverse=True):
        raise fault(
            code="APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            says="Required options must be placed before non-required options",
        )


class CommandBody(Body):
    """A command as it is registered: a slash command, or a context menu."""

    type: CommandKind = CommandKind.CHAT_INPUT
    name: str = Field(min_length=1, max_length=32)
    name_localizations: Localised = None
    description: str = Field(default="", max_length=100)
    description_localizations: Localised = None
    options: list[Option] = Field(default_factory=list["Option"], max_length=25)
    default_member_permissions: int | None = None
    dm_permission: bool | None = None
    contexts: list[Context] | None = None
    integration_types: list[int] | None = None
    nsfw: bool = False

    @field_validator("options", mode="before")
    @classmethod
    def _null_is_empty(cls, value: JsonValue) -> JsonValue:
        return [] if value is None else value

    @model_validator(mode="after")
    def _kind(self) -> Self:
        if self.type is CommandKind.CHAT_INPUT:
            _named(self.name)
            if not self.description:
                raise fault(code="BASE_TYPE_REQUIRED", says="A description is required")
        elif self.description or self.options:
            raise fault(
                code="APPLICATION_COMMAND_INVALID_DESCRIPTION",
                says="Context menu commands cannot have description or options",
            )
        check_options(self.options)
        if any(option.depth > 1 for group in self.options for option in group.options) or any(
            option.type is OptionKind.SUBCOMMAND and option.depth > 1 for option in self.options
        ):
            raise fault(
                code="APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                says="Invalid nesting of sub-commands",
            )
        own = _longest(self.name, self.name_localizations)
        own += _longest(self.description, self.description_localizations)
        if own + sum(option.size for option in self.options) > LARGEST_COMMAND:
            raise fault(
                code="APPLICATION_COMMAND_TOO_LARGE", says="Command exceeds maximum size (8000)"
            )
        return self

    @property
    def works_in_dms(self) -> bool:
        """Whether a person can use it in a conversation with the bot alone."""
        if self.contexts is not None:
            return Context.BOT_DM in self.contexts
        return self.dm_permission is not False


def _longest(text: str, localised: dict[str, str] | None) -> int:
    return max(len(text), *(len(other) for other in (localised or {}).values()), 0)


def check_set(bodies: list[CommandBody]) -> None:
    """Raise Refused when the commands of one scope do not go together."""
    seen: set[tuple[CommandKind, str]] = set()
    for number, body in enumerate(bodies):
        if (body.type, body.name) in seen:
            raise invalid_form(
                at=(
                    number,
                    "name",
                ),
                code="APPLICATION_COMMANDS_DUPLICATE_NAME",
                message="Application command names must be unique",
            )
        seen.add((body.type, body.name))
    for kind, most in MOST_COMMANDS.items():
        count = sum(body.type is kind for body in bodies)
        if count > most:
            raise Refused(Code.MAX_COMMANDS, why=f"{count} of type {kind.name}, at most {most}")
