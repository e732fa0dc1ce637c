"""One WebSocket of the bot, and the session that outlives it."""

import asyncio
import json
import secrets
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum

from aiohttp import web

from bot.sandbox.gateway.compression import PACKS
from bot.sandbox.wire import Payload

KEPT_EVENTS = 10_000
"""How many events a session keeps for a resume."""


class Op(IntEnum):
    """Opcodes of the gateway. Source: Discord's documentation."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE_STATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11
    REQUEST_SOUNDBOARD = 31


class Close(IntEnum):
    """Codes with which the gateway closes. Source: Discord's documentation."""

    UNKNOWN_ERROR = 4000
    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    SESSION_TIMED_OUT = 4009
    INVALID_SHARD = 4010
    INVALID_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class Connection:
    """One WebSocket. What is sent goes out in order, by a task of its own."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self.request = request
        self.socket = socket
        self.session: Session | None = None
        wanted = request.query.get("compress", "")
        self._pack = PACKS[wanted]() if wanted in PACKS else None
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def send(self, op: Op, data: object = None) -> None:
        """Send an opcode other than a dispatch."""
        self.send_text(json.dumps({"op": int(op), "d": data, "s": None, "t": None}))

    def send_text(self, text: str) -> None:
        """Send a payload that is JSON already."""
        self._queue.put_nowait(text)

    async def close(self, code: Close) -> None:
        """Close with one of Discord's codes."""
        await self.socket.close(code=int(code), message=code.name.encode())

    async def finish(self) -> None:
        """Wait until all is written, or cannot be written any more."""
        self._queue.put_nowait(None)
        await self._writer

    async def _write(self) -> None:
        while (text := await self._queue.get()) is not None:
            try:
                if self._pack is None:
                    await self.socket.send_str(text)
                else:
                    await self.socket.send_bytes(self._pack(text.encode()))
            except (ConnectionError, RuntimeError):  # the peer is gone; a resume repeats the event
                return


@dataclass(slots=True)
class Session:
    """An identified bot, or one of its shards. It survives its connection, for a resume."""

    intents: int
    shard: tuple[int, int]
    connection: Connection | None
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    sequence: int = 0
    kept: deque[tuple[int, str]] = field(
        default_factory=lambda: deque[tuple[int, str]](maxlen=KEPT_EVENTS)
    )

    def dispatch(self, name: str, payload: Payload) -> None:
        """Send an event, and keep it."""
        self.sequence += 1
        text = json.dumps({"op": 0, "t": name, "s": self.sequence, "d": payload})
        self.kept.append((self.sequence, text))
        if self.connection is not None:
            self.connection.send_text(text)

    def missed_since(self, sequence: int) -> list[str] | None:
        """Return what came after `sequence`; None when it is not kept any more."""
        if self.kept and self.kept[0][0] > sequence + 1:
            return None
        return [text for number, text in self.kept if number > sequence]

    def serves(self, guild_id: int | None) -> bool:
        """Return whether events of the guild (None: DMs) go to this shard."""
        index, count = self.shard
        return index == (0 if guild_id is None else (guild_id >> 22) % count)
