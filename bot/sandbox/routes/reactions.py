"""Reactions of the bot, and who reacted."""

from bot.sandbox.enums import THREADS
from bot.sandbox.errors import Code, Refused
from bot.sandbox.message_records import Message
from bot.sandbox.permissions import Permission
from bot.sandbox.reacting import clear, people_with, react, unreact
from bot.sandbox.routes.call import Call, Route
from bot.sandbox.wire import Payload


def add_own(call: Call) -> None:
    """React as the bot; a new kind of reaction needs its own right."""
    found = _open_message(call, Permission.READ_MESSAGE_HISTORY)
    emoji = call.params["emoji"]
    if emoji not in found.reactions:
        call.require(call.world.channel(found.channel_id), Permission.ADD_REACTIONS)
    react(call.world, found, call.world.bot.id, emoji)


def remove_own(call: Call) -> None:
    """Take the bot's own reaction away."""
    found = _open_message(call, Permission.READ_MESSAGE_HISTORY)
    unreact(call.world, found, call.world.bot.id, call.params["emoji"])


def remove_other(call: Call) -> None:
    """Take somebody's reaction away."""
    found = _open_message(call, Permission.MANAGE_MESSAGES)
    unreact(call.world, found, call.id("user_id"), call.params["emoji"])


def remove_all(call: Call) -> None:
    """Take every reaction away."""
    clear(call.world, _open_message(call, Permission.MANAGE_MESSAGES))


def list_people(call: Call) -> list[Payload]:
    """Return who reacted with an emoji."""
    found = call.message(Permission.READ_MESSAGE_HISTORY)
    return people_with(call.world, found, call.params["emoji"])


def _open_message(call: Call, needed: Permission) -> Message:
    found = call.message(needed)
    channel = call.world.channel(found.channel_id)
    if channel.kind in THREADS and channel.thread is not None and channel.thread.archived:
        raise Refused(Code.THREAD_ARCHIVED)
    return found


_REACTIONS = "/channels/{channel_id}/messages/{message_id}/reactions"

ROUTES = (
    Route("PUT", f"{_REACTIONS}/{{emoji}}/@me", add_own),
    Route("DELETE", f"{_REACTIONS}/{{emoji}}/@me", remove_own),
    Route("DELETE", f"{_REACTIONS}/{{emoji}}/{{user_id}}", remove_other),
    Route("GET", f"{_REACTIONS}/{{emoji}}", list_people),
    Route("DELETE", _REACTIONS, remove_all),
)
