"""The composition root of the serving bot: builds every part once, starts and stops them in order.

Data folder, database, knowledge, web server, Discord; and back. Each part is open before the next
begins, so that whatever fails leaves nothing half open behind it.
"""

import asyncio
import gc
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import structlog
from aiohttp import web

from bot.adapters import knowledge_files
from bot.adapters.clock import SystemClock
from bot.adapters.documents.reader import ChildReader
from bot.adapters.feeds.rules import WebRules
from bot.adapters.feeds.web_feeds import WebFeeds
from bot.adapters.knowledge_library import open_library
from bot.adapters.landscape import LandscapeDrawer
from bot.adapters.scheduler import Repeated, Scheduler
from bot.adapters.timeline_file import open_timeline
from bot.errors import DataFolderUnusableError
from bot.folders import backups_in, cache_in
from bot.jobs import jobs_of
from bot.services.container import Services, build_services
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.library import Library
from bot.services.knowledge.rate_limit import RateLimit
from bot.services.knowledge.running import RunningAnswers
from bot.services.ports import Clock
from bot.version import VERSION
from bot.web.application import WebServer, application
from bot.web.calendars import add_calendars
from bot.web.health import Health
from bot.web.metrics import Metrics
from config.settings import Settings, variable_of
from storage.address import SqliteAddress, parse_address
from storage.data_folder import serving_from
from storage.engine import open_database
from storage.errors import StorageError
from storage.migrate import upgrade
from storage.unit_of_work import UnitsOfWork

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class Chat(Protocol):
    """Where people talk with the bot: Discord, or a stand-in for it."""

    @property
    def is_connected(self) -> bool:
        """Whether messages come in now."""
        ...

    @property
    def jobs(self) -> Iterable[Repeated]:
        """What it has to do again and again, from `start` on until `stop`."""
        ...

    async def start(self) -> None:
        """Log in and begin to connect."""
        ...

    async def ended(self) -> None:
        """Wait until the connection is gone for good, and raise what ended it."""
        ...

    async def stop(self) -> None:
        """Close the connection."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds each part gets to stop; a container runtime waits ten for all of it."""

    answers: float = 2.5
    chat: float = 1.0
    web: float = 0.5
    database: float = 0.5


def _nothing(_of: object) -> None:
    """Leave things as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What differs with the place where it serves: on Discord nothing, in the sandbox all of it.

    `clock` is the time there, `add_routes` adds to the web application before it starts, `started`
    gets its address once everything runs, `cache` is where the index of the knowledge lies if not
    in the data folder.
    """

    clock: Clock = field(default_factory=SystemClock)
    add_routes: Callable[[web.Application], None] = _nothing
    started: Callable[[str], None] = _nothing
    cache: Path | None = None


