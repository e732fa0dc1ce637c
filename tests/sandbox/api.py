"""Requests to the stand-in without discord.py, which would not send what must be refused."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import aiohttp
from pydantic import JsonValue

from bot.sandbox.server import Server
from bot.sandbox.wire import JsonObject


@dataclass(frozen=True, slots=True)
class Result:
    """An answer: its status and JSON body."""

    status: int
    body: JsonValue

    @property
    def object(self) -> JsonObject:
        """The body as an object."""
        assert isinstance(self.body, dict), self
        return self.body

    @property
    def id(self) -> str:
        """The id in the body."""
        return cast("str", self.object["id"])

    @property
    def objects(self) -> list[JsonObject]:
        """The body as a list of objects."""
        return cast("list[JsonObject]", self.body)

    def listed(self, field: str) -> list[JsonObject]:
        """Return the list of objects in a field of the body."""
        return cast("list[JsonObject]", self.object[field])

    @property
    def code(self) -> int:
        """Discord's error code; 0 when the request went well."""
        return 0 if self.status < 400 else cast("int", self.object["code"])

    def faults(self, *path: str) -> list[str]:
        """Return the codes of the faults at a place in a refused form."""
        node: JsonValue = self.object.get("errors", {})
        for part in path:
            assert isinstance(node, dict), f"{path} not in {self.body}"
            node = node.get(part, {})
        assert isinstance(node, dict)
        found = cast("list[JsonObject]", node.get("_errors", []))
        return [str(one["code"]) for one in found]


class Api:
    """Sends requests as the bot."""

    def __init__(self, server: Server, session: aiohttp.ClientSession) -> None:
        self._server = server
        self._session = session

    async def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Result:
        """Send a request with a JSON body (text goes as it is)."""
        wanted = {"Authorization": f"Bot {token or self._server.token}", **(headers or {})}
        data = body if isinstance(body, str) else json.dumps(body) if body is not None else None
        if data is not None:
            wanted["Content-Type"] = "application/json"
        url = f"{self._server.rest_url}{path}"
        async with self._session.request(method, url, data=data, headers=wanted) as response:
            text = await response.text()
            return Result(response.status, cast("JsonValue", json.loads(text)) if text else None)

    async def upload(self, path: str, body: object, files: Mapping[str, bytes]) -> Result:
        """Send a message with files, by name in the order of their numbers."""
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("payload_json", json.dumps(body))
        for number, (name, content) in enumerate(files.items()):
            form.add_field(f"files[{number}]", io.BytesIO(content), filename=name)
        headers = {"Authorization": f"Bot {self._server.token}"}
        url = f"{self._server.rest_url}{path}"
        async with self._session.post(url, data=form, headers=headers) as response:
            return Result(response.status, cast("JsonValue", await response.json()))

    async def download(self, url: str) -> bytes:
        """Return the bytes of a file."""
        async with self._session.get(url) as response:
            return await response.read()

    async def get(self, path: str) -> Result:
        """Send a GET."""
        return await self.send("GET", path)

    async def post(self, path: str, body: object = None) -> Result:
        """Send a POST."""
        return await self.send("POST", path, body)

    async def put(self, path: str, body: object = None) -> Result:
        """Send a PUT."""
        return await self.send("PUT", path, body)

    async def patch(self, path: str, body: object) -> Result:
        """Send a PATCH."""
        return await self.send("PATCH", path, body)

    async def delete(self, path: str) -> Result:
        """Send a DELETE."""
        return await self.send("DELETE", path)
