"""The bot's answers to interactions: the callback, follow-ups, and changes of both."""

from bot.sandbox.bodies.interactions import (
    AutocompleteCallback,
    Callback,
    DeferredCallback,
    MessageCallback,
    ModalCallback,
    UpdateCallback,
)
from bot.sandbox.bodies.messages import MessageCreate, MessageEdit
from bot.sandbox.enums import MessageFlag, ResponseKind
from bot.sandbox.errors import Code, Refused, invalid_form
from bot.sandbox.interacting import (
    acknowledge,
    answer_of,
    answer_with_message,
    by_token,
    defer,
    defer_update,
    delete_answer,
    edit_answer,
    follow_up,
    tell,
    update,
)
from bot.sandbox.interaction_records import Interaction
from bot.sandbox.message_records import Message
from bot.sandbox.payloads.interactions import callback as callback_payload
from bot.sandbox.payloads.messages import message
from bot.sandbox.routes.call import Answer, Call, Route
from bot.sandbox.wire import Payload


def respond(call: Call) -> Answer:
    """Take the first response to an interaction, once and within three seconds."""
    found = call.world.interactions.get(call.id("interaction_id"))
    if found is None or found.token != call.params["token"]:
        raise Refused(Code.UNKNOWN_INTERACTION)
    answer = _respond(call, found, call.body(Callback).type)
    if call.query.get("with_response", "").lower() in {"1", "true"}:
        return callback_payload(call.world, found, answer)
    return None


def _respond(call: Call, found: Interaction, kind: ResponseKind) -> Message | None:
    if kind is ResponseKind.MESSAGE:
        body = call.body(MessageCallback).data
        return answer_with_message(call.world, found, body, call.files)
    if kind is ResponseKind.DEFERRED_MESSAGE:
        data = call.body(DeferredCallback).data
        flags = MessageFlag(0 if data is None else data.flags)
        return defer(call.world, found, hidden=bool(flags & MessageFlag.EPHEMERAL))
    if kind is ResponseKind.UPDATE:
        return update(call.world, found, call.body(UpdateCallback).data, call.files)
    if kind is ResponseKind.DEFERRED_UPDATE:
        defer_update(call.world, found)
    elif kind is ResponseKind.AUTOCOMPLETE_RESULT:
        _suggest(call, found)
    elif kind is ResponseKind.MODAL:
        modal = call.body(ModalCallback).data
        acknowledge(call.world, found, kind)
        found.modal = modal
        tell(call.world, found, "INTERACTION_MODAL_CREATE", modal.wire())
    else:
        acknowledge(call.world, found, kind)
    return None


def _suggest(call: Call, found: Interaction) -> None:
    choices = call.body(AutocompleteCallback).data.choices
    acknowledge(call.world, found, ResponseKind.AUTOCOMPLETE_RESULT)
    found.choices = choices
    listed: Payload = {"choices": [one.wire() for one in choices]}
    tell(call.world, found, "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE", listed)


def create_followup(call: Call) -> Payload:
    """Send one more message, or fill the one that waits."""
    sent = follow_up(call.world, _interaction(call), call.body(MessageCreate), call.files)
    return message(call.world, sent)


def get_answer(call: Call) -> Payload:
    """Return an answer."""
    return message(call.world, _answer(call)[1])


def edit_webhook_message(call: Call) -> Payload:
    """Change an answer."""
    interaction, found = _answer(call)
    changed = edit_answer(call.world, interaction, found, call.body(MessageEdit), call.files)
    return message(call.world, changed)


def delete_webhook_message(call: Call) -> None:
    """Take an answer away."""
    interaction, found = _answer(call)
    delete_answer(call.world, interaction, found)


def _interaction(call: Call) -> Interaction:
    if call.id("webhook_id") != call.world.bot.id:
        raise Refused(Code.UNKNOWN_WEBHOOK)
    return by_token(call.world, call.params["token"])


def _answer(call: Call) -> tuple[Interaction, Message]:
    found = _interaction(call)
    text = call.params["message_id"]
    if text != "@original" and not text.isdecimal():
        raise invalid_form(at=("message_id",), code="NUMBER_TYPE_COERCE", message="Not a snowflake")
    number = None if text == "@original" else int(text)
    return found, answer_of(call.world, found, number)


_WEBHOOK = "/webhooks/{webhook_id}/{token}"
_ANSWER = f"{_WEBHOOK}/messages/{{message_id}}"

ROUTES = (
    Route("POST", "/interactions/{interaction_id}/{token}/callback", respond, is_open=True),
    Route("POST", _WEBHOOK, create_followup, is_open=True),
    Route("GET", _ANSWER, get_answer, is_open=True),
    Route("PATCH", _ANSWER, edit_webhook_message, is_open=True),
    Route("DELETE", _ANSWER, delete_webhook_message, is_open=True),
)
