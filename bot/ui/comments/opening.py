"""Opens the form for a comment, from wherever one comments."""

from typing import Any

import discord

from bot.texts import comments_own as texts
from bot.ui.acknowledging import Screen, show
from bot.ui.comments.comment_forms import comment_form
from bot.ui.comments.items import PARTS
from bot.ui.comments.pressing import require_commenter
from bot.ui.host import host_of


async def open_comment_form(
    interaction: discord.Interaction[Any],
    *,
    round_id: int | None = None,
    part_number: int | None = None,
    body: str = "",
) -> None:
    """Open the form, with the round or the onderdeel's own chosen and `body` filled in.

    Raises:
        MembersOnlyError: for who is no member here.

    """
    await require_commenter(interaction)
    services, guild_id = host_of(interaction).services, interaction.guild_id or 0
    await services.comments.blocking.require_free(guild_id, interaction.user.id)
    rounds = await services.comments.rounds.open_in(guild_id)
    if not rounds:
        await show(interaction, Screen((texts.ALL_CLOSED,)), ephemeral=True)
        return
    if part_number is not None and part_number < len(PARTS):
        part = PARTS[part_number]
        round_id = next((one.id for one in rounds if one.part is part), None)
    form = comment_form(interaction.id, rounds, chosen=round_id, body=body)
    await interaction.response.send_modal(form)
