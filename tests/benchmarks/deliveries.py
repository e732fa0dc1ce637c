"""How fast the outbox sends under Discord's limits, beside bare discord.py sending the same.

The bot is a process of its own with its own SQLite database; this one serves the Discord that it
talks with, enforces the limits, and asks questions meanwhile.
"""

import asyncio
import datetime as dt
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.sandbox import building
from bot.sandbox.enums import ChannelKind
from bot.sandbox.people import Person
from bot.sandbox.server import Server
from bot.sandbox.world import World
from bot.services.admin.notices import KIND
from storage.delivery_records import (
    ChannelTarget,
    Copy,
    DeliveryState,
    DmTarget,
    NewDelivery,
    Problem,
    Target,
)
from storage.engine import open_database
from storage.notice_records import NoticeCount, Trouble
from storage.unit_of_work import UnitsOfWork
from tests.benchmarks import corpus
from tests.benchmarks.chat_bots import BotProcess
from tests.benchmarks.deliveries_limits import PER_SECOND, Limits
from tests.benchmarks.deliveries_sending import sent_and_answered
from tests.benchmarks.measuring import Figure, percentile
from tests.terminal.processes import ON_DISCORD, ROOT, TOKEN

ROWS, PLACES = 10_000, 1_000
BASELINE_ROWS, BASELINE_PLACES = 2_500, 250  # a rate needs no more
QUICK: Final = 60
BASELINE: Final = "bare discord.py"
_SHARE: Final = 0.95
_LONGEST_ANSWER: Final = 1_000.0  # ms
_IDLE_QUESTIONS: Final = 50
_LONG_AGO: Final = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class _Measured:
    """What came out, of ours with the milliseconds that questions took."""

    ours: Limits
    bare: Limits
    bare_rows: int
    busy: list[float]
    idle: list[float]


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Send everything, first with the bot and then with bare discord.py."""
    rows, places = (QUICK, QUICK // 3) if is_quick else (ROWS, PLACES)
    bare_rows, bare_places = (QUICK, QUICK // 3) if is_quick else (BASELINE_ROWS, BASELINE_PLACES)
    with tempfile.TemporaryDirectory() as folder:
        ours, busy, idle = asyncio.run(_ours(Path(folder) / "ours", rows, places=places))
        bare = asyncio.run(_bare(Path(folder), bare_rows, places=bare_places))
    yield from _of(_Measured(ours, bare, bare_rows, busy, idle), rows=rows, places=places)


def _of(found: _Measured, *, rows: int, places: int) -> Iterator[Figure]:
    case = f"{rows:,} rows, {places:,} places"

    def figure(name: str, value: float, unit: str, other: float, goal: float | None) -> Figure:
        return Figure(
            "deliveries", case, name, value, unit, other, BASELINE, goal=goal, is_best_high=True
        )

    ours, bare = found.ours, found.bare
    yield figure("messages", ours.rate, "/s", bare.rate, None)
    share = ours.rate / PER_SECOND, bare.rate / PER_SECOND
    yield figure("share of the limit", share[0], "", share[1], _SHARE)
    arrived = len(ours.arrived) / rows, len(bare.arrived) / found.bare_rows
    yield figure("messages that arrived", arrived[0], "", arrived[1], 1.0)
    yield figure("requests without a 429", ours.accepted, "", bare.accepted, 1.0)
    yield Figure(
        "deliveries", case, "answered meanwhile, p99", percentile(found.busy, 99), "ms",
        percentile(found.idle, 99), "nothing to send", goal=_LONGEST_ANSWER,
    )  # fmt: skip


async def _ours(folder: Path, rows: int, *, places: int) -> tuple[Limits, list[float], list[float]]:
    limits = Limits()
    bot = BotProcess(
        "the bot",
        program=(*ON_DISCORD, "run"),
        folder=folder,
        has_buttons=True,
        middlewares=(limits.middleware,),
    )
    texts = corpus.questions(5_000)
    async with bot.server:
        limits.watch(bot.world)
        targets = _targets(bot.world, places)
        try:
            await bot.start()
            idle = [(await bot.crowd.slash(0, one)).milliseconds for one in texts[:_IDLE_QUESTIONS]]
            await bot.stop()
            await _queue(folder / "data" / "breed.sqlite3", targets, rows)
            busy = await sent_and_answered(bot, limits, texts, count=rows)
            return limits, busy, idle
        finally:
            await bot.stop()


def _targets(world: World, places: int) -> list[tuple[Target, int]]:
    """Return channels and people, two to three, each with the channel where messages stand."""
    (guild,) = world.state.guilds.values()
    found: list[tuple[Target, int]] = []
    for number in range(places):
        if number % 5 < 2:
            channel = building.add_channel(world, guild, f"plek-{number}", ChannelKind.TEXT)
            found.append((ChannelTarget(channel.id), channel.id))
        else:
            person = Person.new(world, f"Lezer {number}", guild)
            found.append((DmTarget(person.id), person.dm_channel().id))
    return found


async def _queue(path: Path, targets: list[tuple[Target, int]], rows: int) -> None:
    """Queue rows that are due; private messages were sent to everybody before."""
    database = open_database(f"sqlite:///{path}")
    now = dt.datetime.now(dt.UTC)
    try:
        async with UnitsOfWork(database)() as work:
            trouble = Trouble(guild_id=1, problem=Problem.REFUSED, lane_id=0)
            notice, _ = await work.notices.ensure(trouble, at=now)
            # One that is solved says always the same and is not tended any more.
            solved = replace(notice, count=NoticeCount(kinds=("update",)), solved_at=now)
            await work.notices.put(solved)
            new = NewDelivery(
                key="", guild_id=1, target=ChannelTarget(1), kind=KIND, subject_id=notice.id,
                due_at=_LONG_AGO,
            )  # fmt: skip
            for number, (target, channel) in enumerate(targets):
                if isinstance(target, DmTarget):
                    key = f"before:{number}"
                    await work.deliveries.queue(replace(new, key=key, target=target))
                    known = await work.deliveries.by_key(key)
                    if known is not None:
                        copy, state = Copy(channel, 1), DeliveryState.SENT
                        sent = replace(known, copy=copy, sent_version=1, state=state)
                        await work.deliveries.put(sent)
            for number in range(rows):
                target, _ = targets[number % len(targets)]
                one = replace(new, key=f"row:{number}", target=target, due_at=now)
                await work.deliveries.queue(one)
    finally:
        await database.close()


async def _bare(folder: Path, rows: int, *, places: int) -> Limits:
    world = World()
    building.add_guild(world, "BREED")
    channels = [channel for _, channel in _targets(world, places)]
    return await bare(folder, world, [channels[number % places] for number in range(rows)])


async def bare(folder: Path, world: World, channels: list[int]) -> Limits:
    """Send a message to each of these channels of a world with bare discord.py."""
    limits = Limits()
    limits.watch(world)
    (folder / "channels.json").write_text(json.dumps(channels), encoding="ascii")
    async with Server(world, token=TOKEN, middlewares=(limits.middleware,)) as server:
        variables = {
            "BREED_TEST_DISCORD": server.rest_url,
            "DISCORD_TOKEN": TOKEN,
            "PYTHONPATH": os.fspath(ROOT),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.benchmarks.deliveries_baseline",
            cwd=folder,
            env={**os.environ, **variables},
        )
        if await process.wait():
            message = f"{BASELINE} ended with {process.returncode}"
            raise RuntimeError(message)
    return limits
