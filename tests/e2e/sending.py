"""A process that only sends: the outbox of the bot on a database, until somebody kills it."""

import asyncio
import datetime as dt
import os
import random
from typing import Final

import discord
from discord.http import Route

from bot.adapters.clock import SystemClock
from bot.adapters.messenger import DiscordMessenger
from bot.adapters.one_try import OneTry
from bot.services.admin.notices import Notices
from bot.services.deliveries.backoff import Backoff
from bot.services.deliveries.courier import Means
from bot.services.deliveries.dispatcher import Dispatcher
from bot.services.deliveries.pace import Pace
from bot.services.directory import LateDirectory
from bot.services.guild_settings import GuildSettings
from bot.services.places import Places
from storage.engine import open_database
from storage.errors import StorageError
from storage.unit_of_work import UnitsOfWork
from tests.e2e.showing import rendered

API: Final = "BREED_TEST_DISCORD"
TOKEN: Final = "BREED_TEST_TOKEN"  # the name of a variable
DATABASE: Final = "BREED_TEST_DATABASE"
LEASE: Final = "BREED_TEST_LEASE"  # seconds
TICK: Final = 0.1


async def main() -> None:
    """Send what is due, for ever."""
    Route.BASE = os.environ[API]
    clock, units = SystemClock(), UnitsOfWork(open_database(os.environ[DATABASE]))
    directory = LateDirectory()
    client = discord.Client(intents=discord.Intents.none())
    await client.login(os.environ[TOKEN])
    pace = Pace(clock, per_second=200)
    means = Means(
        units=units,
        clock=clock,
        messenger=DiscordMessenger(client, OneTry(client, pace, clock)),
        renderer=rendered,
        backoff=Backoff(random.Random()),  # noqa: S311 # jitter, not secrets
        notices=Notices(units, clock, Places(GuildSettings(units), units, clock, directory)),
        directory=directory,
    )
    lasting = dt.timedelta(seconds=float(os.environ[LEASE]))
    dispatcher = Dispatcher(means, pace, lasting=lasting)
    while True:
        try:
            await dispatcher.tick()
        except StorageError as error:
            print(f"the database: {error!r}", flush=True)  # noqa: T201 # for the test's report
        await asyncio.sleep(TICK)


if __name__ == "__main__":
    asyncio.run(main())
