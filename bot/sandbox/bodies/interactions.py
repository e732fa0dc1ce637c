"""The bot's first response to an interaction."""

from typing import Literal

from pydantic import Field, JsonValue

from bot.sandbox.bodies.base import Body
from bot.sandbox.bodies.commands import Choice
from bot.sandbox.bodies.messages import MessageCreate, MessageEdit
from bot.sandbox.bodies.modals import Modal
from bot.sandbox.enums import ResponseKind


class Callback(Body):
    """Any first response; the data is read by the model that belongs to the type."""

    type: ResponseKind
    data: JsonValue = None


class MessageCallback(Body):
    """A message at once."""

    type: Literal[ResponseKind.MESSAGE]
    data: MessageCreate


class Deferral(Body):
    """The only thing that a deferral says: whether the answer is for one person."""

    flags: int = 0


class DeferredCallback(Body):
    """A message later."""

    type: Literal[ResponseKind.DEFERRED_MESSAGE]
    data: Deferral | None = None


class UpdateCallback(Body):
    """A change of the message that the component is on."""

    type: Literal[ResponseKind.UPDATE]
    data: MessageEdit = Field(default_factory=MessageEdit)


class Choices(Body):
    """What autocomplete suggests."""

    choices: list[Choice] = Field(max_length=25)


class AutocompleteCallback(Body):
    """Suggestions while a person types."""

    type: Literal[ResponseKind.AUTOCOMPLETE_RESULT]
    data: Choices


class ModalCallback(Body):
    """A form to fill in."""

    type: Literal[ResponseKind.MODAL]
    data: Modal
