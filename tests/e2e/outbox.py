"""An outbox against the stand-in: real database, real discord.py, a renderer that tests steer."""

import asyncio
import datetime as dt
import random
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import discord

from bot.adapters.messenger import DiscordMessenger
from bot.adapters.one_try import OneTry
from bot.sandbox.message_records import Message
from bot.sandbox.records import Channel
from bot.sandbox.server import Server
from bot.services.admin.notices import Notices
from bot.services.deliveries.backoff import Backoff
from bot.services.deliveries.courier import Means
from bot.services.deliveries.dispatcher import Dispatcher
from bot.services.deliveries.pace import Pace, Sleep
from bot.services.deliveries.rendered import Rendered, Renderer, Showing
from bot.services.guild_settings import GuildSettings
from bot.services.places import Places
from storage.delivery_records import (
    ChannelTarget,
    Delivery,
    NewDelivery,
    Target,
)
from storage.unit_of_work import UnitsOfWork
from tests.discord.clock import HandClock
from tests.discord.faults import Faults
from tests.discord.stage import Stage, serving
from tests.e2e.chat import HandTime
from tests.e2e.showing import KIND, shown
from tests.fakes import FakeDirectory


@dataclass(slots=True)
class Outbox:
    """What is queued here, `run` sends, with a new dispatcher each time unless told otherwise."""

    stage: Stage
    server: Server
    faults: Faults
    clock: HandClock
    units: UnitsOfWork
    client: discord.Client
    render: Callable[[Showing], Rendered | None] = shown
    renderer: Renderer | None = None  # in place of `render`
    asked: list[Showing] = field(default_factory=list[Showing])
    directory: FakeDirectory = field(default_factory=FakeDirectory)

    def dispatcher(
        self,
        units: UnitsOfWork | None = None,
        *,
        client: discord.Client | None = None,
        seed: int = 1,
        sleep: Sleep = asyncio.sleep,
    ) -> Dispatcher:
        """Return a new dispatcher, as a new process would have."""
        client = client or self.client
        clock = HandTime(self.clock)
        pace = Pace(clock, sleep=_at_once)
        means = Means(
            units=units or self.units,
            clock=clock,
            messenger=DiscordMessenger(client, OneTry(client, pace, clock)),
            renderer=self._renderer,
            backoff=Backoff(random.Random(seed)),  # noqa: S311 # jitter, not secrets
            notices=self.notices(units),
            directory=self.directory,
        )
        return Dispatcher(means, pace, sleep=sleep)

    def notices(self, units: UnitsOfWork | None = None) -> Notices:
        """Return what tells moderators of trouble."""
        clock, units = HandTime(self.clock), units or self.units
        return Notices(units, clock, Places(GuildSettings(units), units, clock, self.directory))

    async def _renderer(self, showing: Showing) -> Rendered | None:
        self.asked.append(showing)
        return await self.renderer(showing) if self.renderer else self.render(showing)

    async def queue(
        self,
        key: str,
        target: Target | Channel,
        *,
        subject: int = 1,
        due: float = 0,
        useful_until: dt.datetime | None = None,
    ) -> Delivery:
        """Queue a copy that is due in so many seconds; returns it as it was stored."""
        new = NewDelivery(
            key=key,
            guild_id=self.stage.guild.id,
            target=ChannelTarget(target.id) if isinstance(target, Channel) else target,
            kind=KIND,
            subject_id=subject,
            due_at=self.clock() + dt.timedelta(seconds=due),
            useful_until=useful_until,
        )
        async with self.units() as work:
            await work.deliveries.queue(new)
            found = await work.deliveries.by_key(key)
        assert found is not None
        return found

    async def run(self, *, times: int = 1, apart: float = 0) -> None:
        """Send what is due, `times` turns of one dispatcher with so many seconds in between."""
        dispatcher = self.dispatcher()
        for turn in range(times):
            if turn:
                self.clock.forward(seconds=apart)
            await dispatcher.tick()
            await dispatcher.settle()

    async def get(self, key: str) -> Delivery:
        """Return a copy as it is stored now."""
        async with self.units.reading() as work:
            found = await work.deliveries.by_key(key)
        assert found is not None
        return found

    async def all_of(self, *subjects: int) -> list[Delivery]:
        """Return every copy of some subjects as it is stored now, in order of queueing."""
        async with self.units.reading() as work:
            found = [await work.deliveries.of_subject(KIND, one) for one in subjects]
        return sorted((one for copies in found for one in copies), key=lambda one: one.id)

    def said(self, channel: Channel) -> list[str]:
        """Return what stands in a channel, oldest first."""
        return [one.content for one in self.messages(channel)]

    def messages(self, channel: Channel) -> list[Message]:
        """Return the bot's messages in a channel, oldest first."""
        found = self.stage.world.messages_in(channel)
        return [one for one in found if one.author_id == self.stage.world.bot.id]

    def posts(self) -> list[Channel]:
        """Return the posts in the forum, open and archived."""
        channels = self.stage.world.state.channels.values()
        return [one for one in channels if one.parent_id == self.stage.forum.id]

    def everything(self) -> list[Message]:
        """Return all that the bot said anywhere."""
        channels = list(self.stage.world.state.channels.values())
        return [one for channel in channels for one in self.messages(channel)]


@asynccontextmanager
async def outbox(stage: Stage, clock: HandClock, units: UnitsOfWork) -> AsyncGenerator[Outbox]:
    """Serve the stage to a client that is logged in, without a gateway."""
    faults = Faults()
    async with serving(stage, faults.middleware) as server:
        client = await logged_in(server)
        yield Outbox(stage, server, faults, clock, units, client)
        await client.close()


async def revise(out: Outbox, version: int, subject: int = 1) -> None:
    """Change what a subject shows, as a fact does."""
    async with out.units() as work:
        await work.deliveries.revise(KIND, subject, version=version)


async def withdraw(out: Outbox, subject: int = 1) -> None:
    """Take a subject back."""
    async with out.units() as work:
        await work.deliveries.withdraw(KIND, subject)


async def logged_in(server: Server) -> discord.Client:
    """Return a client that can make requests; close it."""
    client = discord.Client(intents=discord.Intents.none())
    await client.login(server.token)
    return client


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)
