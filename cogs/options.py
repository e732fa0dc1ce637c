"""The options for collectivisation: `/opties` and `/vergelijk`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import BreedBot
from bot.errors import SameOptionError
from bot.services.knowledge.options import find_option, offer_options
from bot.texts import options as texts
from bot.ui.acknowledging import in_time, show
from bot.ui.editions import edition_of, guild_of
from bot.ui.host import host_of
from bot.ui.options import comparison_screen, option_screen, overview_screen


class Options(commands.Cog):
    """Shows options as the knowledge base describes them where they are asked for."""

    @app_commands.command(name="opties", description=texts.OVERVIEW_DESCRIPTION)
    @app_commands.rename(option="optie")
    @app_commands.describe(option=texts.OPTION_DESCRIPTION)
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def overview(self, interaction: discord.Interaction, option: str | None = None) -> None:
        """Show all options, or one in full."""
        edition = await in_time(interaction, edition_of(interaction), ephemeral=False)
        options = edition.options
        screen = (
            overview_screen(options)
            if option is None
            else option_screen(find_option(options, option))
        )
        await show(interaction, screen, ephemeral=False)

    @app_commands.command(name="vergelijk", description=texts.COMPARE_DESCRIPTION)
    @app_commands.rename(first="eerste", second="tweede")
    @app_commands.describe(first=texts.FIRST_DESCRIPTION, second=texts.SECOND_DESCRIPTION)
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def compare(self, interaction: discord.Interaction, first: str, second: str) -> None:
        """Show two options side by side."""
        edition = await in_time(interaction, edition_of(interaction), ephemeral=False)
        options = edition.options
        one, other = find_option(options, first), find_option(options, second)
        if one.id == other.id:
            raise SameOptionError
        await show(interaction, comparison_screen(one, other), ephemeral=False)

    @overview.autocomplete("option")
    @compare.autocomplete("first")
    @compare.autocomplete("second")
    async def known_options(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the options that fit what is typed."""
        edition = host_of(interaction).services.library.for_guild(await guild_of(interaction))
        found = offer_options(edition.options, typed)
        return [app_commands.Choice(name=one.title[:100], value=one.id[:100]) for one in found[:25]]


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(Options())
