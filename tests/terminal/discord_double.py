"""As much of Discord as logging in takes: two routes of its API and a gateway. Loopback only."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from aiohttp import WSMsgType, web

_USER: Final = {
    "id": "123456789012345678",
    "username": "BREED",
    "discriminator": "0000",
    "avatar": None,
    "bot": True,
}
_APPLICATION: Final = {
    "id": "123456789012345678",
    "name": "BREED",
    "description": "",
    "icon": None,
    "bot_public": False,
    "bot_require_code_grant": False,
    "owner": _USER,
    "verify_key": "",
}
HELLO, IDENTIFY, HEARTBEAT, HEARTBEAT_ACK, DISPATCH = 10, 2, 1, 11, 0


@dataclass(slots=True)
class DiscordDouble:
    """What it does, and what it saw."""

    status: int = 200
    close_code: int | None = None
    base: str = ""
    may_be_ready: asyncio.Event = field(default_factory=asyncio.Event)
    identified: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    closed_with: list[int | None] = field(default_factory=list[int | None])

    async def me(self, _request: web.Request) -> web.Response:
        if self.status != 200:
            return _json({"message": "no", "code": 0}, status=self.status)
        return _json(_USER)

    async def application(self, _request: web.Request) -> web.Response:
        return _json(_APPLICATION)

    async def gateway(self, _request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        url = f"{self.base.replace('http', 'ws')}/socket"
        return _json({"url": url, "shards": 1, "session_start_limit": limit})

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        """Greet, take the identification, say READY, and acknowledge heartbeats until the end."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 41250}, "s": None})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            payload = message.json()
            if payload["op"] == HEARTBEAT:
                await socket.send_json({"op": HEARTBEAT_ACK, "d": None, "s": None})
            elif payload["op"] == IDENTIFY:
                self.identified.append(payload["d"])
                if self.close_code is not None:
                    await socket.close(code=self.close_code)
                    break
                await self.may_be_ready.wait()
                await socket.send_json({"op": DISPATCH, "t": "READY", "s": 1, "d": self._ready()})
        self.closed_with.append(socket.close_code)
        return socket

    def _ready(self) -> dict[str, object]:
        return {
            "v": 10,
            "user": _USER,
            "guilds": [],
            "session_id": "session",
            "resume_gateway_url": f"{self.base.replace('http', 'ws')}/socket",
            "application": {"id": _APPLICATION["id"], "flags": 0},
            "shard": [0, 1],
        }


def _json(value: object, *, status: int = 200) -> web.Response:
    # discord.py takes a body for JSON only when the type stands alone, as Discord sends it.
    return web.Response(body=json.dumps(value), content_type="application/json", status=status)


@asynccontextmanager
async def discord(
    *, status: int = 200, close_code: int | None = None, is_ready: bool = True
) -> AsyncGenerator[DiscordDouble]:
    """Serve on a free port; `status` is what asking for oneself gets, `close_code` identifying.

    With `is_ready=False` nobody is told READY until `may_be_ready` is set.
    """
    double = DiscordDouble(status=status, close_code=close_code)
    if is_ready:
        double.may_be_ready.set()
    routes = web.Application()
    routes.router.add_get("/users/@me", double.me)
    routes.router.add_get("/oauth2/applications/@me", double.application)
    routes.router.add_get("/gateway/bot", double.gateway)
    routes.router.add_get("/socket/", double.socket)
    routes.router.add_get("/socket", double.socket)
    runner = web.AppRunner(routes, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    double.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield double
    finally:
        await runner.cleanup()
