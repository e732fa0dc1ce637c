"""Answering an interaction: once, in time, fittingly, and visible to whom it should be."""

import pytest

from bot.sandbox.asked import Asked
from bot.sandbox.bodies.components import ActionRow, Component
from bot.sandbox.enums import ResponseKind
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.message_records import Message
from bot.sandbox.posting import Draft, post
from bot.sandbox.server import Server
from tests.discord.clock import HandClock
from tests.discord.stage import Stage
from tests.sandbox.api import Api, Result

COMMANDS = [
    {
        "name": "vraag",
        "description": "Vraag",
        "options": [
            {
                "type": 3,
                "name": "vraag",
                "description": "v",
                "required": True,
                "autocomplete": True,
            }
        ],
    },
    {"name": "Beantwoord", "type": 3},
]
TEXT_INPUT = {"type": 4, "custom_id": "t", "style": 1}
LABEL = {"type": 18, "label": "L", "component": TEXT_INPUT}
MODAL = {"custom_id": "m", "title": "Titel", "components": [LABEL]}


@pytest.fixture(autouse=True)
async def _registered(api: Api, stage: Stage) -> None:
    await api.put(f"/applications/{stage.world.bot.id}/commands", COMMANDS)


def ask(stage: Stage) -> Asked:
    return stage.anna.slash(stage.algemeen, "vraag", {"vraag": "wie?"})


def press(stage: Stage) -> Asked:
    return stage.anna.click(with_button(stage), "L")


def with_button(stage: Stage) -> Message:
    button = {"type": 2, "style": 1, "label": "L", "custom_id": "b"}
    row: Component = ActionRow.model_validate({"type": 1, "components": [button]})
    draft = Draft(content="x", components=[row])
    return post(stage.world, stage.algemeen, stage.world.bot.id, draft)


async def respond(api: Api, asked: Asked, kind: int, data: object = None) -> Result:
    found = asked.interaction
    path = f"/interactions/{found.id}/{found.token}/callback"
    return await api.post(path, {"type": kind, "data": data})


def webhook(stage: Stage, asked: Asked) -> str:
    return f"/webhooks/{stage.world.bot.id}/{asked.interaction.token}"


async def test_it_is_acknowledged_once(api: Api, stage: Stage) -> None:
    asked = ask(stage)

    assert (await respond(api, asked, 5)).status == 204
    assert (await respond(api, asked, 4, {"content": "x"})).code == 40060


async def test_it_is_acknowledged_within_three_seconds(
    api: Api, stage: Stage, clock: HandClock
) -> None:
    in_time, late = ask(stage), ask(stage)
    clock.forward(seconds=3)
    assert (await respond(api, in_time, 5)).status == 204
    clock.forward(seconds=0.001)
    assert (await respond(api, late, 5)).code == 10062


async def test_a_wrong_token_is_unknown(api: Api, stage: Stage) -> None:
    asked = ask(stage)
    path = f"/interactions/{asked.interaction.id}/wrong/callback"

    assert (await api.post(path, {"type": 5})).code == 10062
    assert (await api.post(f"/webhooks/{stage.world.bot.id}/wrong", {"content": "x"})).code == 50027
    assert (await api.post("/webhooks/1/wrong", {"content": "x"})).code == 10015


async def test_answers_last_fifteen_minutes(api: Api, stage: Stage, clock: HandClock) -> None:
    asked = ask(stage)
    await respond(api, asked, 5)
    path = webhook(stage, asked)
    clock.forward(minutes=15)
    assert (await api.post(path, {"content": "x"})).status == 200
    clock.forward(seconds=1)
    refused = await api.patch(f"{path}/messages/@original", {"content": "x"})
    assert (refused.status, refused.code) == (401, 50027)


async def test_there_is_nothing_to_follow_up_before_the_first_answer(
    api: Api, stage: Stage
) -> None:
    asked = ask(stage)

    assert (await api.post(webhook(stage, asked), {"content": "x"})).code == 10015
    assert (await api.get(f"{webhook(stage, asked)}/messages/@original")).code == 10015


