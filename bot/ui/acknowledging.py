"""Answer an interaction in time: at once when the work is quick, deferred when it is not."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, NotRequired, TypedDict, TypeVar

import aiohttp
import discord
import structlog

from bot.discord_codes import ALREADY_ACKNOWLEDGED

DEFER_AFTER: Final = 0.5  # seconds; Discord gives up after three, members notice one
WAITING_IN_PUBLIC: Final = "waiting in public"  # in an interaction's extras: all see it "thinking"
_EMBEDS: Final = frozenset({"embed", "embeds"})
_Result = TypeVar("_Result")
_log: structlog.stdlib.BoundLogger = structlog.get_logger()


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
    """What is shown: messages, the last with the components and the embeds, if there are any."""

    parts: tuple[str, ...]
    view: StoredButtons | None = None
    embed: discord.Embed | None = None
    embeds: tuple[discord.Embed, ...] = ()
    """Several, in place of one."""


class _Shown(TypedDict):
    content: str | None
    view: NotRequired[StoredButtons]
    embed: NotRequired[discord.Embed]
    embeds: NotRequired[list[discord.Embed]]


async def in_time(
    interaction: discord.Interaction[Any], work: Coroutine[Any, Any, _Result], *, ephemeral: bool
) -> _Result:
    """Return what `work` gives; when that takes half a second, Discord is told to wait."""
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=DEFER_AFTER)
        if not done and not interaction.response.is_done():
            await _defer(interaction, ephemeral=ephemeral)
        return await task
    finally:
        task.cancel()


async def show(
    interaction: discord.Interaction[Any], screen: Screen, *, ephemeral: bool
) -> int | None:
    """Send a screen as the answer to an interaction; return the id of the first message."""
    first, *others = screen.parts
    shown = _shown(screen, first or None, is_last=not others)
    if interaction.response.is_done():
        first_id: int | None = await _fill(interaction, shown)
    else:
        first_id = await _respond(interaction, shown, ephemeral=ephemeral)
    for number, part in enumerate(others, start=1):
        more = _shown(screen, part, is_last=number == len(others))
        # Nothing marks a follow-up as sent before, so it is not repeated here.
        await interaction.followup.send(
            part,
            view=more.get("view", discord.utils.MISSING),
            embed=more.get("embed", discord.utils.MISSING),
            embeds=more.get("embeds", discord.utils.MISSING),
            ephemeral=ephemeral,
            suppress_embeds=not _EMBEDS & more.keys(),
        )
    return first_id


async def repeated(
    send: Callable[[], Awaitable[_Result]], *, also_after: int | None = None
) -> _Result:
    """Do it once more when the line was cut: for what does no harm when it is done twice.

    discord.py repeats some errors of Discord by itself, by route; `also_after` is a status that it
    does not repeat.
    """
    try:
        return await send()
    except discord.DiscordServerError as error:
        if error.status != also_after:
            raise
        reason = str(error.status)
    except (aiohttp.ClientError, OSError) as error:
        reason = type(error).__name__
    _log.info("request_repeated", reason=reason)
    return await send()


def _shown(screen: Screen, content: str | None, *, is_last: bool) -> _Shown:
    shown = _Shown(content=content)
    if is_last and screen.view is not None:
        shown["view"] = screen.view
    if is_last and screen.embed is not None:
        shown["embed"] = screen.embed
    if is_last and screen.embeds:
        shown["embeds"] = list(screen.embeds)
    return shown


async def _defer(interaction: discord.Interaction[Any], *, ephemeral: bool) -> None:
    try:
        await repeated(partial(interaction.response.defer, ephemeral=ephemeral, thinking=True))
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:  # then an earlier attempt arrived after all
            raise
    interaction.extras[WAITING_IN_PUBLIC] = not ephemeral


async def _respond(
    interaction: discord.Interaction[Any], shown: _Shown, *, ephemeral: bool
) -> int | None:
    """Answer at once. Discord takes one answer, so repeating it after a failure does no harm."""
    send = partial(
        interaction.response.send_message,
        **shown,
        ephemeral=ephemeral,
        suppress_embeds=not _EMBEDS & shown.keys(),
    )
    try:
        return (await repeated(send)).message_id
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise
    # An earlier attempt arrived after all: of this answer, or of the deferral before it.
    message = await interaction.original_response()
    return await _fill(interaction, shown) if message.flags.loading else message.id


async def _fill(interaction: discord.Interaction[Any], shown: _Shown) -> int:
    """Edit the waiting message: repeating that after a failure does no harm."""
    message = await repeated(partial(interaction.edit_original_response, **shown))
    interaction.extras[WAITING_IN_PUBLIC] = False
    return message.id
