"""Scheduled events: made, changed, ended, followed."""

import datetime as dt

from bot.sandbox.building import tell_guild
from bot.sandbox.enums import EventStatus, Intent
from bot.sandbox.payloads.guilds import event as event_payload
from bot.sandbox.records import Guild, ScheduledEvent
from bot.sandbox.wire import Payload
from bot.sandbox.world import World

NEXT = {
    EventStatus.SCHEDULED: {EventStatus.ACTIVE, EventStatus.CANCELED},
    EventStatus.ACTIVE: {EventStatus.COMPLETED},
}
"""Which state can follow which (Discord's documentation, "Guild Scheduled Event")."""


def tell_event(world: World, guild: Guild, event: ScheduledEvent, name: str) -> None:
    """Tell that a scheduled event was made, changed or deleted."""
    payload = event_payload(world, event)
    tell_guild(world, guild, name, payload, intent=Intent.SCHEDULED_EVENTS)


def subscribe(world: World, guild: Guild, event: ScheduledEvent, user_id: int) -> None:
    """Let somebody follow an event."""
    if user_id not in event.subscribers:
        event.subscribers.append(user_id)
        _tell_subscriber(world, guild, event, user_id, "GUILD_SCHEDULED_EVENT_USER_ADD")


def unsubscribe(world: World, guild: Guild, event: ScheduledEvent, user_id: int) -> None:
    """Let somebody follow an event no longer."""
    if user_id in event.subscribers:
        event.subscribers.remove(user_id)
        _tell_subscriber(world, guild, event, user_id, "GUILD_SCHEDULED_EVENT_USER_REMOVE")


def _tell_subscriber(
    world: World, guild: Guild, event: ScheduledEvent, user_id: int, name: str
) -> None:
    payload: Payload = {
        "guild_scheduled_event_id": str(event.id),
        "user_id": str(user_id),
        "guild_id": str(guild.id),
    }
    tell_guild(world, guild, name, payload, intent=Intent.SCHEDULED_EVENTS)


def change_by_hand(  # noqa: PLR0913 # what somebody can change of an event
    world: World,
    guild: Guild,
    event: ScheduledEvent,
    *,
    name: str | None = None,
    moved_by: dt.timedelta = dt.timedelta(),
    location: str | None = None,
) -> None:
    """Let somebody who may change an event, as Discord's own screens do."""
    event.name = name or event.name
    event.starts_at += moved_by
    event.ends_at = None if event.ends_at is None else event.ends_at + moved_by
    event.location = location or event.location
    tell_event(world, guild, event, "GUILD_SCHEDULED_EVENT_UPDATE")


def cancel_by_hand(world: World, guild: Guild, event: ScheduledEvent) -> None:
    """Let somebody cancel an event: it is told of once more, and is gone from the list."""
    event.status = EventStatus.CANCELED
    tell_event(world, guild, event, "GUILD_SCHEDULED_EVENT_UPDATE")
    del guild.events[event.id]


def delete_by_hand(world: World, guild: Guild, event: ScheduledEvent) -> None:
    """Let somebody delete an event."""
    del guild.events[event.id]
    tell_event(world, guild, event, "GUILD_SCHEDULED_EVENT_DELETE")
