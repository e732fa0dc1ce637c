"""What every button of a moderator about comments begins with."""

from typing import Any

import discord
from typing_extensions import override

from bot.checks import require
from bot.services.places import Standing
from bot.ui.acknowledging import Screen, in_time
from bot.ui.comments.moderation_forms import show_decided
from bot.ui.comments.pressing import CommentButton


class ModeratorButton(CommentButton, template="(?!)"):
    """A button of moderators; in the queue, what it shows replaces what was decided."""

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._checked(interaction), ephemeral=True)
        await show_decided(interaction, screen)

    async def _checked(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        return await self.answered(interaction)
