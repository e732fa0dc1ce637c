"""Messages of a channel: send, read, change, delete, pin, publish."""

import datetime as dt
from dataclasses import replace

from bot.sandbox.bodies.messages import BulkDelete, MessageCreate, MessageEdit
from bot.sandbox.drafts import change, draft
from bot.sandbox.enums import WRITABLE, ChannelKind, Intent, MessageFlag, MessageKind
from bot.sandbox.errors import Code, Limited, Refused, invalid_form
from bot.sandbox.events import Event
from bot.sandbox.message_records import Message
from bot.sandbox.payloads.messages import for_bot, message
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import Draft, delete, delete_many, edit, post, tell
from bot.sandbox.records import Channel
from bot.sandbox.routes.call import Call, Route
from bot.sandbox.snowflakes import time_of
from bot.sandbox.wire import Payload, timestamp

NONCE_MINUTES = 5
BULK_LEAST, BULK_MOST, BULK_DAYS = 2, 100, 14
MOST_PINS = 250
PUBLISHED_AN_HOUR = 10


def create_message(call: Call) -> Payload:
    """Send a message; the same nonce within minutes gives the message that is there already."""
    channel = call.world.channel(call.id("channel_id"))
    body = call.body(MessageCreate)
    made = draft(body, call.files)
    check_sending(call, channel, made)
    made = with_reply(call, channel, body, made)
    if body.enforce_nonce and body.nonce is not None:
        known = _same_nonce(call, channel, body.nonce)
        if known is not None:
            return message(call.world, known)
    sent = post(call.world, channel, call.world.bot.id, made)
    return message(call.world, sent)


def check_sending(call: Call, channel: Channel, made: Draft) -> None:
    """Raise Refused when the bot may not send `made` in `channel`."""
    if channel.is_dm:
        _check_dm(call, channel)
        return
    call.require(channel)
    if channel.kind not in WRITABLE:
        raise Refused(Code.NON_TEXT_CHANNEL)
    needed = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    needed |= Permission.EMBED_LINKS if made.embeds else Permission.NONE
    needed |= Permission.ATTACH_FILES if made.uploads else Permission.NONE
    needed |= Permission.SEND_TTS_MESSAGES if made.tts else Permission.NONE
    call.require(channel, needed)
    locked = channel.thread is not None and channel.thread.locked
    if locked and not call.may(channel, Permission.MANAGE_THREADS):
        raise Refused(Code.THREAD_LOCKED)


def _check_dm(call: Call, channel: Channel) -> None:
    world = call.world
    person = world.user(channel.recipient_id or 0)
    shared = any(
        {person.id, world.bot.id} <= guild.members.keys() for guild in world.state.guilds.values()
    )
    if not (person.accepts_dms and shared):
        raise Refused(Code.CANNOT_MESSAGE_USER)


def with_reply(call: Call, channel: Channel, body: MessageCreate, made: Draft) -> Draft:
    """Return the draft as a reply when the body refers to a message of the same channel."""
    reference = body.message_reference
    if reference is None:
        return made
    if not call.may(channel, Permission.READ_MESSAGE_HISTORY):
        raise Refused(Code.NO_REPLY_WITHOUT_HISTORY)
    known = call.world.state.messages.get(channel.id, {})
    elsewhere = reference.channel_id not in {None, channel.id}
    if elsewhere or reference.message_id not in known:
        if reference.fail_if_not_exists:
            raise invalid_form(
                at=("message_reference",),
                code="MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
                message="Unknown message",
            )
        return made
    return replace(made, reply_to=reference.message_id, kind=MessageKind.REPLY)


def _same_nonce(call: Call, channel: Channel, nonce: str | int) -> Message | None:
    world = call.world
    for known in reversed(world.state.messages.get(channel.id, {}).values()):
        if (world.now() - known.created_at).total_seconds() > NONCE_MINUTES * 60:
            return None
        is_same = known.nonce is not None and str(known.nonce) == str(nonce)
        if is_same and known.author_id == world.bot.id:
            return known
    return None


def get_message(call: Call) -> Payload:
    """Return one message."""
    return shown(call, call.message(Permission.READ_MESSAGE_HISTORY))


def list_messages(call: Call) -> list[Payload]:
    """Return up to 100 messages, newest first; without the right to read back: none."""
    channel = call.channel()
    limit = call.number("limit", 50, most=100)
    if not call.may(channel, Permission.READ_MESSAGE_HISTORY):
        return []
    found = [one for one in call.world.messages_in(channel) if not one.is_ephemeral]
    after, around = call.query_id("after"), call.query_id("around")
    if after is not None:
        chosen = [one for one in found if one.id > after][:limit]
    elif around is not None:
        chosen = _around(found, around, limit)
    else:
        before = call.query_id("before")
        chosen = [one for one in found if before is None or one.id < before][-limit:]
    return [shown(call, one) for one in reversed(chosen)]


