"""Interactions: made by people, answered by the bot once and in time, followed up for a while."""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from bot.sandbox.bodies.messages import MessageCreate, MessageEdit
from bot.sandbox.drafts import change, draft
from bot.sandbox.enums import InteractionKind as Kind
from bot.sandbox.enums import MessageFlag, MessageKind
from bot.sandbox.enums import ResponseKind as Response
from bot.sandbox.errors import Code, Refused, invalid_form
from bot.sandbox.events import Event
from bot.sandbox.interaction_records import ACKNOWLEDGE_WITHIN, TOKEN_LASTS, Interaction
from bot.sandbox.message_records import Message, Origin
from bot.sandbox.payloads import interactions as payloads
from bot.sandbox.posting import Draft, Upload, delete, edit, fill, post
from bot.sandbox.wire import Payload
from bot.sandbox.world import World

FITTING = {
    Kind.PING: {Response.PONG},
    Kind.COMMAND: {Response.MESSAGE, Response.DEFERRED_MESSAGE, Response.MODAL},
    Kind.COMPONENT: set(Response) - {Response.PONG, Response.AUTOCOMPLETE_RESULT},
    Kind.AUTOCOMPLETE: {Response.AUTOCOMPLETE_RESULT},
    Kind.MODAL_SUBMIT: {
        Response.MESSAGE,
        Response.DEFERRED_MESSAGE,
        Response.DEFERRED_UPDATE,
        Response.UPDATE,
    },
}
"""Which first responses go with which interaction: no modal after a modal."""


def create(world: World, interaction: Interaction) -> Interaction:
    """Add an interaction and tell it to the bot. Those whose token has expired are forgotten."""
    while world.interactions:
        oldest = next(iter(world.interactions.values()))
        if world.now() - oldest.created_at <= TOKEN_LASTS:
            break
        del world.interactions[oldest.id]
    world.interactions[interaction.id] = interaction
    world.events.emit(
        Event(
            name="INTERACTION_CREATE",
            payload=payloads.create(world, interaction),
            guild_id=interaction.guild_id,
            channel_id=interaction.channel_id,
            only_for=interaction.user_id,
        )
    )
    return interaction


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(48)


def acknowledge(world: World, interaction: Interaction, response: Response) -> None:
    """Mark the first response. Raises Refused when it is the second, late, or does not fit."""
    if interaction.response is not None:
        raise Refused(Code.ALREADY_ACKNOWLEDGED)
    now = world.now()
    if now - interaction.created_at > ACKNOWLEDGE_WITHIN:
        raise Refused(Code.UNKNOWN_INTERACTION, why="acknowledged after more than 3 seconds")
    updates = response in {Response.UPDATE, Response.DEFERRED_UPDATE}
    if response not in FITTING[interaction.kind] or (updates and interaction.message_id is None):
        raise invalid_form(
            at=("type",),
            code="INTERACTION_RESPONSE_TYPE_INVALID",
            message=f"Type {response} does not go with an interaction of type {interaction.kind}",
        )
    interaction.response = response
    interaction.acknowledged_at = now


def answer_with_message(
    world: World, interaction: Interaction, body: MessageCreate, files: Mapping[int, Upload]
) -> Message:
    """Answer with a message at once."""
    made = draft(body, files)
    acknowledge(world, interaction, Response.MESSAGE)
    interaction.hidden = bool(body.flag_bits & MessageFlag.EPHEMERAL)
    message = _post(world, interaction, made, hidden=interaction.hidden, first=True)
    interaction.original_id = message.id
    tell(world, interaction, "INTERACTION_SUCCESS")
    return message


def defer(world: World, interaction: Interaction, *, hidden: bool) -> Message:
    """Let the person see that the bot is thinking."""
    acknowledge(world, interaction, Response.DEFERRED_MESSAGE)
    interaction.hidden = hidden
    interaction.waiting = True
    made = Draft(flags=MessageFlag.LOADING)
    message = _post(world, interaction, made, hidden=hidden, first=True)
    interaction.original_id = message.id
    tell(world, interaction, "INTERACTION_SUCCESS")
    return message


def defer_update(world: World, interaction: Interaction) -> None:
    """Acknowledge a component without showing anything."""
    acknowledge(world, interaction, Response.DEFERRED_UPDATE)
    interaction.original_id = interaction.message_id
    tell(world, interaction, "INTERACTION_SUCCESS")


