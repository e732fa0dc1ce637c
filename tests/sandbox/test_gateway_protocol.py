"""The gateway's protocol, with a client that can break it."""

import json
from collections.abc import AsyncGenerator
from typing import cast

import aiohttp
import pytest

from bot.sandbox.enums import Intent
from bot.sandbox.gateway.compression import ZSTD_BLOCK, ZSTD_START, pack_zstd
from bot.sandbox.gateway.connection import Close
from bot.sandbox.server import Server
from bot.sandbox.wire import JsonObject
from tests.discord.stage import Stage


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
