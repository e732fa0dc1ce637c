"""The page, a bot beside it and a browser.

A browser takes longer to start than most of these tests take, so each process starts one; every tab
has a profile of its own. What the browser is spoken to with belongs to one event loop, so these
tests share theirs.
"""

import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.client import BreedBot
from bot.services.container import build_services
from bot.services.knowledge.rate_limit import RateLimit
from bot.web.metrics import Metrics
from storage.engine import open_database
from storage.unit_of_work import UnitsOfWork
from tests.builders import shipped_library
from tests.discord.stage import Stage, build_stage, registered, running, serving
from tests.page.browsing import Browsing, chromium, opened_browser
from tests.page.serving import BotTime, MovedClock, OwnControls, Page, page_of

HERE: Final = Path(__file__).parent
COMMANDS = ("vraag", "opties", "vergelijk", "help", "Vraag beantwoorden")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder in one loop."""
    for item in items:
        if item.path.is_relative_to(HERE) and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def stage(clock: MovedClock) -> Stage:
    return build_stage(now=clock)


@pytest_asyncio.fixture(loop_scope="session")
async def page(stage: Stage, clock: MovedClock) -> AsyncGenerator[Page]:
    """The page on a world without a bot."""
    async with page_of(OwnControls(stage.world, clock)) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def breed(
    stage: Stage, clock: MovedClock, sqlite_template: Path, tmp_path: Path
) -> AsyncGenerator[BreedBot]:
    """The bot itself, connected with the stage's world, on a database of its own."""
    shutil.copy(sqlite_template, tmp_path / "breed.sqlite3")
    database = open_database(f"sqlite:///{tmp_path / 'breed.sqlite3'}")
    time = BotTime(clock)
    services = build_services(
        clock=time,
        units=UnitsOfWork(database),
        library=shipped_library(),
        limit=RateLimit(time, burst=100, per_minute=100),
        observer=Metrics(version="1"),
    )
    async with serving(stage) as server:
        bot = BreedBot(services, guild_ready_timeout=0.05)
        async with running(server, bot):
            await registered(stage, *COMMANDS)
            yield bot
            await services.answering.finish()
    await database.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """The browser that all tests open tabs in."""
    async with opened_browser(chromium()) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def browsing(browser: Browser, page: Page) -> AsyncGenerator[Browsing]:
    """The browser on the page, without what other tests opened."""
    yield Browsing(browser, page)
    for context in browser.contexts:
        await context.close()
