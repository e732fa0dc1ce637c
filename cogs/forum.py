"""The forum: `/forum koppelen`, `ontkoppelen`, `verversen` and `status`, for moderators."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.checks import moderator_only
from bot.client import BreedBot
from bot.texts import forum as texts
from bot.ui.forum.linking import show_preview, show_unlinking
from bot.ui.forum.places import PostingPlace
from bot.ui.forum.status import refresh, show_status

_LABEL: Final = 100


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class ForumFeeds(commands.GroupCog, group_name="forum", group_description=texts.GROUP_DESCRIPTION):
    """Follows forums and websites for a guild."""

    def __init__(self, bot: BreedBot) -> None:
        """Follow with the services of `bot`."""
        self._bot = bot

    @app_commands.command(name="koppelen", description=texts.LINK_DESCRIPTION)
    @app_commands.rename(channel="kanaal", last="aantal")
    @app_commands.describe(
        url=texts.URL_DESCRIPTION,
        channel=texts.CHANNEL_DESCRIPTION,
        last=texts.LAST_DESCRIPTION,
    )
    @moderator_only()
    async def link(
        self,
        interaction: discord.Interaction[Any],
        url: app_commands.Range[str, 1, 1000],
        channel: app_commands.Transform[int, PostingPlace],
        last: app_commands.Range[int, 0, 10] = 0,
    ) -> None:
        """Recognise an address and show what it would give."""
        await show_preview(interaction, url, channel_id=channel, last=last)

    @app_commands.command(name="ontkoppelen", description=texts.UNLINK_DESCRIPTION)
    @app_commands.describe(feed=texts.FEED_DESCRIPTION)
    @moderator_only()
    async def unlink(self, interaction: discord.Interaction[Any], feed: str) -> None:
        """Ask whether to stop a feed."""
        await show_unlinking(interaction, feed)

    @app_commands.command(name="verversen", description=texts.REFRESH_DESCRIPTION)
    @app_commands.describe(feed=texts.FEED_DESCRIPTION)
    @moderator_only()
    async def poll(self, interaction: discord.Interaction[Any], feed: str | None = None) -> None:
        """Look now whether something new came."""
        await refresh(interaction, feed)

    @app_commands.command(name="status", description=texts.STATUS_DESCRIPTION)
    @app_commands.describe(feed=texts.FEED_DESCRIPTION)
    @moderator_only()
    async def status(self, interaction: discord.Interaction[Any], feed: str | None = None) -> None:
        """Show how feeds do."""
        await show_status(interaction, feed)

    @unlink.autocomplete("feed")
    @poll.autocomplete("feed")
    @status.autocomplete("feed")
    async def linked_feeds(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the feeds that fit what is typed."""
        guild = interaction.guild
        found = await self._bot.services.forum.overview.offered(
            typed, guild_id=interaction.guild_id or 0
        )
        choices: list[app_commands.Choice[str]] = []
        for one in found:
            channel = guild.get_channel(one.channel_id) if guild else None
            name = texts.choice(one.title, channel=channel.name if channel else "")
            choices.append(app_commands.Choice(name=name[:_LABEL], value=str(one.id)))
        return choices


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(ForumFeeds(bot))
