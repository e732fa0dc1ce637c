from collections.abc import AsyncGenerator

import pytest

from bot.sandbox.server import Server
from tests.discord.faults import Faults
from tests.discord.stage import Stage, build_stage, running, serving
from tests.sandbox.client import TestBot


@pytest.fixture
def stage() -> Stage:
    return build_stage()


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
