"""What unites and what divides: `/landschap`."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import BreedBot
from bot.texts import comments_own as texts
from bot.ui.comments.landscape import send_landscape

_LABEL: Final = 100


class Landscape(commands.Cog):
    """Shows everybody the landscape of opinions."""

    def __init__(self, bot: BreedBot) -> None:
        """Draw with the services of `bot`."""
        self._services = bot.services

    @app_commands.command(name="landschap", description=texts.LANDSCAPE_DESCRIPTION)
    @app_commands.guild_only()
    @app_commands.rename(topic="onderwerp")
    @app_commands.describe(topic=texts.TOPIC_DESCRIPTION)
    async def landscape(
        self, interaction: discord.Interaction[Any], topic: str | None = None
    ) -> None:
        """Show the landscape of a round, or of all."""
        rounds, guild_id = self._services.comments.rounds, interaction.guild_id or 0
        of = None if topic is None else await rounds.find(topic, guild_id=guild_id)
        await send_landscape(interaction, self._services, of)

    @landscape.autocomplete("topic")
    async def topics(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the rounds of the guild."""
        offered = await self._services.comments.rounds.offer(interaction.guild_id or 0, typed)
        return [app_commands.Choice(name=one.title[:_LABEL], value=str(one.id)) for one in offered]


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(Landscape(bot))
