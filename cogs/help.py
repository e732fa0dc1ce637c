"""What one can do here: `/help`, and the house rules: `/voorwaarden`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import BreedBot
from bot.texts import help as texts
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.help import TOPIC_CHOICES, help_screen


class Help(commands.Cog):
    """Explains the bot, to each person what they can do."""

    @app_commands.command(name="help", description=texts.HELP_DESCRIPTION)
    @app_commands.rename(topic="onderwerp")
    @app_commands.describe(topic=texts.TOPIC_DESCRIPTION)
    @app_commands.choices(topic=TOPIC_CHOICES)
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def help(self, interaction: discord.Interaction, topic: str | None = None) -> None:
        """Explain what somebody can do here."""
        screen = await in_time(interaction, help_screen(interaction, topic), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @app_commands.command(name="voorwaarden", description=texts.RULES_DESCRIPTION)
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def rules(self, interaction: discord.Interaction) -> None:
        """Show the house rules."""
        await show(interaction, Screen((texts.RULES,)), ephemeral=True)


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(Help())
