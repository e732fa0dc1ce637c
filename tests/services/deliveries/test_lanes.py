import asyncio

from bot.services.deliveries.lanes import LaneLeases
from storage.delivery_records import Lane
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.fakes import FakeClock
from tests.storage.delivery_examples import LANE, OTHER_CHANNEL

OTHER_LANE = Lane(OTHER_CHANNEL, is_private=False)


class Bell:
    """A sleep that ends when it rings."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.asked = 0.0

    async def sleep(self, seconds: float) -> None:
        self.asked = seconds
        await self._rung.wait()
        self._rung.clear()

    async def ring(self) -> None:
        self._rung.set()
        await asyncio.sleep(0)


async def for_ever() -> None:
    await asyncio.Event().wait()


async def test_a_worker_is_stopped_when_its_lane_is_lost_and_no_other(units: UnitsOfWork) -> None:
    clock, bell = FakeClock(NOW), Bell()
    ours = LaneLeases(units, clock, owner="this process", sleep=bell.sleep)
    theirs = LaneLeases(units, clock, owner="another")
    lost, kept = (asyncio.create_task(for_ever()) for _ in range(2))
    assert await ours.acquire(LANE)
    clock.forward(seconds=20)
    assert await ours.acquire(OTHER_LANE)

    with ours.kept_for(LANE, lost), ours.kept_for(OTHER_LANE, kept):
        clock.forward(seconds=6)
        assert await theirs.acquire(LANE)
        await bell.ring()
        async with asyncio.timeout(5):
            await asyncio.wait((lost,))
        clock.forward(seconds=24)
        assert not await theirs.acquire(OTHER_LANE)

    assert (lost.cancelled(), kept.done()) == (True, False)
    assert bell.asked * 3 == 25
    kept.cancel()


async def test_nothing_is_renewed_once_no_lane_is_worked_on(units: UnitsOfWork) -> None:
    clock, bell = FakeClock(NOW), Bell()
    ours = LaneLeases(units, clock, owner="this process", sleep=bell.sleep)
    worker = asyncio.create_task(for_ever())
    assert await ours.acquire(LANE)
    with ours.kept_for(LANE, worker):
        await asyncio.sleep(0)
    worker.cancel()

    clock.forward(seconds=20)
    await bell.ring()
    clock.forward(seconds=6)
    assert await LaneLeases(units, clock, owner="another").acquire(LANE)
