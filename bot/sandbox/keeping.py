"""The world in the data folder: saved while it lives, there again after a restart or a crash.

`world.json` is written beside itself and then renamed, so that there is a whole one at any time;
a file of a message is written once, before the world that mentions it.
"""

import asyncio
import contextlib
import logging
import os
import shutil
import threading
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import Event
from bot.sandbox.records import StoredFile
from bot.sandbox.saving import Encoding, decoded, decoded_file, encoded_file
from bot.sandbox.snowflakes import Now, system_time
from bot.sandbox.world import World

WORLD: Final = "world.json"
FILES: Final = "files"
PAUSE: Final = 1.0
"""Seconds from a change to the save: what is said meanwhile is saved along."""

log = logging.getLogger(__name__)


class DamagedWorldError(ValueError):
    """What lies in the folder is no world that can be read."""


def saved_world(folder: Path, *, system: Now = system_time) -> tuple[World, SandboxClock] | None:
    """Return the world kept in `folder` and its clock; None where none was kept.

    Raises:
        DamagedWorldError: when it cannot be read, or is of an older format.

    """
    try:
        saved = (folder / WORLD).read_bytes()
        world, clock = decoded(saved, system=system)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DamagedWorldError(str(error)) from error
    _forget_waiting(world)
    world.state.files = dict(_saved_files(folder / FILES, world))
    return world, clock


def set_aside(folder: Path, *, name: str) -> Path:
    """Rename a folder to `name`, or with a number behind it, beside where it was; return where."""
    taken = 0
    aside = folder.with_name(name)
    while aside.exists():
        taken += 1
        aside = folder.with_name(f"{name}-{taken}")
    folder.rename(aside)
    return aside


def remove(folder: Path) -> None:
    """Delete a folder with all that is in it; a start after a crash halfway finds no world."""
    if folder.exists():
        (folder / WORLD).unlink(missing_ok=True)
        shutil.rmtree(folder)


class Keeper:
    """Saves a world as long as the block runs: soon after each change, and at the end.

    Registered commands are saved before the bot hears that they were accepted, since the bot
    remembers that in its own database.
    """

    def __init__(
        self, folder: Path, world: World, clock: SandboxClock, *, pause: float = PAUSE
    ) -> None:
        """Save `world` and its clock in `folder`, `pause` seconds after a change."""
        self._folder = folder
        self._world = world
        self._encoding = Encoding(world, clock)
        self._pause = pause
        self._changed = asyncio.Event()
        self._written: set[int] = set()
        self._lock = threading.Lock()
        self._begun = 0
        self._done = 0
        self._is_failing = False
        self._stack = contextlib.ExitStack()
        self._saving: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        (self._folder / FILES).mkdir(parents=True, exist_ok=True)
        self._written = {one for one in self._world.state.files if self._path_of(one).exists()}
        self._save()
        self._stack.callback(self._world.events.listen(self._note))
        self._saving = asyncio.create_task(self._save_again(), name="sandbox saving")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
        if self._saving is not None:
            self._saving.cancel()
            await asyncio.wait((self._saving,))
        self.save()

    def save(self) -> None:
        """Save now: the world is on the disk once this returns, unless the disk failed."""
        try:
            self._save()
        except OSError as failure:
            self._failed(failure)

    def _save(self) -> None:
        self._changed.clear()
        self._begun += 1
        self._write(self._begun, self._encoding.encoded(), self._new_files())

    def _note(self, event: Event) -> None:
        self._encoding.note(event)
        self._changed.set()
        if event.name == "COMMANDS_CHANGED":
            self.save()

    async def _save_again(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(self._pause)
            self._changed.clear()
            self._begun += 1
            number, world, files = self._begun, self._encoding.encoded(), self._new_files()
            try:
                await asyncio.to_thread(self._write, number, world, files)
            except OSError as failure:
                self._failed(failure)

    def _failed(self, failure: OSError) -> None:
        if not self._is_failing:  # once a problem, not once a second
            log.warning("sandbox_not_saved", extra={"reason": failure.strerror})
        self._is_failing = True
        self._changed.set()

    def _new_files(self) -> list[StoredFile]:
        files = self._world.state.files
        return [found for number, found in files.items() if number not in self._written]

    def _write(self, number: int, world: bytes, files: list[StoredFile]) -> None:
        """Write one state of the world, unless a later one stands there by now."""
        with self._lock:
            if number < self._done:
                return
            for file in files:
                _replace(self._path_of(file.id), encoded_file(file))
                self._written.add(file.id)
            _replace(self._folder / WORLD, world)
            self._done = number
            self._is_failing = False
        log.debug("sandbox_saved", extra={"bytes": len(world)})

    def _path_of(self, number: int) -> Path:
        return self._folder / FILES / f"{number}.json"


def _replace(path: Path, content: bytes) -> None:
    """Write a file so that it is the old or the new one at any time, also when the power fails."""
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _forget_waiting(world: World) -> None:
    """Take away the messages that show the bot thinking: nothing can fill them any more."""
    for messages in world.state.messages.values():
        for message in [one for one in messages.values() if one.is_waiting]:
            del messages[message.id]


def _saved_files(folder: Path, world: World) -> list[tuple[int, StoredFile]]:
    """Return the files of the world's messages; one that cannot be read is as good as gone."""
    named = {
        attachment.id
        for messages in world.state.messages.values()
        for message in messages.values()
        for attachment in message.attachments
    }
    found: list[tuple[int, StoredFile]] = []
    for path in sorted(folder.glob("*")):
        number = int(path.stem) if path.stem.isdecimal() else 0
        if number not in named or path.suffix != ".json":
            path.unlink()
            continue
        try:
            found.append((number, decoded_file(path.read_bytes())))
        except ValueError:
            log.warning("sandbox_file_unreadable", extra={"file": number})
    return found
