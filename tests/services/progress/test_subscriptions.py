import pytest

from bot.services.progress.subscriptions import FAILURES, Subscriptions
from storage.delivery_records import DeliveryState, DmTarget, Problem
from storage.progress_records import Part
from storage.unit_of_work import UnitsOfWork
from tests.fakes import FakeClock
from tests.storage.delivery_examples import known, new, put, queue
from tests.storage.examples import GUILD, MEMBER, OTHER_MEMBER


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def subscriptions(units: UnitsOfWork, clock: FakeClock) -> Subscriptions:
    return Subscriptions(units, clock)


async def _fail(units: UnitsOfWork, *, times: int, first: int = 0) -> None:
    for number in range(first, first + times):
        (one,) = await queue(units, new(f"update:{number}", DmTarget(MEMBER), due=number))
        await put(units, known(one, DeliveryState.FAILED, Problem.DM_CLOSED))


async def test_off_for_everything_ends_every_subscription(subscriptions: Subscriptions) -> None:
    for part in (None, Part.ALV, Part.INZICHT):
        await subscriptions.switch_on(GUILD, part, person=MEMBER)
    await subscriptions.switch_on(GUILD, None, person=OTHER_MEMBER)

    one = await subscriptions.switch_off(GUILD, Part.ALV, person=MEMBER)
    everything = await subscriptions.switch_off(GUILD, None, person=MEMBER)
    again = await subscriptions.switch_off(GUILD, None, person=MEMBER)

    assert (one.changed, one.on) == (True, (None, Part.INZICHT))
    assert (everything.changed, everything.before, everything.on) == (True, one.on, ())
    assert (again.changed, again.before) == (False, ())
    assert len(await subscriptions.of_person(GUILD, OTHER_MEMBER)) == 1


async def test_three_messages_that_do_not_arrive_switch_off_until_somebody_switches_on(
    units: UnitsOfWork, subscriptions: Subscriptions, clock: FakeClock
) -> None:
    for part in (None, Part.ALV):
        await subscriptions.switch_on(GUILD, part, person=MEMBER)
    await _fail(units, times=FAILURES - 1)
    await subscriptions.review()
    assert all(one.is_on for one in await subscriptions.of_person(GUILD, MEMBER))

    await _fail(units, times=1, first=2)
    await subscriptions.review()
    await subscriptions.review()
    stopped = await subscriptions.of_person(GUILD, MEMBER)
    assert [one.stopped_at for one in stopped] == [clock.now()] * 2

    clock.forward(minutes=5)
    switched = await subscriptions.switch_on(GUILD, Part.ALV, person=MEMBER)
    await subscriptions.review()
    assert switched.changed
    assert switched.on == (Part.ALV,)
    assert [one.part for one in switched.stopped] == [None]
    assert [one.is_on for one in await subscriptions.of_person(GUILD, MEMBER)] == [False, True]


async def test_what_stopped_is_no_subscription_that_can_be_switched_off(
    units: UnitsOfWork, subscriptions: Subscriptions
) -> None:
    await subscriptions.switch_on(GUILD, Part.ALV, person=MEMBER)
    await _fail(units, times=FAILURES)
    await subscriptions.review()

    switched = await subscriptions.switch_off(GUILD, Part.ALV, person=MEMBER)

    assert not switched.changed
    assert switched.subscriptions == ()
