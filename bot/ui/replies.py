"""Replies to messages: sent once whatever Discord repeats, and changed with the question."""

from collections.abc import Sequence
from typing import Any, Final, NotRequired, TypedDict

import discord
import structlog

from bot.error_handler import UNKNOWN_CHANNEL
from bot.texts import answers as texts
from bot.ui.acknowledging import Screen, StoredButtons

_MISSING_ACCESS: Final = 50001
_MISSING_PERMISSIONS: Final = 50013
_INVALID_FORM: Final = 50035
_NO_HISTORY: Final = 160002  # replying takes the right to read earlier messages

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
            changed.append(await reply.edit(content=part, view=view))
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
            sent.append(await message.channel.send(part, **options))
    return sent


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
    elif error.code == _INVALID_FORM and "message_reference" in error.text:
        _log.info("question_deleted", **fields)
    elif error.code in {_MISSING_ACCESS, _MISSING_PERMISSIONS, _NO_HISTORY}:
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
    except discord.HTTPException as error:
        _log.info("private_message_refused", discord_code=error.code)
