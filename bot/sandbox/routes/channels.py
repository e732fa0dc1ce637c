"""Channels: read, make, change, delete. Threads share the routes of a single channel."""

from bot.sandbox.bodies.channels import ChannelCreate, ChannelEdit
from bot.sandbox.building import add_channel, remove_channel
from bot.sandbox.enums import ChannelKind
from bot.sandbox.errors import Code, Refused, invalid_form
from bot.sandbox.payloads.channels import channel as channel_payload
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import tell_channel
from bot.sandbox.records import Channel, ForumTag, Overwrite, Thread
from bot.sandbox.routes.call import Call, Route
from bot.sandbox.threads import check_tags
from bot.sandbox.wire import Payload

MAKEABLE = frozenset(
    {
        ChannelKind.TEXT,
        ChannelKind.VOICE,
        ChannelKind.CATEGORY,
        ChannelKind.ANNOUNCEMENT,
        ChannelKind.FORUM,
    }
)
MOST_CHANNELS = 500


def get_channel(call: Call) -> Payload:
    """Return a channel, thread or DM."""
    return channel_payload(call.world, call.channel())


def create_channel(call: Call) -> Payload:
    """Add a channel to a guild."""
    guild = call.guild(Permission.MANAGE_CHANNELS)
    body = call.body(ChannelCreate)
    if body.name is None:
        raise invalid_form(at=("name",), code="BASE_TYPE_REQUIRED", message="Required")
    if body.type not in MAKEABLE:
        raise invalid_form(at=("type",), code="BASE_TYPE_CHOICES", message="Not a channel")
    if sum(not one.is_thread for one in call.world.channels_of(guild)) >= MOST_CHANNELS:
        raise Refused(Code.MAX_CHANNELS)
    parent = None if body.parent_id is None else call.world.channel(body.parent_id)
    made = add_channel(call.world, guild, body.name, body.type, parent=parent)
    _change(call, made, body)
    tell_channel(call.world, "CHANNEL_UPDATE", made)
    return channel_payload(call.world, made)


def edit_channel(call: Call) -> Payload:
    """Change a channel, or a thread: its name, archive, lock and tags."""
    _guild, found = call.guild_channel()
    body = call.body(ChannelEdit)
    if found.thread is not None:
        _check_thread(call, found, found.thread, body)
        _change_thread(call, found, found.thread, body)
        tell_channel(call.world, "THREAD_UPDATE", found)
    else:
        call.require(found, Permission.MANAGE_CHANNELS)
        _change(call, found, body)
        tell_channel(call.world, "CHANNEL_UPDATE", found)
    return channel_payload(call.world, found)


def _check_thread(call: Call, found: Channel, thread: Thread, body: ChannelEdit) -> None:
    manages = call.may(found, Permission.MANAGE_THREADS)
    owns = thread.owner_id == call.world.bot.id
    opens = body.archived is False
    if thread.archived and not opens:
        raise Refused(Code.THREAD_ARCHIVED)
    if manages:
        return
    if body.locked is not None and body.locked != thread.locked:
        raise Refused(Code.MISSING_PERMISSIONS, why="MANAGE_THREADS to lock")
    if thread.locked:
        raise Refused(Code.THREAD_LOCKED)
    if not owns and not (opens and call.may(found, Permission.SEND_MESSAGES_IN_THREADS)):
        raise Refused(Code.MISSING_PERMISSIONS, why="MANAGE_THREADS for a thread of another")


def _change_thread(call: Call, found: Channel, thread: Thread, body: ChannelEdit) -> None:
    if body.applied_tags is not None:
        thread.applied_tags = check_tags(
            call.world.channel(found.parent_id or 0), body.applied_tags
        )
    if body.archived is not None and body.archived != thread.archived:
        thread.archived = body.archived
        thread.changed_at = call.world.now()
    thread.locked = thread.locked if body.locked is None else body.locked
    thread.invitable = thread.invitable if body.invitable is None else body.invitable
    thread.auto_archive = body.auto_archive_duration or thread.auto_archive
    found.name = body.name or found.name
    found.flags = found.flags if body.flags is None else body.flags
    _set_slowmode(found, body)


def _change(call: Call, found: Channel, body: ChannelEdit) -> None:
    found.name = body.name or found.name
    found.flags = found.flags if body.flags is None else body.flags
    found.nsfw = found.nsfw if body.nsfw is None else body.nsfw
    found.position = found.position if body.position is None else body.position
    if body.has("topic"):
        found.topic = body.topic
    if body.has("parent_id"):
        found.parent_id = body.parent_id
    if body.permission_overwrites is not None:
        found.overwrites = [
            Overwrite(one.id, one.allow, one.deny, is_person=one.type == 1)
            for one in body.permission_overwrites
        ]
    if body.available_tags is not None:
        found.tags = [
            ForumTag(one.id or call.world.new_id(), one.name, one.moderated, one.emoji_name)
            for one in body.available_tags
        ]
    _set_slowmode(found, body)


def _set_slowmode(found: Channel, body: ChannelEdit) -> None:
    if body.rate_limit_per_user is not None:
        found.slowmode = body.rate_limit_per_user


def delete_channel(call: Call) -> Payload:
    """Delete a channel or thread with all that is in it."""
    _guild, found = call.guild_channel()
    is_thread = found.is_thread
    call.require(found, Permission.MANAGE_THREADS if is_thread else Permission.MANAGE_CHANNELS)
    payload = channel_payload(call.world, found)
    remove_channel(call.world, found)
    return payload


ROUTES = (
    Route("GET", "/channels/{channel_id}", get_channel),
    Route("PATCH", "/channels/{channel_id}", edit_channel),
    Route("DELETE", "/channels/{channel_id}", delete_channel),
    Route("POST", "/guilds/{guild_id}/channels", create_channel, status=201),
)
