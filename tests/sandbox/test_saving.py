"""A world is saved as JSON and goes on from there."""

import json

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.posting import Upload
from bot.sandbox.saving import Encoding, decoded, decoded_file, encoded_file
from bot.sandbox.world import World
from tests.discord.clock import HandClock
from tests.discord.stage import Stage
from tests.sandbox.api import Api

ROW = {"type": 1, "components": [{"type": 2, "style": 1, "label": "L", "custom_id": "b"}]}


def _encoding(world: World, clock: HandClock) -> Encoding:
    encoding = Encoding(world, SandboxClock(clock))
    world.events.listen(encoding.note)
    return encoding


def _again(encoding: Encoding, clock: HandClock) -> World:
    """Return the world as written out and read back, with the files that lie beside it."""
    again, _clock = decoded(encoding.encoded(), system=clock)
    files = encoding.world.state.files
    again.state.files = {one: decoded_file(encoded_file(files[one])) for one in files}
    return again


async def test_everything_comes_back(api: Api, stage: Stage, clock: HandClock) -> None:
    encoding = _encoding(stage.world, clock)
    path = f"/channels/{stage.algemeen.id}/messages"
    await api.post(path, {"content": "x", "embeds": [{"title": "t"}], "components": [ROW]})
    box = {"type": 17, "components": [{"type": 10, "content": "tekst"}]}
    await api.post(path, {"components": [box], "flags": 1 << 15})
    said = stage.anna.say(stage.algemeen, "kijk", files=[Upload("a.bin", b"\xff\x00")])
    stage.anna.react(said, "👍")
    stage.anna.start_thread(said, "Draad")
    command = {"name": "vraag", "description": "v"}
    await api.put(f"/applications/{stage.world.bot.id}/commands", [command])

    again = _again(encoding, clock)

    assert again.state == stage.world.state
    assert again.new_id() > max(stage.world.state.channels)


def test_whatever_changes_between_two_saves_is_in_the_second(
    stage: Stage, clock: HandClock
) -> None:
    encoding = _encoding(stage.world, clock)
    first = stage.anna.say(stage.algemeen, "eerst")
    stage.bram.say(stage.reacties, "blijft")
    gone = stage.bram.dm("weg")
    encoding.encoded()
    stage.anna.edit(first, "daarna")
    stage.bram.react(first, "👍")
    stage.bram.delete(gone)
    stage.anna.start_thread(first, "Draad")
    stage.bram.close_dms()

    again = _again(encoding, clock)

    assert again.state == stage.world.state


def test_a_file_is_not_written_out_with_the_world(stage: Stage, clock: HandClock) -> None:
    encoding = _encoding(stage.world, clock)
    bare = len(encoding.encoded())

    stage.anna.say(stage.algemeen, "kijk", files=[Upload("a.bin", b"\xff" * 1_000_000)])

    assert len(encoding.encoded()) < bare + 2_000


def test_what_is_saved_is_plain_json(stage: Stage, clock: HandClock) -> None:
    saved = json.loads(_encoding(stage.world, clock).encoded())

    assert saved["state"]["application"]["name"] == "BREED"


@pytest.mark.parametrize("broken", [b"", b"{}", b"[1]", b'{"format": 1, "state": 1}'])
def test_something_else_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="validation error"):
        decoded(broken)


def test_another_format_is_refused(stage: Stage, clock: HandClock) -> None:
    saved = json.loads(_encoding(stage.world, clock).encoded())

    with pytest.raises(ValueError, match="format 0"):
        decoded(json.dumps({**saved, "format": 0}).encode())


@pytest.mark.parametrize("part", ["users", "channels", "guilds"])
def test_a_world_that_refers_to_what_is_not_in_it_is_refused(
    stage: Stage, clock: HandClock, part: str
) -> None:
    stage.anna.say(stage.algemeen, "hallo")
    saved = json.loads(_encoding(stage.world, clock).encoded())
    saved["state"][part] = {}

    with pytest.raises(ValueError, match="not in it"):
        decoded(json.dumps(saved).encode())
