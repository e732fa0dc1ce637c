"""Buttons that open forms. A form must be the first response: the button cannot ask for time."""

import asyncio
from abc import abstractmethod
from typing import Any, Final

import discord
from typing_extensions import override

from bot.checks import require
from bot.services.places import Standing
from bot.ui.items import NumberedButton

FORM_WITHIN: Final = 2.0
"""Seconds for what has to be known before a form opens; Discord waits for three."""


class ModeratorFormButton(NumberedButton, template="(?!)"):
    """A button of moderators that opens a form."""

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        async with asyncio.timeout(FORM_WITHIN):
            await require(interaction, Standing.MODERATOR)
            form = await self.form(interaction)
        await interaction.response.send_modal(form)

    @abstractmethod
    async def form(self, interaction: discord.Interaction[Any]) -> discord.ui.Modal:
        """Return the form."""
