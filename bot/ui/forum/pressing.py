"""What buttons of the forum have in common: for moderators, and about one feed or item."""

from abc import abstractmethod
from typing import Any, ClassVar, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.services.places import Standing
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import custom_id
from bot.ui.items import StoredItem

Button = discord.ui.Button[StoredButtons]


class FeedButton(StoredItem[Button], template="(?!)"):
    """A button about one feed; only moderators may press it, whoever it was shown to."""

    kind: ClassVar[str]
    label: ClassVar[str]
    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary

    def __init__(self, feed: int) -> None:
        """Belong to the feed with this id."""
        super().__init__(
            discord.ui.Button(
                label=self.label, style=self.style, custom_id=custom_id(self.kind, feed)
            )
        )
        self.feed = feed

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["feed"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._checked(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    async def _checked(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        return await self.done(interaction)

    @abstractmethod
    async def done(self, interaction: discord.Interaction[Any]) -> Screen:
        """Do what was asked, and return what it came to."""


async def say_first(interaction: discord.Interaction[Any], text: str) -> None:
    """Say that it takes a while; what comes of it replaces this, embeds and all."""
    await interaction.response.send_message(text, ephemeral=True)


def channel_mention(channel_id: int) -> str:
    """Return a channel as people can click it."""
    return f"<#{channel_id}>"
