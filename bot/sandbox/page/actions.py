"""What a person does by the page: chat. Using the bot is in `page.using`."""

from collections.abc import Callable
from typing import Final

from bot.sandbox.errors import NotPossibleError, Refused
from bot.sandbox.message_records import Message
from bot.sandbox.page import using
from bot.sandbox.page.reading import Fault, PageError, Wanted
from bot.sandbox.page.view import View
from bot.sandbox.records import ScheduledEvent
from bot.sandbox.wire import Payload

LONGEST_NAME: Final = 100
"""Characters in the name of a thread or forum post (Discord's limit)."""


def act(view: View, name: str, wanted: Wanted) -> Payload:
    """Do what the person asks and return the answer.

    Raises PageError: `invalid` (no such action), `not_found`, `impossible`, or `refused_` and
    Discord's number.
    """
    action = ACTIONS.get(name)
    if action is None:
        raise PageError(Fault.INVALID)
    try:
        return action(view, wanted) or {}
    except NotPossibleError:
        raise PageError(Fault.IMPOSSIBLE) from None
    except Refused as refusal:
        code = f"refused_{refusal.code.number}"
        raise PageError(code) from None


def _history(view: View, wanted: Wanted) -> Payload:
    return view.history(using.channel_of(view, wanted), wanted.maybe_id("before"))


def _dm(view: View, wanted: Wanted) -> Payload:
    del wanted
    return {"channel": view.channel(view.person.dm_channel())}


def _say(view: View, wanted: Wanted) -> Payload:
    channel = using.channel_of(view, wanted)
    reply_to = wanted.maybe_id("reply_to")
    answered = None if reply_to is None else view.world.message(channel.id, reply_to)
    if answered is not None and not view.person.sees(answered):
        raise PageError(Fault.NOT_FOUND)
    said = view.person.say(
        channel,
        wanted.text("text"),
        reply_to=answered,
        files=wanted.uploads("files"),
    )
    return {"message": str(said.id)}


def _edit(view: View, wanted: Wanted) -> None:
    view.person.edit(using.message_of(view, wanted), wanted.text("text"))


def _delete(view: View, wanted: Wanted) -> None:
    view.person.delete(using.message_of(view, wanted))


def _react(view: View, wanted: Wanted) -> None:
    view.person.react(using.message_of(view, wanted), wanted.text("emoji"))


def _unreact(view: View, wanted: Wanted) -> None:
    view.person.unreact(using.message_of(view, wanted), wanted.text("emoji"))


def _typing(view: View, wanted: Wanted) -> None:
    view.person.start_typing(using.channel_of(view, wanted))


def _thread(view: View, wanted: Wanted) -> Payload:
    message: Message = using.message_of(view, wanted)
    return {"channel": str(view.person.start_thread(message, _named(wanted)).id)}


def _post(view: View, wanted: Wanted) -> Payload:
    forum = using.channel_of(view, wanted)
    tags = [int(tag) for tag in wanted.texts("tags") if tag.isdecimal()]
    text = wanted.text("text")
    if not text.strip():
        raise PageError(Fault.IMPOSSIBLE)
    channel, _ = view.person.post(forum, _named(wanted), text, tags=tags)
    return {"channel": str(channel.id)}


def _named(wanted: Wanted) -> str:
    name = wanted.text("name").strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise PageError(Fault.IMPOSSIBLE)
    return name


def _event_of(view: View, wanted: Wanted) -> ScheduledEvent:
    guild = view.world.guild(wanted.id("guild"))
    if view.person.id not in guild.members:
        raise PageError(Fault.NOT_FOUND)
    return view.world.event(guild, wanted.id("event"))


def _follow(view: View, wanted: Wanted) -> None:
    view.person.follow(_event_of(view, wanted))


def _unfollow(view: View, wanted: Wanted) -> None:
    view.person.unfollow(_event_of(view, wanted))


ACTIONS: Final[dict[str, Callable[[View, Wanted], Payload | None]]] = {
    "history": _history,
    "dm": _dm,
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "unreact": _unreact,
    "typing": _typing,
    "thread": _thread,
    "post": _post,
    "follow": _follow,
    "unfollow": _unfollow,
    "commands": using.commands,
    "slash": using.slash,
    "autocomplete": using.autocomplete,
    "menu": using.menu,
    "click": using.click,
    "choose": using.choose,
    "submit": using.submit,
}
