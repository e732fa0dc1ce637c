from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.privacy import Privacy
from storage.delivery_records import (
    CONTENT_PROBLEMS,
    ChannelTarget,
    Copy,
    Crosspost,
    DeliveryState,
    DmTarget,
    PostTarget,
    Problem,
    Target,
    ThreadTarget,
)
from storage.errors import ConflictError
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.delivery_examples import (
    CHANNEL,
    LATER,
    OTHER_CHANNEL,
    get,
    known,
    new,
    put,
    queue,
)
from tests.storage.examples import GUILD, MEMBER, OTHER_GUILD, OTHER_MEMBER


@pytest.mark.parametrize(
    "target",
    [
        ChannelTarget(CHANNEL),
        ThreadTarget(CHANNEL),
        PostTarget(CHANNEL, "Nieuws uit de regio", (1, 2**63 - 1)),
        PostTarget(CHANNEL, "Zonder", ()),
        DmTarget(MEMBER),
    ],
)
async def test_a_copy_comes_back_as_it_was_queued_and_only_once(
    units: UnitsOfWork, target: Target
) -> None:
    (one,) = await queue(units, new("a", target))
    async with units() as work:
        assert not await work.deliveries.queue(new("a", ChannelTarget(OTHER_CHANNEL), subject=2))

    found = await get(units, one.id)
    assert found == one
    assert (found.target, found.subject_id, found.due_at) == (target, 1, NOW)
    assert (found.state, found.wanted_version, found.is_open) == (DeliveryState.WAITING, 1, True)
    everything = replace(
        one,
        state=DeliveryState.ATTEMPTING,
        copy=Copy(1, 2),
        sent_version=3,
        withdrawal_shown=True,
        attempted_version=4,
        attempted_at=LATER,
        attempts=5,
        failures=6,
        next_try_at=LATER,
        problem=Problem.TAG,
        problem_code=7,
        sent_again=8,
        duplicates=9,
        notice_id=10,
        crosspost=Crosspost.DONE,
        crosspost_at=LATER,
    )
    await put(units, everything)
    assert await get(units, one.id) == everything


