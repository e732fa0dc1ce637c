"""Messages come, change and go. Nothing here asks for permissions; who calls it does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.sandbox import mentions
from bot.sandbox.bodies.components import Component, TextDisplay, walk
from bot.sandbox.bodies.embeds import Embed
from bot.sandbox.bodies.messages import AllowedMentions
from bot.sandbox.enums import Intent, MessageFlag, MessageKind
from bot.sandbox.errors import Code, Refused
from bot.sandbox.events import Event
from bot.sandbox.message_records import Attachment, Message, Origin, Pings, Version
from bot.sandbox.payloads import channels as channel_payloads
from bot.sandbox.payloads import messages as payloads
from bot.sandbox.records import Channel, StoredFile
from bot.sandbox.wire import Payload, snowflakes
from bot.sandbox.world import World

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of one file without a boosted server (Discord's documentation, "Uploading Files")."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that comes with a message. `description` is its alt text."""

    name: str
    data: bytes
    content_type: str = "application/octet-stream"
    description: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message before it is sent; the fields are those of `Message`."""

    content: str = ""
    embeds: list[Embed] = field(default_factory=list[Embed])
    components: list[Component] = field(default_factory=list["Component"])
    uploads: tuple[Upload, ...] = ()
    flags: int = 0
    tts: bool = False
    nonce: str | int | None = None
    kind: MessageKind = MessageKind.DEFAULT
    allowed: AllowedMentions | None = None
    reply_to: int | None = None
    origin: Origin | None = None
    only_for: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an edit changes; None leaves a field as it is."""

    content: str | None = None
    embeds: list[Embed] | None = None
    components: list[Component] | None = None
    kept: list[Attachment] | None = None
    uploads: tuple[Upload, ...] = ()
    flags: int | None = None
    allowed: AllowedMentions | None = None


def post(
    world: World, channel: Channel, author_id: int, draft: Draft, *, message_id: int | None = None
) -> Message:
    """Add a message to `channel` and tell it. `message_id` is for the first message of a post."""
    number = message_id or world.new_id()
    message = Message(
        id=number,
        channel_id=channel.id,
        author_id=author_id,
        kind=draft.kind,
        content=draft.content.strip(),
        embeds=draft.embeds,
        components=numbered(draft.components),
        flags=draft.flags | (MessageFlag.EPHEMERAL if draft.only_for is not None else 0),
        tts=draft.tts,
        nonce=draft.nonce,
        reply_to=draft.reply_to,
        origin=draft.origin,
        only_for=draft.only_for,
    )
    message.attachments = store(world, channel, draft.uploads)
    resolve_mentions(world, channel, message, allowed=draft.allowed)
    wake(world, channel)
    world.state.messages.setdefault(channel.id, {})[number] = message
    channel.last_message_id = number
    if channel.thread is not None:
        channel.thread.sent += 1
        channel.thread.members.setdefault(author_id, world.now())
    tell(world, "MESSAGE_CREATE", message)
    return message


def edit(world: World, message: Message, change: Change) -> None:
    """Change a message and tell it. An edit notifies nobody, but may list other mentions."""
    channel = world.channel(message.channel_id)
    pings = message.pings
    message.versions.append(Version(content=message.text, until=world.now()))
    apply(world, message, change)
    message.edited_at = world.now()
    resolve_mentions(world, channel, message, allowed=change.allowed)
    message.pings = pings
    tell(world, "MESSAGE_UPDATE", message)


def fill(world: World, message: Message, change: Change) -> None:
    """Give a waiting message its content and tell it; this notifies as a new message would."""
    message.flags &= ~MessageFlag.LOADING
    apply(world, message, change)
    resolve_mentions(world, world.channel(message.channel_id), message, allowed=change.allowed)
    tell(world, "MESSAGE_UPDATE", message)


def apply(world: World, message: Message, change: Change) -> None:
    """Change a message without telling anybody."""
    channel = world.channel(message.channel_id)
    if change.content is not None:
        message.content = change.content.strip()
    if change.embeds is not None:
        message.embeds = change.embeds
    if change.components is not None:
        message.components = numbered(change.components)
    if change.kept is not None:
        message.attachments = list(change.kept)
    message.attachments += store(world, channel, change.uploads)
    if change.flags is not None:
        changeable = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.COMPONENTS_V2
        message.flags = message.flags & ~MessageFlag.SUPPRESS_EMBEDS | change.flags & changeable


