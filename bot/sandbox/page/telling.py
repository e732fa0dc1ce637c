"""Which part of what happens in the world a person is told, and in which words of ours."""

import enum
from collections.abc import Callable
from typing import Final, cast

from bot.sandbox.events import Event
from bot.sandbox.page.view import View
from bot.sandbox.wire import Payload


class Refresh(enum.Enum):
    """Told instead of a message: the places have changed and are sent again."""

    PLACES = enum.auto()


Told = Payload | Refresh | None

INTERACTIONS: Final = frozenset(
    {
        "INTERACTION_SUCCESS",
        "INTERACTION_FAILURE",
        "INTERACTION_MODAL_CREATE",
        "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE",
    }
)
STRUCTURE: Final = ("CHANNEL_", "THREAD_", "GUILD_", "COMMANDS_", "SESSION_")


def told(view: View, event: Event) -> Told:
    """Return what a person is told of `event`; None when it is not for that person."""
    if event.name in INTERACTIONS:
        if event.only_for != view.person.id:
            return None
        return {"kind": "interaction", "name": event.name, "payload": event.payload}
    teller = TELLERS.get(event.name)
    if teller is not None:
        return teller(view, event)
    return Refresh.PLACES if event.name.startswith(STRUCTURE) else None


def _message(view: View, event: Event) -> Told:
    found = event.message
    if found is None or not view.person.sees(found):
        return None
    is_new = event.name == "MESSAGE_CREATE"
    return {"kind": "message", "message": view.message(found), "new": is_new}


def _gone(view: View, event: Event) -> Told:
    if event.only_for not in {None, view.person.id} or not view.may_see(event.channel_id):
        return None
    ids = event.payload.get("ids") or [event.payload.get("id")]
    return {"kind": "gone", "channel": str(event.channel_id), "ids": ids}


def _reaction(view: View, event: Event) -> Told:
    messages = view.world.state.messages.get(event.channel_id or 0, {})
    found = messages.get(int(cast("str", event.payload["message_id"])))
    if found is None or not view.person.sees(found):
        return None
    return {"kind": "message", "message": view.message(found), "new": False}


def _typing(view: View, event: Event) -> Told:
    who = event.payload.get("user_id")
    if who == str(view.person.id) or not view.may_see(event.channel_id):
        return None
    return {"kind": "typing", "channel": str(event.channel_id), "user": who}


TELLERS: Final[dict[str, Callable[[View, Event], Told]]] = {
    "MESSAGE_CREATE": _message,
    "MESSAGE_UPDATE": _message,
    "MESSAGE_DELETE": _gone,
    "MESSAGE_DELETE_BULK": _gone,
    "MESSAGE_REACTION_ADD": _reaction,
    "MESSAGE_REACTION_REMOVE": _reaction,
    "MESSAGE_REACTION_REMOVE_ALL": _reaction,
    "TYPING_START": _typing,
}
