"""The gateway with real discord.py: sessions, intents, resumes, shards, and bad clients."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from typing import cast

import aiohttp
import discord
import pytest

from bot.sandbox import building
from bot.sandbox.enums import Intent
from bot.sandbox.gateway.compression import ZSTD_BLOCK, ZSTD_START, pack_zstd
from bot.sandbox.gateway.connection import Close
from bot.sandbox.permissions import Permission
from bot.sandbox.server import Server
from bot.sandbox.wire import JsonObject
from tests.discord.faults import (
    ask_to_reconnect,
    close_gateway,
    cut_gateway,
    invalidate,
)
from tests.discord.stage import Stage, running
from tests.sandbox.client import INTENTS, TestBot


def _at_once(_backoff: object) -> float:
    return 0.01


@pytest.fixture(autouse=True)
def _quick_reconnect(monkeypatch: pytest.MonkeyPatch) -> None:
    # discord.py waits at random up to a few seconds before it connects again
    monkeypatch.setattr("discord.backoff.ExponentialBackoff.delay", _at_once)


class Socket:
    """A client of the gateway that can misbehave."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, token: str) -> None:
        self.socket = socket
        self.token = token

    async def send(self, op: int, data: object) -> None:
        await self.socket.send_str(json.dumps({"op": op, "d": data}))

    async def identify(self, **changed: object) -> None:
        properties = {"os": "linux", "browser": "test", "device": "test"}
        data = {"token": self.token, "intents": 1, "properties": properties}
        await self.send(2, {**data, **changed})

    async def receive(self) -> JsonObject:
        return cast("JsonObject", json.loads(await self.socket.receive_str(timeout=5)))

    async def close_code(self) -> int | None:
        while (await self.socket.receive(timeout=5)).type is aiohttp.WSMsgType.TEXT:
            pass
        return self.socket.close_code


@pytest.fixture
async def socket(server: Server) -> AsyncGenerator[Socket]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{server.gateway_url}?v=10&encoding=json") as connected,
    ):
        yield Socket(connected, server.token)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"token": "wrong"}, Close.AUTHENTICATION_FAILED),
        ({"intents": 1 << 40}, Close.INVALID_INTENTS),
        ({"intents": int(Intent.MESSAGE_CONTENT)}, Close.DISALLOWED_INTENTS),
        ({"shard": [2, 2]}, Close.INVALID_SHARD),
        ({"intents": "many"}, Close.DECODE_ERROR),
        ({"properties": {}}, Close.DECODE_ERROR),
        ({"large_threshold": 1000}, Close.DECODE_ERROR),
    ],
)
async def test_a_wrong_identify_is_closed(
    socket: Socket, server: Server, changed: dict[str, object], code: Close
) -> None:
    await socket.identify(**changed)

    assert await socket.close_code() == code
    assert len(server.violations) == 1


async def test_the_protocol_is_kept(socket: Socket, server: Server) -> None:
    assert (await socket.receive())["op"] == 10
    await socket.send(1, None)
    assert (await socket.receive())["op"] == 11
    await socket.identify()
    assert [(await socket.receive())["t"] for _ in range(2)] == ["READY", "GUILD_CREATE"]
    await socket.identify()
    assert await socket.close_code() == Close.ALREADY_AUTHENTICATED
    assert "twice" in server.violations[0].why


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("nonsense", Close.DECODE_ERROR),
        ('{"d": 1}', Close.DECODE_ERROR),
        ("x" * 5000, Close.DECODE_ERROR),
        ('{"op": 3, "d": {}}', Close.NOT_AUTHENTICATED),
    ],
)
async def test_a_wrong_frame_is_closed(socket: Socket, frame: str, code: Close) -> None:
    await socket.socket.send_str(frame)

    assert await socket.close_code() == code


async def test_an_unknown_opcode_is_closed(socket: Socket) -> None:
    await socket.identify()
    await socket.send(99, None)

    assert await socket.close_code() == Close.UNKNOWN_OPCODE


