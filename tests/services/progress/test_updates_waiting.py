"""A planned update that no channel can take: moderators are told once, until it is solved."""

import asyncio
import datetime as dt

import pytest

from bot.services.admin.errors import NothingLeftError
from bot.services.admin.notices import KIND
from bot.services.directory import Channel
from bot.texts import admin as texts
from bot.ui.admin.notices import actions_on, notice_text
from storage.delivery_records import Delivery, Problem
from storage.notice_records import Notice
from storage.unit_of_work import UnitsOfWork
from tests.services.progress.updates_scene import CHANNEL, GUILD, MARJA, Scene, scene_of

MODERATORS = Channel(78, "moderators", is_open=False)
MUTE = Channel(CHANNEL.id, CHANNEL.name, is_open=True, missing_rights=("send_messages",))
LATER = dt.datetime(2026, 3, 27, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def scene(units: UnitsOfWork) -> Scene:
    made = scene_of(units)
    made.directory.channels[GUILD] = (MODERATORS,)
    return made


async def waits(scene: Scene, *, when: str = "vrijdag 9 uur") -> None:
    await scene.planned_for(when)
    scene.at(LATER)
    await scene.planned.tick()


async def notices(scene: Scene) -> tuple[Notice, ...]:
    return await scene.notices.of_guild(GUILD)


async def posted(scene: Scene, notice: Notice) -> tuple[Delivery, ...]:
    async with scene.units.reading() as work:
        return await work.deliveries.of_subject(KIND, notice.id)


async def test_it_is_told_once_counted_and_solved_when_there_is_a_channel(scene: Scene) -> None:
    await scene.planned_for("vrijdag 9.30 uur")
    await waits(scene)
    await asyncio.gather(*(one.planned.tick() for one in (scene, scene.another())))
    for _ in range(2):
        await scene.planned.tick()
        await scene.notices.tend()
    (notice,) = await notices(scene)
    (message,) = await posted(scene, notice)
    assert notice.trouble.problem is Problem.NO_PLACE
    assert notice.count.troubled == 2
    assert "**2 geplande updates wachten**" in notice_text(notice)
    assert "Maak een kanaal **updates**" in notice_text(notice)
    assert actions_on(notice) == ()
    assert message.wanted_version == notice.version == 1

    scene.directory.channels[GUILD] = (MODERATORS, CHANNEL)
    for _ in range(2):
        await scene.planned.tick()
        await scene.notices.tend()
    assert await notices(scene) == ()
    solved = await scene.notices.get(notice.id)
    assert solved is not None
    assert solved.solved_at == scene.clock.now()
    assert notice_text(solved) == texts.WAITING_SOLVED
    (message,) = await posted(scene, notice)
    assert message.wanted_version == 2


async def test_a_channel_without_rights_is_another_problem_than_none(scene: Scene) -> None:
    await waits(scene)
    (first,) = await notices(scene)
    scene.directory.channels[GUILD] = (MODERATORS, MUTE)
    await scene.planned.tick()
    (second,) = await notices(scene)
    assert second.id != first.id
    assert (second.trouble.problem, second.trouble.lane_id) == (Problem.PLACE_CLOSED, CHANNEL.id)
    assert f"wacht op <#{CHANNEL.id}>" in notice_text(second)
    solved = await scene.notices.get(first.id)
    assert solved is not None
    assert solved.solved_at is not None


async def test_one_that_is_taken_back_waits_no_longer(scene: Scene) -> None:
    await waits(scene)
    (update,) = await scene.all()
    await scene.updates.unplan(update, by=MARJA)
    await scene.planned.tick()

    assert await notices(scene) == ()


async def test_nobody_is_told_of_a_guild_that_this_process_is_not_connected_for(
    scene: Scene,
) -> None:
    del scene.directory.channels[GUILD]
    await waits(scene)
    assert await notices(scene) == ()

    scene.directory.channels[GUILD] = (MODERATORS,)
    await scene.planned.tick()
    (notice,) = await notices(scene)
    del scene.directory.channels[GUILD]
    (update,) = await scene.all()
    await scene.updates.unplan(update, by=MARJA)
    await scene.planned.tick()
    assert await notices(scene) == (notice,)


async def test_it_waits_for_a_moderators_channel_and_a_press_on_it_does_nothing(
    scene: Scene,
) -> None:
    scene.directory.channels[GUILD] = ()
    await waits(scene)
    (notice,) = await notices(scene)
    assert await posted(scene, notice) == ()

    scene.directory.channels[GUILD] = (MODERATORS,)
    for _ in range(2):
        await scene.notices.tend()
    assert len(await posted(scene, notice)) == 1
    with pytest.raises(NothingLeftError):
        await scene.notices.retry(notice.id, guild_id=GUILD, by=MARJA)
    assert len(await notices(scene)) == 1
