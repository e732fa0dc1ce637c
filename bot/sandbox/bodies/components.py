"""The components of a message: rows of controls and the second generation of layouts.

Limits: Discord's documentation, "Component Reference", and its OpenAPI description.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from bot.sandbox.bodies.base import Body, fault, tag_of
from bot.sandbox.bodies.controls import (
    Button,
    EntitySelect,
    Part,
    Select,
    StringSelect,
    web_address,
)
from bot.sandbox.enums import ComponentKind as Kind


class TextDisplay(Part):
    """Text in Markdown among other components."""

    type: Literal[Kind.TEXT_DISPLAY]
    content: str = Field(min_length=1, max_length=4000)


class Media(Body):
    """A picture or file: an address, or `attachment://` and a name in the same request."""

    url: str = Field(max_length=2048)

    @field_validator("url")
    @classmethod
    def _url(cls, value: str) -> str | None:
        return web_address(value, schemes=("http", "https", "attachment"))


class Thumbnail(Part):
    """A small picture beside a section. `description` is its alt text."""

    type: Literal[Kind.THUMBNAIL]
    media: Media
    description: str | None = Field(default=None, max_length=1024)
    spoiler: bool = False


class GalleryItem(Body):
    """One picture of a gallery. `description` is its alt text."""

    media: Media
    description: str | None = Field(default=None, max_length=1024)
    spoiler: bool = False


class MediaGallery(Part):
    """One to ten pictures."""

    type: Literal[Kind.MEDIA_GALLERY]
    items: list[GalleryItem] = Field(min_length=1, max_length=10)


class File(Part):
    """A file of the same message, shown in place."""

    type: Literal[Kind.FILE]
    file: Media
    spoiler: bool = False


class Separator(Part):
    """Space or a line between components."""

    type: Literal[Kind.SEPARATOR]
    divider: bool = True
    spacing: int = Field(default=1, ge=1, le=2)


Accessory = Annotated[
    Annotated[Button, Tag("#2")] | Annotated[Thumbnail, Tag("#11")], Discriminator(tag_of)
]
RowPart = Annotated[
    Annotated[Button, Tag("#2")]
    | Annotated[StringSelect, Tag("#3")]
    | Annotated[EntitySelect, Tag("#5")],
    Discriminator(tag_of),
]


class Section(Part):
    """One to three texts with a button or picture beside them."""

    type: Literal[Kind.SECTION]
    components: list[TextDisplay] = Field(min_length=1, max_length=3)
    accessory: Accessory

    def children(self) -> list[tuple[tuple[str, ...], Part]]:
        """Return the texts and the accessory."""
        return [*_numbered(self.components), (("accessory",), self.accessory)]


class ActionRow(Part):
    """Up to five buttons, or one select."""

    type: Literal[Kind.ACTION_ROW]
    components: list[RowPart] = Field(min_length=1, max_length=5)

    def children(self) -> list[tuple[tuple[str, ...], Part]]:
        """Return the buttons or the select."""
        return _numbered(self.components)

    @model_validator(mode="after")
    def _width(self) -> Self:
        if len(self.components) > 1 and any(isinstance(c, Select) for c in self.components):
            raise fault(
                code="COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                says="The specified component exceeds the width",
            )
        return self


_Row = Annotated[ActionRow, Tag("#1")]
_Section = Annotated[Section, Tag("#9")]
_Text = Annotated[TextDisplay, Tag("#10")]
_Gallery = Annotated[MediaGallery, Tag("#12")]
_File = Annotated[File, Tag("#13")]
_Separator = Annotated[Separator, Tag("#14")]
ContainerPart = Annotated[
    _Row | _Section | _Text | _Gallery | _File | _Separator, Discriminator(tag_of)
]


class Container(Part):
    """A framed group of components."""

    type: Literal[Kind.CONTAINER]
    components: list[ContainerPart] = Field(min_length=1)
    accent_color: Annotated[int, Field(ge=0, le=0xFFFFFF)] | None = None
    spoiler: bool = False

    def children(self) -> list[tuple[tuple[str, ...], Part]]:
        """Return the components in the frame."""
        return _numbered(self.components)


Component: TypeAlias = Annotated[
    _Row | _Section | _Text | _Gallery | _File | _Separator | Annotated[Container, Tag("#17")],
    Discriminator(tag_of),
]
"""What may stand at the top of a message."""


def _numbered(parts: Sequence[Part]) -> list[tuple[tuple[str, ...], Part]]:
    return [(("components", str(number)), part) for number, part in enumerate(parts)]


def walk(parts: Sequence[Part]) -> Iterator[tuple[tuple[str, ...], Part]]:
    """Yield every component, outer before inner, with its path in the message."""
    for number, part in enumerate(parts):
        yield from _walk(("components", str(number)), part)


def _walk(path: tuple[str, ...], part: Part) -> Iterator[tuple[tuple[str, ...], Part]]:
    yield path, part
    for below, child in part.children():
        yield from _walk((*path, *below), child)
