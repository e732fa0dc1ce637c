"""Interactions as the gateway tells them and the callback route answers them."""

from bot.sandbox.enums import Context, MessageFlag, ResponseKind
from bot.sandbox.interaction_records import Interaction
from bot.sandbox.message_records import Message
from bot.sandbox.payloads.channels import channel
from bot.sandbox.payloads.messages import message
from bot.sandbox.payloads.people import member, user
from bot.sandbox.permissions import EVERYTHING
from bot.sandbox.posting import LARGEST_FILE
from bot.sandbox.wire import Payload
from bot.sandbox.world import World

CARRY_MESSAGE = frozenset({ResponseKind.MESSAGE, ResponseKind.UPDATE})
"""The responses that the callback route answers with their message."""


def create(world: World, found: Interaction) -> Payload:
    """Return what the gateway sends for an interaction."""
    place = world.channel(found.channel_id)
    payload: Payload = {
        "id": str(found.id),
        "application_id": str(world.bot.id),
        "type": int(found.kind),
        "token": found.token,
        "version": 1,
        "data": found.data,
        "channel_id": str(place.id),
        "channel": {
            **channel(world, place),
            "permissions": str(world.permissions(found.user_id, place)),
        },
        "app_permissions": str(world.permissions(world.bot.id, place)),
        "locale": found.locale,
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(found.guild_id or 0)},
        "attachment_size_limit": LARGEST_FILE,
        **_who(world, found),
    }
    shown = world.state.messages.get(place.id, {}).get(found.message_id or 0)
    if shown is not None and found.command is None:
        payload["message"] = message(world, shown)
    return payload


def _who(world: World, found: Interaction) -> Payload:
    person = world.user(found.user_id)
    if found.guild_id is None:
        return {"user": user(person), "context": int(Context.BOT_DM)}
    guild = world.state.guilds[found.guild_id]
    bits = world.permissions(person.id, world.channel(found.channel_id))
    return {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": guild.features},
        "guild_locale": guild.locale,
        "member": {
            **member(guild.members[person.id], person),
            "permissions": str(bits & EVERYTHING),
        },
        "context": int(Context.GUILD),
    }


def callback(world: World, found: Interaction, answer: Message | None) -> Payload:
    """Return what the callback route answers when asked for the response."""
    summary: Payload = {"id": str(found.id), "type": int(found.kind)}
    payload: Payload = {"interaction": summary}
    if answer is not None:
        summary |= {
            "response_message_id": str(answer.id),
            "response_message_loading": answer.is_waiting,
            "response_message_ephemeral": bool(answer.flags & MessageFlag.EPHEMERAL),
        }
    kind = found.response
    if answer is not None and kind is not None and kind in CARRY_MESSAGE:
        payload["resource"] = {"type": int(kind), "message": message(world, answer)}
    return payload
