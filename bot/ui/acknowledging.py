"""Answer an interaction in time: at once when the work is quick, deferred when it is not."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import discord

DEFER_AFTER: Final = 0.5  # seconds; Discord gives up after three, members notice one
_Result = TypeVar("_Result")


class StoredButtons(discord.ui.View):
    """Components that outlive this process: their custom_ids say it all, so nothing listens here.

    It is finished from the start: discord.py then keeps no copy of it and starts no timer.
    """

    def __init__(self, *items: discord.ui.Item[Any]) -> None:
        """Show `items`."""
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)
        self.stop()


@dataclass(frozen=True, slots=True)
class Screen:
    """What is shown: messages, the last with the components and the embed, if there are any."""

    parts: tuple[str, ...]
    view: StoredButtons | None = None
    embed: discord.Embed | None = None


async def in_time(
    interaction: discord.Interaction[Any], work: Coroutine[Any, Any, _Result], *, ephemeral: bool
) -> _Result:
    """Return what `work` gives; when that takes half a second, Discord is told to wait."""
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=DEFER_AFTER)
        if not done and not interaction.response.is_done():
            await interaction.response.defer(ephemeral=ephemeral, thinking=True)
        return await task
    finally:
        task.cancel()


async def show(
    interaction: discord.Interaction[Any], screen: Screen, *, ephemeral: bool
) -> int | None:
    """Send a screen as the answer to an interaction; return the id of the first message."""
    first, *others = screen.parts
    is_only = not others
    view = screen.view if is_only and screen.view is not None else discord.utils.MISSING
    embed = screen.embed if is_only and screen.embed is not None else discord.utils.MISSING
    if interaction.response.is_done():
        # An edit of the waiting message: repeating it after a failure does no harm.
        message = await interaction.edit_original_response(content=first, view=view, embed=embed)
        first_id: int | None = message.id
    else:
        response = await interaction.response.send_message(
            first or None,
            view=view,
            embed=embed,
            ephemeral=ephemeral,
            suppress_embeds=embed is discord.utils.MISSING,
        )
        first_id = response.message_id
    for number, part in enumerate(others, start=1):
        is_last = number == len(others)
        await interaction.followup.send(
            part,
            view=screen.view if is_last and screen.view is not None else discord.utils.MISSING,
            embed=screen.embed if is_last and screen.embed is not None else discord.utils.MISSING,
            ephemeral=ephemeral,
            suppress_embeds=not (is_last and screen.embed is not None),
        )
    return first_id
