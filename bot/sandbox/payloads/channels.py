"""Channels and threads as Discord shows them."""

import datetime as dt

from bot.sandbox.enums import ChannelKind
from bot.sandbox.payloads.people import user
from bot.sandbox.records import Channel, ForumTag, Overwrite, Thread
from bot.sandbox.snowflakes import time_of
from bot.sandbox.wire import Payload, snowflake, snowflakes, timestamp
from bot.sandbox.world import World

MOST_COUNTED = 50
"""Discord counts the members of a thread no further than this."""


def channel(world: World, found: Channel) -> Payload:
    """Return a channel, thread or DM object."""
    if found.is_dm:
        return _dm(world, found)
    if found.thread is not None:
        return _thread(world, found, found.thread)
    payload: Payload = {
        **_base(found),
        "name": found.name,
        "guild_id": snowflake(found.guild_id),
        "parent_id": snowflake(found.parent_id),
        "position": found.position,
        "permission_overwrites": [_overwrite(one) for one in found.overwrites],
        "nsfw": found.nsfw,
        "topic": found.topic,
        "rate_limit_per_user": found.slowmode,
        "last_message_id": snowflake(found.last_message_id),
    }
    if found.kind is ChannelKind.VOICE:
        payload |= {"bitrate": 64_000, "user_limit": 0, "rtc_region": None}
    if found.kind is ChannelKind.FORUM:
        payload |= {
            "available_tags": [tag(one) for one in found.tags],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
            "default_thread_rate_limit_per_user": 0,
        }
    return payload


def thread_member(found: Channel, user_id: int, joined_at: dt.datetime) -> Payload:
    """Return somebody's membership of a thread."""
    return {
        "id": str(found.id),
        "user_id": str(user_id),
        "join_timestamp": timestamp(joined_at),
        "flags": 1,
    }


def tag(found: ForumTag) -> Payload:
    """Return a tag of a forum."""
    return {
        "id": str(found.id),
        "name": found.name,
        "moderated": found.moderated,
        "emoji_id": None,
        "emoji_name": found.emoji,
    }


def deleted(found: Channel) -> Payload:
    """Return what a gateway tells of a deleted thread."""
    return {
        "id": str(found.id),
        "guild_id": snowflake(found.guild_id),
        "parent_id": snowflake(found.parent_id),
        "type": int(found.kind),
    }


def _base(found: Channel) -> Payload:
    return {"id": str(found.id), "type": int(found.kind), "flags": found.flags}


def _dm(world: World, found: Channel) -> Payload:
    recipients = [] if found.recipient_id is None else [user(world.user(found.recipient_id))]
    return {
        **_base(found),
        "last_message_id": snowflake(found.last_message_id),
        "recipients": recipients,
    }


def _thread(world: World, found: Channel, thread: Thread) -> Payload:
    kept = len(world.state.messages.get(found.id, {}))
    payload: Payload = {
        **_base(found),
        "name": found.name,
        "guild_id": snowflake(found.guild_id),
        "parent_id": snowflake(found.parent_id),
        "owner_id": str(thread.owner_id),
        "last_message_id": snowflake(found.last_message_id),
        "rate_limit_per_user": found.slowmode,
        "message_count": kept,
        "total_message_sent": thread.sent,
        "member_count": min(len(thread.members), MOST_COUNTED),
        "applied_tags": snowflakes(thread.applied_tags),
        "thread_metadata": {
            "archived": thread.archived,
            "locked": thread.locked,
            "auto_archive_duration": thread.auto_archive,
            "archive_timestamp": timestamp(thread.changed_at),
            "create_timestamp": timestamp(time_of(found.id)),
            "invitable": thread.invitable,
        },
    }
    joined = thread.members.get(world.bot.id)
    if joined is not None:
        payload["member"] = thread_member(found, world.bot.id, joined)
    return payload


def _overwrite(found: Overwrite) -> Payload:
    return {
        "id": str(found.id),
        "type": 1 if found.is_person else 0,
        "allow": str(found.allow),
        "deny": str(found.deny),
    }
