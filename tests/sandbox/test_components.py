"""Components of both generations: their limits, and what a person can do with them."""

from typing import cast

import pytest
from pydantic import JsonValue

from bot.sandbox.bodies.controls import Button
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.wire import JsonObject
from tests.discord.stage import Stage
from tests.sandbox.api import Api

V2 = 1 << 15


def button(number: int = 0, **other: JsonValue) -> JsonObject:
    return {"type": 2, "style": 1, "label": "L", "custom_id": f"b{number}", **other}


def row(*parts: JsonObject) -> JsonObject:
    return {"type": 1, "components": cast("list[JsonValue]", list(parts))}


def select(**other: JsonValue) -> JsonObject:
    options: list[JsonValue] = [{"label": f"L{n}", "value": f"v{n}"} for n in range(3)]
    return {"type": 3, "custom_id": "s", "options": options, **other}


def text(content: str = "t") -> JsonObject:
    return {"type": 10, "content": content}


def option(number: int) -> JsonObject:
    return {"label": f"L{number}", "value": f"v{number}"}


async def code(api: Api, stage: Stage, *parts: JsonObject, flags: int = 0) -> int:
    body = {"content": "" if flags else "x", "components": list(parts), "flags": flags}
    return (await api.post(f"/channels/{stage.algemeen.id}/messages", body)).code


@pytest.mark.parametrize(
    "part",
    [
        button(label="x" * 81),
        button(custom_id="x" * 101),
        button(custom_id=None),
        button(label=None),
        button(style=7),
        button(url="https://example.org"),
        {"type": 2, "style": 5, "label": "L"},
        {"type": 2, "style": 5, "label": "L", "url": "javascript:x"},
        {"type": 2, "style": 5, "label": "L", "url": "https://x.org", "custom_id": "b"},
        select(options=[]),
        select(options=[option(n) for n in range(26)]),
        select(options=[option(1), option(1)]),
        select(max_values=4),
        select(min_values=3, max_values=2),
        select(placeholder="x" * 151),
        select(options=[{"label": "x" * 101, "value": "v"}]),
        {"type": 4, "custom_id": "t", "style": 1, "label": "L"},
        {"type": 99},
        {"label": "no type"},
    ],
)
async def test_a_wrong_control_is_refused(api: Api, stage: Stage, part: JsonObject) -> None:
    assert await code(api, stage, row(part)) == 50035


async def test_rows_hold_five_buttons_or_one_select(api: Api, stage: Stage) -> None:
    def buttons(count: int, start: int = 0) -> list[JsonObject]:
        return [button(number) for number in range(start, start + count)]

    assert await code(api, stage, row(*buttons(5))) == 0
    assert await code(api, stage, row(*buttons(6))) == 50035
    assert await code(api, stage, row(button(), select())) == 50035
    assert await code(api, stage, *(row(button(n)) for n in range(5))) == 0
    assert await code(api, stage, *(row(button(n)) for n in range(6))) == 50035
    assert await code(api, stage, row()) == 50035
    assert await code(api, stage, row(button(1), button(1))) == 50035
    assert await code(api, stage, button()) == 50035
    assert await code(api, stage, text()) == 50035


async def test_the_second_generation_has_its_own_limits(api: Api, stage: Stage) -> None:
    async def v2(*parts: JsonObject) -> int:
        return await code(api, stage, *parts, flags=V2)

    def box(*parts: JsonObject) -> JsonObject:
        return {"type": 17, "components": cast("list[JsonValue]", list(parts))}

    def section(texts: int, **other: JsonValue) -> JsonObject:
        return {"type": 9, "components": [text() for _ in range(texts)], **other}

    assert await v2(text("x" * 4000)) == 0
    assert await v2(text("x" * 4000), text()) == 50035
    assert await v2(*[text()] * 40) == 0
    assert await v2(*[text()] * 41) == 50035
    assert await v2(box(*[text()] * 40)) == 50035
    assert await v2(box(box())) == 50035
    assert await v2(section(1, accessory=button())) == 0
    assert await v2(section(1)) == 50035
    assert await v2(section(4, accessory=button())) == 50035
    assert await v2({"type": 13, "file": {"url": "attachment://a.txt"}}) == 50035
    assert await v2(button()) == 50035


async def test_the_generations_do_not_mix(api: Api, stage: Stage) -> None:
    path = f"/channels/{stage.algemeen.id}/messages"
    mixed = {"content": "x", "components": [text()], "flags": V2}
    assert (await api.post(path, mixed)).code == 50035

    old = await api.post(path, {"content": "x"})
    wanted = {"components": [text()], "flags": V2}
    assert (await api.patch(f"{path}/{old.id}", wanted)).code == 50035
    cleared = await api.patch(f"{path}/{old.id}", {**wanted, "content": None})
    assert cleared.object["flags"] == V2
    assert (await api.patch(f"{path}/{old.id}", {"content": "x"})).code == 50035


async def test_a_refused_component_is_named_by_its_path(api: Api, stage: Stage) -> None:
    body = {"content": "x", "components": [row(button(), button(1, label="x" * 81))]}
    result = await api.post(f"/channels/{stage.algemeen.id}/messages", body)

    assert result.faults("components", "0", "components", "1", "label") == ["BASE_TYPE_MAX_LENGTH"]


async def test_a_picture_in_a_message_is_shown_from_its_own_address(api: Api, stage: Stage) -> None:
    media: JsonObject = {"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}
    path = f"/channels/{stage.algemeen.id}/messages"
    result = await api.upload(path, {"components": [media], "flags": V2}, {"a.png": b"png"})
    shown = cast("list[JsonObject]", result.listed("components")[0]["items"])[0]["media"]

    assert cast("JsonObject", shown)["url"] == result.listed("attachments")[0]["url"]


async def test_only_what_is_offered_can_be_pressed_or_chosen(api: Api, stage: Stage) -> None:
    parts = [row(button(1, disabled=True), button(2)), row(select(max_values=2))]
    body = {"content": "x", "components": parts}
    await api.post(f"/channels/{stage.algemeen.id}/messages", body)
    sent = stage.world.messages_in(stage.algemeen)[0]
    stage.anna.click(sent, "b2")
    stage.anna.choose(sent, ["v1", "L2"])

    with pytest.raises(NotPossibleError, match="no button"):
        stage.anna.click(sent, "onzin")
    with pytest.raises(NotPossibleError, match="cannot be pressed"):
        stage.anna.click(sent, "b1")
    with pytest.raises(NotPossibleError, match="not offered"):
        stage.anna.choose(sent, ["v9"])
    with pytest.raises(NotPossibleError, match="choose 1 to 2"):
        stage.anna.choose(sent, ["v0", "v1", "v2"])
    assert [type(one) for one in sent.buttons()] == [Button, Button]
