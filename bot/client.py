"""The bot as Discord knows it: what it asks of Discord, and what it loads."""

import asyncio
from collections.abc import Sequence
from typing import Final

import aiohttp
import discord
import structlog
from discord.ext import commands
from typing_extensions import override

from bot.errors import (
    ChatEndedError,
    ChatError,
    ChatUnreachableError,
    ShardsRefusedError,
    TokenRefusedError,
)
from bot.logs import unexpected
from bot.services.container import Services

# The cogs, by dotted name: `bot` loads them and never imports them.
EXTENSIONS: Final[tuple[str, ...]] = ()
IDENTIFY_TIMEOUT: Final = 10.0  # seconds
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-close-event-codes
_AUTHENTICATION_FAILED: Final = 4004
_SHARD_CODES: Final = frozenset({4010, 4011})

_log: structlog.stdlib.BoundLogger = structlog.get_logger()

# The bot never speaks in a voice channel, so the libraries for that are not missing.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False


class BreedBot(commands.AutoShardedBot):
    """The client. It asks for no privileged intent and keeps no messages and no members."""

    def __init__(
        self,
        services: Services,
        *,
        shard_count: int | None = None,
        shard_ids: Sequence[int] | None = None,
        extensions: Sequence[str] = EXTENSIONS,
    ) -> None:
        """Serve `shard_ids` out of `shard_count`; without these Discord says how many."""
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            shard_count=shard_count,
        )
        if shard_ids is not None:
            self.shard_ids = list(shard_ids)
        self.services = services
        self._extensions = tuple(extensions)

    @override
    async def setup_hook(self) -> None:
        for name in self._extensions:
            await self.load_extension(name)

    async def on_ready(self) -> None:
        """Log that every shard is connected; Discord repeats this after long interruptions."""
        _log.info(
            "discord_ready",
            user_id=self.user.id if self.user else None,
            guilds=len(self.guilds),
            shards=sorted(self.shards),
        )

    @override
    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the listeners of cogs: there are no commands as text."""

    @override
    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log what an event's listener did not expect, under a code."""
        unexpected("discord_event_failed", discord_event=event_method)


class DiscordChat:
    """The connection of one bot with Discord, as `bot.app.Chat`."""

    def __init__(self, bot: BreedBot, *, token: str) -> None:
        """Connect `bot` with `token`."""
        self._bot = bot
        self._token = token
        self._connection: asyncio.Task[None] | None = None

    @property
    def is_connected(self) -> bool:
        """Whether every shard has its connection."""
        shards = self._bot.shards.values()
        return self._bot.is_ready() and not any(shard.is_closed() for shard in shards)

    async def start(self) -> None:
        """Log in, load the cogs, and begin to connect.

        Raises:
            TokenRefusedError: when Discord does not know the token.
            ChatUnreachableError: when Discord does not answer as it should.

        """
        await _log_in(self._bot, self._token)
        self._connection = asyncio.create_task(self._bot.connect(), name="discord")

    async def ended(self) -> None:
        """Wait until the connection is gone for good; interruptions mend by themselves.

        Raises:
            ChatError: always, when it was not `stop` that ended it.

        """
        if self._connection is None:
            return
        try:
            await asyncio.shield(self._connection)
        except discord.ConnectionClosed as error:
            raise _reason_of(error) from error
        except (discord.GatewayNotFound, discord.HTTPException, aiohttp.ClientError) as error:
            raise ChatUnreachableError(reason=type(error).__name__) from error
        raise ChatEndedError(code=None)

    async def stop(self) -> None:
        """Close the connection."""
        await self._bot.close()
        if self._connection is not None:
            self._connection.cancel()
            await asyncio.wait((self._connection,))


async def identify(token: str) -> str:
    """Ask Discord who the token belongs to; return the bot's name.

    Raises:
        TokenRefusedError: when Discord does not know the token.
        ChatUnreachableError: when it does not answer within ten seconds, or not as it should.

    """
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            async with asyncio.timeout(IDENTIFY_TIMEOUT):
                await _log_in(client, token)
        except TimeoutError as error:
            raise ChatUnreachableError(reason="TimeoutError") from error
        return str(client.user)


async def _log_in(client: discord.Client, token: str) -> None:
    try:
        await client.login(token)
    except discord.LoginFailure as error:
        raise TokenRefusedError from error
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise ChatUnreachableError(reason=type(error).__name__) from error


def _reason_of(error: discord.ConnectionClosed) -> ChatError:
    if error.code == _AUTHENTICATION_FAILED:
        return TokenRefusedError()
    if error.code in _SHARD_CODES:
        return ShardsRefusedError()
    return ChatEndedError(code=error.code)
