"""Serving without a token: the bot, unchanged, on the stand-in for Discord, with a page to chat in.

Everything lies in a folder of its own within the data folder: the world, and the bot's database
for it. They belong together, so they are set aside and removed together.
"""

import asyncio
import datetime as dt
import os
import secrets
import sys
import threading
import webbrowser
from collections.abc import Callable, Generator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import click
import structlog
import yaml
from aiohttp import web

from bot.adapters import knowledge_files
from bot.app import App, Patience, Surroundings, held_folders
from bot.client import BreedBot
from bot.discord_chat import DiscordChat
from bot.errors import DataFolderUnusableError
from bot.folders import cache_in
from bot.sandbox.clock import SandboxClock
from bot.sandbox.connect import pointed_at
from bot.sandbox.demo import Demo, demo_world
from bot.sandbox.keeping import DamagedWorldError, Keeper, remove, saved_world, set_aside
from bot.sandbox.page.application import add_page, page_path
from bot.sandbox.server import LOOPBACK, Server
from bot.sandbox.snowflakes import Now, system_time
from bot.sandbox.world import World
from bot.services.container import Services
from bot.terminal.serving import until_signalled
from bot.texts import operator as texts
from config.settings import Settings, variable_of
from storage.errors import DatabaseCorruptError, DatabaseNewerError

