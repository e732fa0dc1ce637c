"""Threads and forum posts: begun, changed, joined. Nothing here asks for permissions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.sandbox.enums import ChannelKind, MessageFlag, MessageKind
from bot.sandbox.errors import Code, Refused, invalid_form
from bot.sandbox.message_records import Message
from bot.sandbox.payloads.channels import thread_member
from bot.sandbox.posting import Draft, post, tell, tell_channel
from bot.sandbox.records import Channel, Thread
from bot.sandbox.world import World

REQUIRE_TAG = 1 << 4
"""Channel flag: a forum in which every post carries a tag."""
MOST_TAGS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Who begins which thread. `tags` are for a post in a forum."""

    owner_id: int
    name: str
    kind: ChannelKind = ChannelKind.PUBLIC_THREAD
    tags: tuple[int, ...] = ()


def begin(
    world: World, parent: Channel, opening: Opening, *, thread_id: int | None = None
) -> Channel:
    """Add a thread under `parent` without telling it yet; see `announce`."""
    now = world.now()
    channel = Channel(
        id=thread_id or world.new_id(),
        kind=opening.kind,
        name=opening.name,
        guild_id=parent.guild_id,
        parent_id=parent.id,
        thread=Thread(owner_id=opening.owner_id, changed_at=now, members={opening.owner_id: now}),
    )
    world.state.channels[channel.id] = channel
    return channel


def announce(world: World, channel: Channel) -> None:
    """Tell that a thread was made."""
    tell_channel(world, "THREAD_CREATE", channel, {"newly_created": True})


def begin_on(world: World, message: Message, owner_id: int, name: str) -> Channel:
    """Begin a thread on a message; it gets the message's id. Raises Refused (160004)."""
    if message.id in world.state.channels:
        raise Refused(Code.THREAD_EXISTS)
    parent = world.channel(message.channel_id)
    kind = ChannelKind.PUBLIC_THREAD
    if parent.kind is ChannelKind.ANNOUNCEMENT:
        kind = ChannelKind.ANNOUNCEMENT_THREAD
    opening = Opening(owner_id=owner_id, name=name, kind=kind)
    channel = begin(world, parent, opening, thread_id=message.id)
    message.flags |= MessageFlag.HAS_THREAD
    announce(world, channel)
    starter = Draft(kind=MessageKind.THREAD_STARTER, reply_to=message.id)
    post(world, channel, owner_id, starter)
    tell(world, "MESSAGE_UPDATE", message)
    return channel


def begin_post(
    world: World, forum: Channel, opening: Opening, draft: Draft
) -> tuple[Channel, Message]:
    """Begin a forum post: a thread whose first message has the thread's id.

    Raises Refused: a tag is required (40067), or not one of the forum's (50035).
    """
    wanted = check_tags(forum, opening.tags)
    channel = begin(world, forum, opening)
    if channel.thread is not None:
        channel.thread.applied_tags = wanted
    forum.last_message_id = channel.id
    announce(world, channel)
    plain = replace(draft, nonce=None)
    return channel, post(world, channel, opening.owner_id, plain, message_id=channel.id)


def check_tags(forum: Channel, tags: Iterable[int]) -> list[int]:
    """Return the tags when a post in `forum` can carry them."""
    wanted = list(dict.fromkeys(tags))
    if forum.flags & REQUIRE_TAG and not wanted:
        raise Refused(Code.TAG_REQUIRED)
    known = {tag.id for tag in forum.tags}
    if set(wanted) - known or len(wanted) > MOST_TAGS:
        raise invalid_form(
            at=("applied_tags",), code="INVALID_FORUM_TAG", message="Invalid forum tag"
        )
    return wanted


def join(world: World, channel: Channel, thread: Thread, user_id: int) -> None:
    """Make somebody a member of a thread."""
    if user_id in thread.members:
        return
    thread.members[user_id] = world.now()
    _tell_members(world, channel, thread, added=user_id)


def leave(world: World, channel: Channel, thread: Thread, user_id: int) -> None:
    """Let somebody leave a thread."""
    if thread.members.pop(user_id, None) is not None:
        _tell_members(world, channel, thread, removed=user_id)


def _tell_members(
    world: World,
    channel: Channel,
    thread: Thread,
    *,
    added: int | None = None,
    removed: int | None = None,
) -> None:
    new = [] if added is None else [thread_member(channel, added, thread.members[added])]
    tell_channel(
        world,
        "THREAD_MEMBERS_UPDATE",
        channel,
        {
            "member_count": len(thread.members),
            "added_members": new,
            "removed_member_ids": [] if removed is None else [str(removed)],
        },
    )