async def test_members_are_given_by_id_and_by_name(socket: Socket, stage: Stage) -> None:
    await socket.identify()
    for _ in range(3):  # hello, ready, guild
        await socket.receive()
    wanted = {"guild_id": str(stage.guild.id), "limit": 5, "nonce": "n"}
    await socket.send(8, {**wanted, "user_ids": [str(stage.anna.id), "1"]})
    by_id = cast("JsonObject", (await socket.receive())["d"])
    await socket.send(8, {**wanted, "query": "br"})
    by_name = cast("JsonObject", (await socket.receive())["d"])

    assert (by_id["not_found"], by_id["nonce"]) == (["1"], "n")
    assert len(cast("list[object]", by_id["members"])) == 1
    assert len(cast("list[object]", by_name["members"])) == 2  # Bram and the bot BREED


async def test_an_unknown_query_is_closed(server: Server) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{server.gateway_url}?v=9") as socket,
    ):
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        assert socket.close_code == Close.INVALID_VERSION


async def test_silence_is_closed(stage: Stage) -> None:
    async with (
        Server(stage.world, heartbeat_seconds=0.01) as server,
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{server.gateway_url}?v=10") as connected,
    ):
        assert await Socket(connected, server.token).close_code() == Close.SESSION_TIMED_OUT


@pytest.mark.parametrize("cut", [cut_gateway, ask_to_reconnect])
async def test_what_was_missed_is_told_at_the_resume(
    stage: Stage, server: Server, client: TestBot, cut: Callable[[Server], object]
) -> None:
    first = stage.anna.say(stage.algemeen, f"{stage.world.bot_mention} voor")
    assert (await client.hear()).id == first.id
    cut(server)
    second = stage.anna.say(stage.algemeen, f"{stage.world.bot_mention} tijdens")

    heard = await client.hear()
    assert (heard.id, heard.content) == (second.id, second.content)
    assert client.resumes == 1
    assert len(server.gateway.sessions) == 1


async def test_a_refused_resume_begins_a_fresh_session(
    stage: Stage, server: Server, client: TestBot
) -> None:
    with stage.world.events.observe() as seen:
        cut_gateway(server, resumable=False)
        while (await asyncio.wait_for(seen.next(), 10)).name != "SESSION_READY":
            pass
    said = stage.anna.say(stage.algemeen, stage.world.bot_mention)

    assert (await client.hear()).id == said.id
    assert client.resumes == 0


async def test_an_invalid_session_is_resumed_or_begun_again(
    stage: Stage, server: Server, client: TestBot
) -> None:
    invalidate(server, resumable=True)
    said = stage.anna.say(stage.algemeen, stage.world.bot_mention)

    assert (await client.hear()).id == said.id
    assert client.resumes == 1


async def test_a_revoked_token_ends_the_bot(server: Server) -> None:
    client = TestBot()
    task = asyncio.create_task(client.start(server.token))
    await server.bot_ready()
    await close_gateway(server, Close.AUTHENTICATION_FAILED)

    with pytest.raises(discord.ConnectionClosed):
        await task
    await client.close()


async def test_a_bot_with_an_intent_that_was_not_granted_is_refused(server: Server) -> None:
    wanted = discord.Intents(guilds=True, message_content=True)
    client = TestBot(intents=wanted)

    with pytest.raises(discord.PrivilegedIntentsRequired):
        await client.start(server.token)
    await client.close()


async def test_the_granted_intent_brings_all_text(stage: Stage, server: Server) -> None:
    stage.world.state.application.intents = Intent.MESSAGE_CONTENT
    wanted = discord.Intents(INTENTS.value, message_content=True)
    client = TestBot(intents=wanted)
    async with running(server, client):
        stage.anna.say(stage.algemeen, "gewoon praat")

        assert (await client.hear()).content == "gewoon praat"


async def test_events_reach_only_who_asked_and_may_look(
    stage: Stage, server: Server, client: TestBot
) -> None:
    role = building.bot_role(stage.world, stage.guild)
    building.set_overwrite(stage.world, stage.reacties, role, deny=Permission.VIEW_CHANNEL)
    stage.anna.say(stage.reacties, "onzichtbaar")
    stage.bram.start_typing(stage.algemeen)
    seen = stage.anna.say(stage.algemeen, "zichtbaar")

    assert (await client.hear()).id == seen.id
    texts = [text for one in server.gateway.sessions.values() for _, text in one.kept]
    assert not any("onzichtbaar" in text for text in texts)
    assert any("TYPING_START" in text for text in texts)


