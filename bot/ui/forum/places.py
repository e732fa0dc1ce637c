"""Where forum posts can go, as an option of a command."""

from typing import Any

import discord
from discord import app_commands
from typing_extensions import override


class PostingPlace(app_commands.Transformer):
    """A text, announcement or forum channel.

    discord.py offers media channels wherever it offers forums; Discord's description of its API
    knows them not as a choice, and a command refused means all commands refused.
    """

    @property
    @override
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    @override
    def channel_types(self) -> list[discord.ChannelType]:
        return [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]

    @override
    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> int:
        """Return the channel's id."""
        del interaction
        return int(value.id)
