"""A world is saved as JSON and goes on from there."""

import json

import pytest

from bot.sandbox.posting import Upload
from bot.sandbox.saving import dump, load
from tests.discord.clock import HandClock
from tests.discord.stage import Stage
from tests.sandbox.api import Api

ROW = {"type": 1, "components": [{"type": 2, "style": 1, "label": "L", "custom_id": "b"}]}


async def test_everything_comes_back(api: Api, stage: Stage, clock: HandClock) -> None:
    path = f"/channels/{stage.algemeen.id}/messages"
    await api.post(path, {"content": "x", "embeds": [{"title": "t"}], "components": [ROW]})
    box = {"type": 17, "components": [{"type": 10, "content": "tekst"}]}
    await api.post(path, {"components": [box], "flags": 1 << 15})
    said = stage.anna.say(stage.algemeen, "kijk", files=[Upload("a.bin", b"\xff\x00")])
    stage.anna.react(said, "👍")
    stage.anna.start_thread(said, "Draad")
    command = {"name": "vraag", "description": "v"}
    await api.put(f"/applications/{stage.world.bot.id}/commands", [command])

    again = load(dump(stage.world), now=clock)

    assert again.state == stage.world.state
    assert again.new_id() > max(stage.world.state.channels)
    assert dump(again) != dump(stage.world)  # the new id counts


def test_what_is_saved_is_plain_json(stage: Stage) -> None:
    saved = json.loads(dump(stage.world))

    assert saved["application"]["name"] == "BREED"


@pytest.mark.parametrize("broken", [b"", b"{}", b"[1]", b'{"application": 1}'])
def test_something_else_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="validation error"):
        load(broken)
