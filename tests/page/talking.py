"""The page's WebSocket without a browser: what one person is told, and asking things."""

import contextlib
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.sandbox.people import Person
from tests.page.serving import TOKEN, Page

PATIENCE = 5.0


@dataclass(slots=True)
class Talk:
    """One open socket. `told` is everything that came, answers too."""

    socket: aiohttp.ClientWebSocketResponse
    told: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    asked: int = 0

    async def next(self) -> dict[str, Any]:
        """Return what comes next."""
        text = await self.socket.receive_str(timeout=PATIENCE)
        self.told.append(json.loads(text))
        return self.told[-1]

    async def ask(self, action: str, **fields: object) -> dict[str, Any]:
        """Do something and return the answer; what came before it is in `told`."""
        self.asked += 1
        await self.socket.send_json({**fields, "id": self.asked, "do": action})
        while True:
            came = await self.next()
            if came["kind"] == "answer" and came["id"] == self.asked:
                return came

    async def until(self, kind: str) -> dict[str, Any]:
        """Return the next message of a kind."""
        while True:
            came = await self.next()
            if came["kind"] == kind:
                return came


@contextlib.asynccontextmanager
async def talking(page: Page, person: Person) -> AsyncGenerator[Talk]:
    """Open a socket as somebody while the block runs, past its greeting."""
    url = f"{page.origin}/sandbox/socket?token={TOKEN}&person={person.id}"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        talk = Talk(socket)
        assert (await talk.next())["kind"] == "hello"
        yield talk
