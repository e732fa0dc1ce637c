import asyncio
import random
from dataclasses import dataclass

from typing_extensions import override

from bot.services.admin.notices import Notices
from bot.services.deliveries.backoff import Backoff
from bot.services.deliveries.courier import Means
from bot.services.deliveries.dispatcher import ENOUGH, Dispatcher
from bot.services.deliveries.pace import Pace
from bot.services.deliveries.rendered import Rendered, Showing
from bot.services.guild_settings import GuildSettings
from bot.services.places import Places
from storage.delivery_records import ChannelTarget, Copy
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.fakes import FakeClock, FakeDirectory
from tests.services.sending import FakeMessenger
from tests.storage.delivery_examples import new, queue

LANES = 3 * ENOUGH


@dataclass(slots=True)
class FullChannels(FakeMessenger):
    """Sends one message to a channel, at its turn; a second one waits for the channel's limit."""

    pace: Pace | None = None

    @override
    async def send(self, channel_id: int, message: Rendered, *, nonce: str) -> Copy:
        assert self.pace is not None
        if channel_id in self.sent:
            await asyncio.Event().wait()
        async with self.pace.turn():
            return await FakeMessenger.send(self, channel_id, message, nonce=nonce)


async def rendered(showing: Showing) -> Rendered:
    return Rendered(embeds=({"url": showing.mark.on_url("https://example.org/")},))


async def reached(pace: Pace, waiting: int) -> None:
    for _ in range(1_000):
        if pace.waiting >= waiting:
            return
        await asyncio.sleep(0.01)


async def test_couriers_are_put_one_by_one_and_channels_that_are_full_hold_up_no_other(
    units: UnitsOfWork,
) -> None:
    clock, turns, directory = FakeClock(NOW), asyncio.Semaphore(0), FakeDirectory()

    async def sleep(_seconds: float) -> None:
        await turns.acquire()

    pace = Pace(clock, sleep=sleep)
    messenger = FullChannels(pace=pace)
    places = Places(GuildSettings(units), units, clock, directory)
    means = Means(
        units=units,
        clock=clock,
        messenger=messenger,
        renderer=rendered,
        backoff=Backoff(random.Random(1)),  # noqa: S311 # jitter, no secret
        notices=Notices(units, clock, places),
        directory=directory,
    )
    dispatcher = Dispatcher(means, pace)
    await queue(
        units,
        *(new(f"{lane}:{n}", ChannelTarget(lane)) for lane in range(1, LANES + 1) for n in "ab"),
    )

    await dispatcher.tick()
    async with asyncio.timeout(20):
        await reached(pace, ENOUGH - 1)  # one had its turn at once
        await asyncio.sleep(0.3)
        assert pace.waiting <= ENOUGH
        while len(messenger.sent) < LANES:
            turns.release()
            await asyncio.sleep(0.002)

    dispatcher.abort()
    await dispatcher.settle()
