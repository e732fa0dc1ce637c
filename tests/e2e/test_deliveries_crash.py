"""Whatever fails and wherever the process dies: every copy is there once, in order, and current."""

import asyncio
import gc
import random
from collections.abc import Generator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import discord
import pytest

from bot.sandbox import building
from bot.sandbox.enums import ChannelKind
from bot.services.deliveries.dispatcher import Dispatcher
from bot.services.deliveries.rendered import Rendered, Showing
from storage.delivery_records import (
    ChannelTarget,
    Crosspost,
    Delivery,
    DeliveryState,
    DmTarget,
    PostTarget,
    Target,
    ThreadTarget,
    lane_of,
)
from storage.engine import Database, open_database
from storage.unit_of_work import UnitsOfWork
from tests.discord.stage import Stage
from tests.e2e.chaos import Fuse, FusedUnits, Weather
from tests.e2e.outbox import Outbox, logged_in, revise, withdraw
from tests.e2e.showing import KIND, shown
from tests.seeds import SEEDS

pytestmark = pytest.mark.randomised

# A run goes on until it has died this often with work to do: so many crash points it has, and
# together the runs have as many as there are seeds, or a few more.
DEATHS = 12
RUNS = -(-SEEDS // DEATHS)
COPIES, SUBJECTS = 18, range(1, 5)
MOST_TURNS = 250


@pytest.fixture(autouse=True)
def quick_collecting() -> Generator[None]:
    """Let `gc.collect` look at what the test makes only, not at every module."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@dataclass(slots=True)
class Process:
    """One process that sends: it dies when its fuse has burnt down, and comes back."""

    out: Outbox
    units: UnitsOfWork
    fuse: Fuse
    rng: random.Random
    dispatcher: Dispatcher | None = None
    client: discord.Client | None = None
    deaths: int = 0

    async def start(self, *, mortal: bool) -> None:
        """Begin as a new process; a mortal one dies after a few steps."""
        await self.end()
        self.client = await logged_in(self.out.server)
        seed = self.rng.randrange(10**6)
        self.dispatcher = self.out.dispatcher(self.units, client=self.client, seed=seed)
        self.fuse.steps = self.rng.randint(1, 60) if mortal else 0
        self.fuse.blow = self.dispatcher.abort

    async def turn(self) -> None:
        """Send what is due, or die on the way; sometimes at any await instead of a known step."""
        assert self.dispatcher is not None
        turn = asyncio.create_task(self._send(self.dispatcher))
        if self.fuse.steps and self.rng.random() < 0.3:
            for _ in range(self.rng.randrange(300)):
                await asyncio.sleep(0)
            self.dispatcher.abort()
        await turn
        if self.dispatcher.is_stopping:
            self.deaths += 1
            # A process that died lets go of its database. Here its frames live on in the traceback
            # of a cancelled task, and an unfinished cursor among them keeps SQLite's lock.
            del turn
            gc.collect()

    async def end(self) -> None:
        """Leave no connection behind."""
        self.fuse.steps = 0
        if self.client is not None:
            await self.client.close()

    @staticmethod
    async def _send(dispatcher: Dispatcher) -> None:
        await dispatcher.tick()
        await dispatcher.settle()


def luck(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 # a test's luck, no secret


def targets(stage: Stage) -> list[Target]:
    forum = PostTarget(stage.forum.id, "Nieuws", (stage.forum.tags[0].id,))
    thread = stage.marja.start_thread(stage.marja.say(stage.reacties, "Praat mee"), "Praat mee")
    return [forum, DmTarget(stage.anna.id), ThreadTarget(thread.id)]


def crossposted(showing: Showing) -> Rendered | None:
    """Render what is to be published too, where anybody can follow it; posts have a title."""
    message = shown(showing)
    title = f"v{showing.version}" if isinstance(showing.target, PostTarget) else None
    is_followed = isinstance(showing.target, ChannelTarget)
    return message and replace(message, crosspost=is_followed, title=title)


async def queue_all(out: Outbox, rng: random.Random) -> None:
    out.render = crossposted
    news = building.add_channel(
        out.stage.world, out.stage.guild, "nieuws", ChannelKind.ANNOUNCEMENT
    )
    places = [out.stage.algemeen, news, *targets(out.stage)]
    for number in range(COPIES):
        subject, due = rng.choice(SUBJECTS), rng.choice((0, 0, 5, 40))
        await out.queue(f"copy:{number}", rng.choice(places), subject=subject, due=due)


async def turns(
    out: Outbox, weather: Weather, processes: list[Process], rng: random.Random
) -> list[Delivery]:
    """Let processes send until nothing is open: first in bad weather, then in good."""
    version = 1
    found: list[Delivery] = []
    is_over = False
    for _turn in range(MOST_TURNS):
        weather.is_bad = False  # a process logs in before it sends
        for process in processes:
            died = process.dispatcher is None or process.dispatcher.is_stopping
            if died or rng.random() < 0.3:
                await process.start(mortal=not is_over)
        weather.is_bad = not is_over
        await asyncio.gather(*(process.turn() for process in processes))
        await weather.cleared()
        # 301 seconds and more: the nonce of what was sent before is forgotten.
        out.clock.forward(seconds=rng.choice((0.5, 5, 31, 301, 700)))
        found = await out.all_of(*SUBJECTS)
        is_idle = not any(one.is_open for one in found)
        if weather.is_bad and (is_idle or rng.random() < 0.1):
            version += 1
            await revise(out, version, subject=rng.choice(SUBJECTS))
        if weather.is_bad and rng.random() < 0.05:
            await withdraw(out, subject=SUBJECTS[-1])
        is_over = sum(process.deaths for process in processes) >= DEATHS
        if is_idle and not weather.is_bad:
            return found
    pytest.fail(f"still open after {MOST_TURNS} turns: {[one for one in found if one.is_open]}")


def check(out: Outbox, all_found: list[Delivery]) -> None:
    assert len(all_found) == COPIES
    found = [one for one in all_found if not one.withdrawn]
    expected = [f"d{one.id} {KIND} {one.subject_id} v{one.wanted_version}" for one in found]
    assert sorted(one.content for one in out.everything()) == sorted(expected)
    assert {one.state for one in found} <= {DeliveryState.SENT}
    assert all(one.withdrawal_shown or one.copy is None for one in all_found if one.withdrawn)
    news = {one.copy.message_id for one in found if one.copy and one.crosspost is Crosspost.DONE}
    assert {one.id for one in out.everything() if one.published_at is not None} == news
    assert [one.duplicates for one in found] == [0] * len(found)
    names = {one.id: one.name for one in out.posts()}
    for one in found:
        if isinstance(one.target, PostTarget) and one.copy is not None:
            assert names[one.copy.channel_id] == one.target.title == f"v{one.wanted_version}"
    stands = {one.id: one.channel_id for one in out.everything()}
    for one in found:
        assert one.copy is not None
        assert stands[one.copy.message_id] == one.copy.channel_id
    check_order(found)


def check_order(found: list[Delivery]) -> None:
    """Within a lane the copies of one subject stand in the order in which they were due."""
    lanes: dict[object, list[Delivery]] = {}
    for one in sorted(found, key=lambda one: (one.due_at, one.id)):
        lanes.setdefault((lane_of(one.target), one.subject_id), []).append(one)
    for copies in lanes.values():
        numbers = [one.copy.message_id for one in copies if one.copy is not None]
        assert numbers == sorted(numbers)


@pytest.mark.parametrize("seed", range(RUNS))
async def test_a_crash_anywhere_in_bad_weather_loses_and_doubles_nothing(
    out: Outbox, database: Database, seed: int
) -> None:
    rng = luck(seed)
    fuse = Fuse()
    weather = Weather(luck(seed), (fuse,))
    weather.set_over(out.faults)
    await queue_all(out, rng)
    process = Process(out, FusedUnits(database, fuse), fuse, rng)

    found = await turns(out, weather, [process], rng)
    await process.end()

    check(out, found)


@pytest.mark.postgres
@pytest.mark.parametrize("dialect", ["postgresql"], scope="session")
@pytest.mark.parametrize("seed", range(RUNS))
async def test_two_processes_share_the_work_and_take_over_from_the_dead(
    out: Outbox, database_url: str, seed: int
) -> None:
    rng = luck(seed)
    fuses = (Fuse(), Fuse())
    weather = Weather(luck(seed), fuses)
    weather.set_over(out.faults)
    await queue_all(out, rng)
    async with AsyncExitStack() as stack:
        processes: list[Process] = []
        for fuse in fuses:
            database = open_database(database_url)
            stack.push_async_callback(database.close)
            processes.append(Process(out, FusedUnits(database, fuse), fuse, rng))
            stack.push_async_callback(processes[-1].end)
        found = await turns(out, weather, processes, rng)

    check(out, found)
