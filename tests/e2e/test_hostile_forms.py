"""Forms and menus sent in by anybody, with anything in them: a sentence, and no right gained."""

from collections.abc import AsyncGenerator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.enums import ComponentKind
from bot.services.knowledge.feedback import MAX_REASON
from bot.texts import answers as answer_texts
from tests.e2e.chat import Chat
from tests.e2e.hostile import keeps_the_bot, texts
from tests.e2e.hostile_scene import (
    ELSEWHERE,
    GONE,
    LARGEST,
    NOT_IN_GUILD,
    STALE,
    Scene,
    custom_ids,
    people,
    set_up,
)
from tests.e2e.test_hostile_presses import values

LABEL = "Waarom hielp dit antwoord niet?"
DEEPEST = 100  # rows within rows; Discord knows two
SELECT = int(ComponentKind.STRING_SELECT)

pytestmark = pytest.mark.randomised


@pytest.fixture
async def scene(offline: Chat) -> AsyncGenerator[Scene]:
    async with set_up(offline) as made:
        yield made


def nested(part: object, depth: int) -> object:
    for _ in range(depth):
        part = {"type": 1, "components": [part]}
    return part


def labelled(part: object) -> object:
    return {"type": 18, "component": part}


fields: st.SearchStrategy[object] = st.fixed_dictionaries(
    {"type": st.sampled_from((4, 1, 18, 99, None))},
    optional={
        "custom_id": st.sampled_from(("reason", "reason", "x", "", 1, None)),
        "value": texts | st.none() | st.integers() | st.lists(st.integers(), max_size=2),
        "component": st.none() | st.text(max_size=3) | st.lists(st.none(), max_size=2),
    },
)
fields_in_rows = st.builds(nested, fields, st.integers(0, 3) | st.just(DEEPEST))
nothing: st.SearchStrategy[object] = st.sampled_from((None, "x", 0))
components: st.SearchStrategy[object] = nothing | st.lists(
    fields_in_rows | st.builds(labelled, fields) | nothing, max_size=3
)


@keeps_the_bot
@given(who=people, reason=texts)
async def test_any_reason_is_kept_of_the_person_who_gave_it(
    scene: Scene, who: str, reason: str
) -> None:
    siege, person = scene.siege, scene.person(who)
    opened = siege.press(person, scene.public, "b1:down:1")
    await opened.modal()
    before, words = await siege.kept(), siege.aimed(reason, longest=MAX_REASON)
    reply = await siege.answered(person.submit(opened, {LABEL: words}))
    after = await siege.kept()

    assert reply.only_for == person.id
    if words.strip():
        kept = words.strip().replace("\x00", "\ufffd")
        before.opinions[1, person.id] = ("down", kept)
        assert reply.content == answer_texts.THANKS_REASON
    else:
        assert reply.content == answer_texts.THANKS_DOWN
    assert after == before
    siege.unharmed()


@keeps_the_bot
@given(who=people, custom_id=custom_ids, parts=components)
async def test_a_form_that_was_never_opened_gives_no_opinion(
    scene: Scene, who: str, custom_id: str, parts: object
) -> None:
    siege, person = scene.siege, scene.person(who)
    before = await siege.kept()
    sent = siege.send_in(person, siege.chat.stage.algemeen, custom_id, parts)
    reply = await siege.answered(sent)

    assert reply.only_for == person.id
    assert reply.content in {STALE, GONE, ELSEWHERE, answer_texts.THANKS_DOWN}
    assert await siege.kept() == before
    siege.unharmed()


@keeps_the_bot
@given(who=people, parts=components)
async def test_a_form_changes_only_the_reason_of_whoever_sends_it(
    scene: Scene, who: str, parts: object
) -> None:
    siege, person = scene.siege, scene.person(who)
    opened = siege.press(person, scene.public, "b1:down:1")
    await opened.modal()
    before = await siege.kept()
    await siege.answered(siege.send_in(person, siege.chat.stage.algemeen, "b1:why:1", parts))
    after = await siege.kept()
    value, reason = after.opinions.pop((1, person.id))
    before.opinions.pop((1, person.id))

    assert value == "down"
    assert len(reason or "") <= MAX_REASON
    assert after == before
    siege.unharmed()


