"""Reactions on messages: Unicode emoji only, at most twenty kinds."""

import unicodedata

from bot.sandbox.enums import Intent
from bot.sandbox.errors import Code, Refused
from bot.sandbox.events import Event
from bot.sandbox.message_records import Message
from bot.sandbox.payloads.messages import reaction_emoji
from bot.sandbox.payloads.people import member, user
from bot.sandbox.wire import Payload
from bot.sandbox.world import World

MOST_KINDS = 20
LONGEST_EMOJI = 16
"""Code points in the longest sequences that are one emoji (flags, families), with room."""
JOINERS = "\u200d\ufe0f\u20e3"


def emoji_key(text: str) -> str:
    """Return `text` if it is a Unicode emoji. Raises Refused (10014)."""
    shaped = [char for char in text if char not in JOINERS]
    symbols = all(unicodedata.category(char) in {"So", "Sk", "Sm", "Cf"} for char in shaped)
    keycap = "\u20e3" in text and len(shaped) == 1
    if not text or len(text) > LONGEST_EMOJI or not (symbols or keycap):
        raise Refused(Code.UNKNOWN_EMOJI)
    return text


def react(world: World, message: Message, user_id: int, emoji: str) -> None:
    """Add a reaction; a second one with the same emoji changes nothing."""
    key = emoji_key(emoji)
    if key not in message.reactions and len(message.reactions) >= MOST_KINDS:
        raise Refused(Code.MAX_REACTIONS)
    people = message.reactions.setdefault(key, [])
    if user_id in people:
        return
    people.append(user_id)
    payload = _payload(message, user_id, key)
    payload["message_author_id"] = str(message.author_id)
    guild = world.guild_of(world.channel(message.channel_id))
    if guild is not None and user_id in guild.members:
        payload["member"] = member(guild.members[user_id], world.user(user_id))
    _tell(world, "MESSAGE_REACTION_ADD", message, payload)


def unreact(world: World, message: Message, user_id: int, emoji: str) -> None:
    """Take a reaction away. Raises Refused (10014) when it is not there."""
    key = emoji_key(emoji)
    people = message.reactions.get(key, [])
    if user_id not in people:
        raise Refused(Code.UNKNOWN_EMOJI)
    people.remove(user_id)
    if not people:
        del message.reactions[key]
    _tell(world, "MESSAGE_REACTION_REMOVE", message, _payload(message, user_id, key))


def clear(world: World, message: Message) -> None:
    """Take every reaction away."""
    message.reactions.clear()
    payload: Payload = {"channel_id": str(message.channel_id), "message_id": str(message.id)}
    _tell(world, "MESSAGE_REACTION_REMOVE_ALL", message, payload)


def people_with(world: World, message: Message, emoji: str) -> list[Payload]:
    """Return the users who reacted with an emoji."""
    return [user(world.user(one)) for one in message.reactions.get(emoji_key(emoji), [])]


def _payload(message: Message, user_id: int, key: str) -> Payload:
    return {
        "user_id": str(user_id),
        "channel_id": str(message.channel_id),
        "message_id": str(message.id),
        "emoji": reaction_emoji(key),
        "burst": False,
        "type": 0,
    }


def _tell(world: World, name: str, message: Message, payload: Payload) -> None:
    channel = world.channel(message.channel_id)
    if channel.guild_id is not None:
        payload["guild_id"] = str(channel.guild_id)
    world.events.emit(
        Event(
            name=name,
            payload=payload,
            guild_id=channel.guild_id,
            channel_id=channel.id,
            intent=Intent.DM_REACTIONS if channel.is_dm else Intent.GUILD_REACTIONS,
            for_bot=not message.is_ephemeral,
            only_for=message.only_for,
        )
    )
