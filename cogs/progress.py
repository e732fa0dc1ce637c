"""Where the verkenning stands: `/voortgang`."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import BreedBot
from bot.texts import progress as texts
from bot.ui.progress.progress_buttons import PARTS, answer_progress, part_called

_CHOICES: Final = [
    app_commands.Choice(name=part.value, value=part.value) for part in PARTS if part is not None
]


class Progress(commands.Cog):
    """Shows milestones and news to everybody, in private messages too."""

    @app_commands.command(name="voortgang", description=texts.DESCRIPTION)
    @app_commands.rename(part="onderdeel")
    @app_commands.describe(part=texts.PART_DESCRIPTION)
    @app_commands.choices(part=_CHOICES)
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def progress(
        self, interaction: discord.Interaction[Any], part: str | None = None
    ) -> None:
        """Show where things stand, of all or of one part."""
        await answer_progress(interaction, part_called(part))


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(Progress())
