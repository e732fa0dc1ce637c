from collections.abc import AsyncGenerator, Generator

import pytest

from storage.unit_of_work import UnitsOfWork
from tests.discord.clock import HandClock
from tests.discord.faults import Faults
from tests.discord.stage import Stage, build_stage, serving
from tests.e2e.chat import Chat
from tests.e2e.outbox import Outbox, outbox
from tests.e2e.weather import Hasty, Log, logged


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def stage(clock: HandClock) -> Stage:
    return build_stage(now=clock)


@pytest.fixture
async def offline(stage: Stage, clock: HandClock, units: UnitsOfWork) -> AsyncGenerator[Chat]:
    """A server whose bot has not been started."""
    faults = Faults()
    async with serving(stage, faults.middleware) as server:
        yield Chat(stage, server, faults, clock, units)


@pytest.fixture
async def out(stage: Stage, clock: HandClock, units: UnitsOfWork) -> AsyncGenerator[Outbox]:
    """An outbox with nothing in it."""
    async with outbox(stage, clock, units) as made:
        yield made


@pytest.fixture
async def chat(offline: Chat) -> AsyncGenerator[Chat]:
    """A server with the bot in it; nothing that the bot did may have been refused."""
    async with offline.running():
        yield offline
    assert offline.server.violations == []
    assert offline.pings() == []


@pytest.fixture
def log() -> Generator[Log]:
    """The bot's log."""
    with logged() as log:
        yield log


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let discord.py try again at once."""
    for module in ("http", "webhook.async_", "shard", "client"):
        monkeypatch.setattr(f"discord.{module}.asyncio", Hasty())
