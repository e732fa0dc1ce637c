"""Updates as private messages: `/abonnement aan`, `uit` and `lijst`."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import BreedBot
from bot.texts import subscriptions as texts
from bot.ui.acknowledging import in_time, show
from bot.ui.progress.subscriptions import (
    TOPICS,
    list_screen,
    off_screen,
    on_screen,
    part_named,
    topic_name,
)

_CHOICES: Final = [
    app_commands.Choice(name=topic_name(part), value=topic_name(part)) for part in TOPICS
]


@app_commands.guild_only()
class ProgressSubscriptions(
    commands.GroupCog, group_name="abonnement", group_description=texts.GROUP_DESCRIPTION
):
    """Switches subscriptions on and off, for everybody in a guild."""

    def __init__(self, bot: BreedBot) -> None:
        """Keep them with the services of `bot`."""
        self._bot = bot
        self._subscriptions = bot.services.subscriptions

    @app_commands.command(name="aan", description=texts.ON_DESCRIPTION)
    @app_commands.rename(topic="onderwerp")
    @app_commands.describe(topic=texts.TOPIC_DESCRIPTION)
    @app_commands.choices(topic=_CHOICES)
    async def on(self, interaction: discord.Interaction[Any], topic: str) -> None:
        """Begin a subscription."""
        switching = self._subscriptions.switch_on(
            interaction.guild_id or 0, part_named(topic), person=interaction.user.id
        )
        switched = await in_time(interaction, switching, ephemeral=True)
        await show(interaction, on_screen(switched, self._bot.command_mentions), ephemeral=True)

    @app_commands.command(name="uit", description=texts.OFF_DESCRIPTION)
    @app_commands.rename(topic="onderwerp")
    @app_commands.describe(topic=texts.TOPIC_DESCRIPTION)
    @app_commands.choices(topic=_CHOICES)
    async def off(self, interaction: discord.Interaction[Any], topic: str) -> None:
        """End a subscription, or all."""
        switching = self._subscriptions.switch_off(
            interaction.guild_id or 0, part_named(topic), person=interaction.user.id
        )
        switched = await in_time(interaction, switching, ephemeral=True)
        await show(interaction, off_screen(switched, self._bot.command_mentions), ephemeral=True)

    @app_commands.command(name="lijst", description=texts.LIST_DESCRIPTION)
    async def all_of_mine(self, interaction: discord.Interaction[Any]) -> None:
        """Show what is on, and what stopped by itself."""
        guild_id, person = interaction.guild_id or 0, interaction.user.id
        finding = self._subscriptions.of_person(guild_id, person)
        found = await in_time(interaction, finding, ephemeral=True)
        mentions = self._bot.command_mentions
        screen = list_screen(found, mentions, guild_id=guild_id, person=person)
        await show(interaction, screen, ephemeral=True)


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(ProgressSubscriptions(bot))
