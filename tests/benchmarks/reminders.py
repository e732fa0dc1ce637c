"""Ten thousand personal reminders in one minute, and a meeting that moves for as many people.

Sending is measured as in `deliveries`: the bot is a process of its own, this one serves Discord,
with its limits, and asks questions meanwhile. Moving is measured inside this process, beside bare
inserts of as many rows into the same table.
"""

import asyncio
import datetime as dt
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.sandbox import building
from bot.sandbox.people import Person
from bot.sandbox.world import World
from bot.services.guild_settings import GuildSettings
from bot.services.meetings.checking import details_of
from bot.services.meetings.proposals import ChangeProposal, PlanProposal, Proposal
from bot.services.meetings.service import Meetings, build_meetings
from bot.services.places import Places
from storage.delivery_records import Copy, Delivery, DeliveryState, DmTarget, NewDelivery
from storage.engine import open_database
from storage.meeting_records import (
    Answer,
    Attendance,
    Details,
    Meeting,
    MeetingKind,
    Mode,
    NewMeeting,
)
from storage.migrate import upgrade
from storage.repositories.meetings_reminders import NewReminder
from storage.unit_of_work import UnitOfWork, UnitsOfWork
from tests.benchmarks import corpus
from tests.benchmarks.chat_bots import BotProcess
from tests.benchmarks.deliveries import BASELINE, bare
from tests.benchmarks.deliveries_limits import PER_SECOND, Limits
from tests.benchmarks.deliveries_sending import sent_and_answered
from tests.benchmarks.measuring import Figure, percentile
from tests.fakes import FakeClock, FakeDirectory
from tests.terminal.processes import ON_DISCORD

