"""What buttons and forms about comments begin with: who may, and how what they show replaces it."""

from abc import abstractmethod
from typing import Any, ClassVar
from urllib.parse import quote, unquote, urlsplit

import discord
from typing_extensions import override

from bot.checks import standing_of
from bot.services.comments.errors import InGuildOnlyError, MembersOnlyError
from bot.services.places import Standing
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.host import host_of
from bot.ui.items import NumberedButton
from bot.ui.replacing import replace_with


class CommentButton(NumberedButton, template="(?!)"):
    """A button that answers whoever presses it alone.

    `replaces`: on a message that only this person sees, what it shows takes the place of that.
    """

    replaces: ClassVar[bool] = False

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self.answered(interaction), ephemeral=True)
        if self.replaces and interaction.message and interaction.message.flags.ephemeral:
            await replace_with(interaction, screen)
        else:
            await show(interaction, screen, ephemeral=True)

    @abstractmethod
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        """Do what was asked, and return what is shown."""


async def require_commenter(interaction: discord.Interaction[Any]) -> None:
    """Refuse whoever is no member here, and say how to become one.

    Raises:
        InGuildOnlyError: in private messages.
        MembersOnlyError: when they are none.

    """
    if interaction.guild_id is None:
        raise InGuildOnlyError
    if await standing_of(interaction) < Standing.MEMBER:
        raise MembersOnlyError(host_of(interaction).services.forum_url)


def with_search(guild_id: int, search: str) -> str:
    """Return the address of an embed that remembers what was searched for."""
    address = f"https://discord.com/channels/{guild_id}"
    return f"{address}#q={quote(search[:100])}" if search else address


def search_in(message: discord.Message | None) -> str:
    """Return what the list in a message was searched for; empty when it was not."""
    embeds = message.embeds if message else []
    fragment = urlsplit(embeds[0].url or "").fragment if embeds else ""
    return unquote(fragment.removeprefix("q=")) if fragment.startswith("q=") else ""
