import pytest

from bot.services.guild_settings import OPEN_QUESTION_WAIT
from bot.services.knowledge.question_sending import CARD, MESSAGE, REMINDER, REPLY
from storage.delivery_records import DeliveryState, DmTarget
from storage.question_records import Outcome
from storage.unit_of_work import UnitsOfWork
from tests.services.knowledge.questions_scene import (
    ANNA,
    BRAM,
    CARLA,
    CHANNEL,
    GUILD,
    MARJA,
    START,
    Scene,
    scene_of,
)

HOUR = 60


@pytest.fixture
def scene(units: UnitsOfWork) -> Scene:
    return scene_of(units)


async def test_an_answer_whose_channel_is_gone_comes_in_private(scene: Scene) -> None:
    passed = await scene.ask(ANNA, message=900)
    await scene.ask(BRAM, message=900)
    await scene.answer(passed.group.id)
    await scene.bring(gone=(CHANNEL,))
    await scene.tick()
    (reply,) = await scene.queued(REPLY)
    messages = await scene.queued(MESSAGE)
    assert reply.problem is None  # nobody has to mend it
    assert [one.target for one in messages] == [DmTarget(ANNA), DmTarget(BRAM)]

    await scene.bring(closed=(BRAM,))
    before = (await scene.view(passed.group.id)).group.version
    for _ in range(2):
        await scene.tick()
    view = await scene.view(passed.group.id)
    assert [one.outcome for one in view.questions] == [Outcome.MESSAGED, Outcome.FAILED]
    assert view.group.version == before + 1
    assert (await scene.queued(CARD))[0].wanted_version == view.group.version
    assert not view.group.settled


async def test_once_everybody_is_reached_nothing_is_left_to_watch(scene: Scene) -> None:
    passed = await scene.ask(ANNA, message=900)
    await scene.ask(CARLA, direct=True)
    await scene.answer(passed.group.id)
    await scene.tick()
    assert [one.outcome for one in (await scene.view(passed.group.id)).questions] == [None, None]

    await scene.bring()
    await scene.tick()
    view = await scene.view(passed.group.id)
    assert [one.outcome for one in view.questions] == [Outcome.REPLIED, Outcome.MESSAGED]
    assert view.group.settled


async def test_what_arrives_after_all_is_seen_for_a_week(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    await scene.answer(passed.group.id)
    await scene.bring(closed=(ANNA,))
    await scene.tick()
    (refused,) = await scene.queued(MESSAGE)
    assert refused.state is DeliveryState.FAILED
    assert not (await scene.view(passed.group.id)).group.settled

    scene.clock.forward(minutes=8 * 24 * HOUR)
    await scene.tick()
    assert (await scene.view(passed.group.id)).group.settled


async def test_moderators_are_reminded_once_a_day_of_what_waits_too_long(scene: Scene) -> None:
    await scene.ask(ANNA)
    for hours in (24, 23):  # noon, and eleven o'clock on the second day
        scene.clock.forward(minutes=hours * HOUR)
        await scene.tick()
    assert await scene.queued(REMINDER) == ()

    scene.clock.forward(minutes=2 * HOUR)
    for _ in range(2):
        await scene.tick()
    assert len(await scene.queued(REMINDER)) == 1
    scene.clock.forward(minutes=15 * HOUR)  # four in the morning
    await scene.tick()
    assert len(await scene.queued(REMINDER)) == 1
    scene.clock.forward(minutes=5 * HOUR)  # nine o'clock
    await scene.tick()
    assert len(await scene.queued(REMINDER)) == 2


async def test_a_guild_chooses_how_long_is_too_long(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    await scene.settings.choose(GUILD, OPEN_QUESTION_WAIT, 5, by=MARJA, at=START)
    scene.clock.forward(minutes=4 * 24 * HOUR)
    await scene.tick()
    assert await scene.queued(REMINDER) == ()

    scene.clock.forward(minutes=25 * HOUR)
    await scene.tick()
    assert len(await scene.queued(REMINDER)) == 1
    await scene.answer(passed.group.id)
    scene.clock.forward(minutes=24 * HOUR)
    await scene.tick()
    assert len(await scene.queued(REMINDER)) == 1
