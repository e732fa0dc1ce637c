"""Threads and forum posts: begin, join, leave, list."""

from bot.sandbox.bodies.channels import PostCreate, ThreadCreate
from bot.sandbox.drafts import draft
from bot.sandbox.enums import THREADS, ChannelKind
from bot.sandbox.errors import Code, Refused
from bot.sandbox.payloads.channels import channel as channel_payload
from bot.sandbox.payloads.channels import thread_member
from bot.sandbox.payloads.messages import message
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel, Thread
from bot.sandbox.routes.call import Call, Route
from bot.sandbox.threads import Opening, announce, begin, begin_on, begin_post, join, leave
from bot.sandbox.wire import Payload

PARENTS = frozenset({ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT})


def begin_on_message(call: Call) -> Payload:
    """Begin a thread on a message."""
    body = call.body(ThreadCreate)
    found = call.message(Permission.CREATE_PUBLIC_THREADS | Permission.READ_MESSAGE_HISTORY)
    if call.world.channel(found.channel_id).kind not in PARENTS:
        raise Refused(Code.WRONG_CHANNEL_TYPE)
    made = begin_on(call.world, found, call.world.bot.id, body.name)
    _settle(made, body)
    return channel_payload(call.world, made)


def begin_thread(call: Call) -> Payload:
    """Begin a thread without a message, or a post when the channel is a forum."""
    _guild, parent = call.guild_channel()
    if parent.kind is ChannelKind.FORUM:
        return _begin_post(call, parent)
    body = call.body(ThreadCreate)
    if parent.kind not in PARENTS:
        raise Refused(Code.WRONG_CHANNEL_TYPE)
    wanted = body.type
    kind = wanted if wanted is not None and wanted in THREADS else ChannelKind.PRIVATE_THREAD
    private = kind is ChannelKind.PRIVATE_THREAD
    call.require(
        parent,
        Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS,
    )
    made = begin(call.world, parent, _opening(call, body, kind=kind))
    _settle(made, body)
    announce(call.world, made)
    return channel_payload(call.world, made)


def _begin_post(call: Call, forum: Channel) -> Payload:
    body = call.body(PostCreate)
    made = draft(body.message, call.files)
    needed = Permission.SEND_MESSAGES
    needed |= Permission.ATTACH_FILES if made.uploads else Permission.NONE
    needed |= Permission.EMBED_LINKS if made.embeds else Permission.NONE
    call.require(forum, needed)
    opening = _opening(call, body, tags=tuple(body.applied_tags))
    channel, first = begin_post(call.world, forum, opening, made)
    _settle(channel, body)
    return {**channel_payload(call.world, channel), "message": message(call.world, first)}


def _opening(
    call: Call,
    body: ThreadCreate,
    *,
    kind: ChannelKind = ChannelKind.PUBLIC_THREAD,
    tags: tuple[int, ...] = (),
) -> Opening:
    return Opening(owner_id=call.world.bot.id, name=body.name, kind=kind, tags=tags)


def _settle(channel: Channel, body: ThreadCreate) -> None:
    channel.slowmode = body.rate_limit_per_user or 0
    if channel.thread is not None and body.auto_archive_duration is not None:
        channel.thread.auto_archive = body.auto_archive_duration
    if channel.thread is not None and body.invitable is not None:
        channel.thread.invitable = body.invitable


def _thread(call: Call) -> tuple[Channel, Thread]:
    channel = call.channel()
    if channel.thread is None:
        raise Refused(Code.WRONG_CHANNEL_TYPE)
    return channel, channel.thread


def join_thread(call: Call) -> None:
    """Join a thread as the bot."""
    channel, thread = _open(call)
    join(call.world, channel, thread, call.world.bot.id)


def leave_thread(call: Call) -> None:
    """Leave a thread."""
    channel, thread = _open(call)
    leave(call.world, channel, thread, call.world.bot.id)


def add_to_thread(call: Call) -> None:
    """Take somebody into a thread."""
    channel, thread = _open(call)
    call.require(channel, Permission.SEND_MESSAGES_IN_THREADS)
    guild = call.world.guild(channel.guild_id or 0)
    join(call.world, channel, thread, call.world.member(guild, call.id("user_id")).user_id)


def _open(call: Call) -> tuple[Channel, Thread]:
    channel, thread = _thread(call)
    if thread.archived:
        raise Refused(Code.THREAD_ARCHIVED)
    return channel, thread


def list_members(call: Call) -> list[Payload]:
    """Return who is in a thread."""
    channel, thread = _thread(call)
    return [thread_member(channel, one, at) for one, at in thread.members.items()]


def list_active(call: Call) -> Payload:
    """Return the threads of a guild that are open and that the bot can see."""
    guild = call.guild()
    found = [
        one
        for one in call.world.channels_of(guild)
        if one.thread and not one.thread.archived and call.may(one, Permission.VIEW_CHANNEL)
    ]
    return _listed(call, found)


def list_archived(call: Call) -> Payload:
    """Return the archived public threads of a channel."""
    _guild, parent = call.guild_channel(Permission.READ_MESSAGE_HISTORY)
    found = [
        one
        for one in call.world.state.channels.values()
        if one.parent_id == parent.id
        and one.thread is not None
        and one.thread.archived
        and one.kind is not ChannelKind.PRIVATE_THREAD
    ]
    return {**_listed(call, found[::-1]), "has_more": False}


def _listed(call: Call, found: list[Channel]) -> Payload:
    bot_id = call.world.bot.id
    return {
        "threads": [channel_payload(call.world, one) for one in found],
        "members": [
            thread_member(one, bot_id, one.thread.members[bot_id])
            for one in found
            if one.thread is not None and bot_id in one.thread.members
        ],
        "has_more": False,
    }


ROUTES = (
    Route(
        "POST", "/channels/{channel_id}/messages/{message_id}/threads", begin_on_message, status=201
    ),
    Route("POST", "/channels/{channel_id}/threads", begin_thread, status=201),
    Route("GET", "/channels/{channel_id}/threads/archived/public", list_archived),
    Route("GET", "/channels/{channel_id}/thread-members", list_members),
    Route("PUT", "/channels/{channel_id}/thread-members/@me", join_thread),
    Route("DELETE", "/channels/{channel_id}/thread-members/@me", leave_thread),
    Route("PUT", "/channels/{channel_id}/thread-members/{user_id}", add_to_thread),
    Route("GET", "/guilds/{guild_id}/threads/active", list_active),
)
