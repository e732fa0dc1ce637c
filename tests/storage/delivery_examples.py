"""Deliveries for the tests of storage: queued, and put into any state."""

from dataclasses import replace
from datetime import timedelta

from storage.delivery_records import (
    ChannelTarget,
    Copy,
    Delivery,
    DeliveryState,
    Lane,
    NewDelivery,
    Problem,
    Target,
)
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.examples import GUILD

CHANNEL, OTHER_CHANNEL = GUILD + 10, GUILD + 11
LANE = Lane(CHANNEL, is_private=False)
LATER = NOW + timedelta(minutes=1)


def new(
    key: str, target: Target | None = None, *, subject: int = 1, due: int = 0, guild: int = GUILD
) -> NewDelivery:
    return NewDelivery(
        key=key,
        guild_id=guild,
        target=target or ChannelTarget(CHANNEL),
        kind="update",
        subject_id=subject,
        due_at=NOW + timedelta(seconds=due),
    )


async def queue(units: UnitsOfWork, *deliveries: NewDelivery) -> list[Delivery]:
    async with units() as work:
        for one in deliveries:
            await work.deliveries.queue(one)
        found = [await work.deliveries.by_key(one.key) for one in deliveries]
    return [one for one in found if one is not None]


async def put(units: UnitsOfWork, delivery: Delivery) -> None:
    async with units() as work:
        assert await work.deliveries.lock(delivery.id) is not None
        await work.deliveries.put(delivery)


async def get(units: UnitsOfWork, delivery_id: int) -> Delivery:
    async with units.reading() as work:
        found = await work.deliveries.get(delivery_id)
    assert found is not None
    return found


def known(one: Delivery, state: DeliveryState, problem: Problem | None = None) -> Delivery:
    """Return the copy in a state, as the dispatcher would have left it."""
    stands = state is DeliveryState.SENT or problem is Problem.MESSAGE_GONE
    return replace(
        one,
        state=state,
        problem=problem,
        copy=Copy(CHANNEL, one.id) if stands else None,
        sent_version=1 if stands else None,
        attempted_at=NOW if state is DeliveryState.ATTEMPTING else None,
    )