@pytest.mark.parametrize("kind", [1, 6, 7, 8])
async def test_some_answers_do_not_go_with_a_command(api: Api, stage: Stage, kind: int) -> None:
    data: dict[str, object] = {"content": "x", "choices": []}
    on = with_button(stage)
    asked = ask(stage)
    asked.interaction.message_id = on.id if kind == 7 else None

    assert (await respond(api, asked, kind, data)).faults("type") == [
        "INTERACTION_RESPONSE_TYPE_INVALID"
    ]


async def test_a_modal_is_a_first_answer_and_does_not_follow_a_modal(
    api: Api, stage: Stage
) -> None:
    deferred, opened = ask(stage), ask(stage)
    await respond(api, deferred, 5)
    assert (await respond(api, deferred, 9, MODAL)).code == 40060

    assert (await respond(api, opened, 9, MODAL)).status == 204
    submitted = stage.anna.submit(opened, {"L": "tekst"})
    assert (await respond(api, submitted, 9, MODAL)).faults("type") == [
        "INTERACTION_RESPONSE_TYPE_INVALID"
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "x" * 46},
        {"title": ""},
        {"custom_id": ""},
        {"components": []},
        {"components": [LABEL] * 6},
        {"components": [{"type": 18, "label": "x" * 46, "component": TEXT_INPUT}]},
        {"components": [{"type": 18, "component": TEXT_INPUT}]},
        {"components": [{"type": 1, "components": [TEXT_INPUT]}]},
        {
            "components": [
                {"type": 18, "label": "L", "component": {**TEXT_INPUT, "max_length": 4001}}
            ]
        },
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1}]}]},
        {"components": [{"type": 18, "label": str(n), "component": TEXT_INPUT} for n in range(2)]},
    ],
)
async def test_a_wrong_modal_is_refused_and_does_not_count(
    api: Api, stage: Stage, change: dict[str, object]
) -> None:
    asked = ask(stage)

    assert (await respond(api, asked, 9, {**MODAL, **change})).code == 50035
    assert (await respond(api, asked, 9, MODAL)).status == 204


async def test_autocomplete_takes_25_choices_of_100_characters(api: Api, stage: Stage) -> None:
    def typing() -> Asked:
        return stage.anna.autocomplete(stage.algemeen, "vraag", "vraag", {"vraag": "w"})

    def choices(count: int, name: str = "n", value: str = "v") -> dict[str, object]:
        return {"choices": [{"name": name, "value": f"{value}{n}"} for n in range(count)]}

    assert (await respond(api, typing(), 8, choices(25))).status == 204
    assert (await respond(api, typing(), 8, choices(26))).code == 50035
    assert (await respond(api, typing(), 8, choices(1, name="x" * 101))).code == 50035
    assert (await respond(api, typing(), 8, choices(1, value="x" * 100))).code == 50035
    assert (await respond(api, typing(), 4, {"content": "x"})).code == 50035


async def test_a_deferral_shows_a_waiting_message_until_it_is_filled(
    api: Api, stage: Stage
) -> None:
    asked = ask(stage)
    await respond(api, asked, 5, {"flags": 64})
    waiting = asked.messages()[0]
    assert waiting.is_waiting
    assert waiting.only_for == stage.anna.id

    filled = await api.post(webhook(stage, asked), {"content": "klaar", "flags": 0})
    [answer] = asked.messages()
    assert filled.id == str(answer.id)
    assert not answer.is_waiting
    assert answer.is_ephemeral
    next_one = await api.post(webhook(stage, asked), {"content": "meer"})
    assert next_one.id != filled.id


