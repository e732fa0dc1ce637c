"""Scheduled events: made, changed, ended, followed."""

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