def delete(world: World, message: Message) -> None:
    """Take a message away and tell it."""
    del world.state.messages[message.channel_id][message.id]
    payload: Payload = {"id": str(message.id), "channel_id": str(message.channel_id)}
    _tell_gone(world, "MESSAGE_DELETE", message, payload)


def delete_many(world: World, channel: Channel, found: Iterable[Message]) -> None:
    """Take several messages of one channel away and tell it once."""
    gone = list(found)
    for message in gone:
        del world.state.messages[channel.id][message.id]
    if gone:
        ids = snowflakes([message.id for message in gone])
        payload: Payload = {"ids": ids, "channel_id": str(channel.id)}
        _tell_gone(world, "MESSAGE_DELETE_BULK", gone[0], payload)


def tell(world: World, name: str, message: Message) -> None:
    """Emit an event about a message, as people see it; the gateway cuts what the bot may not."""
    payload = payloads.event(world, message, payloads.message(world, message))
    world.events.emit(
        Event(
            name=name,
            payload=payload,
            guild_id=world.channel(message.channel_id).guild_id,
            channel_id=message.channel_id,
            intent=_intent(world, message),
            message=message,
            for_bot=not message.is_ephemeral,
            only_for=message.only_for,
        )
    )


def _tell_gone(world: World, name: str, message: Message, payload: Payload) -> None:
    guild_id = world.channel(message.channel_id).guild_id
    if guild_id is not None:
        payload["guild_id"] = str(guild_id)
    world.events.emit(
        Event(
            name=name,
            payload=payload,
            guild_id=guild_id,
            channel_id=message.channel_id,
            intent=_intent(world, message),
            for_bot=not message.is_ephemeral,
            only_for=message.only_for,
        )
    )


def _intent(world: World, message: Message) -> Intent:
    in_dm = world.channel(message.channel_id).is_dm
    return Intent.DM_MESSAGES if in_dm else Intent.GUILD_MESSAGES


def resolve_mentions(
    world: World, channel: Channel, message: Message, *, allowed: AllowedMentions | None
) -> None:
    """Set the mentions and pings of a message from its text."""
    texts = [message.content]
    texts += [part.content for part in message.parts() if isinstance(part, TextDisplay)]
    answered = world.state.messages.get(channel.id, {}).get(message.reply_to or 0)
    is_reply = answered is not None and message.kind is MessageKind.REPLY
    found = mentions.resolve(
        world,
        channel,
        "\n".join(texts),
        mentions.Sender(
            author_id=message.author_id,
            allowed=allowed,
            replied_to=answered.author_id if answered is not None and is_reply else None,
        ),
    )
    message.mentions = list(found.users)
    message.mentioned_roles = list(found.roles)
    message.mentions_everyone = found.everyone
    silent = bool(message.flags & MessageFlag.LOADING)
    message.pings = Pings() if silent else found.pings


def store(world: World, channel: Channel, uploads: Iterable[Upload]) -> list[Attachment]:
    """Keep the bytes of files. Raises Refused (40005) for one that is too large."""
    kept: list[Attachment] = []
    for upload in uploads:
        if len(upload.data) > LARGEST_FILE:
            raise Refused(Code.ENTITY_TOO_LARGE, why=f"{upload.name}: {len(upload.data)} bytes")
        number = world.new_id()
        world.state.files[number] = StoredFile(
            number, channel.id, upload.name, upload.content_type, upload.data
        )
        size = len(upload.data)
        kept.append(Attachment(number, channel.id, upload.name, size, upload.content_type))
        kept[-1].description, kept[-1].title = upload.description, upload.title
    return kept


def numbered(components: list[Component]) -> list[Component]:
    """Return the components, each with an id: those without get the next free number."""
    parts = [part for _path, part in walk(components)]
    taken = {part.id for part in parts if part.id}
    free = (number for number in range(1, len(parts) + len(taken) + 1) if number not in taken)
    for part in parts:
        if not part.id:
            part.id = next(free)
    return components


def wake(world: World, channel: Channel) -> None:
    """Take a thread out of the archive, as a new message does."""
    thread = channel.thread
    if thread is not None and thread.archived:
        thread.archived = False
        thread.changed_at = world.now()
        tell_channel(world, "THREAD_UPDATE", channel)


def tell_channel(
    world: World, name: str, channel: Channel, extra: Mapping[str, object] | None = None
) -> None:
    """Emit an event about a channel or thread."""
    world.events.emit(
        Event(
            name=name,
            payload={**channel_payloads.channel(world, channel), **(extra or {})},
            guild_id=channel.guild_id,
            channel_id=channel.id,
            intent=Intent.GUILDS,
        )
    )
