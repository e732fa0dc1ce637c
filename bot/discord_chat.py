"""The connection of one bot with Discord: logging in, what it says by itself, and the end."""

import asyncio
import random
from typing import Final

import aiohttp
import discord

from bot.adapters.guild_events import GuildEvents
from bot.adapters.members import DiscordMembers
from bot.adapters.messenger import DiscordMessenger
from bot.adapters.one_try import OneTry
from bot.adapters.scheduler import Repeated
from bot.client import BreedBot
from bot.errors import (
    ChatEndedError,
    ChatError,
    ChatUnreachableError,
    ShardsRefusedError,
    TokenRefusedError,
)
from bot.services.admin import notices
from bot.services.container import Services
from bot.services.deliveries import dispatcher
from bot.services.deliveries.backoff import Backoff
from bot.services.deliveries.courier import Means
from bot.services.deliveries.dispatcher import Dispatcher
from bot.services.deliveries.pace import Pace, Sleep
from bot.services.progress.subscribers import SubscriberGate
from bot.ui.rendering import renderer_of

IDENTIFY_TIMEOUT: Final = 10.0  # seconds
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-close-event-codes
_AUTHENTICATION_FAILED: Final = 4004
_SHARD_CODES: Final = frozenset({4010, 4011})
_LAST_REQUESTS: Final = 0.5  # seconds that deliveries under way get when the bot stops


class DiscordChat:
    """The connection of one bot with Discord, as `bot.app.Chat`."""

    def __init__(self, bot: BreedBot, *, token: str) -> None:
        """Connect `bot` with `token`."""
        self._bot = bot
        self._token = token
        self._connection: asyncio.Task[None] | None = None
        self._dispatcher = dispatcher_of(bot, bot.services)

    @property
    def jobs(self) -> tuple[Repeated, ...]:
        """Return what is to be done again and again while it is connected."""
        return (
            Repeated("deliveries", dispatcher.INTERVAL, self._dispatcher.tick),
            Repeated("notices", notices.INTERVAL, self._bot.services.notices.tend),
        )

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
        """Let the deliveries under way end, then close the connection."""
        await self._dispatcher.stop(within=_LAST_REQUESTS)
        await self._bot.close()
        if self._connection is not None:
            self._connection.cancel()
            await asyncio.wait((self._connection,))


def dispatcher_of(
    client: discord.Client, services: Services, *, sleep: Sleep = asyncio.sleep
) -> Dispatcher:
    """Return what sends the bot's deliveries through a client, which must be logged in by then.

    Meetings keep their scheduled events through the same connection, at the same pace.

    `sleep` is how turns are waited for.
    """
    pace = Pace(services.clock, sleep=sleep)
    requests = OneTry(client, pace, services.clock)
    services.meetings.events.attach(GuildEvents(client, requests))
    means = Means(
        units=services.units.in_background(),
        clock=services.clock,
        messenger=DiscordMessenger(client, requests),
        renderer=renderer_of(services),
        backoff=Backoff(random.Random()),  # noqa: S311 # jitter, not secrets
        notices=services.notices,
        directory=services.directory,
        gate=SubscriberGate(DiscordMembers(client, requests), services.update_venues),
    )
    return Dispatcher(means, pace)


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
