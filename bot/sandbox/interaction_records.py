"""An interaction: what a person did, and how far the bot's answer to it is."""

import datetime as dt
from dataclasses import dataclass, field

from bot.sandbox.bodies.commands import Choice
from bot.sandbox.bodies.modals import Modal
from bot.sandbox.enums import InteractionKind, ResponseKind
from bot.sandbox.wire import Payload

ACKNOWLEDGE_WITHIN = dt.timedelta(seconds=3)
TOKEN_LASTS = dt.timedelta(minutes=15)


@dataclass(slots=True)
class Interaction:
    """One use of a command, button, select, autocomplete or modal.

    `response` is the kind of the first response, None as long as there is none. `original_id` is
    the message that answers it (or that the component is on), `waiting` whether that message
    still shows the bot thinking. `message_id` is the message that the component or the modal
    belongs to. `acknowledged_at` is for measuring.
    """

    id: int
    token: str
    kind: InteractionKind
    user_id: int
    channel_id: int
    guild_id: int | None
    created_at: dt.datetime
    data: Payload = field(default_factory=dict[str, object])
    command: str | None = None
    message_id: int | None = None
    locale: str = "nl"
    response: ResponseKind | None = None
    acknowledged_at: dt.datetime | None = None
    hidden: bool = False
    waiting: bool = False
    original_id: int | None = None
    followup_ids: list[int] = field(default_factory=list[int])
    choices: list[Choice] | None = None
    modal: Modal | None = None
    failed: bool = False
