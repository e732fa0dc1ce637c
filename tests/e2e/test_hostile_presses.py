"""Buttons pressed by anybody, anywhere, twice, or changed: a sentence, and no right gained."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import building
from bot.sandbox.enums import ResponseKind
from bot.sandbox.slash import OptionValue
from bot.texts.help import EXAMPLES
from tests.e2e.chat import Chat
from tests.e2e.hostile import QUESTION, keeps_the_bot, texts
from tests.e2e.hostile_scene import (
    ELSEWHERE,
    GONE,
    LARGEST,
    NO_SHARING,
    NOT_IN_GUILD,
    OF_AN_ANSWER,
    STALE,
    Scene,
    components_of,
    custom_ids,
    ids_of,
    numbers,
    people,
    set_up,
)

pytestmark = pytest.mark.randomised

values = st.lists(st.text(max_size=5) | st.integers() | st.none(), max_size=2)


@pytest.fixture
async def scene(offline: Chat) -> AsyncGenerator[Scene]:
    async with set_up(offline) as made:
        yield made


@keeps_the_bot
@given(
    who=people,
    number=st.integers(0, 7),
    custom_id=custom_ids,
    kind=st.sampled_from((2, 3, 5)),
    chosen=values,
)
async def test_a_custom_id_that_is_not_on_the_message_does_nothing(
    scene: Scene, who: str, number: int, custom_id: str, kind: int, chosen: list[object]
) -> None:
    siege, person, message = scene.siege, scene.person(who), scene.messages[number]
    if not person.sees(message) or custom_id in ids_of(message):
        return
    before = await siege.kept()
    reply = await siege.answered(siege.press(person, message, custom_id, *chosen, kind=kind))

    assert reply.only_for == person.id
    assert reply.content == STALE
    assert await siege.kept() == before
    siege.unharmed()


@keeps_the_bot
@given(
    place=st.integers(0, 5),
    kind=st.sampled_from(OF_AN_ANSWER),
    answer=st.integers(0, 4) | st.sampled_from((LARGEST, LARGEST + 1, 10**19 - 1)),
    topic=numbers,
)
async def test_a_button_in_another_place_than_its_answer_does_nothing(
    scene: Scene, place: int, kind: str, answer: int, topic: int
) -> None:
    siege, (channel, person) = scene.siege, scene.foreign_places()[place]
    custom_id = f"b1:{kind}:{answer}" + (f":{topic}" if kind == "topic" else "")
    message, before = scene.planted(custom_id, channel), await siege.kept()
    reply = await siege.answered(siege.press(person, message, custom_id))

    assert reply.only_for == person.id
    expected = ELSEWHERE if 1 <= answer <= 4 else GONE
    may_share = kind != "share" or not channel.is_dm
    assert reply.content == (expected if may_share else NO_SHARING)
    assert await siege.kept() == before
    siege.unharmed()


@keeps_the_bot
@given(number=st.integers(0, 7), component=st.integers(0, 6), kind=st.sampled_from((2, 3, 5, 8)))
async def test_a_component_of_another_kind_than_it_is_gets_a_sentence(
    scene: Scene, number: int, component: int, kind: int
) -> None:
    siege, message = scene.siege, scene.messages[number]
    found = components_of(message)
    custom_id, right = found[component % len(found)]
    if kind == right.value:
        return
    anna, before = siege.chat.stage.anna, await siege.kept()
    reply = await siege.answered(siege.press(anna, message, custom_id, kind=kind))

    assert reply.content == STALE
    assert await siege.kept() == before
    siege.unharmed()


async def test_a_button_of_a_private_message_does_nothing_in_a_channel(scene: Scene) -> None:
    siege, stage = scene.siege, scene.siege.chat.stage
    before = await siege.kept()
    for custom_id in (*ids_of(scene.direct), *ids_of(scene.unknown_direct)):
        reply = await siege.answered(
            siege.press(stage.bram, scene.planted(custom_id, stage.algemeen), custom_id)
        )
        assert reply.content == ELSEWHERE
    assert await siege.kept() == before
    siege.unharmed()


@keeps_the_bot
@given(who=people, number=st.integers(0, 6), button=st.integers(0, 6), times=st.integers(1, 3))
async def test_a_press_changes_what_is_ones_own_and_that_once(
    scene: Scene, who: str, number: int, button: int, times: int
) -> None:
    siege, person, message = scene.siege, scene.person(who), scene.messages[number]
    buttons = [one.custom_id for one in message.buttons() if one.custom_id]
    if not person.sees(message) or not buttons:
        return
    custom_id = buttons[button % len(buttons)]
    before = await siege.kept()
    for _ in range(times):
        asked = siege.press(person, message, custom_id)
        if await asked.acknowledged() is not ResponseKind.MODAL:
            await siege.answered(asked)
    after = await siege.kept()
    answer = int(custom_id.split(":")[2])
    others = {key: one for key, one in after.opinions.items() if key != (answer, person.id)}
    new = set(after.open_questions) - set(before.open_questions)

    assert others == {key: one for key, one in before.opinions.items() if key in others}
    assert {after.open_questions[one][1] for one in new} <= {person.id}
    assert len(new) <= 1
    siege.unharmed()


@keeps_the_bot
@given(number=st.integers(0, 6), button=st.integers(0, 6))
async def test_a_press_that_the_gateway_repeats_is_one_press(
    scene: Scene, number: int, button: int
) -> None:
    siege, message = scene.siege, scene.messages[number]
    buttons = [one.custom_id for one in message.buttons() if one.custom_id]
    if not buttons:
        return
    anna = siege.chat.stage.anna
    with siege.recorded() as events:
        asked = siege.press(anna, message, buttons[button % len(buttons)])
    await asked.acknowledged()
    await siege.quiet()
    before, answers = await siege.kept(), asked.messages()
    await siege.repeat(events)

    assert asked.messages() == answers
    assert await siege.kept() == before
    siege.unharmed()


@keeps_the_bot
@given(name=texts)
async def test_any_name_shares_an_answer_without_a_ping(scene: Scene, name: str) -> None:
    siege = scene.siege
    outsider, channel = siege.outsider, siege.elsewhere
    outsider.user.display = siege.aimed(name, longest=32)
    options: dict[str, OptionValue] = {"vraag": QUESTION, "openbaar": False}
    private = await siege.answered(outsider.slash(channel, "vraag", options))
    shared = await siege.answered(outsider.click(private, "Deel in kanaal"))

    assert siege.chat.stage.bram.sees(shared)
    assert not siege.chat.stage.bram.sees(private)
    siege.unharmed()


async def test_what_was_forgotten_or_deleted_cannot_be_pressed(scene: Scene) -> None:
    siege, chat = scene.siege, scene.siege.chat
    anna, world = chat.stage.anna, chat.stage.world
    before = await siege.kept()
    chat.clock.forward(days=31)
    for is_cleaned in (False, True):
        if is_cleaned:
            await chat.services.clean_up.run()
        for message in (scene.public, scene.unknown, scene.vague, scene.direct, scene.private):
            for custom_id in ids_of(message):
                reply = await siege.answered(siege.press(anna, message, custom_id))
                assert reply.content == GONE
    ids = ids_of(scene.public)
    del world.state.messages[scene.public.channel_id][scene.public.id]
    for custom_id in ids:
        reply = await siege.answered(siege.press(anna, scene.public, custom_id))
        assert reply.content == STALE
    assert await siege.kept() == replace(before, answers=0)
    siege.unharmed()


@keeps_the_bot
@given(place=st.integers(0, 5), number=numbers)
async def test_an_example_is_answered_to_whoever_presses_it_or_out_of_date(
    scene: Scene, place: int, number: int
) -> None:
    siege, (channel, person) = scene.siege, scene.foreign_places()[place]
    custom_id = f"b1:ex:{number}"
    message = scene.planted(custom_id, channel)
    reply = await siege.answered(siege.press(person, message, custom_id))

    assert channel.is_dm or reply.only_for == person.id
    assert (reply.content == STALE) == (number >= len(EXAMPLES))
    siege.unharmed()


async def test_whoever_left_the_guild_can_press_nothing_of_it_in_private(scene: Scene) -> None:
    siege, stage = scene.siege, scene.siege.chat.stage
    before = await siege.kept()
    building.leave(stage.world, stage.guild, stage.anna.user)
    for message in (scene.direct, scene.unknown_direct):
        for custom_id in ids_of(message):
            reply = await siege.answered(siege.press(stage.anna, message, custom_id))
            assert reply.content == NOT_IN_GUILD
    assert await siege.kept() == before
    siege.unharmed()
