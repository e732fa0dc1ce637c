"""The timeline, for moderators: `/mijlpaal toevoegen`, `wijzigen`, `verwijderen`, `historie`."""

import asyncio
from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.checks import moderator_only
from bot.client import BreedBot
from bot.services.progress.milestones import Milestones
from bot.texts import milestones as texts
from bot.ui.acknowledging import in_time, show
from bot.ui.progress.milestones_buttons import confirmation_screen
from bot.ui.progress.milestones_forms import change_form, new_form
from bot.ui.progress.milestones_history import choices_for, entry_screen, history_screen
from bot.ui.progress.progress_sending import show_picture

# A form must be the first response, so it cannot wait as long as other answers.
_FORM_TIMEOUT: Final = 2.0  # seconds
_Choices = list[app_commands.Choice[str]]


class ProgressMilestones(commands.Cog):
    """Adds, changes and removes milestones."""

    group = app_commands.Group(
        name="mijlpaal",
        description=texts.GROUP_DESCRIPTION,
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, milestones: Milestones) -> None:
        """Change `milestones`."""
        self._milestones = milestones

    @group.command(name="toevoegen", description=texts.ADD_DESCRIPTION)
    @moderator_only()
    async def add(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form for a new milestone."""
        await interaction.response.send_modal(new_form())

    @group.command(name="wijzigen", description=texts.CHANGE_DESCRIPTION)
    @app_commands.rename(milestone="mijlpaal")
    @app_commands.describe(milestone=texts.WHICH_DESCRIPTION)
    @moderator_only()
    async def change(self, interaction: discord.Interaction[Any], milestone: str) -> None:
        """Open the form with what a milestone says."""
        async with asyncio.timeout(_FORM_TIMEOUT):
            entry = await self._milestones.named(interaction.guild_id or 0, milestone)
        await interaction.response.send_modal(change_form(entry))

    @group.command(name="verwijderen", description=texts.REMOVE_DESCRIPTION)
    @app_commands.rename(milestone="mijlpaal")
    @app_commands.describe(milestone=texts.WHICH_DESCRIPTION)
    @moderator_only()
    async def remove(self, interaction: discord.Interaction[Any], milestone: str) -> None:
        """Ask whether a milestone is to be removed; show the way back when it is already."""
        finding = self._milestones.named(interaction.guild_id or 0, milestone)
        entry = await in_time(interaction, finding, ephemeral=True)
        if entry.is_shown:
            await show_picture(interaction, confirmation_screen(entry), ephemeral=True)
            return
        screen = await in_time(interaction, entry_screen(interaction, entry), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @group.command(name="historie", description=texts.HISTORY_DESCRIPTION)
    @app_commands.rename(milestone="mijlpaal")
    @app_commands.describe(milestone=texts.WHICH_HISTORY_DESCRIPTION)
    @moderator_only()
    async def history(
        self, interaction: discord.Interaction[Any], milestone: str | None = None
    ) -> None:
        """Show who did what and when."""
        making = history_screen(interaction, milestone)
        screen = await in_time(interaction, making, ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @change.autocomplete("milestone")
    @remove.autocomplete("milestone")
    async def shown_ones(self, interaction: discord.Interaction[Any], typed: str) -> _Choices:
        """Offer the milestones on the timeline."""
        return await choices_for(interaction, typed)

    @history.autocomplete("milestone")
    async def all_of_them(self, interaction: discord.Interaction[Any], typed: str) -> _Choices:
        """Offer removed milestones too."""
        return await choices_for(interaction, typed, removed=True)


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(ProgressMilestones(bot.services.milestones))
