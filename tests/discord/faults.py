"""Faults of Discord, for tests: errors, rate limits, lost answers, cut lines, refused resumes."""

import asyncio
import fnmatch
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.gateway.connection import Close, Op
from bot.sandbox.server import API, Server

Reaction: TypeAlias = Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Fault:
    """What happens to the next `times` requests that match; `met` counts them."""

    pattern: str
    react: Reaction
    times: int
    met: int = 0


@dataclass(slots=True)
class Faults:
    """Faults waiting for their request. Give `middleware` to the server.

    Patterns are those of fnmatch over the method and the path without `/api/v10`:
    "POST /channels/*/messages". The first fault that matches and is not used up applies.
    """

    waiting: list[Fault] = field(default_factory=list[Fault])
    requests: list[str] = field(default_factory=list[str])

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let the first fitting fault react, or the server answer."""
        line = f"{request.method} {request.path.removeprefix(API)}"
        self.requests.append(line)
        for fault in self.waiting:
            if fault.met < fault.times and fnmatch.fnmatchcase(line, fault.pattern):
                fault.met += 1
                return await fault.react(request, handler)
        return await handler(request)

    def add(self, pattern: str, react: Reaction, *, times: int = 1) -> Fault:
        """Let `react` answer in the server's place."""
        fault = Fault(pattern, react, times)
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Forget every fault."""
        self.waiting.clear()

    def fail(self, pattern: str, status: int = 500, *, times: int = 1) -> Fault:
        """Answer with a status and do nothing."""

        async def react(request: web.Request, _handler: Handler) -> web.StreamResponse:
            await request.read()
            return web.Response(status=status, text="upstream error")

        return self.add(pattern, react, times=times)

    def limit(
        self, pattern: str, *, retry_after: float, times: int = 1, everywhere: bool = False
    ) -> Fault:
        """Answer 429: try again after so many seconds (`everywhere`: the global limit)."""
        body = {
            "message": "You are being rate limited.",
            "retry_after": retry_after,
            "global": everywhere,
        }
        headers = {
            "Via": "1.1 google",  # without it discord.py takes the answer for a ban by Cloudflare
            "Content-Type": "application/json",
            "Retry-After": str(retry_after),
            "X-RateLimit-Scope": "global" if everywhere else "user",
        }

        async def react(request: web.Request, _handler: Handler) -> web.StreamResponse:
            await request.read()
            return web.Response(status=429, body=json.dumps(body).encode(), headers=headers)

        return self.add(pattern, react, times=times)

    def lose(self, pattern: str, *, times: int = 1) -> Fault:
        """Do the work, then cut the line in place of an answer."""

        async def react(request: web.Request, handler: Handler) -> web.StreamResponse:
            response = await handler(request)
            _cut(request)
            return response

        return self.add(pattern, react, times=times)

    def lose_behind(self, pattern: str, status: int = 502, *, times: int = 1) -> Fault:
        """Do the work, then answer with an error as a broken proxy does."""

        async def react(request: web.Request, handler: Handler) -> web.StreamResponse:
            await handler(request)
            return web.Response(status=status, text="upstream error")

        return self.add(pattern, react, times=times)

    def reset(self, pattern: str, *, times: int = 1) -> Fault:
        """Cut the line at once; nothing is done."""

        async def react(request: web.Request, _handler: Handler) -> web.StreamResponse:
            _cut(request)
            return web.Response(status=500)

        return self.add(pattern, react, times=times)

    def hold(self, pattern: str, until: asyncio.Event, *, times: int = 1) -> Fault:
        """Do nothing until the event is set, then serve as usual."""

        async def react(request: web.Request, handler: Handler) -> web.StreamResponse:
            await until.wait()
            return await handler(request)

        return self.add(pattern, react, times=times)


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def cut_gateway(server: Server, *, resumable: bool = True) -> int:
    """Cut every WebSocket without a word; `resumable` False refuses the resume that follows."""
    if not resumable:
        server.gateway.sessions.clear()
    for connection in tuple(server.gateway.connections):
        _cut(connection.request)
    return len(server.gateway.connections)


def ask_to_reconnect(server: Server) -> None:
    """Ask every connection to reconnect and resume (op 7)."""
    for connection in server.gateway.connections:
        connection.send(Op.RECONNECT)


def invalidate(server: Server, *, resumable: bool) -> None:
    """Declare every session invalid (op 9)."""
    if not resumable:
        server.gateway.sessions.clear()
    for connection in server.gateway.connections:
        connection.send(Op.INVALID_SESSION, data=resumable)


async def close_gateway(server: Server, code: Close) -> None:
    """Close every WebSocket with one of Discord's codes."""
    for connection in tuple(server.gateway.connections):
        await connection.close(code)
