from datetime import timedelta

import pytest

from bot.services.privacy import Privacy
from storage.delivery_records import DeliveryState, DmTarget, Problem
from storage.progress_records import Part
from storage.subscription_records import Subscription
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.delivery_examples import known, new, put, queue
from tests.storage.examples import GUILD, MEMBER, OTHER_GUILD, OTHER_MEMBER

LATER = NOW + timedelta(days=1)


async def _on(units: UnitsOfWork, part: Part | None, *, user: int = MEMBER) -> bool:
    async with units() as work:
        return await work.subscriptions.switch_on(GUILD, part, user_id=user, at=NOW)


async def _of_person(units: UnitsOfWork, user: int = MEMBER) -> tuple[Subscription, ...]:
    async with units.reading() as work:
        return await work.subscriptions.of_person(GUILD, user)


async def _of_part(units: UnitsOfWork, part: Part | None) -> tuple[int, ...]:
    async with units.reading() as work:
        return await work.subscriptions.of_part(GUILD, part)


async def test_an_update_goes_to_who_wants_its_part_or_everything_each_once(
    units: UnitsOfWork,
) -> None:
    for part in (None, Part.INZICHT):
        assert await _on(units, part)
    assert await _on(units, Part.INZICHT, user=OTHER_MEMBER)

    both = tuple(sorted((MEMBER, OTHER_MEMBER)))
    assert await _of_part(units, Part.INZICHT) == both
    assert await _of_part(units, Part.ALV) == (MEMBER,)
    assert await _of_part(units, None) == (MEMBER,)
    async with units.reading() as work:
        assert await work.subscriptions.of_part(OTHER_GUILD, Part.INZICHT) == ()


async def test_on_twice_and_off_twice_change_nothing(units: UnitsOfWork) -> None:
    assert await _on(units, Part.ALV)
    assert not await _on(units, Part.ALV)
    assert await _of_person(units) == (Subscription(GUILD, MEMBER, Part.ALV, NOW),)

    async with units() as work:
        assert await work.subscriptions.switch_off(GUILD, Part.ALV, user_id=MEMBER)
        assert not await work.subscriptions.switch_off(GUILD, Part.ALV, user_id=MEMBER)
    assert await _of_person(units) == ()


async def test_all_of_one_person_in_one_guild_can_be_ended_at_once(units: UnitsOfWork) -> None:
    for part in (None, Part.ALV):
        await _on(units, part)
    await _on(units, Part.ALV, user=OTHER_MEMBER)

    async with units() as work:
        assert await work.subscriptions.switch_all_off(GUILD, user_id=MEMBER)
        assert not await work.subscriptions.switch_all_off(GUILD, user_id=MEMBER)
    assert await _of_part(units, Part.ALV) == (OTHER_MEMBER,)


async def test_a_stopped_subscription_gets_nothing_and_can_be_switched_on_again(
    units: UnitsOfWork,
) -> None:
    await _on(units, Part.ALV)

    async with units() as work:
        assert await work.subscriptions.stop(GUILD, user_id=MEMBER, at=LATER)
        assert not await work.subscriptions.stop(GUILD, user_id=MEMBER, at=LATER)
    (stopped,) = await _of_person(units)
    assert (stopped.is_on, stopped.stopped_at) == (False, LATER)
    assert await _of_part(units, Part.ALV) == ()

    async with units() as work:
        assert await work.subscriptions.switch_on(GUILD, Part.ALV, user_id=MEMBER, at=LATER)
    assert await _of_person(units) == (Subscription(GUILD, MEMBER, Part.ALV, LATER),)


FAILED = (DeliveryState.FAILED, Problem.DM_CLOSED)
UNKNOWN = (DeliveryState.FAILED, Problem.UNKNOWN_PERSON)
SENT = (DeliveryState.SENT, None)
CONTENT = (DeliveryState.FAILED, Problem.INVALID)
WAITING = (DeliveryState.WAITING, None)


@pytest.mark.parametrize(
    ("outcomes", "is_unreachable"),
    [
        ((FAILED, FAILED), False),
        ((FAILED, UNKNOWN, FAILED), True),
        ((SENT, FAILED, FAILED, FAILED), True),
        ((FAILED, FAILED, SENT, FAILED), False),
        ((FAILED, FAILED, FAILED, SENT), False),
        ((FAILED, FAILED, CONTENT), False),
        ((FAILED, CONTENT, FAILED, WAITING, FAILED, WAITING), True),
    ],
)
async def test_three_private_messages_in_a_row_that_the_person_refuses_are_found(
    units: UnitsOfWork,
    outcomes: tuple[tuple[DeliveryState, Problem | None], ...],
    *,
    is_unreachable: bool,
) -> None:
    await _on(units, Part.ALV)
    await _on(units, None)
    for number, (state, problem) in enumerate(outcomes):
        (one,) = await queue(units, new(f"{number}", DmTarget(MEMBER), due=number))
        await put(units, known(one, state, problem))

    async with units.reading() as work:
        found = await work.subscriptions.unreachable(failures=3)

    assert found == (((GUILD, MEMBER),) if is_unreachable else ())


async def test_what_failed_before_somebody_subscribed_or_elsewhere_does_not_count(
    units: UnitsOfWork,
) -> None:
    await _on(units, Part.ALV)
    for number in range(3):
        before, elsewhere, other = await queue(
            units,
            new(f"a{number}", DmTarget(MEMBER), due=-1 - number),
            new(f"b{number}", DmTarget(MEMBER), guild=OTHER_GUILD),
            new(f"c{number}", DmTarget(OTHER_MEMBER)),
        )
        for one in (before, elsewhere, other):
            await put(units, known(one, *FAILED))

    async with units.reading() as work:
        assert await work.subscriptions.unreachable(failures=3) == ()


async def test_erasing_somebody_ends_their_subscriptions(units: UnitsOfWork) -> None:
    await _on(units, Part.ALV)
    await _on(units, None, user=OTHER_MEMBER)

    erased = await Privacy(units).erase(MEMBER)

    assert erased.rows["subscriptions"] == 1
    assert await _of_part(units, Part.ALV) == (OTHER_MEMBER,)
