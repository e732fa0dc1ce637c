"""The parts of a modal: labels, text inputs, selects, choices and file uploads.

Limits: Discord's documentation, "Component Reference", and its OpenAPI description.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from bot.sandbox.bodies.base import Body, fault, tag_of
from bot.sandbox.bodies.components import TextDisplay
from bot.sandbox.bodies.controls import CustomId, EntitySelect, Part, StringSelect
from bot.sandbox.enums import ComponentKind as Kind

LONGEST_INPUT = 4000


class TextInput(Part):
    """A line (style 1) or paragraph (style 2) to type in."""

    type: Literal[Kind.TEXT_INPUT]
    custom_id: CustomId
    style: int = Field(ge=1, le=2)
    label: str | None = Field(default=None, min_length=1, max_length=45)
    min_length: Annotated[int, Field(ge=0, le=LONGEST_INPUT)] | None = None
    max_length: Annotated[int, Field(ge=1, le=LONGEST_INPUT)] | None = None
    required: bool | None = None
    value: str | None = Field(default=None, max_length=LONGEST_INPUT)
    placeholder: str | None = Field(default=None, max_length=100)

    @property
    def shortest(self) -> int:
        """The fewest characters that a person must type."""
        return self.min_length or 0

    @property
    def longest(self) -> int:
        """The most characters that a person can type."""
        return self.max_length or LONGEST_INPUT

    @model_validator(mode="after")
    def _range(self) -> Self:
        if self.shortest > self.longest:
            raise fault(code="TEXT_INPUT_MIN_LENGTH", says="min_length cannot exceed max_length")
        if self.value and not self.shortest <= len(self.value) <= self.longest:
            raise fault(code="BASE_TYPE_BAD_LENGTH", says="The value has not a valid length")
        return self


class GroupOption(Body):
    """One choice of a radio or checkbox group."""

    label: str = Field(min_length=1, max_length=100)
    value: str = Field(min_length=1, max_length=100)
    description: str | None = Field(default=None, max_length=100)
    default: bool | None = None


class RadioGroup(Part):
    """Two to ten choices, of which one is taken."""

    type: Literal[Kind.RADIO_GROUP]
    custom_id: CustomId
    options: list[GroupOption] = Field(min_length=2, max_length=10)
    required: bool | None = None


class CheckboxGroup(Part):
    """One to ten choices, of which several may be taken."""

    type: Literal[Kind.CHECKBOX_GROUP]
    custom_id: CustomId
    options: list[GroupOption] = Field(min_length=1, max_length=10)
    min_values: Annotated[int, Field(ge=0, le=10)] | None = None
    max_values: Annotated[int, Field(ge=1, le=10)] | None = None
    required: bool | None = None


class Checkbox(Part):
    """One box: yes or no."""

    type: Literal[Kind.CHECKBOX]
    custom_id: CustomId
    default: bool | None = None


class FileUpload(Part):
    """Files that a person hands in."""

    type: Literal[Kind.FILE_UPLOAD]
    custom_id: CustomId
    min_values: Annotated[int, Field(ge=0, le=10)] | None = None
    max_values: Annotated[int, Field(ge=1, le=10)] | None = None
    required: bool | None = None


Entry = Annotated[
    Annotated[StringSelect, Tag("#3")]
    | Annotated[TextInput, Tag("#4")]
    | Annotated[EntitySelect, Tag("#5")]
    | Annotated[FileUpload, Tag("#19")]
    | Annotated[RadioGroup, Tag("#21")]
    | Annotated[CheckboxGroup, Tag("#22")]
    | Annotated[Checkbox, Tag("#23")],
    Discriminator(tag_of),
]


class Label(Part):
    """A caption over one field."""

    type: Literal[Kind.LABEL]
    label: str = Field(min_length=1, max_length=45)
    description: str | None = Field(default=None, min_length=1, max_length=100)
    component: Entry


class InputRow(Part):
    """The older form: a row with one text input that has its own label."""

    type: Literal[Kind.ACTION_ROW]
    components: list[TextInput] = Field(min_length=1, max_length=1)

    @model_validator(mode="after")
    def _labelled(self) -> Self:
        if not self.components[0].label:
            raise fault(code="BASE_TYPE_REQUIRED", says="A text input in a row needs a label")
        return self


ModalPart: TypeAlias = Annotated[
    Annotated[InputRow, Tag("#1")]
    | Annotated[TextDisplay, Tag("#10")]
    | Annotated[Label, Tag("#18")],
    Discriminator(tag_of),
]
FormField: TypeAlias = (
    StringSelect | TextInput | EntitySelect | FileUpload | RadioGroup | CheckboxGroup | Checkbox
)


class Modal(Body):
    """A form that a person fills in."""

    custom_id: CustomId
    title: str = Field(min_length=1, max_length=45)
    components: list[ModalPart] = Field(min_length=1, max_length=5)

    def fields(self) -> Iterator[FormField]:
        """Yield what a person fills in, from top to bottom."""
        for part in self.components:
            if isinstance(part, InputRow):
                yield part.components[0]
            elif isinstance(part, Label):
                yield part.component

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        named = [field.custom_id for field in self.fields()]
        if len(set(named)) != len(named):
            raise fault(
                code="COMPONENT_CUSTOM_ID_DUPLICATED",
                says="Component custom id cannot be duplicated",
            )
        return self
