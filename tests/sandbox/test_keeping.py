"""A world in a folder: saved as it changes, whole at any time, there again at the next start."""

import asyncio
import datetime as dt
import json
import logging
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.enums import MessageFlag
from bot.sandbox.keeping import WORLD, DamagedWorldError, Keeper, remove, saved_world, set_aside
from bot.sandbox.posting import Draft, Upload, post
from bot.sandbox.world import World
from tests.discord.clock import START, HandClock
from tests.discord.stage import Stage
from tests.sandbox.api import Api

HOUR = dt.timedelta(hours=1)


class Saves(logging.Handler):
    """Counts what the keeper says that it saved; `next` waits for one more."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._loop = asyncio.get_running_loop()
        self._saves = asyncio.Queue[str]()

    def emit(self, record: logging.LogRecord) -> None:
        self._loop.call_soon_threadsafe(self._saves.put_nowait, record.getMessage())

    async def next(self) -> str:
        async with asyncio.timeout(10):
            return await self._saves.get()


@contextmanager
def watched() -> Generator[Saves]:
    log, saves = logging.getLogger("bot.sandbox.keeping"), Saves()
    level = log.level
    log.addHandler(saves)
    log.setLevel(logging.DEBUG)
    try:
        yield saves
    finally:
        log.removeHandler(saves)
        log.setLevel(level)


def _again(folder: Path, clock: HandClock) -> World:
    found = saved_world(folder, system=clock)
    assert found is not None
    return found[0]


async def test_a_world_is_there_from_the_first_moment(
    tmp_path: Path, stage: Stage, clock: HandClock
) -> None:
    async with Keeper(tmp_path, stage.world, SandboxClock(clock)):
        assert _again(tmp_path, clock).state == stage.world.state


async def test_what_is_said_is_saved_soon_with_its_files(
    tmp_path: Path, stage: Stage, clock: HandClock
) -> None:
    with watched() as saves:
        async with Keeper(tmp_path, stage.world, SandboxClock(clock), pause=0):
            await saves.next()
            stage.anna.say(stage.algemeen, "kijk", files=[Upload("a.bin", b"\xff\x00")])
            stage.bram.say(stage.reacties, "hallo")
            await saves.next()

            assert _again(tmp_path, clock).state == stage.world.state


async def test_the_end_saves_what_no_event_told(
    tmp_path: Path, stage: Stage, clock: HandClock
) -> None:
    async with Keeper(tmp_path, stage.world, SandboxClock(clock), pause=3600):
        stage.anna.say(stage.algemeen, "laatste woord")
        stage.bram.close_dms()

    assert _again(tmp_path, clock).state == stage.world.state


async def test_commands_are_on_the_disk_before_the_bot_hears_that_they_are_taken(
    tmp_path: Path, stage: Stage, clock: HandClock, api: Api
) -> None:
    async with Keeper(tmp_path, stage.world, SandboxClock(clock), pause=3600):
        command = {"name": "vraag", "description": "v"}
        await api.put(f"/applications/{stage.world.bot.id}/commands", [command])

        assert _again(tmp_path, clock).state.commands == stage.world.state.commands
    assert len(stage.world.state.commands) == 1


async def test_the_clock_goes_on_ahead_and_never_back(
    tmp_path: Path, stage: Stage, clock: HandClock
) -> None:
    ahead = SandboxClock(clock)
    world = World(now=ahead.now, state=stage.world.state)
    async with Keeper(tmp_path, world, ahead) as keeper:
        ahead.forward(HOUR)
        keeper.save()
        world.new_id()

    clock.forward(days=-3)
    found = saved_world(tmp_path, system=clock)

    assert found is not None
    assert found[1].now() == START + HOUR
    assert found[0].now() == START + HOUR


async def test_an_answer_that_was_still_to_come_is_not_waited_for_after_a_restart(
    tmp_path: Path, stage: Stage, clock: HandClock
) -> None:
    async with Keeper(tmp_path, stage.world, SandboxClock(clock)):
        bot_id = stage.world.bot.id
        post(stage.world, stage.algemeen, bot_id, Draft(flags=MessageFlag.LOADING))
        said = stage.anna.say(stage.algemeen, "hallo")

    again = _again(tmp_path, clock)
    assert [one.id for one in again.messages_in(stage.algemeen)] == [said.id]


async def test_a_full_disk_costs_no_chat_and_is_tried_again(
    tmp_path: Path, stage: Stage, clock: HandClock
) -> None:
    folder = tmp_path / "sandbox"
    with watched() as saves:
        async with Keeper(folder, stage.world, SandboxClock(clock), pause=0):
            await saves.next()
            gone = folder.rename(tmp_path / "away")  # nothing can be written any more
            stage.anna.say(stage.algemeen, "eerst")
            assert await saves.next() == "sandbox_not_saved"
            gone.rename(folder)
            assert await saves.next() == "sandbox_saved"

            assert _again(folder, clock).state == stage.world.state


async def test_a_file_that_is_damaged_or_that_no_message_has_is_let_go(
    tmp_path: Path, stage: Stage, clock: HandClock
) -> None:
    async with Keeper(tmp_path, stage.world, SandboxClock(clock)):
        first = stage.anna.say(stage.algemeen, "een", files=[Upload("a.bin", b"a")])
        stage.anna.say(stage.algemeen, "twee", files=[Upload("b.bin", b"b")])
        stage.anna.delete(stage.anna.say(stage.algemeen, "weg", files=[Upload("c.bin", b"c")]))
    (tmp_path / "files" / f"{first.attachments[0].id}.json").write_bytes(b"{")

    again = _again(tmp_path, clock)

    assert [one.name for one in again.state.files.values()] == ["b.bin"]
    assert len(list((tmp_path / "files").iterdir())) == 2


def test_nothing_kept_is_no_world(tmp_path: Path) -> None:
    assert saved_world(tmp_path) is None


@pytest.mark.parametrize("cut", [0, 10, 1000])
async def test_half_a_world_is_damaged(
    tmp_path: Path, stage: Stage, clock: HandClock, cut: int
) -> None:
    async with Keeper(tmp_path, stage.world, SandboxClock(clock)):
        pass
    path = tmp_path / WORLD
    path.write_bytes(path.read_bytes()[:cut])

    with pytest.raises(DamagedWorldError):
        saved_world(tmp_path, system=clock)


async def test_a_world_of_another_format_is_damaged(
    tmp_path: Path, stage: Stage, clock: HandClock
) -> None:
    async with Keeper(tmp_path, stage.world, SandboxClock(clock)):
        pass
    path = tmp_path / WORLD
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "format": 0}))

    with pytest.raises(DamagedWorldError, match="format 0"):
        saved_world(tmp_path, system=clock)


def test_setting_aside_twice_keeps_both(tmp_path: Path) -> None:
    folder = tmp_path / "sandbox"
    folder.mkdir()
    first = set_aside(folder, name="old")
    folder.mkdir()
    second = set_aside(folder, name="old")

    assert (first.name, second.name) == ("old", "old-1")
    assert not folder.exists()


def test_removing_takes_the_whole_folder(tmp_path: Path) -> None:
    folder = tmp_path / "sandbox"
    (folder / "files").mkdir(parents=True)

    remove(folder)
    remove(folder)

    assert not folder.exists()
