"""Replies to messages: sent once whatever Discord repeats, and changed with the question."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final, NotRequired, TypedDict

import aiohttp
import discord
import structlog

from bot.discord_codes import (
    ARCHIVED,
    INVALID_FORM,
    LOCKED,
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    NO_HISTORY,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
)
from bot.texts import answers as texts
from bot.ui.acknowledging import Screen, StoredButtons, repeated

_FORBIDDEN: Final = frozenset({MISSING_ACCESS, MISSING_PERMISSIONS, NO_HISTORY, ARCHIVED, LOCKED})
_UNAVAILABLE: Final = 503  # the one of Discord's own errors that discord.py does not repeat

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class _Options(TypedDict):
    nonce: str
    suppress_embeds: bool
    view: NotRequired[StoredButtons]
    reference: NotRequired[discord.MessageReference]
    mention_author: NotRequired[bool]


async def reply_to(message: discord.Message, screen: Screen) -> list[discord.Message]:
    """Send a screen as replies to a question; return what arrived.

    The nonces are made of the question's id, so that no repetition makes a second message. Where
    the bot may not write, the person gets a private message; where nothing can be said, the log
    says why.
    """
    try:
        return await _send(message, screen, first=0)
    except discord.HTTPException as error:
        if not await _is_explained(message, error):
            raise
        return []


async def change_replies(
    message: discord.Message, replies: Sequence[discord.Message], screen: Screen
) -> list[discord.Message]:
    """Make earlier replies show another screen; return the messages that show it now."""
    changed: list[discord.Message] = []
    try:
        for number, (reply, part) in enumerate(zip(replies, screen.parts, strict=False), start=1):
            view = screen.view if number == len(screen.parts) else None
            edit = partial(reply.edit, content=part, view=view)
            changed.append(await repeated(edit, also_after=_UNAVAILABLE))
        for reply in replies[len(screen.parts) :]:
            await reply.delete()
        if len(changed) < len(screen.parts):
            changed += await _send(message, screen, first=len(changed))
    except discord.HTTPException as error:
        if not await _is_explained(message, error):
            raise
    return changed


async def _send(message: discord.Message, screen: Screen, *, first: int) -> list[discord.Message]:
    sent: list[discord.Message] = []
    for number, part in enumerate(screen.parts):
        if number >= first:
            options = _options(message, screen, number)
            sent.append(await _sent(message, part, options))
    return sent


async def _sent(message: discord.Message, part: str, options: _Options) -> discord.Message:
    """Send a part; the nonce makes a repetition harmless."""

    async def send() -> discord.Message:
        return await message.channel.send(part, **options)

    try:
        return await repeated(send, also_after=_UNAVAILABLE)
    except discord.HTTPException as error:
        if error.code != NO_HISTORY:
            raise
    # The right to refer to the question was taken away just now.
    _log.info("reply_without_reference", channel_id=message.channel.id)
    options.pop("reference", None)
    return await send()


def _options(message: discord.Message, screen: Screen, number: int) -> _Options:
    options = _Options(nonce=f"{message.id}-{number}", suppress_embeds=True)
    if number == 0 and _may_refer(message):
        options["reference"] = message.to_reference()
        options["mention_author"] = False
    if number == len(screen.parts) - 1 and screen.view is not None:
        options["view"] = screen.view
    return options


def _may_refer(message: discord.Message) -> bool:
    """Whether the bot may reply here; without the right it sends a message of its own."""
    channel, guild = message.channel, message.guild
    if guild is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return True
    return channel.permissions_for(guild.me).read_message_history


async def _is_explained(message: discord.Message, error: discord.HTTPException) -> bool:
    """Log a failure that needs no code of its own; say it elsewhere where that can be done."""
    fields: dict[str, Any] = {"channel_id": message.channel.id, "discord_code": error.code}
    if error.code == UNKNOWN_CHANNEL:
        _log.warning("reply_channel_gone", **fields)
    elif error.code == INVALID_FORM and "message_reference" in error.text:
        _log.info("question_deleted", **fields)
    elif error.code == UNKNOWN_MESSAGE:
        _log.info("reply_deleted", **fields)
    elif error.code in _FORBIDDEN:
        _log.warning("reply_forbidden", **fields)
        await _tell_in_private(message)
    else:
        return False
    return True


async def _tell_in_private(message: discord.Message) -> None:
    if message.guild is None or not isinstance(
        message.channel, discord.abc.GuildChannel | discord.Thread
    ):
        return
    try:
        await message.author.send(
            texts.cannot_write(message.channel.mention), nonce=f"{message.id}-p"
        )
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        _log.warning(
            "private_message_refused",
            reason=type(error).__name__,
            discord_code=getattr(error, "code", None),
        )