class App:
    """The bot, serving."""

    def __init__(
        self,
        settings: Settings,
        *,
        chat_of: Callable[[Services], Chat],
        knowledge: Path = knowledge_files.SHIPPED,
        patience: Patience | None = None,
        surroundings: Surroundings | None = None,
    ) -> None:
        """Serve with `settings`; `chat_of` makes what connects to Discord."""
        self._settings = settings
        self._chat_of = chat_of
        self._knowledge = knowledge
        self._patience = patience or Patience()
        self._around = surroundings or Surroundings()
        self._clock = self._around.clock

    async def serve(self) -> None:
        """Start everything and serve until the task is cancelled or Discord ends it.

        However it ends, answers that were begun are finished and every part is closed in time.

        Raises:
            StorageError: when the database cannot be used, or another process serves from here.
            BreedError: when the data folder, the web address or Discord cannot be had.

        """
        async with AsyncExitStack() as stack:
            stack.enter_context(held_folders(self._settings))
            units = await stack.enter_async_context(self._database())
            library = await asyncio.to_thread(self._library)
            # The index lives as long as the process: looking through it for garbage takes 0.2 s.
            gc.collect()
            gc.freeze()
            services, metrics = self._built(units, library)
            chat = self._chat_of(services)
            metrics.watch(
                passage_count=lambda: library.passage_count, is_connected=lambda: chat.is_connected
            )
            address = await stack.enter_async_context(
                self._web(services, metrics=metrics, chat=chat)
            )
            await stack.enter_async_context(self._talking(chat, services.answering))
            await stack.enter_async_context(_ticking(services, chat))
            _log.info("serving", version=VERSION, passages=library.passage_count)
            self._around.started(address)
            await chat.ended()

    @asynccontextmanager
    async def _database(self) -> AsyncGenerator[UnitsOfWork]:
        url = self._settings.effective_database_url
        await upgrade(url, backups=backups_in(self._settings.data_dir), now=self._clock.now())
        database = open_database(url)
        try:
            yield UnitsOfWork(database)
        finally:
            await _within(self._patience.database, database.close, part="database")

    def _library(self) -> Library:
        settings = self._settings
        return open_library(
            folder=self._knowledge,
            cache=self._around.cache or cache_in(settings.data_dir),
            thresholds=Thresholds(
                answer=settings.answer_threshold, suggest=settings.suggest_threshold
            ),
        )

    def _built(self, units: UnitsOfWork, library: Library) -> tuple[Services, Metrics]:
        metrics = Metrics(version=VERSION)
        services = build_services(
            clock=self._clock,
            units=units,
            library=library,
            limit=RateLimit(
                self._clock,
                burst=self._settings.rate_limit_burst,
                per_minute=self._settings.rate_limit_per_minute,
            ),
            observer=metrics,
            timeline=open_timeline(),
            forum_url=self._settings.forum_url,
            reader=ChildReader(),
            landscapes=LandscapeDrawer(),
            feeds=WebFeeds(
                self._clock,
                WebRules(
                    contact=self._settings.feed_contact,
                    private_hosts=frozenset(self._settings.feed_private_hosts),
                    ca_bundles=self._settings.feed_ca_bundles,
                ),
            ),
        )
        services.meetings.calendar.public_url = self._settings.public_url
        return services, metrics

    @asynccontextmanager
    async def _web(
        self, services: Services, *, metrics: Metrics, chat: Chat
    ) -> AsyncGenerator[str]:
        routes = application(health=health_of(services, chat=chat), metrics=metrics)
        add_calendars(routes, services.meetings)
        self._around.add_routes(routes)
        server = WebServer(routes, host=self._settings.web_host, port=self._settings.web_port)
        address = await server.start()
        try:
            yield address
        finally:
            await _within(self._patience.web, server.stop, part="web")

    @asynccontextmanager
    async def _talking(self, chat: Chat, answering: RunningAnswers) -> AsyncGenerator[None]:
        try:
            await chat.start()
            yield
        finally:
            _log.info("stopping", running_answers=answering.count)
            await _within(self._patience.answers, answering.finish, part="answers")
            await _within(self._patience.chat, chat.stop, part="chat")


@asynccontextmanager
async def _ticking(services: Services, chat: Chat) -> AsyncGenerator[None]:
    scheduler = Scheduler(services.jobs)
    for repeated in (*jobs_of(services), *chat.jobs):
        scheduler.add(repeated)
    scheduler.start()
    try:
        yield
    finally:
        await scheduler.stop()
        await asyncio.gather(services.forum.polling.stop(), services.library.stop())


@contextmanager
def held_folders(settings: Settings) -> Generator[None]:
    """Hold the data folder, and that of a SQLite database elsewhere, for this process alone.

    Raises:
        DataFolderInUseError: when another process serves from one of them.
        DataFolderUnusableError: when one cannot be made or written to.
        UnsupportedDatabaseError: when the database's address cannot be used.

    """
    folders = {settings.data_dir.absolute(): "data_dir"}
    address = parse_address(settings.effective_database_url)
    if isinstance(address, SqliteAddress):
        folders.setdefault(address.path.parent, "database_url")
    with ExitStack() as stack:
        for folder, field in folders.items():
            try:
                stack.enter_context(serving_from(folder))
            except OSError as error:
                raise DataFolderUnusableError(
                    folder=folder,
                    variable=variable_of(field),
                    reason=error.strerror or type(error).__name__,
                ) from error
        yield


def health_of(services: Services, *, chat: Chat) -> Health:
    """Return the parts that `/healthz` looks at."""

    async def database() -> str | None:
        try:
            async with services.units.reading() as work:
                await work.command_sync.hash_of("global")
        except StorageError as error:
            return type(error).__name__
        return None

    async def knowledge() -> str | None:
        return None if services.library.passage_count else "no passages"

    async def discord() -> str | None:
        return None if chat.is_connected else "not connected"

    async def process() -> str | None:
        return "stopping" if services.answering.is_stopping else None

    return Health({one.__name__: one for one in (database, knowledge, discord, process)})


async def _within(seconds: float, stop: Callable[[], Awaitable[None]], *, part: str) -> None:
    """Stop a part, but wait no longer than this: the other parts still have to close."""
    try:
        async with asyncio.timeout(seconds):
            await stop()
    except TimeoutError:
        _log.warning("stopped_before_it_was_done", part=part, seconds=seconds)