async def test_a_change_of_the_waiting_message_fills_it_too(api: Api, stage: Stage) -> None:
    asked = ask(stage)
    await respond(api, asked, 5)
    path = f"{webhook(stage, asked)}/messages/@original"
    await api.patch(path, {"content": f"klaar {stage.bram.mention}"})
    answer = await asked.reply()

    assert answer.edited_at is None
    assert answer.pings.users == [stage.bram.id]
    later = await api.post(webhook(stage, asked), {"content": "meer"})
    assert later.id != str(answer.id)


async def test_the_answer_tells_its_message_when_asked(api: Api, stage: Stage) -> None:
    asked = ask(stage)
    found = asked.interaction
    path = f"/interactions/{found.id}/{found.token}/callback?with_response=true"
    result = await api.post(path, {"type": 4, "data": {"content": "x", "flags": 64}})
    summary = result.object["interaction"]

    assert result.status == 200
    assert isinstance(summary, dict)
    assert summary["response_message_ephemeral"] is True


async def test_an_ephemeral_answer_is_not_in_the_channel(api: Api, stage: Stage) -> None:
    asked = ask(stage)
    await respond(api, asked, 4, {"content": "geheim", "flags": 64})
    hidden = asked.messages()[0]
    path = f"/channels/{stage.algemeen.id}/messages"

    assert (await api.get(path)).objects == []
    assert (await api.get(f"{path}/{hidden.id}")).code == 10008
    assert (await api.patch(f"{path}/{hidden.id}", {"content": "x"})).code == 10008
    assert (await api.get(f"{webhook(stage, asked)}/messages/@original")).status == 200
    assert stage.bram.messages(stage.algemeen) == []
    with pytest.raises(NotPossibleError):
        stage.bram.react(hidden, "👍")


async def test_a_token_reaches_only_its_own_messages(api: Api, stage: Stage) -> None:
    other = with_button(stage)
    asked = ask(stage)
    await respond(api, asked, 4, {"content": "x"})

    path = f"{webhook(stage, asked)}/messages"
    assert (await api.patch(f"{path}/{other.id}", {"content": "x"})).code == 10008
    assert (await api.delete(f"{path}/{other.id}")).code == 10008
    assert (await api.delete(f"{path}/@original")).status == 204
    assert (await api.patch(f"{path}/@original", {"content": "x"})).code == 10008


async def test_a_component_may_update_its_message(api: Api, stage: Stage) -> None:
    pressed = press(stage)
    assert (await respond(api, pressed, 7, {"content": "nieuw"})).status == 204
    assert (await pressed.reply()).content == "nieuw"

    deferred = press(stage)
    assert (await respond(api, deferred, 6)).status == 204
    assert await deferred.acknowledged() is ResponseKind.DEFERRED_UPDATE
    path = f"{webhook(stage, deferred)}/messages/@original"
    assert (await api.patch(path, {"content": "later"})).object["content"] == "later"


async def test_an_empty_answer_is_refused_and_does_not_count(api: Api, stage: Stage) -> None:
    asked = ask(stage)

    assert (await respond(api, asked, 4, {"content": ""})).code == 50006
    assert (await respond(api, asked, 4, {"content": "x" * 2001})).faults("data", "content") == [
        "BASE_TYPE_MAX_LENGTH"
    ]
    assert (await respond(api, asked, 4, {"content": "x"})).status == 204


async def test_a_person_hears_that_the_bot_did_not_answer(
    server: Server, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sandbox.server.ACKNOWLEDGE_WITHIN", HandClock()() - HandClock()())
    asked = ask(stage)
    with stage.world.events.observe() as seen:
        await asked.failure()

        assert (await seen.next()).name == "INTERACTION_FAILURE"
    assert server.violations == []


async def test_expired_interactions_are_forgotten(api: Api, stage: Stage, clock: HandClock) -> None:
    old = ask(stage)
    await respond(api, old, 5)
    clock.forward(minutes=16)
    ask(stage)

    assert len(stage.world.interactions) == 1
    assert (await api.post(webhook(stage, old), {"content": "x"})).code == 50027
