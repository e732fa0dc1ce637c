"""Every stored button, menu and form: by anybody, anywhere, stale, changed, and told twice."""

import pytest

from bot.sandbox.enums import ComponentKind, ResponseKind
from tests.e2e.chat import Chat
from tests.e2e.hostile_registry import Place, Registry, gained, registry, tampered
from tests.e2e.hostile_scene import STALE
from tests.seeds import SEEDS

pytestmark = pytest.mark.randomised

# A sweep presses everything there is: a second or two.
SWEEPS = max(1, SEEDS // 20)

# Kinds of what opens a form. Whose what is written in it may be is looked at when it is sent in.
FORMS_OF_ANYBODY = {"cappeal", "cbappeal", "down", "remind"}
FORMS_OF_MEMBERS = {"creact", "cpart"}
SOME_FORMS_OF_MODERATORS = {
    *("careject", "cdupnr", "creject", "ms-adjust", "ms-change", "mt-cwhen", "mt-pwhen"),
    *("oq-answer", "oq-find", "oq-no", "upd-edit", "upd-plan", "upd-wd"),
}


def places(made: Registry) -> dict[str, Place]:
    siege, stage = made.siege, made.siege.chat.stage
    other = siege.other.id
    return {
        "a visitor": Place(stage.bezoeker, stage.algemeen),
        "a member": Place(stage.anna, stage.algemeen, is_sure=True),
        "a member in private": Place(stage.anna, stage.anna.dm_channel()),
        "a moderator of another guild": Place(made.stranger, siege.elsewhere, other, is_sure=True),
    }


async def opened(made: Registry, place: Place) -> set[str]:
    """Return the kinds of what opens a form, pressed with ids that exist."""
    kinds: set[str] = set()
    for custom_id, kind in made.names(is_sure=True):
        message = made.planted(custom_id, kind, place.channel)
        chosen = [] if kind == ComponentKind.BUTTON else ["1"]
        asked = made.siege.press(place.person, message, custom_id, *chosen, kind=kind)
        if await made.answered(asked, custom_id) is ResponseKind.MODAL:
            kinds.add(custom_id.split(":")[1])
    return kinds


@pytest.mark.parametrize("seed", range(SWEEPS))
async def test_nobody_gains_a_right_and_everybody_is_answered(offline: Chat, seed: int) -> None:
    async with registry(offline, seed=seed) as made:
        for who, place in places(made).items():
            before = await made.rows()
            await made.press_all(place)
            await made.siege.quiet()
            after = await made.rows()
            assert gained(before, after, place.person.id, place.home) == [], who
            made.siege.unharmed(names_people=True)


@pytest.mark.parametrize("seed", range(SWEEPS))
async def test_what_moderators_press_is_answered_and_told_twice_it_happens_once(
    offline: Chat, seed: int
) -> None:
    async with registry(offline, seed=seed) as made:
        siege, stage = made.siege, made.siege.chat.stage
        with siege.recorded() as events:
            await made.press_all(Place(stage.marja, stage.algemeen, is_sure=seed % 2 == 0))
        await siege.quiet()
        before = await made.rows()
        await siege.repeat(events)
        assert await made.rows() == before
        siege.unharmed(names_people=True)


async def test_the_forms_of_moderators_open_for_nobody_else(offline: Chat) -> None:
    async with registry(offline, seed=1) as made:
        stage = made.siege.chat.stage
        of_members = await opened(made, Place(stage.anna, stage.algemeen))
        of_visitors = await opened(made, Place(stage.bezoeker, stage.algemeen))
        of_moderators = await opened(made, Place(stage.marja, stage.algemeen))

    assert of_visitors == FORMS_OF_ANYBODY
    assert of_members == FORMS_OF_ANYBODY | FORMS_OF_MEMBERS
    assert of_moderators >= of_members | SOME_FORMS_OF_MODERATORS


async def test_what_is_changed_or_hangs_below_a_deleted_message_does_nothing(
    offline: Chat,
) -> None:
    async with registry(offline, seed=1) as made:
        siege, stage = made.siege, made.siege.chat.stage
        before = await made.rows()
        for custom_id, kind in made.names():
            changed = made.rng.choice(tampered(custom_id))
            message = made.planted(changed, ComponentKind.BUTTON, stage.algemeen)
            asked = siege.press(stage.marja, message, changed)
            assert (await siege.answered(asked)).content == STALE, changed
            gone = made.planted(custom_id, kind, stage.algemeen)
            del stage.world.state.messages[stage.algemeen.id][gone.id]
            await made.answered(siege.press(stage.marja, gone, custom_id, kind=kind), custom_id)
        for custom_id in made.forms():
            changed = made.rng.choice(tampered(custom_id))
            asked = siege.send_in(stage.marja, stage.algemeen, changed, made.fields())
            assert (await siege.answered(asked)).content == STALE, changed
        await siege.quiet()
        assert await made.rows() == before
        siege.unharmed(names_people=True)