@keeps_the_bot
@given(place=st.integers(0, 5), answer=st.integers(0, 4) | st.sampled_from((LARGEST, LARGEST + 1)))
async def test_a_form_in_another_place_than_its_answer_does_nothing(
    scene: Scene, place: int, answer: int
) -> None:
    siege, (channel, person) = scene.siege, scene.foreign_places()[place]
    if channel.guild_id == siege.chat.stage.guild.id:
        await siege.press(person, scene.public, "b1:down:1").modal()
    before = await siege.kept()
    parts = [{"type": 18, "component": {"type": 4, "custom_id": "reason", "value": "kwaad"}}]
    reply = await siege.answered(siege.send_in(person, channel, f"b1:why:{answer}", parts))

    assert reply.only_for == person.id
    assert reply.content == (ELSEWHERE if 1 <= answer <= 4 else GONE)
    assert await siege.kept() == before
    siege.unharmed()


@keeps_the_bot
@given(
    chosen=values | texts.map(lambda text: [text]), choosing=st.booleans(), repeated=st.booleans()
)
async def test_a_choice_that_was_not_offered_does_nothing(
    scene: Scene, chosen: list[object], *, choosing: bool, repeated: bool
) -> None:
    siege, bram = scene.siege, scene.siege.chat.stage.bram
    (menu,) = (scene.choosing if choosing else scene.options).selects()
    message = scene.choosing if choosing else scene.options
    before, home = await siege.kept(), await siege.chat.services.places.guild_of(bram.id)
    given_values = [*chosen, *chosen] if repeated else chosen
    await siege.answered(siege.press(bram, message, menu.custom_id, *given_values, kind=SELECT))

    assert await siege.kept() == before
    assert await siege.chat.services.places.guild_of(bram.id) == home
    siege.unharmed()


async def test_nobody_chooses_or_asks_a_guild_that_they_are_not_in(scene: Scene) -> None:
    siege, stage = scene.siege, scene.siege.chat.stage
    anna, bram, dm = stage.anna, stage.bram, stage.anna.dm_channel()
    asked = await siege.answered(bram.click(scene.choosing, "Vraag een moderator"))
    (home,), (to,) = scene.choosing.selects(), asked.selects()
    before = await siege.kept()
    message = siege.planted(asked, dm)
    menu = siege.planted(scene.choosing, dm)
    for number in (siege.other.id, LARGEST, 0):
        for one, custom_id in ((message, to.custom_id), (menu, home.custom_id)):
            pressed = siege.press(anna, one, custom_id, str(number), kind=SELECT)
            assert (await siege.answered(pressed)).content == NOT_IN_GUILD
    assert await siege.kept() == before
    assert await siege.chat.services.places.guild_of(anna.id) == stage.guild.id
    siege.unharmed()


@keeps_the_bot
@given(times=st.integers(1, 3), where=st.booleans())
async def test_a_question_to_a_chosen_guild_is_passed_on_once(
    scene: Scene, times: int, *, where: bool
) -> None:
    siege, stage = scene.siege, scene.siege.chat.stage
    guild = siege.other if where else stage.guild
    custom_id = next(one.custom_id for one in scene.choosing.buttons() if one.label != "x")
    to = f"b1:to:{(custom_id or '').split(':')[2]}"
    before = await siege.kept()
    planted = scene.planted_menu(to, stage.bram.dm_channel())
    for _ in range(times):
        await siege.answered(siege.press(stage.bram, planted, to, str(guild.id), kind=SELECT))
    after = await siege.kept()
    asked = [one for one in after.open_questions.values() if one == (guild.id, stage.bram.id)]

    assert len(asked) == 1
    assert after.opinions == before.opinions
    siege.unharmed()
