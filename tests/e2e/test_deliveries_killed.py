"""Processes that send are killed for real, and started again: every message is there once."""

import asyncio
import os
import random
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.adapters.clock import SystemClock
from bot.sandbox.server import Server
from storage.delivery_records import (
    ChannelTarget,
    Delivery,
    DeliveryState,
    DmTarget,
    NewDelivery,
    Target,
)
from storage.unit_of_work import UnitsOfWork
from tests.discord.faults import Faults
from tests.discord.stage import Stage, build_stage, serving
from tests.e2e import sending
from tests.e2e.showing import KIND
from tests.terminal.processes import ROOT

pytestmark = pytest.mark.randomised

KILLS: Final = 5
COPIES: Final = 90
LEASE: Final = 1.0  # seconds; 25 in the bot
PATIENCE: Final = 120.0  # a busy machine starts a process in ten seconds


@dataclass(slots=True)
class Killer:
    """Kills a process a moment after a request that it draws, and starts it again."""

    server: Server
    database_url: str
    rng: random.Random
    processes: list[Process] = field(default_factory=list[Process])
    deaths: int = 0
    until_next: int = 1
    _restarts: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def start(self, at: int | None = None) -> None:
        """Start a process, in the place of a dead one when told which."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            sending.__name__,
            cwd=ROOT,
            env={
                **os.environ,
                sending.API: self.server.rest_url,
                sending.TOKEN: self.server.token,
                sending.DATABASE: self.database_url,
                sending.LEASE: str(LEASE),
            },
            stdout=DEVNULL,
            stderr=PIPE,
        )
        if at is None:
            self.processes.append(process)
        else:
            self.processes[at] = process

    async def react(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let a message through; sometimes its sender dies before, during or after it."""
        self.until_next -= 1
        if self.until_next == 0 and self.deaths < KILLS:
            self.deaths += 1
            self.until_next = self.rng.randint(5, 15)
            wait = self.rng.choice((0, self.rng.uniform(0, 0.05)))
            asyncio.get_running_loop().call_later(wait, self._kill)
            if wait == 0:
                await asyncio.sleep(0)  # before it is carried out
        return await handler(request)

    def _kill(self) -> None:
        at = self.rng.randrange(len(self.processes))
        if self.processes[at].returncode is None:
            self.processes[at].kill()
        task = asyncio.create_task(self.start(at))
        self._restarts.add(task)

    async def end(self) -> None:
        """Kill what is left."""
        await asyncio.gather(*self._restarts)
        for process in self.processes:
            if process.returncode is None:
                process.kill()
            await process.wait()


@asynccontextmanager
async def killing(
    stage: Stage, database_url: str, *, processes: int, seed: int
) -> AsyncGenerator[Killer]:
    faults = Faults()
    async with serving(stage, faults.middleware) as server:
        rng = random.Random(seed)  # noqa: S311 # a test's luck, no secret
        killer = Killer(server, database_url, rng, until_next=rng.randint(1, 10))
        faults.add("POST /channels/*/messages", killer.react, times=10**6)
        try:
            for _ in range(processes):
                await killer.start()
            yield killer
        finally:
            await killer.end()


async def queue(units: UnitsOfWork, stage: Stage) -> list[str]:
    targets: list[Target] = [
        ChannelTarget(stage.algemeen.id),
        ChannelTarget(stage.reacties.id),
        DmTarget(stage.anna.id),
    ]
    keys = [f"copy:{number}" for number in range(COPIES)]
    now = SystemClock().now()
    async with units() as work:
        for number, key in enumerate(keys):
            new = NewDelivery(
                key=key,
                guild_id=stage.guild.id,
                target=targets[number % len(targets)],
                kind=KIND,
                subject_id=number,
                due_at=now,
            )
            await work.deliveries.queue(new)
    return keys


async def all_of(units: UnitsOfWork, keys: list[str]) -> list[Delivery]:
    async with units.reading() as work:
        found = [await work.deliveries.by_key(key) for key in keys]
    return [one for one in found if one is not None]


async def sent(units: UnitsOfWork, keys: list[str]) -> list[Delivery]:
    """Wait until everything is sent."""
    async with asyncio.timeout(PATIENCE):
        for key in keys:
            (found,) = await all_of(units, [key])
            while found.is_open:
                await asyncio.sleep(0.1)  # other processes write; nothing tells of it
                (found,) = await all_of(units, [key])
    return await all_of(units, keys)


@pytest.mark.parametrize("seed", range(1))
async def test_what_is_killed_at_any_moment_loses_and_doubles_nothing_and_keeps_order(
    units: UnitsOfWork, database_url: str, dialect: str, seed: int
) -> None:
    stage = build_stage()
    keys = await queue(units, stage)
    processes = 2 if dialect == "postgresql" else 1  # SQLite serves one process
    async with killing(stage, database_url, processes=processes, seed=seed) as killer:
        found = await sent(units, keys)

    assert killer.deaths == KILLS
    assert {one.state for one in found} == {DeliveryState.SENT}
    assert [one.duplicates for one in found] == [0] * COPIES
    channels = [stage.algemeen, stage.reacties, stage.anna.dm_channel()]
    said = [
        one
        for channel in channels
        for one in stage.world.messages_in(channel)
        if one.author_id == stage.world.bot.id
    ]
    assert sorted(one.content for one in said) == sorted(
        f"d{one.id} {KIND} {one.subject_id} v1" for one in found
    )
    for channel in channels:
        subjects = [int(one.content.split()[2]) for one in said if one.channel_id == channel.id]
        assert subjects == sorted(subjects)
