"""Discord's own description of its API, as a judge of what the stand-in answers."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import jsonschema
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.server import API
from bot.sandbox.wire import JsonObject


class Judge:
    """Compares every good answer with the description at `path`; `faults` lists what differs."""

    def __init__(self, path: Path) -> None:
        self._document = cast("JsonObject", json.loads(path.read_text("utf-8")))
        paths = cast("dict[str, JsonObject]", self._document["paths"])
        self._paths = {
            re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"): one
            for path, one in sorted(paths.items(), key=lambda item: item[0].count("{"))
        }
        self.faults: list[str] = []
        self.judged: set[str] = set()

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Judge an answer on its way out."""
        response = await handler(request)
        if isinstance(response, web.Response) and response.status < 300 and response.body:
            self._judge(request, response)
        return response

    def _judge(self, request: web.Request, response: web.Response) -> None:
        path = request.path.removeprefix(API)
        operation = self._operation(request.method, path)
        if operation is None:
            return
        answers = cast("dict[str, JsonObject]", operation["responses"])
        content = answers.get(str(response.status), {}).get("content")
        if not isinstance(content, dict):
            self.faults.append(f"{request.method} {path}: status {response.status}")
            return
        found = cast("JsonObject", content["application/json"])["schema"]
        schema = {"$ref": "#/wanted", "wanted": found, "components": self._document["components"]}
        body = json.loads(cast("bytes", response.body))
        self.judged.add(str(operation["operationId"]))
        validator = jsonschema.Draft202012Validator(schema)
        found_faults = cast("Iterable[jsonschema.ValidationError]", validator.iter_errors(body))  # pyright: ignore[reportUnknownMemberType]  # half typed by its stubs
        for fault in found_faults:
            deepest = _deepest(fault)
            where = "/".join(str(part) for part in deepest.absolute_path)
            self.faults.append(f"{request.method} {path} at {where}: {deepest.message[:300]}")

    def _operation(self, method: str, path: str) -> JsonObject | None:
        for pattern, one in self._paths.items():
            if pattern.match(path):
                return cast("JsonObject | None", one.get(method.lower()))
        return None


def _deepest(fault: jsonschema.ValidationError) -> jsonschema.ValidationError:
    while fault.context:
        fault = max(fault.context, key=lambda one: len(one.absolute_path))
    return fault
