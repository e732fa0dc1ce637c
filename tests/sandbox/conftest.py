import os
from collections.abc import AsyncGenerator

import aiohttp
import pytest

from bot.sandbox.server import Server
from tests.discord.clock import HandClock
from tests.discord.faults import Faults
from tests.discord.stage import Stage, build_stage, running, serving
from tests.sandbox.api import Api
from tests.sandbox.client import TestBot

# Discord's description of its API is 1 MB and not ours: who has it names it.
collect_ignore = [] if os.environ.get("BREED_TEST_DISCORD_OPENAPI") else ["test_openapi.py"]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def stage(clock: HandClock) -> Stage:
    return build_stage(now=clock)


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
async def server(stage: Stage, faults: Faults) -> AsyncGenerator[Server]:
    async with serving(stage, faults.middleware) as server:
        yield server


@pytest.fixture
async def client(server: Server) -> AsyncGenerator[TestBot]:
    client = TestBot()
    async with running(server, client):
        yield client


@pytest.fixture
async def api(server: Server) -> AsyncGenerator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(server, session)
