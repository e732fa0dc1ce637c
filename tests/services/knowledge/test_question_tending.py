import asyncio

import pytest

from bot.services.deliveries import transitions
from bot.services.guild_settings import OPEN_QUESTION_WAIT
from bot.services.knowledge.question_cards import Reposting
from bot.services.knowledge.question_errors import QuestionDoneError, UnknownOpenQuestionError
from bot.services.knowledge.question_sending import CARD, MESSAGE, REMINDER, REPLY
from storage.delivery_records import DeliveryState, DmTarget, Problem
from storage.question_records import Outcome
from storage.unit_of_work import UnitsOfWork
from tests.services.knowledge.questions_scene import (
    ANNA,
    BRAM,
    CARLA,
    CHANNEL,
    GUILD,
    MARJA,
    OTHER_GUILD,
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


async def deleted_by_hand(scene: Scene) -> None:
    """Have the sender find that the newest card is not there any more."""
    card = (await scene.queued(CARD))[-1]
    async with scene.units() as work:
        locked = await work.deliveries.lock(card.id)
        assert locked is not None
        await work.deliveries.put(transitions.failed(locked, Problem.MESSAGE_GONE))


async def test_the_reminder_finds_a_card_that_was_deleted_and_it_is_posted_again_once(
    scene: Scene,
) -> None:
    await scene.ask(ANNA)
    await scene.bring()
    scene.clock.forward(minutes=3 * 24 * HOUR)
    await scene.tick()
    await scene.tick()
    (card,) = await scene.queued(CARD)
    assert card.wanted_version > (card.sent_version or 0)  # so it is edited, and found gone

    await deleted_by_hand(scene)
    await scene.tick()
    await scene.tick()
    cards = await scene.queued(CARD)
    assert [one.state for one in cards] == [DeliveryState.FAILED, DeliveryState.WAITING]
    assert cards[0].problem is None  # nobody has to mend it


async def test_of_moderators_who_have_a_card_posted_again_one_does(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    await scene.bring()
    cards = [one.answering.cards for one in (scene, scene.another(), scene)]
    cards[1]._places = cards[0]._places
    group = passed.group
    outcomes = await asyncio.gather(
        *(one.post_again(group.id, posts=group.posts, guild_id=GUILD) for one in cards)
    )
    old, new = await scene.queued(CARD)

    assert sorted(one.value for one in outcomes) == ["done", "was done", "was done"]
    assert (old.withdrawn, new.withdrawn) == (True, False)
    await scene.bring()
    await deleted_by_hand(scene)
    await scene.tick()
    assert len(await scene.queued(CARD)) == 3


async def test_a_card_is_not_posted_again_elsewhere_or_for_what_is_closed(scene: Scene) -> None:
    passed = await scene.ask(ANNA)
    cards, posts = scene.answering.cards, passed.group.posts
    with pytest.raises(UnknownOpenQuestionError):
        await cards.post_again(passed.group.id, posts=posts, guild_id=OTHER_GUILD)
    scene.directory.channels[GUILD] = ()
    nowhere = await cards.post_again(passed.group.id, posts=posts, guild_id=GUILD)
    await scene.answer(passed.group.id)
    with pytest.raises(QuestionDoneError):
        await cards.post_again(passed.group.id, posts=posts, guild_id=GUILD)

    assert nowhere is Reposting.NO_CHANNEL
    assert len(await scene.queued(CARD)) == 1