PEOPLE: Final = 10_000
BASELINE_PEOPLE: Final = 2_500  # a rate needs no more
QUICK: Final = 60
_GUILD: Final = 1
_RULE: Final = "m60"
_NOTICE: Final = "meeting_notice"
_LONGEST_MOVE: Final = 2.0  # seconds
_LONGEST_ANSWER: Final = 1_000.0  # ms
_SHARE: Final = 0.95
_IDLE_QUESTIONS: Final = 50
_NOW: Final = dt.datetime(2016, 4, 1, 9, 0, tzinfo=dt.UTC)


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Move a meeting, then send everything with the bot and with bare discord.py."""
    people = QUICK if is_quick else PEOPLE
    yield from _moving(people)
    with tempfile.TemporaryDirectory() as folder:
        ours, busy, idle = asyncio.run(_ours(Path(folder) / "ours", people))
        other = QUICK if is_quick else BASELINE_PEOPLE
        theirs = asyncio.run(_bare(Path(folder), other))
    case = f"{people:,} reminders in a minute"
    allowed = people / PER_SECOND
    scaled = people / theirs.rate
    yield Figure("reminders", case, "until the last", people / ours.rate, "s", allowed, "the limit")
    yield Figure(
        "reminders", case, "share of the limit", ours.rate / PER_SECOND, "",
        theirs.rate / PER_SECOND, BASELINE, goal=_SHARE, is_best_high=True,
    )  # fmt: skip
    yield Figure(
        "reminders", case, "until the last, beside bare", people / ours.rate, "s", scaled, BASELINE
    )
    yield Figure(
        "reminders", case, "reminders that arrived", len(ours.arrived) / people, "",
        len(theirs.arrived) / other, BASELINE, goal=1.0, is_best_high=True,
    )  # fmt: skip
    yield Figure(
        "reminders", case, "answered meanwhile, p99", percentile(busy, 99), "ms",
        percentile(idle, 99), "nothing to send", goal=_LONGEST_ANSWER,
    )  # fmt: skip


def _moving(people: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        taken = asyncio.run(_moved(Path(folder), people))
        rows = _inserted(Path(folder) / "breed.sqlite3", people)
    case = f"{people:,} who signed up"
    for name, seconds in zip(("planned and told", "moved and told"), taken, strict=True):
        yield Figure(
            "reminders", case, name, seconds, "s", rows, "bare inserts", goal=_LONGEST_MOVE
        )


async def _moved(folder: Path, people: int) -> tuple[float, float]:
    """Return the seconds of planning what everybody is reminded of, and of moving that."""
    url = f"sqlite:///{folder}/breed.sqlite3"
    await upgrade(url, backups=folder / "backups", now=_NOW)
    database = open_database(url)
    units, clock = UnitsOfWork(database), FakeClock(_NOW)
    meetings = _services(units, clock)
    try:
        start = _NOW + dt.timedelta(hours=1, minutes=30)
        meeting = await _done(meetings, PlanProposal("x@bench", _details(start)), None)
        async with units() as work:
            for person in range(people):
                said = Attendance(meeting.id, 1_000 + person, Answer.YES, Mode.IN_PERSON, _NOW)
                await work.attendance.put(said)
            await _reminded(work, meeting, [1_000 + person for person in range(people)])
        begun = time.perf_counter()
        await meetings.planner.tick()  # what is due within the hour is queued for everybody
        planned = time.perf_counter() - begun
        later = ChangeProposal(_details(start + dt.timedelta(days=1)))
        begun = time.perf_counter()
        await _done(meetings, later, meeting)
        return planned, time.perf_counter() - begun
    finally:
        await database.close()


def _inserted(path: Path, rows: int) -> float:
    """Return the seconds that bare inserts of as many rows take, in one transaction."""
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        known = connection.execute(
            "SELECT * FROM deliveries WHERE kind = ? LIMIT 1", (_NOTICE,)
        ).fetchone()
        names = [one for one in known.keys() if one != "id"]  # noqa: SIM118 # a Row, no mapping
        values = [
            [f"raw:{number}" if name == "key" else known[name] for name in names]
            for number in range(rows)
        ]
        marks = ", ".join("?" * len(names))
        insert = f"INSERT INTO deliveries ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 # names of columns
        begun = time.perf_counter()
        connection.executemany(insert, values)
        connection.commit()
        return time.perf_counter() - begun


def _services(units: UnitsOfWork, clock: FakeClock) -> Meetings:
    settings = GuildSettings(units)
    places = Places(settings, units, clock, FakeDirectory({_GUILD: ()}))
    return build_meetings(units, clock, places=places, settings=settings)


async def _done(meetings: Meetings, proposal: Proposal, meeting: Meeting | None) -> Meeting:
    proposed = await meetings.planning.propose(_GUILD, proposal, meeting=meeting, by=1)
    done = await meetings.planning.confirm(proposed.draft.id, guild_id=_GUILD, by=1)
    return done.meeting


async def _reminded(work: UnitOfWork, meeting: Meeting, people: Sequence[int]) -> None:
    for person in people:
        new = NewReminder(meeting.guild_id, meeting.id, _RULE, _NOW, user_id=person)
        await work.meeting_reminders.add(new)


def _details(start: dt.datetime) -> Details:
    return details_of(
        kind=MeetingKind.ALV, moment=start, minutes=120, title="ALV", place="Ede", link=""
    )


async def _ours(folder: Path, people: int) -> tuple[Limits, list[float], list[float]]:
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
        targets = _people(bot.world, people)
        try:
            await bot.start()
            idle = [(await bot.crowd.slash(0, one)).milliseconds for one in texts[:_IDLE_QUESTIONS]]
            await bot.stop()
            await _queue(folder / "data" / "breed.sqlite3", bot.world, targets)
            busy = await sent_and_answered(bot, limits, texts, count=people)
            return limits, busy, idle
        finally:
            await bot.stop()


def _people(world: World, count: int) -> list[tuple[int, int]]:
    """Return people, each with the channel of their private messages."""
    (guild,) = world.state.guilds.values()
    found = [Person.new(world, f"Lid {number}", guild) for number in range(count)]
    return [(one.id, one.dm_channel().id) for one in found]


async def _queue(path: Path, world: World, people: Sequence[tuple[int, int]]) -> None:
    """Let everybody be reminded of one meeting, now; private messages were sent to them before."""
    database = open_database(f"sqlite:///{path}")
    now = dt.datetime.now(dt.UTC)
    (guild,) = world.state.guilds
    start = now + dt.timedelta(minutes=61)
    try:
        async with UnitsOfWork(database)() as work:
            new = NewMeeting(guild, "x@bench", _details(start), (), now)
            meeting = await work.meetings.add(new)
            await _reminded(work, meeting, [one for one, _ in people])
            for person, channel in people:
                before = NewDelivery(
                    key=f"before:{person}", guild_id=guild, target=DmTarget(person), kind=_NOTICE,
                    subject_id=0, due_at=now,
                )  # fmt: skip
                await work.deliveries.queue(before)
                known = await work.deliveries.by_key(before.key)
                if known is not None:
                    await work.deliveries.put(_sent(known, channel))
    finally:
        await database.close()


def _sent(known: Delivery, channel: int) -> Delivery:
    return replace(known, copy=Copy(channel, 1), sent_version=1, state=DeliveryState.SENT)


async def _bare(folder: Path, people: int) -> Limits:
    world = World()
    building.add_guild(world, "BREED")
    return await bare(folder, world, [channel for _, channel in _people(world, people)])
