"""Shows a screen in the place of what was pressed."""

from functools import partial
from typing import Any

import discord

from bot.discord_codes import ALREADY_ACKNOWLEDGED
from bot.ui.acknowledging import Screen, repeated, show


async def replace_with(interaction: discord.Interaction[Any], screen: Screen) -> None:
    """Show a screen in place of what was pressed, so that nothing stale stays behind."""
    first, *others = screen.parts
    if interaction.response.is_done() or others:
        await show(interaction, screen, ephemeral=True)
        return
    edit = partial(
        interaction.response.edit_message,
        content=first or None,
        embed=screen.embed,
        view=screen.view,
    )
    try:
        await repeated(edit)
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:  # then an earlier attempt arrived after all
            raise
