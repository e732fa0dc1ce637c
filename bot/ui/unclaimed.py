"""What is pressed or sent in that no view knows: forms of ours, and whatever is out of date."""

from functools import partial
from typing import Any

import discord

from bot.error_handler import SafeModal, SafeView, guarded
from bot.errors import StaleComponentError
from bot.ui.custom_ids import numbers_in
from bot.ui.host import host_of
from bot.ui.payloads import component_type_of, custom_id_of
from bot.ui.stored import STORED, STORED_FORMS


async def answer_unclaimed(interaction: discord.Interaction[Any]) -> None:
    """Answer a press or a submit that discord.py would drop; leave the others alone."""
    if interaction.type is discord.InteractionType.component:
        if not _is_claimed(interaction) and host_of(interaction).takes_up(interaction.id):
            await guarded(interaction, _refuse)
    elif interaction.type is discord.InteractionType.modal_submit:
        identity = custom_id_of(interaction)
        if not SafeModal.claims(identity) and host_of(interaction).takes_up(interaction.id):
            await guarded(interaction, partial(_submit, interaction, identity))


async def _submit(interaction: discord.Interaction[Any], identity: str) -> None:
    for pattern, submit in STORED_FORMS.items():
        found = pattern.fullmatch(identity)
        if found is not None:
            await submit(interaction, numbers_in(found))
            return
    raise StaleComponentError


def _is_claimed(interaction: discord.Interaction[Any]) -> bool:
    """Whether discord.py finds what was pressed: on the message, and in a view or a template."""
    identity, kind = custom_id_of(interaction), component_type_of(interaction)
    if SafeView.claims(identity):
        return True
    is_known = any(one.__discord_ui_compiled_template__.fullmatch(identity) for one in STORED)
    return is_known and any(
        getattr(component, "custom_id", None) == identity and component.type.value == kind
        for row in (interaction.message.components if interaction.message else ())
        if isinstance(row, discord.ActionRow)
        for component in row.children
    )


async def _refuse() -> None:
    raise StaleComponentError
