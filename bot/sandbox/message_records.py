"""Messages and what hangs on them."""

import datetime as dt
from dataclasses import dataclass, field

from bot.sandbox.bodies.components import Component, TextDisplay, walk
from bot.sandbox.bodies.controls import Button, Part, Select
from bot.sandbox.bodies.embeds import Embed
from bot.sandbox.enums import InteractionKind, MessageFlag, MessageKind
from bot.sandbox.snowflakes import time_of


@dataclass(slots=True)
class Attachment:
    """A file of a message; its bytes are in the world's files. `description` is its alt text."""

    id: int
    channel_id: int
    name: str
    size: int
    content_type: str
    description: str | None = None
    title: str | None = None


@dataclass(slots=True)
class Pings:
    """Who a message notified when it was sent: after allowed_mentions and permissions."""

    users: list[int] = field(default_factory=list[int])
    roles: list[int] = field(default_factory=list[int])
    everyone: bool = False

    def __bool__(self) -> bool:
        """Return whether anybody was notified."""
        return bool(self.users or self.roles or self.everyone)


@dataclass(slots=True)
class Origin:
    """The interaction that a message answers.

    `message_id` is the message whose component was used, or that a context menu was opened on.
    """

    id: int
    kind: InteractionKind
    user_id: int
    command: str | None = None
    message_id: int | None = None


@dataclass(slots=True)
class Version:
    """What a message said before an edit."""

    content: str
    until: dt.datetime


@dataclass(slots=True)
class Message:
    """A message. `only_for` is the one person who sees it (ephemeral), None for all.

    `mentions` and `mentioned_roles` are what Discord lists; `pings` says who was notified.
    `published_at` is when it went to the servers that follow its channel.
    `nonce` is the bot's own mark; `reply_to` the id of the message that this one answers.
    """

    id: int
    channel_id: int
    author_id: int
    kind: MessageKind = MessageKind.DEFAULT
    content: str = ""
    embeds: list[Embed] = field(default_factory=list[Embed])
    components: list[Component] = field(default_factory=list["Component"])
    attachments: list[Attachment] = field(default_factory=list[Attachment])
    flags: int = 0
    tts: bool = False
    pinned: bool = False
    nonce: str | int | None = None
    mentions: list[int] = field(default_factory=list[int])
    mentioned_roles: list[int] = field(default_factory=list[int])
    mentions_everyone: bool = False
    pings: Pings = field(default_factory=Pings)
    reply_to: int | None = None
    reactions: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    origin: Origin | None = None
    only_for: int | None = None
    edited_at: dt.datetime | None = None
    published_at: dt.datetime | None = None
    versions: list[Version] = field(default_factory=list[Version])

    @property
    def created_at(self) -> dt.datetime:
        """The moment in the message's id."""
        return time_of(self.id)

    @property
    def is_ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.only_for is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it shows that the bot is thinking."""
        return bool(self.flags & MessageFlag.LOADING)

    @property
    def text(self) -> str:
        """Everything that can be read in it: content, embeds and text components, in order."""
        parts = [self.content]
        for embed in self.embeds:
            parts += [embed.author.name if embed.author else "", embed.title or ""]
            parts += [embed.description or ""]
            parts += [text for item in embed.fields for text in (item.name, item.value)]
            parts += [embed.footer.text if embed.footer else ""]
        parts += [part.content for part in self.parts() if isinstance(part, TextDisplay)]
        return "\n".join(part for part in parts if part)

    def parts(self) -> list[Part]:
        """Return every component, outer before inner."""
        return [part for _path, part in walk(self.components)]

    def buttons(self) -> list[Button]:
        """Return the buttons, in order."""
        return [part for part in self.parts() if isinstance(part, Button)]

    def selects(self) -> list[Select]:
        """Return the selects, in order."""
        return [part for part in self.parts() if isinstance(part, Select)]
