"""Copies in channels that did not arrive: one press sends them, where updates go now."""

import asyncio

import pytest

from bot.services.admin.errors import NothingLeftError
from bot.services.deliveries import transitions
from bot.services.directory import Channel
from bot.services.progress.updates_again import UpdateRetries
from bot.services.progress.updates_errors import NoUpdatesChannelError, UnknownUpdateError
from storage.delivery_records import ChannelTarget, Delivery, DeliveryState, DmTarget, Problem
from storage.progress_records import Update
from storage.unit_of_work import UnitsOfWork
from tests.services.progress.updates_scene import CHANNEL, GUILD, MARJA, OTTO, Scene, scene_of

ANNA = 41
ELSEWHERE = Channel(79, "updates", is_open=True)


@pytest.fixture
def scene(units: UnitsOfWork) -> Scene:
    return scene_of(units)


@pytest.fixture
def retries(scene: Scene) -> UpdateRetries:
    return UpdateRetries(scene.units, scene.clock, scene.venues)


async def failed(scene: Scene, problem: Problem) -> Update:
    """Return an update whose copies, in a channel and for Anna, failed."""
    async with scene.units() as work:
        at = scene.clock.now()
        await work.subscriptions.switch_on(GUILD, None, user_id=ANNA, at=at)
    update, _ = await scene.updates.publish(await scene.draft(), by=MARJA)
    for copy in await scene.copies(update):
        private = isinstance(copy.target, DmTarget)
        async with scene.units() as work:
            known = await work.deliveries.lock(copy.id)
            assert known is not None
            found = transitions.failed(known, Problem.DM_CLOSED if private else problem)
            await work.deliveries.put(await scene.notices.note_in(work, found, CHANNEL.id))
    return update


async def in_channels(scene: Scene, update: Update) -> list[Delivery]:
    return [one for one in await scene.copies(update) if not isinstance(one.target, DmTarget)]


async def test_a_refused_copy_is_tried_again_in_its_channel(
    scene: Scene, retries: UpdateRetries
) -> None:
    update = await failed(scene, Problem.NO_RIGHTS)
    await retries.again(update.id, guild_id=GUILD, by=MARJA)

    (copy,) = await in_channels(scene, update)
    assert (copy.state, copy.problem) == (DeliveryState.WAITING, None)
    people = [one for one in await scene.copies(update) if isinstance(one.target, DmTarget)]
    assert [one.problem for one in people] == [Problem.DM_CLOSED]


async def test_one_whose_channel_is_gone_goes_where_updates_go_now(
    scene: Scene, retries: UpdateRetries
) -> None:
    update = await failed(scene, Problem.UNKNOWN_CHANNEL)
    scene.directory.channels[GUILD] = (ELSEWHERE,)
    await retries.again(update.id, guild_id=GUILD, by=MARJA)
    await scene.notices.tend()

    old, new = await in_channels(scene, update)
    assert (old.state, old.problem, old.is_open) == (DeliveryState.FAILED, None, False)
    assert (new.target, new.is_open) == (ChannelTarget(ELSEWHERE.id), True)
    problems = [one.trouble.problem for one in await scene.notices.of_guild(GUILD)]
    assert problems == [Problem.DM_CLOSED]


async def test_a_channel_that_is_back_gets_it_itself(scene: Scene, retries: UpdateRetries) -> None:
    update = await failed(scene, Problem.UNKNOWN_CHANNEL)
    await retries.again(update.id, guild_id=GUILD, by=MARJA)

    (copy,) = await in_channels(scene, update)
    assert (copy.state, copy.target) == (DeliveryState.WAITING, ChannelTarget(CHANNEL.id))


async def test_without_any_channel_it_says_so_and_changes_nothing(
    scene: Scene, retries: UpdateRetries
) -> None:
    update = await failed(scene, Problem.UNKNOWN_CHANNEL)
    before = await scene.copies(update)
    scene.directory.channels[GUILD] = ()
    with pytest.raises(NoUpdatesChannelError):
        await retries.again(update.id, guild_id=GUILD, by=MARJA)

    assert await scene.copies(update) == before


async def test_of_two_moderators_one_does_it_and_the_other_is_told(
    scene: Scene, retries: UpdateRetries
) -> None:
    update = await failed(scene, Problem.UNKNOWN_CHANNEL)
    scene.directory.channels[GUILD] = (ELSEWHERE,)
    done = await asyncio.gather(
        *(retries.again(update.id, guild_id=GUILD, by=one) for one in (MARJA, OTTO)),
        return_exceptions=True,
    )

    assert [type(one) for one in done if isinstance(one, Exception)] == [NothingLeftError]
    assert len(await in_channels(scene, update)) == 2


async def test_another_guild_or_a_withdrawn_update_has_nothing_to_send(
    scene: Scene, retries: UpdateRetries
) -> None:
    update = await failed(scene, Problem.NO_RIGHTS)
    with pytest.raises(UnknownUpdateError):
        await retries.again(update.id, guild_id=GUILD + 1, by=MARJA)
    with pytest.raises(UnknownUpdateError):
        await retries.again(update.id + 9, guild_id=GUILD, by=MARJA)
    change = await scene.updates.propose_withdrawal(update, "Fout.", by=MARJA)
    await scene.updates.confirm(change.id, guild_id=GUILD, by=MARJA)
    with pytest.raises(NothingLeftError):
        await retries.again(update.id, guild_id=GUILD, by=MARJA)
