"""Scheduled events of a guild."""

import hashlib

from bot.sandbox.bodies.channels import EventCreate, EventDetails, EventEdit
from bot.sandbox.enums import EventPlace, EventStatus
from bot.sandbox.errors import Code, Refused, invalid_form
from bot.sandbox.payloads.guilds import event as event_payload
from bot.sandbox.payloads.people import member, user
from bot.sandbox.permissions import Permission, in_guild
from bot.sandbox.records import Guild, ScheduledEvent
from bot.sandbox.routes.call import Call, Route
from bot.sandbox.scheduling import NEXT, tell_event
from bot.sandbox.wire import Payload

MOST_EVENTS = 100
OPEN = frozenset({EventStatus.SCHEDULED, EventStatus.ACTIVE})


def list_events(call: Call) -> list[Payload]:
    """Return the scheduled events of a guild."""
    return [event_payload(call.world, one) for one in call.guild().events.values()]


def get_event(call: Call) -> Payload:
    """Return one scheduled event."""
    return event_payload(call.world, call.world.event(call.guild(), call.id("event_id")))


def create_event(call: Call) -> Payload:
    """Schedule an event; it must lie ahead and say where it is."""
    guild = call.guild(Permission.CREATE_EVENTS)
    body = call.body(EventCreate)
    if sum(one.status in OPEN for one in guild.events.values()) >= MOST_EVENTS:
        raise Refused(Code.MAX_EVENTS)
    made = ScheduledEvent(
        id=call.world.new_id(),
        guild_id=guild.id,
        creator_id=call.world.bot.id,
        name=body.name,
        starts_at=body.scheduled_start_time,
        place=body.entity_type,
    )
    _fill(made, body)
    _check(call, made)
    guild.events[made.id] = made
    tell_event(call.world, guild, made, "GUILD_SCHEDULED_EVENT_CREATE")
    return event_payload(call.world, made)


def edit_event(call: Call) -> Payload:
    """Change a scheduled event: its details, or its state one step on."""
    guild, found = _own_event(call)
    body = call.body(EventEdit)
    if body.status is not None and body.status is not found.status:
        if body.status not in NEXT.get(found.status, set()):
            raise _wrong(at="status", says="This state cannot follow the present one")
        found.status = body.status
    moved = body.scheduled_start_time is not None
    found.name = body.name or found.name
    found.place = body.entity_type or found.place
    found.starts_at = body.scheduled_start_time or found.starts_at
    _fill(found, body)
    if moved:
        _check(call, found)
    tell_event(call.world, guild, found, "GUILD_SCHEDULED_EVENT_UPDATE")
    return event_payload(call.world, found)


def delete_event(call: Call) -> None:
    """Delete a scheduled event."""
    guild, found = _own_event(call)
    del guild.events[found.id]
    tell_event(call.world, guild, found, "GUILD_SCHEDULED_EVENT_DELETE")


def list_subscribers(call: Call) -> list[Payload]:
    """Return who follows an event."""
    guild = call.guild()
    found = call.world.event(guild, call.id("event_id"))
    limit = call.number("limit", 100, most=100)
    return [_subscriber(call, guild, found, one) for one in found.subscribers[:limit]]


def _subscriber(call: Call, guild: Guild, found: ScheduledEvent, user_id: int) -> Payload:
    person = call.world.user(user_id)
    payload: Payload = {
        "guild_scheduled_event_id": str(found.id),
        "user_id": str(user_id),
        "response": 1,
        "user": user(person),
    }
    if call.query.get("with_member") and user_id in guild.members:
        payload["member"] = member(guild.members[user_id], person)
    return payload


def _own_event(call: Call) -> tuple[Guild, ScheduledEvent]:
    guild = call.guild()
    found = call.world.event(guild, call.id("event_id"))
    own = found.creator_id == call.world.bot.id
    needed = Permission.CREATE_EVENTS if own else Permission.MANAGE_EVENTS
    bits = in_guild(guild, guild.members[call.world.bot.id])
    if not bits & (needed | Permission.MANAGE_EVENTS):
        raise Refused(Code.MISSING_PERMISSIONS, why=f"{needed.name} in {guild.name}")
    return guild, found


def _fill(found: ScheduledEvent, body: EventDetails) -> None:
    if body.has("description"):
        found.description = body.description
    if body.has("scheduled_end_time"):
        found.ends_at = body.scheduled_end_time
    if body.has("channel_id"):
        found.channel_id = body.channel_id
    if body.has("entity_metadata"):
        found.location = body.entity_metadata.location if body.entity_metadata else None
    if body.has("image"):
        digest = hashlib.sha256((body.image or "").encode()).hexdigest()
        found.image = digest[:32] if body.image else None


def _check(call: Call, found: ScheduledEvent) -> None:
    if found.starts_at <= call.world.now():
        raise _wrong(at="scheduled_start_time", says="Cannot schedule event in the past.")
    if found.ends_at is not None and found.ends_at <= found.starts_at:
        raise _wrong(at="scheduled_end_time", says="Cannot end before it starts.")
    if found.place is not EventPlace.EXTERNAL:
        if found.channel_id is None:
            raise _wrong(at="channel_id", says="This field is required")
        return
    if not found.location:
        raise _wrong(at="entity_metadata", says="This field is required")
    if found.ends_at is None:
        raise _wrong(at="scheduled_end_time", says="This field is required")
    if found.channel_id is not None:
        raise _wrong(at="channel_id", says="An event elsewhere has no channel")


def _wrong(*, at: str, says: str) -> Refused:
    return invalid_form(at=(at,), code="GUILD_SCHEDULED_EVENT_INVALID", message=says)


_EVENTS = "/guilds/{guild_id}/scheduled-events"

ROUTES = (
    Route("GET", _EVENTS, list_events),
    Route("POST", _EVENTS, create_event),
    Route("GET", f"{_EVENTS}/{{event_id}}", get_event),
    Route("PATCH", f"{_EVENTS}/{{event_id}}", edit_event),
    Route("DELETE", f"{_EVENTS}/{{event_id}}", delete_event),
    Route("GET", f"{_EVENTS}/{{event_id}}/users", list_subscribers),
)
