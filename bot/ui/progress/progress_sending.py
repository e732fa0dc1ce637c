"""Sends a text with a picture as the answer to an interaction, or in place of what stood there."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, TypeVar

import discord

from bot.discord_codes import ALREADY_ACKNOWLEDGED
from bot.services.deliveries.rendered import ShownFile
from bot.ui.acknowledging import DEFER_AFTER, StoredButtons, repeated

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class PictureScreen:
    """A text with a picture and components."""

    text: str
    picture: ShownFile | None
    view: StoredButtons


async def here_in_time(
    interaction: discord.Interaction[Any], work: Coroutine[Any, Any, _Result]
) -> _Result:
    """Return what `work` gives; when it takes long, Discord is told that the message changes."""
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=DEFER_AFTER)
        if not done and not interaction.response.is_done():
            is_new = interaction.message is None
            defer = partial(interaction.response.defer, ephemeral=is_new, thinking=is_new)
            await repeated(defer)
        return await task
    finally:
        task.cancel()


async def show_picture(
    interaction: discord.Interaction[Any], screen: PictureScreen, *, ephemeral: bool
) -> None:
    """Answer with the screen."""

    async def send() -> object:
        return await interaction.response.send_message(
            screen.text,
            files=_files(screen),
            view=screen.view,
            ephemeral=ephemeral,
            suppress_embeds=True,
        )

    if interaction.response.is_done():
        await _replace(interaction, screen)
        return
    try:
        await repeated(send)
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:  # then an earlier attempt arrived after all
            raise


async def change_picture(interaction: discord.Interaction[Any], screen: PictureScreen) -> None:
    """Show the screen in place of the message that was pressed on.

    A form that comes from no message, as somebody made it up, gets a message of its own.
    """
    if interaction.message is None:
        await show_picture(interaction, screen, ephemeral=True)
        return

    async def edit() -> object:
        return await interaction.response.edit_message(
            content=screen.text, attachments=_files(screen), view=screen.view
        )

    if interaction.response.is_done():
        await _replace(interaction, screen)
        return
    try:
        await repeated(edit)
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:  # likewise
            raise


async def _replace(interaction: discord.Interaction[Any], screen: PictureScreen) -> None:
    async def edit() -> object:
        return await interaction.edit_original_response(
            content=screen.text, attachments=_files(screen), view=screen.view
        )

    await repeated(edit)


def _files(screen: PictureScreen) -> list[discord.File]:
    """Return the file anew: discord.py closes it after every attempt."""
    if screen.picture is None:
        return []
    shown = screen.picture
    return [discord.File(BytesIO(shown.content), filename=shown.name, description=shown.alt)]
