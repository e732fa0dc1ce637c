"""Administration: `/beheer controle` and `/beheer instellingen`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.checks import moderator_only
from bot.client import BreedBot
from bot.services.container import Services
from bot.texts import admin as texts
from bot.texts import admin_settings
from bot.ui.acknowledging import in_time, show
from bot.ui.admin.control import control_screen
from bot.ui.admin.settings import settings_screen

_MOST_CHOICES = 25


@moderator_only()
class Admin(commands.GroupCog, group_name="beheer", group_description=texts.GROUP_DESCRIPTION):
    """Shows moderators whether everything works, and lets them choose how it works."""

    def __init__(self, services: Services) -> None:
        """Look at, and change, what `services` know."""
        self._services = services

    @app_commands.command(name="controle", description=texts.CONTROL_DESCRIPTION)
    @moderator_only()
    async def control(self, interaction: discord.Interaction) -> None:
        """Show what needs attention."""
        looking = control_screen(self._services, interaction.guild_id or 0)
        screen = await in_time(interaction, looking, ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @app_commands.command(name="instellingen", description=admin_settings.DESCRIPTION)
    @app_commands.rename(setting="instelling", value="waarde")
    @app_commands.describe(
        setting=admin_settings.SETTING_DESCRIPTION, value=admin_settings.VALUE_DESCRIPTION
    )
    @moderator_only()
    async def settings(
        self,
        interaction: discord.Interaction,
        setting: str | None = None,
        value: str | None = None,
    ) -> None:
        """Show settings, or change one."""
        changing = settings_screen(
            self._services.setting_changes,
            interaction.guild_id or 0,
            setting=setting,
            value=value,
            by=interaction.user.id,
        )
        screen = await in_time(interaction, changing, ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @settings.autocomplete("setting")
    async def known_settings(
        self, _interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the settings that fit what is typed."""
        fitting = admin_settings.offered(typed)[:_MOST_CHOICES]
        return [app_commands.Choice(name=name[:100], value=value) for name, value in fitting]


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(Admin(bot.services))