async def test_shards_hear_of_their_own_guilds_and_the_first_of_dms(
    stage: Stage, server: Server
) -> None:
    clients = [
        discord.Client(intents=INTENTS, shard_id=number, shard_count=2, guild_ready_timeout=0.05)
        for number in range(2)
    ]
    owner = (stage.guild.id >> 22) % 2
    async with asyncio.TaskGroup() as group:
        for one in clients:
            group.create_task(one.start(server.token))
        await server.bot_ready()
        for one in clients:
            await one.wait_until_ready()
        stage.anna.dm("hallo")
        stage.anna.say(stage.algemeen, stage.world.bot_mention)
        told = {
            one.shard[0]: [json.loads(text)["t"] for _, text in one.kept]
            for one in server.gateway.sessions.values()
        }
        assert len(clients[owner].guilds) == 1
        assert len(clients[1 - owner].guilds) == 0
        assert told[owner].count("MESSAGE_CREATE") == 1 + (owner == 0)
        assert told[1 - owner].count("MESSAGE_CREATE") == int(owner == 1)
        for one in clients:
            await one.close()


async def test_discord_py_keeps_up_with_changes(stage: Stage, client: TestBot) -> None:
    guild = client.get_guild(stage.guild.id)
    assert guild is not None
    made = building.add_channel(stage.world, stage.guild, "nieuw")
    role = building.add_role(stage.world, stage.guild, "gast")
    building.set_roles(stage.world, stage.guild, stage.world.bot, [role])
    building.remove_channel(stage.world, stage.reacties)
    said = stage.anna.say(made, "klaar")

    assert (await client.hear()).id == said.id
    assert {one.name for one in guild.text_channels} == {"moderators", "algemeen", "nieuw"}
    assert [one.name for one in guild.me.roles] == ["@everyone", "gast"]
    building.leave(stage.world, stage.guild, stage.world.bot)
    other = building.add_guild(stage.world, "Andere")
    await asyncio.wait_for(client.wait_for("guild_join"), 5)
    assert [one.id for one in client.guilds] == [other.id]


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"token": "wrong"}, Close.AUTHENTICATION_FAILED), ({"seq": 999}, Close.INVALID_SEQUENCE)],
)
async def test_a_wrong_resume_is_closed(
    socket: Socket, server: Server, changed: dict[str, object], code: Close
) -> None:
    await socket.identify()
    await socket.receive()
    ready = cast("JsonObject", (await socket.receive())["d"])
    data = {"token": server.token, "session_id": ready["session_id"], "seq": 1}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{server.gateway_url}?v=10") as other,
    ):
        again = Socket(other, server.token)
        await again.send(6, {**data, **changed})
        assert await again.close_code() == code


async def test_a_resume_after_too_much_was_missed_begins_anew(
    socket: Socket, server: Server
) -> None:
    await socket.identify()
    await socket.receive()
    ready = cast("JsonObject", (await socket.receive())["d"])
    await socket.receive()
    session_id = str(ready["session_id"])
    server.gateway.sessions[session_id].kept.popleft()
    await socket.send(6, {"token": server.token, "session_id": session_id, "seq": 0})

    assert await socket.receive() == {"op": 9, "d": False, "s": None, "t": None}


async def test_all_members_are_not_given_without_the_intent(
    socket: Socket, server: Server, stage: Stage
) -> None:
    await socket.identify()
    await socket.send(8, {"guild_id": str(stage.guild.id), "query": "", "limit": 0})
    await socket.send(1, None)
    while (await socket.receive())["op"] != 11:
        pass

    assert "members intent" in server.violations[0].why


def test_raw_blocks_make_a_zstandard_frame() -> None:
    pack = pack_zstd()
    sent = pack(b"een") + pack(bytes(ZSTD_BLOCK + 1))
    head, blocks = sent[:6], sent[6:]
    sizes: list[int] = []
    while blocks:
        header = int.from_bytes(blocks[:3], "little")
        assert header & 0b111 == 0  # a raw block, not the last one
        sizes.append(header >> 3)
        blocks = blocks[3 + sizes[-1] :]

    assert head == ZSTD_START
    assert sizes == [3, ZSTD_BLOCK, 1]
