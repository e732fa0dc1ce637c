"""Embeds of a message. Limits: Discord's documentation, "Embed Limits"."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, field_validator

from bot.sandbox.bodies.base import Body, fault
from bot.sandbox.bodies.controls import web_address

MOST_TOGETHER = 6000
"""Characters in all embeds of one message together."""


class EmbedMedia(Body):
    """A picture of an embed."""

    url: str = Field(max_length=2048)

    @field_validator("url")
    @classmethod
    def _url(cls, value: str) -> str | None:
        return web_address(value, schemes=("http", "https", "attachment"))


class EmbedFooter(Body):
    """The small line below an embed."""

    text: str = Field(min_length=1, max_length=2048)
    icon_url: str | None = Field(default=None, max_length=2048)


class EmbedAuthor(Body):
    """The line above the title."""

    name: str = Field(min_length=1, max_length=256)
    url: str | None = Field(default=None, max_length=2048)
    icon_url: str | None = Field(default=None, max_length=2048)

    @field_validator("url")
    @classmethod
    def _url(cls, value: str | None) -> str | None:
        return web_address(value)


class EmbedField(Body):
    """A name and a value."""

    name: str = Field(max_length=256)
    value: str = Field(max_length=1024)
    inline: bool = False

    @field_validator("name", "value")
    @classmethod
    def _present(cls, value: str) -> str:
        if not value.strip():
            raise fault(code="BASE_TYPE_REQUIRED", says="This field is required")
        return value


class Embed(Body):
    """A framed block with a title, text, fields and pictures."""

    type: Literal["rich"] = "rich"
    title: str | None = Field(default=None, max_length=256)
    description: str | None = Field(default=None, max_length=4096)
    url: str | None = Field(default=None, max_length=2048)
    color: Annotated[int, Field(ge=0, le=0xFFFFFF)] | None = None
    timestamp: AwareDatetime | None = None
    footer: EmbedFooter | None = None
    image: EmbedMedia | None = None
    thumbnail: EmbedMedia | None = None
    author: EmbedAuthor | None = None
    fields: list[EmbedField] = Field(default_factory=list["EmbedField"], max_length=25)

    @field_validator("type", mode="before")
    @classmethod
    def _always_rich(cls, _value: object) -> str:
        return "rich"

    @field_validator("url")
    @classmethod
    def _url(cls, value: str | None) -> str | None:
        return web_address(value)

    @property
    def size(self) -> int:
        """The characters that count for the limit of 6,000."""
        texts = [self.title or "", self.description or ""]
        texts += [self.footer.text] if self.footer else []
        texts += [self.author.name] if self.author else []
        texts += [part for field in self.fields for part in (field.name, field.value)]
        return sum(len(text) for text in texts)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return not (self.size or self.url or self.image or self.thumbnail)


def check_together(embeds: Sequence[Embed]) -> None:
    """Raise the form fault when embeds are empty or too large together."""
    if sum(embed.size for embed in embeds) > MOST_TOGETHER:
        raise fault(code="MAX_EMBED_SIZE_EXCEEDED", says="Embed size exceeds maximum size of 6000")
    if any(embed.is_empty for embed in embeds):
        raise fault(code="BASE_TYPE_REQUIRED", says="An embed must hold something to see")
