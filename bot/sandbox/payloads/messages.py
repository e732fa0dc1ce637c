"""Messages as Discord shows them."""

from collections.abc import Iterable
from typing import cast

from bot.sandbox.enums import InteractionKind, MessageFlag, MessageKind
from bot.sandbox.message_records import Message, Origin
from bot.sandbox.payloads.attachments import Placed, attachment
from bot.sandbox.payloads.channels import channel
from bot.sandbox.payloads.people import partial_member, user
from bot.sandbox.wire import Payload, snowflake, snowflakes, timestamp
from bot.sandbox.world import World

WITHHELD: Payload = {"content": "", "embeds": [], "attachments": [], "components": []}
"""What the bot gets of a message whose content it may not read."""


def message(world: World, found: Message, *, with_reply: bool = True) -> Payload:
    """Return a message object; a reply carries the message that it answers."""
    placed = Placed(world, found)
    payload: Payload = {
        "id": str(found.id),
        "channel_id": str(found.channel_id),
        "type": int(found.kind),
        "author": user(world.user(found.author_id)),
        "content": found.content,
        "timestamp": timestamp(found.created_at),
        "edited_timestamp": timestamp(found.edited_at),
        "tts": found.tts,
        "pinned": found.pinned,
        "mention_everyone": found.mentions_everyone,
        "mentions": [user(world.user(one)) for one in found.mentions],
        "mention_roles": snowflakes(found.mentioned_roles),
        "attachments": [
            attachment(world, one, ephemeral=found.is_ephemeral) for one in found.attachments
        ],
        "embeds": [placed.embed(one.wire()) for one in found.embeds],
        "components": [placed.component(one) for one in found.components],
        "flags": found.flags,
        "reactions": list(_reactions(world, found)),
    }
    if not found.reactions:
        del payload["reactions"]
    if found.nonce is not None:
        payload["nonce"] = found.nonce
    if found.origin is not None:
        payload |= _origin(world, found, found.origin)
    if found.reply_to is not None:
        payload |= _reply(world, found, found.reply_to, with_reply=with_reply)
    if found.flags & MessageFlag.HAS_THREAD and found.id in world.state.channels:
        payload["thread"] = channel(world, world.channel(found.id))
    return payload


def for_bot(world: World, found: Message, *, intents: int | None = None) -> Payload:
    """Return a message as the bot gets it: without text where the privileged intent is missing."""
    payload = message(world, found)
    if world.hides_content(found, intents=intents):
        payload |= WITHHELD
    answered = world.state.messages.get(found.channel_id, {}).get(found.reply_to or 0)
    shown = cast("Payload | None", payload.get("referenced_message"))
    if answered and shown and world.hides_content(answered, intents=intents):
        payload["referenced_message"] = {**shown, **WITHHELD}
    return payload


def event(world: World, found: Message, payload: Payload) -> Payload:
    """Return `payload` with what the gateway adds: the guild and the author's membership."""
    guild = world.guild_of(world.channel(found.channel_id))
    extra: Payload = {"channel_type": int(world.channel(found.channel_id).kind)}
    if guild is not None:
        extra["guild_id"] = str(guild.id)
        author = guild.members.get(found.author_id)
        if author is not None:
            extra["member"] = partial_member(author)
    return {**payload, **extra}


def reaction_emoji(key: str) -> Payload:
    """Return the emoji object of a reaction; ours are Unicode emoji, so they have no id."""
    return {"id": None, "name": key}


def _reactions(world: World, found: Message) -> Iterable[Payload]:
    for key, people in found.reactions.items():
        yield {
            "emoji": reaction_emoji(key),
            "count": len(people),
            "count_details": {"normal": len(people), "burst": 0},
            "burst_colors": [],
            "me": world.bot.id in people,
            "me_burst": False,
        }


def _origin(world: World, found: Message, origin: Origin) -> Payload:
    metadata: Payload = {
        "id": str(origin.id),
        "type": int(origin.kind),
        "user": user(world.user(origin.user_id)),
        "authorizing_integration_owners": {"0": _guild_id(world, found)},
    }
    if origin.message_id is not None and origin.kind is InteractionKind.COMPONENT:
        metadata["interacted_message_id"] = str(origin.message_id)
    if origin.message_id is not None and origin.kind is InteractionKind.COMMAND:
        metadata["target_message_id"] = str(origin.message_id)
    if origin.kind is InteractionKind.MODAL_SUBMIT:
        metadata["triggering_interaction_metadata"] = {
            "id": str(origin.id),
            "type": int(InteractionKind.COMMAND),
            "user": user(world.user(origin.user_id)),
            "authorizing_integration_owners": {"0": _guild_id(world, found)},
        }
    payload: Payload = {
        "application_id": str(world.bot.id),
        "webhook_id": str(world.bot.id),
        "interaction_metadata": metadata,
    }
    if origin.command is not None:
        payload["interaction"] = {
            "id": str(origin.id),
            "type": int(origin.kind),
            "name": origin.command,
            "user": user(world.user(origin.user_id)),
        }
    return payload


def _guild_id(world: World, found: Message) -> str:
    return str(world.channel(found.channel_id).guild_id or 0)


def _reply(world: World, found: Message, reply_to: int, *, with_reply: bool) -> Payload:
    answered = world.state.messages.get(found.channel_id, {}).get(reply_to)
    payload: Payload = {
        "message_reference": {
            "type": 0,
            "message_id": str(reply_to),
            "channel_id": str(found.channel_id),
        }
    }
    guild_id = world.channel(found.channel_id).guild_id
    if guild_id is not None:
        cast("Payload", payload["message_reference"])["guild_id"] = snowflake(guild_id)
    if with_reply and found.kind is MessageKind.REPLY:
        payload["referenced_message"] = (
            None if answered is None else message(world, answered, with_reply=False)
        )
    return payload
