"""`/landschap`: the picture with what is behind it, or what is missing."""

from io import BytesIO
from typing import Any

import discord

from bot.landscape.result import TooLittle
from bot.services.container import Services
from bot.services.landscape.drawing import LandscapeNotDrawnError
from bot.texts import comments_own as texts
from bot.ui.acknowledging import Screen, StoredButtons, repeated
from bot.ui.comments import items
from bot.ui.landscape import landscape_text, not_drawn_text, too_little_text
from storage.moderation_records import Round

FILENAME = "landschap.png"


async def send_landscape(
    interaction: discord.Interaction[Any], services: Services, of: Round | None
) -> None:
    """Draw the landscape of a round, or of all, and show it to everybody in the channel."""
    await repeated(lambda: interaction.response.defer(thinking=True))
    subject = of.title if of else texts.ALL_TOPICS
    round_id = of.id if of else 0
    view = StoredButtons(items.walk(round_id), items.react(round_id))
    try:
        shown = await services.comments.landscapes.of(
            interaction.guild_id or 0, round_id=of.id if of else None
        )
    except LandscapeNotDrawnError:
        await _fill(interaction, Screen((not_drawn_text(),)))
        return
    if isinstance(shown.drawn, TooLittle):
        await _fill(interaction, Screen((too_little_text(shown.drawn, subject=subject),), view))
        return
    said = landscape_text(shown.drawn.landscape, shown.statements, subject=subject)
    await _fill(interaction, Screen((said,), view), shown.drawn.picture, shown.drawn.alt)


async def _fill(
    interaction: discord.Interaction[Any], screen: Screen, picture: bytes = b"", alt: str = ""
) -> None:
    def files() -> list[discord.File]:
        # Made anew for every attempt: discord.py closes a file that it sent.
        if not picture:
            return []
        return [discord.File(BytesIO(picture), filename=FILENAME, description=alt)]

    await repeated(
        lambda: interaction.edit_original_response(
            content=screen.parts[0], view=screen.view, attachments=files()
        )
    )
