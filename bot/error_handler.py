"""Where everything that fails in chat ends: in a sentence for the member, and a log for the rest.

Expected errors have their own sentence. Unexpected ones get a code that stands in the log as well.
Where Discord takes no answer any more nothing can be said, and the log says why.
"""

import weakref
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

import aiohttp
import discord
import structlog
from discord import app_commands
from typing_extensions import override

from bot.discord_codes import (
    ALREADY_ACKNOWLEDGED,
    INVALID_WEBHOOK_TOKEN,
    UNKNOWN_INTERACTION,
    UNKNOWN_WEBHOOK,
)
from bot.errors import MemberError
from bot.logs import unexpected
from bot.services.knowledge.running import StoppingError
from bot.texts import errors as texts
from bot.ui.acknowledging import WAITING_IN_PUBLIC
from bot.ui.host import host_of

_REMEMBERED: Final = 1_000  # interactions; a gateway repeats only the last ones
_LOST: Final = frozenset(
    {UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, INVALID_WEBHOOK_TOKEN, ALREADY_ACKNOWLEDGED}
)

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class RefusedError(app_commands.CheckFailure):
    """A check refused a command; `reason` says why, as the member reads it."""

    def __init__(self, reason: MemberError) -> None:
        super().__init__(str(reason))
        self.reason = reason


class SafeTree(app_commands.CommandTree[Any]):
    """Commands of which none fails silently, and none runs twice when Discord repeats itself."""

    def __init__(self, client: discord.Client, *, fallback_to_global: bool = True) -> None:
        """Hold the commands of `client`."""
        super().__init__(client, fallback_to_global=fallback_to_global)
        self._seen: OrderedDict[int, None] = OrderedDict()

    @override
    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        return self.takes_up(interaction.id)

    def takes_up(self, interaction_id: int) -> bool:
        """Whether this interaction is new, and not one that Discord told before."""
        if interaction_id in self._seen:
            return False
        self._seen[interaction_id] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return True

    @override
    async def on_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        await report(interaction, error)


class SafeView(discord.ui.View):
    """A view that lives as long as this process, of which no button fails silently."""

    _living: Final["weakref.WeakSet[SafeView]"] = weakref.WeakSet()

    def __init__(self, *, timeout: float | None = 180.0) -> None:
        """Listen for `timeout` seconds."""
        super().__init__(timeout=timeout)
        self._living.add(self)

    @override
    async def on_error(
        self,
        interaction: discord.Interaction,
        error: Exception,
        item: discord.ui.Item[Any],
        /,
    ) -> None:
        await report(interaction, error)

    @classmethod
    def claims(cls, custom_id: str) -> bool:
        """Whether a view that still listens has a component with this custom_id."""
        return any(
            getattr(item, "custom_id", None) == custom_id
            for view in cls._living
            if not view.is_finished()
            for item in view.children
        )


class SafeModal(discord.ui.Modal):
    """A form that lives as long as this process, of which no submit fails silently."""

    _living: Final["weakref.WeakSet[SafeModal]"] = weakref.WeakSet()

    def __init__(self, *, title: str, timeout: float | None = 900.0) -> None:
        """Listen for `timeout` seconds."""
        super().__init__(title=title, timeout=timeout)
        self._living.add(self)

    @override
    async def on_error(  # type: ignore[override] # discord.py's own Modal differs from its base
        self, interaction: discord.Interaction, error: Exception, /
    ) -> None:
        await report(interaction, error)

    @classmethod
    def claims(cls, custom_id: str) -> bool:
        """Whether a form that still listens has this custom_id."""
        return any(form.custom_id == custom_id for form in cls._living if not form.is_finished())


async def guarded(interaction: discord.Interaction, work: Callable[[], Awaitable[None]]) -> None:
    """Do the work of a button or form; however it fails, the member gets a sentence."""
    try:
        with host_of(interaction).services.answering.busy():
            await work()
    except Exception as error:  # noqa: BLE001 # the edge of a button: nothing above it answers
        await report(interaction, error)


async def guarded_message(say: Callable[[str], Awaitable[object]], work: Awaitable[None]) -> None:
    """Do the work of a message; however it fails, `say` gets a sentence for the member."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 # the edge of a message: nothing above it answers
        await _deliver(say, error)


async def report(interaction: discord.Interaction, error: Exception) -> None:
    """Answer an interaction that failed with a sentence that only the member sees."""

    async def say(sentence: str) -> None:
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])  # it takes no sentence, only choices
            return
        if interaction.extras.pop(WAITING_IN_PUBLIC, False):
            # The first follow-up takes over the visibility of what waits, so that goes first.
            with suppress(discord.NotFound):  # a moderator may have taken it away by now
                await interaction.delete_original_response()
        if not interaction.response.is_done():
            try:
                await interaction.response.send_message(sentence, ephemeral=True)
            except discord.HTTPException as refused:
                if refused.code != ALREADY_ACKNOWLEDGED:  # then an attempt before this arrived
                    raise
            else:
                return
        await interaction.followup.send(sentence, ephemeral=True)

    await _deliver(say, error)


def sentence_of(error: Exception) -> str:
    """Return what the member reads; what nobody expected is logged, with its trace."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    match cause:
        case MemberError():
            return texts.sentence(cause)
        case RefusedError(reason=reason):
            return texts.sentence(reason)
        case StoppingError():
            return texts.STOPPING
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return texts.COMMAND_CHANGED
        case app_commands.NoPrivateMessage():
            return texts.GUILD_ONLY
        case _:
            return texts.unexpected(unexpected("chat_failed", error=cause))


async def _deliver(say: Callable[[str], Awaitable[object]], error: Exception) -> None:
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, discord.HTTPException) and cause.code in _LOST:
        _log.warning("interaction_lost", status=cause.status, discord_code=cause.code)
        return
    sentence = sentence_of(error)
    try:
        await say(sentence)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as failed:
        _log.warning(
            "sentence_not_delivered",
            reason=type(failed).__name__,
            status=getattr(failed, "status", None),
            discord_code=getattr(failed, "code", None),
        )