async def test_a_copy_is_queued_with_the_fact_that_it_announces_or_not_at_all(
    units: UnitsOfWork,
) -> None:
    async def fail() -> None:
        async with units() as work:
            await work.deliveries.queue(new("a"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    async with units.reading() as work:
        assert await work.deliveries.by_key("a") is None


async def test_a_message_without_its_channel_is_refused(units: UnitsOfWork) -> None:
    (one,) = await queue(units, new("a"))

    with pytest.raises(ConflictError):
        await put(units, replace(one, copy=Copy(1, 2), sent_version=None))


STATES = [
    (DeliveryState.WAITING, None),
    (DeliveryState.ATTEMPTING, None),
    (DeliveryState.SENT, None),
    *((DeliveryState.FAILED, problem) for problem in Problem if problem is not Problem.CANNOT_LOOK),
    (DeliveryState.HELD, Problem.CANNOT_LOOK),
    (DeliveryState.CANCELLED, None),
    (DeliveryState.MISSED, Problem.TOO_LATE),
]


async def is_stored_open(units: UnitsOfWork) -> bool:
    async with units.reading() as work:
        return await work.deliveries.lanes_due(NOW, limit=9) != ()


@pytest.mark.parametrize(("state", "problem"), STATES)
async def test_a_new_version_is_wanted_of_every_copy_and_wakes_what_it_may_mend(
    units: UnitsOfWork, state: DeliveryState, problem: Problem | None
) -> None:
    (one,) = await queue(units, new("a"))
    await put(units, known(one, state, problem))
    for version in (3, 2):
        async with units() as work:
            await work.deliveries.revise("update", 1, version=version)

    found = await get(units, one.id)
    mended = problem in CONTENT_PROBLEMS
    assert found.wanted_version == 3
    assert found.state is (DeliveryState.WAITING if mended else state)
    assert found.problem is (None if mended else problem)
    alive = state in {DeliveryState.WAITING, DeliveryState.ATTEMPTING, DeliveryState.SENT}
    assert found.is_open == await is_stored_open(units) == (alive or mended)


@pytest.mark.parametrize(("state", "problem"), STATES)
async def test_a_withdrawal_cancels_the_unsent_and_wakes_what_may_be_there(
    units: UnitsOfWork, state: DeliveryState, problem: Problem | None
) -> None:
    (one,) = await queue(units, new("a"))
    await put(units, known(one, state, problem))
    async with units() as work:
        await work.deliveries.withdraw("update", 1)
        await work.deliveries.revise("update", 1, version=9)

    found = await get(units, one.id)
    assert (found.withdrawn, found.wanted_version) == (True, 1)
    is_known = state is DeliveryState.SENT or problem is Problem.MESSAGE_GONE
    if is_known:
        assert found.state is DeliveryState.SENT
    elif state in {DeliveryState.WAITING, DeliveryState.FAILED}:
        assert found.state is DeliveryState.CANCELLED
    else:
        assert found.state is state
    is_open = is_known or state is DeliveryState.ATTEMPTING
    assert found.is_open == await is_stored_open(units) == is_open


async def test_a_fact_changes_the_copies_of_its_own_subject_only(units: UnitsOfWork) -> None:
    mine, other = await queue(units, new("a"), new("b", subject=2))
    async with units() as work:
        await work.deliveries.revise("update", 1, version=2)
        await work.deliveries.revise("reminder", 1, version=3)
        await work.deliveries.withdraw("reminder", 1)

    assert (await get(units, mine.id)).wanted_version == 2
    assert await get(units, other.id) == other
    async with units.reading() as work:
        assert [one.id for one in await work.deliveries.of_subject("update", 1)] == [mine.id]


async def test_the_channel_of_private_messages_is_remembered(units: UnitsOfWork) -> None:
    first, _ = await queue(units, new("a", DmTarget(MEMBER)), new("b", DmTarget(MEMBER)))
    async with units.reading() as work:
        assert await work.deliveries.dm_channel_of(MEMBER) is None

    await put(units, replace(known(first, DeliveryState.SENT), copy=Copy(77, 1)))

    async with units.reading() as work:
        assert await work.deliveries.dm_channel_of(MEMBER) == 77


async def test_moderators_see_the_trouble_of_their_own_guild(units: UnitsOfWork) -> None:
    shown = {None, Problem.CANNOT_LOOK, Problem.TOO_LATE}
    for state, problem in STATES:
        if problem in shown:
            (one,) = await queue(units, new(state.value))
            await put(units, known(one, state, problem))
    (left,) = await queue(units, new("left"))
    await put(units, known(left, DeliveryState.MISSED))  # somebody let it be
    (elsewhere,) = await queue(units, new("elsewhere", guild=OTHER_GUILD))
    await put(units, known(elsewhere, DeliveryState.FAILED, Problem.TAG))

    async with units.reading() as work:
        found = await work.deliveries.troubled(GUILD)
        other = await work.deliveries.troubled(OTHER_GUILD)

    assert [one.state for one in found] == [
        DeliveryState.MISSED,
        DeliveryState.HELD,
        DeliveryState.FAILED,
    ]
    assert [one.id for one in other] == [elsewhere.id]


async def test_processes_in_force_are_counted_by_their_leases(units: UnitsOfWork) -> None:
    async with units() as work:
        for name, owner in (("dispatcher:a", "a"), ("dispatcher:b", "b"), ("other", "c")):
            await work.leases.acquire(name, owner=owner, now=NOW, lasting=timedelta(seconds=9))
        assert await work.deliveries.holders_of("dispatcher:", NOW) == 2
        assert await work.deliveries.holders_of("dispatcher:", LATER) == 0


async def test_erasing_somebody_takes_their_private_messages_along_and_nothing_else(
    units: UnitsOfWork,
) -> None:
    targets: list[Target] = [DmTarget(MEMBER), DmTarget(OTHER_MEMBER), ChannelTarget(CHANNEL)]
    await queue(units, *(new(str(number), target) for number, target in enumerate(targets)))
    privacy = Privacy(units)
    (taken,) = (await privacy.export_of(MEMBER)).rows

    assert dict(taken.values)["user_id"] == MEMBER
    assert (await privacy.erase(MEMBER)).rows["deliveries"] == 1
    async with units.reading() as work:
        found = await work.deliveries.of_subject("update", 1)
    assert [one.target for one in found] == targets[1:]


async def test_private_messages_are_forgotten_after_a_year_and_other_copies_kept(
    units: UnitsOfWork,
) -> None:
    await queue(units, new("a", DmTarget(MEMBER)), new("b"))
    privacy, year = Privacy(units), timedelta(days=365)

    assert (await privacy.purge_expired(NOW + year))["deliveries"] == 0
    assert (await privacy.purge_expired(NOW + year + timedelta(seconds=1)))["deliveries"] == 1
    async with units.reading() as work:
        assert await work.deliveries.by_key("b") is not None
