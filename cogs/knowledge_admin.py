"""The knowledge of a guild, for moderators: `/kennis openstaand`, `importeren`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.checks import moderator_only
from bot.client import BreedBot
from bot.services.container import Services
from bot.texts import importing as import_texts
from bot.texts import open_questions as question_texts
from bot.ui.acknowledging import in_time, show
from bot.ui.knowledge.importing import import_file
from bot.ui.knowledge.questions_screens import list_screen


class KnowledgeAdmin(commands.Cog):
    """What moderators do with questions and knowledge."""

    group = app_commands.Group(
        name="kennis",
        description=question_texts.GROUP_DESCRIPTION,
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, services: Services) -> None:
        """Use the use cases of `services`."""
        self._services = services

    @group.command(name="openstaand", description=question_texts.OPEN_DESCRIPTION)
    @moderator_only()
    async def waiting(self, interaction: discord.Interaction) -> None:
        """Show what waits for a moderator, the oldest first."""
        listing = list_screen(self._services, interaction.guild_id or 0)
        screen = await in_time(interaction, listing, ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @group.command(name="importeren", description=import_texts.COMMAND)
    @app_commands.rename(file="bestand", title="titel", source="bron")
    @app_commands.describe(
        file=import_texts.FILE_OPTION,
        title=import_texts.TITLE_OPTION,
        source=import_texts.SOURCE_OPTION,
    )
    @moderator_only()
    async def import_knowledge(
        self,
        interaction: discord.Interaction,
        file: discord.Attachment,
        title: app_commands.Range[str, 1, 150] = "",
        source: app_commands.Range[str, 1, 300] = "",
    ) -> None:
        """Read a file and show what it becomes."""
        await import_file(interaction, file, title=title, source=source)


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(KnowledgeAdmin(bot.services))
