"""Which knowledge an interaction is about: that of its guild, in private messages of one."""

from typing import Any

import discord

from bot.services.knowledge.library import Edition
from bot.ui.guild_menus import home_of
from bot.ui.host import host_of


async def guild_of(interaction: discord.Interaction[Any]) -> int | None:
    """Return the guild of an interaction; in private messages the one last used there, if any."""
    if interaction.guild_id is not None:
        return interaction.guild_id
    return (await home_of(host_of(interaction), interaction.user.id)).guild_id


async def edition_of(interaction: discord.Interaction[Any]) -> Edition:
    """Return what answers there now."""
    return await host_of(interaction).services.library.ready(await guild_of(interaction))
