"""A small BREED server with the people that tests need, and a bot started in it."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import discord
from aiohttp.typedefs import Middleware

from bot.sandbox import building
from bot.sandbox.connect import pointed_at
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel, Guild, Role
from bot.sandbox.server import Server
from bot.sandbox.snowflakes import Now, system_time
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Stage:
    """A world with one guild: the roles and channels that the bot uses by name, four people."""

    world: World
    guild: Guild
    lid: Role
    moderator: Role
    algemeen: Channel
    reacties: Channel
    moderators: Channel
    forum: Channel
    bezoeker: Person
    anna: Person
    bram: Person
    marja: Person


def build_stage(*, now: Now = system_time) -> Stage:
    """Return a new stage: Anna and Bram are members, Marja moderates, the visitor only looks."""
    world = World(now=now)
    guild = building.add_guild(world, "BREED")
    lid = building.add_role(world, guild, "lid")
    rights = Permission.MANAGE_MESSAGES
    moderator = building.add_role(world, guild, "moderator", permissions=rights)
    closed = building.add_channel(world, guild, "moderators")
    building.close_to_everyone(world, closed, moderator)
    return Stage(
        world=world,
        guild=guild,
        lid=lid,
        moderator=moderator,
        algemeen=building.add_channel(world, guild, "algemeen"),
        reacties=building.add_channel(world, guild, "reacties"),
        moderators=closed,
        forum=building.add_forum(world, guild, "forum", tags=["vraag", "idee"]),
        bezoeker=Person.new(world, "Bezoeker", guild),
        anna=Person.new(world, "Anna", guild, lid),
        bram=Person.new(world, "Bram", guild, lid),
        marja=Person.new(world, "Marja", guild, lid, moderator),
    )


@contextlib.asynccontextmanager
async def serving(stage: Stage, *middlewares: Middleware) -> AsyncGenerator[Server]:
    """Serve the stage while the block runs, with discord.py pointed at it."""
    async with Server(stage.world, middlewares=middlewares) as server:
        with pointed_at(server):
            yield server


@contextlib.asynccontextmanager
async def running(server: Server, client: discord.Client) -> AsyncGenerator[None]:
    """Run a discord.py client against `server` while the block runs.

    discord.py waits `guild_ready_timeout` (2 s by default) for more guilds: make the client with
    `guild_ready_timeout=0.05` to be ready at once.
    """
    task = asyncio.create_task(client.start(server.token))
    ready = asyncio.create_task(_ready(server, client))
    try:
        await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            await task
        await ready
        yield
    finally:
        ready.cancel()
        await client.close()
        await asyncio.gather(task, ready, return_exceptions=True)


async def _ready(server: Server, client: discord.Client) -> None:
    await server.bot_ready()
    await client.wait_until_ready()


async def registered(stage: Stage, *names: str) -> None:
    """Wait until the bot has registered commands with these names."""

    def found() -> bool | None:
        known = {one.body.name for one in stage.world.state.commands.values()}
        return True if set(names) <= known else None

    await stage.world.until(found, timeout=10)
