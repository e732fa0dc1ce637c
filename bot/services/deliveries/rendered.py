"""What a copy shows, as plain data, and the mark by which it is found again."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from storage.delivery_records import Target

MARK: Final = "d[0-9]{1,19}"
"""The pattern of a mark at the end of a custom_id (`b1:kind:7:d12`), for DynamicItem templates."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one copy. At least one custom_id or embed URL of its message carries it."""

    delivery_id: int

    def __str__(self) -> str:
        return f"d{self.delivery_id}"

    def on_custom_id(self, custom_id: str) -> str:
        """Return a custom_id with the mark behind it."""
        return f"{custom_id}:{self}"

    def on_url(self, url: str) -> str:
        """Return an embed's URL with the mark as its fragment, in place of its own."""
        return f"{url.partition('#')[0]}#{self}"

    def is_on(self, text: str) -> bool:
        """Whether a custom_id or URL carries it."""
        return text.endswith((f":{self}", f"#{self}"))


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens a page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ActionButton:
    """A button that the bot answers; `style` is one of Discord's, 1 to 4."""

    label: str
    custom_id: str
    style: int = 2


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file below the message. `alt` is read out to those who cannot see it: 1,024 at most."""

    name: str
    content: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message. `embeds` are as Discord's API has them; nobody is pinged but `role_id`.

    `crosspost`: once it stands in an announcement channel, the servers that follow it get it too.
    `title`: what a post in a forum is called, at most 100 characters; None leaves that as it is.
    `reply_to`: the message of the same channel that it is an answer to, as long as that stands.
    """

    content: str = ""
    embeds: tuple[Mapping[str, object], ...] = ()
    buttons: tuple[LinkButton | ActionButton, ...] = ()
    files: tuple[ShownFile, ...] = ()
    role_id: int | None = None
    crosspost: bool = False
    title: str | None = None
    reply_to: int | None = None

    def carries(self, mark: Mark) -> bool:
        """Whether the message could be found again by the mark."""
        return any(map(mark.is_on, self._places()))

    def _places(self) -> Iterator[str]:
        yield from (one.custom_id for one in self.buttons if isinstance(one, ActionButton))
        yield from (str(one.get("url", "")) for one in self.embeds)


@dataclass(frozen=True, slots=True)
class Showing:
    """What a renderer is asked for.

    `is_late`: it is sent noticeably after it was due. `is_sent`: it replaces what stands there.
    `withdrawn`: what was shown is taken back.
    """

    kind: str
    subject_id: int
    version: int
    mark: Mark
    target: Target
    guild_id: int
    withdrawn: bool = False
    is_late: bool = False
    is_sent: bool = False
    due_at: dt.datetime | None = None


Renderer = Callable[[Showing], Awaitable[Rendered | None]]
"""Gives the message, with the mark. None: there is nothing (any more) to show; what stands there
is then deleted. For what was withdrawn: None deletes, a message (struck through) replaces."""