def _around(found: list[Message], middle: int, limit: int) -> list[Message]:
    earlier = [one for one in found if one.id < middle][-(limit // 2) :]
    later = [one for one in found if one.id >= middle]
    return [*earlier, *later[: limit - len(earlier)]]


def shown(call: Call, found: Message) -> Payload:
    """Return a message as REST shows it to the bot; a nonce is told once only."""
    payload = for_bot(call.world, found)
    payload.pop("nonce", None)
    return payload


def edit_message(call: Call) -> Payload:
    """Change a message of the bot; of others only whether embeds are suppressed."""
    found = call.message()
    body = call.body(MessageEdit)
    if found.author_id != call.world.bot.id:
        raise Refused(Code.NOT_AUTHOR)
    channel = call.world.channel(found.channel_id)
    if channel.thread is not None and channel.thread.archived:
        raise Refused(Code.THREAD_ARCHIVED)
    edit(call.world, found, change(found, body, call.files))
    return message(call.world, found)


def delete_message(call: Call) -> None:
    """Delete a message; of others only with the right to manage messages."""
    found = call.message()
    channel = call.world.channel(found.channel_id)
    if found.author_id != call.world.bot.id:
        if channel.is_dm:
            raise Refused(Code.NOT_IN_DM)
        call.require(channel, Permission.MANAGE_MESSAGES)
    if channel.thread is not None and channel.thread.archived:
        raise Refused(Code.THREAD_ARCHIVED)
    delete(call.world, found)


def bulk_delete(call: Call) -> None:
    """Delete 2 to 100 messages of the last two weeks at once."""
    _guild, channel = call.guild_channel(Permission.MANAGE_MESSAGES)
    ids = set(call.body(BulkDelete).messages)
    if not BULK_LEAST <= len(ids) <= BULK_MOST:
        raise Refused(Code.BAD_BULK_DELETE_COUNT)
    now = call.world.now()
    if any((now - time_of(one)).days >= BULK_DAYS for one in ids):
        raise Refused(Code.MESSAGE_TOO_OLD)
    known = call.world.state.messages.get(channel.id, {})
    delete_many(call.world, channel, [known[one] for one in sorted(ids) if one in known])


def crosspost(call: Call) -> Payload:
    """Publish a message of an announcement channel to those who follow it."""
    found = call.message(Permission.SEND_MESSAGES)
    channel = call.world.channel(found.channel_id)
    if channel.kind is not ChannelKind.ANNOUNCEMENT:
        raise Refused(Code.WRONG_CHANNEL_TYPE)
    if found.author_id != call.world.bot.id:
        call.require(channel, Permission.MANAGE_MESSAGES)
    if found.flags & MessageFlag.CROSSPOSTED:
        raise Refused(Code.ALREADY_CROSSPOSTED)
    _check_publishing(call, channel)
    found.flags |= MessageFlag.CROSSPOSTED
    found.published_at = call.world.now()
    tell(call.world, "MESSAGE_UPDATE", found)
    return message(call.world, found)


def _check_publishing(call: Call, channel: Channel) -> None:
    """Raise Limited when the channel published as many as it may within the hour."""
    moments = (one.published_at for one in call.world.messages_in(channel))
    within = dt.timedelta(hours=1)
    since = call.world.now() - within
    recent = sorted(one for one in moments if one is not None and one > since)
    if len(recent) >= PUBLISHED_AN_HOUR:
        wait = (recent[-PUBLISHED_AN_HOUR] - since).total_seconds()
        raise Limited(retry_after=wait, why=f"{len(recent)} published within the hour")


def pin(call: Call) -> None:
    """Pin a message."""
    found = call.message(Permission.PIN_MESSAGES)
    channel = call.world.channel(found.channel_id)
    if sum(one.pinned for one in call.world.messages_in(channel)) >= MOST_PINS:
        raise Refused(Code.MAX_PINS)
    _set_pinned(call, channel, found, pinned=True)


def unpin(call: Call) -> None:
    """Take a pin away."""
    found = call.message(Permission.PIN_MESSAGES)
    _set_pinned(call, call.world.channel(found.channel_id), found, pinned=False)


def _set_pinned(call: Call, channel: Channel, found: Message, *, pinned: bool) -> None:
    found.pinned = pinned
    tell(call.world, "MESSAGE_UPDATE", found)
    payload: Payload = {"channel_id": str(channel.id), "last_pin_timestamp": None}
    if channel.guild_id is not None:
        payload["guild_id"] = str(channel.guild_id)
    world = call.world
    world.events.emit(
        Event(
            name="CHANNEL_PINS_UPDATE",
            payload=payload,
            guild_id=channel.guild_id,
            channel_id=channel.id,
            intent=Intent.DM_MESSAGES if channel.is_dm else Intent.GUILDS,
        )
    )


def list_pins(call: Call) -> Payload:
    """Return the pinned messages, the last pinned first."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    pinned = [one for one in call.world.messages_in(channel) if one.pinned]
    at = timestamp(call.world.now())
    items = [{"pinned_at": at, "message": shown(call, one)} for one in reversed(pinned)]
    return {"items": items, "has_more": False}


def typing(call: Call) -> None:
    """Show that the bot is typing."""
    channel = call.channel()
    if not channel.is_dm:
        call.require(channel, Permission.SEND_MESSAGES)
    world = call.world
    seconds = int(world.now().timestamp())
    payload: Payload = {
        "channel_id": str(channel.id),
        "user_id": str(world.bot.id),
        "timestamp": seconds,
    }
    world.events.emit(
        Event(
            name="TYPING_START",
            payload=payload,
            guild_id=channel.guild_id,
            channel_id=channel.id,
            intent=Intent.DM_TYPING if channel.is_dm else Intent.GUILD_TYPING,
            for_bot=False,
        )
    )


_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = f"{_MESSAGES}/{{message_id}}"
_PINS = f"{_MESSAGES}/pins"

ROUTES = (
    Route("GET", _PINS, list_pins),
    Route("PUT", f"{_PINS}/{{message_id}}", pin),
    Route("DELETE", f"{_PINS}/{{message_id}}", unpin),
    Route("GET", _MESSAGES, list_messages),
    Route("POST", _MESSAGES, create_message),
    Route("POST", f"{_MESSAGES}/bulk-delete", bulk_delete),
    Route("GET", _MESSAGE, get_message),
    Route("PATCH", _MESSAGE, edit_message),
    Route("DELETE", _MESSAGE, delete_message),
    Route("POST", f"{_MESSAGE}/crosspost", crosspost),
    Route("POST", "/channels/{channel_id}/typing", typing),
)