FOLDER: Final = "sandbox"
DEMO: Final = knowledge_files.SHIPPED.with_name("sandbox.yaml")
# Seconds. The stand-in itself takes up to one more, and all of it has to be done within five.
PATIENCE: Final = Patience(answers=1.5, chat=1.0, web=0.5, database=0.5)
# Seconds without a new server after which all have come in; the stand-in sends them at once.
_GUILDS_COME_WITHIN: Final = 0.2
_UNUSABLE: Final = (DatabaseCorruptError, DatabaseNewerError)

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class Sandbox:
    """The sandbox of one data folder; also what its page asks for (`page.controls.Controls`)."""

    def __init__(
        self,
        settings: Settings,
        *,
        show: Callable[[str], None],
        open_page: Callable[[str], None],
        system: Now = system_time,
    ) -> None:
        """Serve with `settings`; say to the operator with `show`, and `open_page` once it runs."""
        self._outer = settings
        self._folder = settings.data_dir / FOLDER
        self._settings = settings.model_copy(
            update={"data_dir": self._folder, "database_url": None, "web_host": LOOPBACK}
        )
        self._show = show
        self._open_page = open_page
        self._system = system
        self._token = secrets.token_urlsafe(24)
        self._resetting = asyncio.Event()
        self._address: str | None = None
        self._life: _Life | None = None

    @property
    def world(self) -> World:
        """The world now: another one after a reset. Raises RuntimeError before `serve`."""
        return self._alive.world

    def now(self) -> dt.datetime:
        """Return the time in the sandbox."""
        return self._alive.clock.now()

    def forward(self, by: dt.timedelta) -> None:
        """Move the clock forward, and keep that. Raises ValueError for a step it does not take."""
        self._alive.clock.forward(by)
        self._alive.keeper.save()

    async def reset(self) -> None:
        """Begin to end everything; the page comes back at the same address with a new world."""
        self._resetting.set()

    async def serve(self) -> None:
        """Serve until the task is cancelled, and begin anew at every reset.

        Raises:
            StorageError: when the database cannot be used, or another process serves from here.
            BreedError: when the data folder or the web address cannot be had.

        """
        if self._outer.web_host != LOOPBACK:
            self._show(texts.sandbox_only_here(self._outer.web_host))
        with held_folders(self._outer):
            await self._lives()

    async def _lives(self) -> None:
        was_set_aside = False
        while True:
            try:
                await self._live()
            except _UNUSABLE:
                if was_set_aside:
                    raise
                was_set_aside = True
                self._set_aside()
            else:
                _log.info("sandbox_reset")
                with self._in_folder():
                    remove(self._folder)

    async def _live(self) -> None:
        """Serve one world until its reset."""
        self._resetting.clear()
        async with AsyncExitStack() as stack:
            with self._in_folder():
                world, clock = self._opened()
                keeper = await stack.enter_async_context(Keeper(self._folder, world, clock))
            self._life = _Life(world, clock, keeper)
            server = await stack.enter_async_context(Server(world))
            stack.enter_context(pointed_at(server))
            await self._until_reset(self._app(server, clock))

    async def _until_reset(self, app: App) -> None:
        serving = asyncio.create_task(app.serve(), name="bot in the sandbox")
        resetting = asyncio.create_task(self._resetting.wait(), name="sandbox reset")
        try:
            await asyncio.wait((serving, resetting), return_when=asyncio.FIRST_COMPLETED)
        finally:
            serving.cancel()
            resetting.cancel()
            await asyncio.wait((serving, resetting))
        if not serving.cancelled():
            serving.result()

    def _opened(self) -> tuple[World, SandboxClock]:
        try:
            found = saved_world(self._folder, system=self._system)
        except DamagedWorldError as error:
            _log.warning("sandbox_world_unusable", reason=str(error))
            self._set_aside()
            found = None
        if found is not None:
            return found
        if any(self._folder.glob("*.sqlite3")):
            # The database that went with a world that is gone knows of what is in no other world.
            self._set_aside()
        clock = SandboxClock(self._system)
        return demo_world(shipped_demo(), now=clock.now), clock

    def _set_aside(self) -> None:
        name = f"{FOLDER}-{self._system():%Y%m%d-%H%M%S}"
        self._show(texts.sandbox_set_aside(set_aside(self._folder, name=name)))

    @contextmanager
    def _in_folder(self) -> Generator[None]:
        """Let a failure of the disk be one of the data folder."""
        try:
            yield
        except OSError as error:
            raise DataFolderUnusableError(
                folder=self._folder,
                variable=variable_of("data_dir"),
                reason=error.strerror or type(error).__name__,
            ) from error

    def _app(self, server: Server, clock: SandboxClock) -> App:
        def chat_of(services: Services) -> DiscordChat:
            bot = BreedBot(services, guild_ready_timeout=_GUILDS_COME_WITHIN)
            return DiscordChat(bot, token=server.token)

        return App(
            self._settings,
            chat_of=chat_of,
            patience=PATIENCE,
            surroundings=Surroundings(
                clock=clock,
                add_routes=self._add_page,
                started=self._started,
                cache=cache_in(self._outer.data_dir),
            ),
        )

    def _add_page(self, routes: web.Application) -> None:
        add_page(routes, controls=self, token=self._token)

    def _started(self, address: str) -> None:
        if self._address is not None:
            return
        self._address = address
        # Whatever port was free the first time is the page's address from now on.
        port = urlsplit(address).port
        self._settings = self._settings.model_copy(update={"web_port": port})
        page = address + page_path(self._token)
        self._show(texts.sandbox_started(page))
        self._open_page(page)

    @property
    def _alive(self) -> "_Life":
        if self._life is None:
            message = "the sandbox does not serve yet"
            raise RuntimeError(message)
        return self._life


@dataclass(frozen=True, slots=True)
class _Life:
    """What there is from one reset to the next."""

    world: World
    clock: SandboxClock
    keeper: Keeper


def serve_in_sandbox(settings: Settings) -> int:
    """Serve until a signal ends it; return the exit code."""
    sandbox = Sandbox(settings, show=click.echo, open_page=open_in_browser)
    return until_signalled(sandbox.serve)


def shipped_demo() -> Demo:
    """Return what the world is made of that a newcomer finds."""
    loaded: object = yaml.load(DEMO.read_bytes(), Loader=yaml.CSafeLoader)
    return Demo.model_validate(loaded)


def open_in_browser(address: str) -> None:
    """Open the page where somebody sits at a desktop; a failure is no failure of the sandbox."""
    if sys.stdout.isatty() and has_desktop(os.environ, platform=sys.platform):
        # Some browsers hold on to whoever opened them, so nothing waits for this.
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def has_desktop(environ: Mapping[str, str], *, platform: str) -> bool:
    """Return whether there is a screen on which a browser can open."""
    if platform in {"darwin", "win32"}:
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
