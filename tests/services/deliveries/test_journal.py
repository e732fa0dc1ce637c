import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.services.deliveries import transitions
from bot.services.deliveries.journal import Journal
from bot.services.deliveries.lanes import LaneLeases, LeaseLostError
from storage.delivery_records import ChannelTarget, Delivery, DeliveryState, Lane
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.fakes import FakeClock
from tests.storage.delivery_examples import (
    LANE,
    OTHER_CHANNEL,
    get,
    known,
    new,
    put,
    queue,
)

OTHER_LANE = Lane(OTHER_CHANNEL, is_private=False)


@pytest.fixture
def leases(units: UnitsOfWork) -> LaneLeases:
    return LaneLeases(units, FakeClock(NOW), owner="this process")


@pytest.fixture
def journal(units: UnitsOfWork, leases: LaneLeases) -> Journal:
    return Journal(units, leases)


def begun(one: Delivery) -> Delivery:
    return transitions.attempted(one, NOW, version=one.wanted_version)


def broken(one: Delivery) -> Delivery:
    message = f"delivery {one.id} cannot be that"
    raise ValueError(message)


async def test_what_comes_at_once_is_written_together_and_each_hears_its_own(
    units: UnitsOfWork, leases: LaneLeases, journal: Journal
) -> None:
    first, second, third, fourth = await queue(
        units,
        new("a"),
        new("b", ChannelTarget(OTHER_CHANNEL)),
        new("c"),
        new("d"),
    )
    await put(units, known(fourth, DeliveryState.SENT))
    assert await leases.acquire(LANE)

    outcomes = await asyncio.gather(
        journal.begin(first, begun, LANE),
        journal.begin(second, begun, OTHER_LANE),
        journal.note(third, broken),
        journal.note(fourth, begun),
        return_exceptions=True,
    )

    assert outcomes[0] == begun(first)
    assert isinstance(outcomes[1], LeaseLostError)
    assert isinstance(outcomes[2], ValueError)
    assert outcomes[3] is None
    stored = [(await get(units, one.id)).state for one in (first, second, third, fourth)]
    assert stored == [
        DeliveryState.ATTEMPTING,
        DeliveryState.WAITING,
        DeliveryState.WAITING,
        DeliveryState.SENT,
    ]


async def test_of_two_that_take_the_same_step_one_does(
    units: UnitsOfWork, journal: Journal
) -> None:
    (one,) = await queue(units, new("a"))

    first, second = await asyncio.gather(journal.note(one, begun), journal.note(one, begun))

    assert (first, second) == (begun(one), None)
    assert (await get(units, one.id)).attempts == 1


async def test_what_the_facts_want_meanwhile_is_kept(units: UnitsOfWork, journal: Journal) -> None:
    (one,) = await queue(units, new("a"))
    async with units() as work:
        await work.deliveries.revise("update", 1, version=7)

    after = await journal.note(one, begun)

    assert after == begun(replace(one, wanted_version=7))
    assert (await get(units, one.id)).wanted_version == 7


async def test_what_does_not_fit_the_table_costs_the_others_nothing(
    units: UnitsOfWork, journal: Journal
) -> None:
    first, second = await queue(units, new("a"), new("b"))
    state = DeliveryState.ATTEMPTING

    outcomes = await asyncio.gather(
        journal.note(first, lambda one: replace(one, state=state, attempted_at=None)),
        journal.note(second, begun),
        return_exceptions=True,
    )

    assert type(outcomes[0]).__name__ == "ConflictError"
    assert (await get(units, second.id)).state is state


@pytest.mark.parametrize("dialect", ["postgresql"], scope="session")
async def test_a_row_that_somebody_holds_keeps_nobody_else_waiting(
    units: UnitsOfWork, journal: Journal
) -> None:
    held, free = await queue(units, new("a"), new("b"))
    async with units() as work:
        assert await work.deliveries.lock(held.id)
        waiting = asyncio.create_task(journal.note(held, begun))
        async with asyncio.timeout(4):
            after = await journal.note(free, begun)
        assert after == begun(free)
        assert not waiting.done()

    assert await waiting == begun(held)


async def test_a_lane_is_taken_by_one_process_and_again_when_its_lease_expired(
    units: UnitsOfWork,
) -> None:
    clock = FakeClock(NOW)
    ours, theirs = (LaneLeases(units, clock, owner=name) for name in ("a", "b"))

    both = await asyncio.gather(*map(ours.acquire, (LANE, OTHER_LANE, LANE)))
    neither = await asyncio.gather(theirs.acquire(LANE), theirs.acquire(LANE))
    assert (all(both), any(neither)) == (True, False)
    clock.forward(seconds=20)
    async with units() as work:
        assert await ours.renew_in(work, [LANE]) == {LANE}
    clock.forward(seconds=6)
    assert await theirs.acquire(OTHER_LANE)
    async with units() as work:
        assert await ours.renew_in(work, [LANE, OTHER_LANE]) == {LANE}
    assert clock.now() - NOW < dt.timedelta(seconds=30)
