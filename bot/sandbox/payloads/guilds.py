"""Guilds and scheduled events as Discord shows them."""

from bot.sandbox.payloads.channels import channel
from bot.sandbox.payloads.people import member, role, user
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Guild, ScheduledEvent
from bot.sandbox.wire import Payload, snowflake, timestamp
from bot.sandbox.world import World

LARGE = 250
"""A guild with more members than this is large for discord.py (its `large_threshold`)."""


def guild(found: Guild) -> Payload:
    """Return a guild object as REST gives it."""
    return {
        "id": str(found.id),
        "name": found.name,
        "owner_id": str(found.owner_id),
        "roles": [role(one) for one in found.roles.values()],
        "features": list(found.features),
        "preferred_locale": found.locale,
        **_FIXED,
    }


_FIXED: Payload = {
    "icon": None,
    "description": None,
    "home_header": None,
    "splash": None,
    "discovery_splash": None,
    "banner": None,
    "application_id": None,
    "region": "rotterdam",
    "afk_channel_id": None,
    "afk_timeout": 300,
    "system_channel_id": None,
    "system_channel_flags": 0,
    "widget_enabled": False,
    "widget_channel_id": None,
    "verification_level": 1,
    "default_message_notifications": 1,
    "mfa_level": 0,
    "explicit_content_filter": 0,
    "max_presences": None,
    "max_members": 500_000,
    "max_stage_video_channel_users": 50,
    "max_video_channel_users": 25,
    "vanity_url_code": None,
    "premium_tier": 0,
    "premium_subscription_count": 0,
    "rules_channel_id": None,
    "safety_alerts_channel_id": None,
    "public_updates_channel_id": None,
    "premium_progress_bar_enabled": False,
    "nsfw": False,
    "nsfw_level": 0,
    "emojis": [],
    "stickers": [],
    "incidents_data": None,
}


def guild_create(world: World, found: Guild) -> Payload:
    """Return what the gateway sends when the bot is told of a guild.

    Without the presence intent Discord lists only the bot itself among the members.
    """
    me = found.members[world.bot.id]
    everything = list(world.channels_of(found))
    seen = Permission.VIEW_CHANNEL
    return {
        **guild(found),
        "joined_at": timestamp(me.joined_at),
        "large": len(found.members) > LARGE,
        "unavailable": False,
        "member_count": len(found.members),
        "members": [member(me, world.bot)],
        "channels": [channel(world, one) for one in everything if not one.is_thread],
        "threads": [
            channel(world, one)
            for one in everything
            if one.thread
            and not one.thread.archived
            and world.permissions(world.bot.id, one) & seen
        ],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "soundboard_sounds": [],
        "guild_scheduled_events": [event(world, one) for one in found.events.values()],
    }


def event(world: World, found: ScheduledEvent) -> Payload:
    """Return a scheduled event object."""
    metadata = None if found.location is None else {"location": found.location}
    return {
        "id": str(found.id),
        "guild_id": str(found.guild_id),
        "channel_id": snowflake(found.channel_id),
        "creator_id": str(found.creator_id),
        "creator": user(world.user(found.creator_id)),
        "name": found.name,
        "description": found.description,
        "image": found.image,
        "scheduled_start_time": timestamp(found.starts_at),
        "scheduled_end_time": timestamp(found.ends_at),
        "status": int(found.status),
        "entity_type": int(found.place),
        "entity_id": None,
        "entity_metadata": metadata,
        "recurrence_rule": None,
        "privacy_level": 2,
        "user_count": len(found.subscribers),
        "user_rsvp": None,
        "guild_scheduled_event_exceptions": [],
    }