def update(
    world: World, interaction: Interaction, body: MessageEdit, files: Mapping[int, Upload]
) -> Message:
    """Change the message that the component is on."""
    message = world.message(interaction.channel_id, interaction.message_id or 0)
    made = change(message, body, files)
    acknowledge(world, interaction, Response.UPDATE)
    interaction.original_id = message.id
    edit(world, message, made)
    tell(world, interaction, "INTERACTION_SUCCESS")
    return message


def by_token(world: World, token: str) -> Interaction:
    """Return the interaction that a token belongs to, once it was answered.

    Raises Refused: no such token or older than 15 minutes (50027), not answered yet (10015).
    """
    for interaction in reversed(world.interactions.values()):
        if interaction.token == token:
            break
    else:
        raise Refused(Code.INVALID_WEBHOOK_TOKEN)
    if world.now() - interaction.created_at > TOKEN_LASTS:
        raise Refused(Code.INVALID_WEBHOOK_TOKEN, why="older than 15 minutes")
    if interaction.response is None:
        raise Refused(Code.UNKNOWN_WEBHOOK, why="not acknowledged yet")
    return interaction


def follow_up(
    world: World, interaction: Interaction, body: MessageCreate, files: Mapping[int, Upload]
) -> Message:
    """Send one more message; the first after a deferral fills the waiting one, as visible as it."""
    made = draft(body, files)
    if interaction.waiting and interaction.original_id is not None:
        waiting = world.message(interaction.channel_id, interaction.original_id)
        return _fill(
            world,
            interaction,
            waiting,
            body,
            files,
        )
    hidden = bool(body.flag_bits & MessageFlag.EPHEMERAL)
    message = _post(world, interaction, made, hidden=hidden, first=False)
    interaction.followup_ids.append(message.id)
    return message


def answer_of(world: World, interaction: Interaction, message_id: int | None) -> Message:
    """Return the first answer (None) or a later one. Raises Refused (10008) for any other."""
    wanted = interaction.original_id if message_id is None else message_id
    if wanted is None or wanted not in {interaction.original_id, *interaction.followup_ids}:
        raise Refused(Code.UNKNOWN_MESSAGE)
    return world.message(interaction.channel_id, wanted)


def edit_answer(
    world: World,
    interaction: Interaction,
    message: Message,
    body: MessageEdit,
    files: Mapping[int, Upload],
) -> Message:
    """Change an answer; the first change of a waiting one fills it."""
    if message.is_waiting:
        return _fill(world, interaction, message, body, files)
    edit(world, message, change(message, body, files))
    return message


def delete_answer(world: World, interaction: Interaction, message: Message) -> None:
    """Take an answer away."""
    if message.id == interaction.original_id:
        interaction.waiting = False
    delete(world, message)


def tell(
    world: World, interaction: Interaction, name: str, extra: Mapping[str, object] | None = None
) -> None:
    """Tell the person's own client how the interaction went; the bot does not hear it."""
    payload: Payload = {"id": str(interaction.id), "nonce": str(interaction.id), **(extra or {})}
    world.events.emit(
        Event(
            name=name,
            payload=payload,
            guild_id=interaction.guild_id,
            channel_id=interaction.channel_id,
            for_bot=False,
            only_for=interaction.user_id,
        )
    )


def _fill(
    world: World,
    interaction: Interaction,
    message: Message,
    body: MessageEdit,
    files: Mapping[int, Upload],
) -> Message:
    fill(world, message, change(message, body, files))
    interaction.waiting = False
    return message


def _post(
    world: World, interaction: Interaction, made: Draft, *, hidden: bool, first: bool
) -> Message:
    origin = Origin(
        id=interaction.id,
        kind=interaction.kind,
        user_id=interaction.user_id,
        command=interaction.command,
        message_id=interaction.message_id,
    )
    kind = _kind(interaction) if first else MessageKind.DEFAULT
    only_for = interaction.user_id if hidden else None
    channel = world.channel(interaction.channel_id)
    complete = replace(made, kind=kind, origin=origin, only_for=only_for, nonce=None)
    return post(world, channel, world.bot.id, complete)


def _kind(interaction: Interaction) -> MessageKind:
    if interaction.kind is not Kind.COMMAND:
        return MessageKind.DEFAULT
    if interaction.data.get("type") == 1:
        return MessageKind.CHAT_INPUT_COMMAND
    return MessageKind.CONTEXT_MENU_COMMAND
