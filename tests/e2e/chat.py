"""A BREED bot in a small server: what the end-to-end tests drive, and what they see of it."""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.adapters.documents.reader import ChildReader
from bot.adapters.landscape import LandscapeDrawer
from bot.adapters.timeline_file import open_timeline
from bot.client import BreedBot
from bot.discord_chat import dispatcher_of
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.records import Channel
from bot.sandbox.server import Server
from bot.sandbox.slash import OptionValue
from bot.services.container import Services, build_services
from bot.services.knowledge.library import Library
from bot.services.knowledge.rate_limit import RateLimit
from bot.web.metrics import Metrics
from storage.unit_of_work import UnitsOfWork
from tests.builders import shipped_library
from tests.discord.clock import HandClock
from tests.discord.faults import Faults
from tests.discord.stage import Stage, registered, running
from tests.fake_feeds import FakeFeeds

COMMANDS = (
    "vraag",
    "opties",
    "vergelijk",
    "help",
    "voorwaarden",
    "Vraag beantwoorden",
    "abonnement",
    "forum",
)
BURST, PER_MINUTE = 3, 6
Options: TypeAlias = dict[str, OptionValue]


@dataclass(frozen=True, slots=True)
class HandTime:
    """The world's hand clock as the bot's Clock port."""

    hand: HandClock

    def now(self) -> dt.datetime:
        """Return the moment it stands at."""
        return self.hand()


@dataclass(slots=True)
class Chat:
    """One server with one bot. `bot` is the process that answers now; `restarted` makes another."""

    stage: Stage
    server: Server
    faults: Faults
    clock: HandClock
    units: UnitsOfWork
    library: Library = field(default_factory=shipped_library)
    feeds: FakeFeeds = field(default_factory=FakeFeeds)
    burst: int = BURST
    bots: list[BreedBot] = field(default_factory=list[BreedBot])

    @property
    def bot(self) -> BreedBot:
        """The bot that answers now."""
        return self.bots[-1]

    @property
    def services(self) -> Services:
        """What it answers with."""
        return self.bot.services

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[BreedBot]:
        """Run a new bot on the same database: what an earlier one kept in memory is gone."""
        bot = BreedBot(self._services(), guild_ready_timeout=0.05)
        self.bots.append(bot)
        async with running(self.server, bot):
            await registered(self.stage, *COMMANDS)
            if bot._syncing is not None:
                await asyncio.wait((bot._syncing,))
            yield bot
            await bot.services.answering.finish()
        self.bots.remove(bot)

    def _services(self) -> Services:
        clock = HandTime(self.clock)
        return build_services(
            clock=clock,
            units=self.units,
            library=self.library,
            limit=RateLimit(clock, burst=self.burst, per_minute=PER_MINUTE),
            observer=Metrics(version="1"),
            timeline=open_timeline(),
            feeds=self.feeds,
            reader=ChildReader(),
            landscapes=LandscapeDrawer(),
        )

    async def delivered(self) -> None:
        """Send all that is due now, as the running bot would."""
        dispatcher = dispatcher_of(self.bot, self.services, sleep=_at_once)
        await dispatcher.tick()
        await dispatcher.settle()
        await dispatcher.stop()

    async def polled(self, *, minutes: float = 20) -> None:
        """Go on in time, poll the feeds that are due, and send all that comes of it."""
        self.clock.forward(minutes=minutes)
        polling = self.services.forum.polling
        for _ in range(2):
            await polling.tick()
            await polling.settle()
            await self.delivered()

    def mention(self, person: Person, text: str, *, where: Channel | None = None) -> Message:
        """Have somebody ask the bot by name."""
        channel = where or self.stage.algemeen
        return person.say(channel, f"{self.stage.world.bot_mention} {text}")

    async def reply_to(self, question: Message) -> Message:
        """Wait for the bot's reply to a message."""
        return await self.stage.world.until(
            lambda: next(iter(self.replies_to(question)), None), timeout=5
        )

    def replies_to(self, question: Message) -> list[Message]:
        """Return what the bot replied to a message so far."""
        channel = self.stage.world.channel(question.channel_id)
        return [one for one in self.stage.world.messages_in(channel) if one.reply_to == question.id]

    def said(self, channel: Channel) -> list[Message]:
        """Return everything that the bot said in a channel, to all or to one person."""
        bot_id = self.stage.world.bot.id
        return [one for one in self.stage.world.messages_in(channel) if one.author_id == bot_id]

    def pings(self) -> list[Message]:
        """Return the bot's messages that notified somebody: there are to be none."""
        bot_id = self.stage.world.bot.id
        return [
            one
            for messages in self.stage.world.state.messages.values()
            for one in messages.values()
            if one.author_id == bot_id and one.pings
        ]

    async def settled(self) -> None:
        """Wait until the bot has answered everything before this: it answers in order of arrival.

        A question of somebody new, asked alone, is answered after what came in before it.
        """
        helper = Person.new(self.stage.world, "Peiler", self.stage.guild)
        await helper.slash(self.stage.algemeen, "voorwaarden").reply()


async def _at_once(_seconds: float) -> None:
    """Keep no pace: the stand-in has no limit of its own."""
    await asyncio.sleep(0)
