"""The faults do what they say to a real discord.py client."""

import asyncio
from collections.abc import AsyncGenerator

import aiohttp
import discord
import pytest

from bot.sandbox.server import Server
from tests.discord.faults import Faults
from tests.discord.stage import Stage, build_stage, serving

SEND = "POST /channels/*/messages"


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
async def channel(server: Server, stage: Stage) -> AsyncGenerator[discord.TextChannel]:
    client = discord.Client(intents=discord.Intents.none())
    await client.login(server.token)
    found = await client.fetch_channel(stage.algemeen.id)
    assert isinstance(found, discord.TextChannel)
    yield found
    await client.close()


class Hasty:
    """asyncio, but for the seconds that discord.py waits before it repeats a request."""

    sleep_for_real = staticmethod(asyncio.sleep)

    def __getattr__(self, name: str) -> object:
        return getattr(asyncio, name)

    async def sleep(self, _seconds: float) -> None:
        await self.sleep_for_real(0)


def sent(stage: Stage) -> list[str]:
    return [one.content for one in stage.world.messages_in(stage.algemeen)]


async def test_an_error_does_nothing(
    channel: discord.TextChannel, stage: Stage, faults: Faults
) -> None:
    faults.fail(SEND, 503)
    with pytest.raises(discord.DiscordServerError):
        await channel.send("x")
    assert sent(stage) == []

    await channel.send("y")
    assert sent(stage) == ["y"]


async def test_a_limit_is_waited_out(
    channel: discord.TextChannel, stage: Stage, faults: Faults
) -> None:
    narrow = faults.limit(SEND, retry_after=0.01)
    wide = faults.limit(SEND, retry_after=0.01, everywhere=True)
    await channel.send("x")

    assert (narrow.met, wide.met) == (1, 1)
    assert sent(stage) == ["x"]


async def test_a_lost_answer_leaves_the_work_done(
    channel: discord.TextChannel, stage: Stage, faults: Faults
) -> None:
    faults.lose(SEND)
    with pytest.raises(aiohttp.ClientError):
        await channel.send("x")

    assert sent(stage) == ["x"]


async def test_a_repeat_after_a_broken_proxy_is_harmless_for_messages_only(
    channel: discord.TextChannel,
    stage: Stage,
    faults: Faults,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("discord.http.asyncio", Hasty())
    faults.lose_behind(SEND, 502)
    faults.lose_behind("POST /channels/*/threads", 502)
    await channel.send("eens")  # discord.py gives every message a nonce of its own
    await channel.create_thread(name="tweemaal", type=discord.ChannelType.public_thread)
    threads = [one for one in stage.world.state.channels.values() if one.is_thread]

    assert sent(stage) == ["eens"]
    assert [one.name for one in threads] == ["tweemaal", "tweemaal"]


async def test_a_reset_does_nothing(
    channel: discord.TextChannel, stage: Stage, faults: Faults
) -> None:
    faults.reset(SEND)
    with pytest.raises(aiohttp.ClientError):
        await channel.send("x")

    assert sent(stage) == []


async def test_a_held_request_goes_on_when_it_may(
    channel: discord.TextChannel, stage: Stage, faults: Faults
) -> None:
    may = asyncio.Event()
    reached = faults.hold(SEND, may)
    waiting = asyncio.create_task(channel.send("later"))
    await channel.guild.fetch_roles()  # another route is not held
    assert (sent(stage), waiting.done()) == ([], False)

    may.set()
    await waiting
    assert sent(stage) == ["later"]
    assert reached.met == 1


async def test_requests_are_noted_and_faults_can_be_forgotten(
    channel: discord.TextChannel, stage: Stage, faults: Faults
) -> None:
    faults.fail(SEND, times=9)
    faults.clear()
    await channel.send("x")

    assert sent(stage) == ["x"]
    assert faults.requests[-1] == f"POST /channels/{channel.id}/messages"
