"""The stand-in over HTTP and WebSocket, on 127.0.0.1 only."""

import asyncio
import json
import logging
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self, cast

from aiohttp import BodyPartReader, web
from aiohttp.typedefs import Handler, Middleware
from pydantic import JsonValue

from bot.sandbox.enums import InteractionKind
from bot.sandbox.errors import Code, Refused
from bot.sandbox.events import Event
from bot.sandbox.gateway.gateway import Gateway
from bot.sandbox.interacting import tell
from bot.sandbox.interaction_records import ACKNOWLEDGE_WITHIN
from bot.sandbox.posting import Upload
from bot.sandbox.routes.call import Call, Route
from bot.sandbox.routes.table import ROUTES
from bot.sandbox.world import World

LOOPBACK = "127.0.0.1"
LARGEST_REQUEST = 120 * 1024 * 1024
API = "/api/v10"

LIMITS = {
    "X-RateLimit-Limit": "50",
    "X-RateLimit-Remaining": "49",
    "X-RateLimit-Reset-After": "1.000",
}
"""A bucket that is never used up. Without these headers discord.py sends one request at a time."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Violation:
    """A request that was refused, or a breach of the gateway's protocol (method `GATEWAY`).

    `code` is Discord's number, `errors` the nested faults of a form (50035), `why` a note for
    developers.
    """

    method: str
    path: str
    status: int
    code: int
    message: str
    errors: str = ""
    why: str = ""


class Server:
    """Serves one world. `middlewares` come before every request (tests put faults there).

    `violations` lists all that was refused; `port` 0 takes a free one at `start`.
    """

    def __init__(
        self,
        world: World,
        *,
        token: str | None = None,
        port: int = 0,
        middlewares: Iterable[Middleware] = (),
        heartbeat_seconds: float = 41.25,
    ) -> None:
        self.world = world
        self.token = token or f"sandbox.{secrets.token_urlsafe(24)}"
        self.violations: list[Violation] = []
        self.gateway = Gateway(
            world,
            token=self.token,
            report=self._report_gateway,
            heartbeat_seconds=heartbeat_seconds,
        )
        self._port = port
        self._middlewares = tuple(middlewares)
        self._runner: web.AppRunner | None = None
        self._stop_listening: list[Callable[[], None]] = []
        self._timers: dict[int, asyncio.TimerHandle] = {}

    @property
    def url(self) -> str:
        """The address of the server, without a path."""
        return f"http://{LOOPBACK}:{self._port}"

    @property
    def rest_url(self) -> str:
        """What comes before the path of every route."""
        return f"{self.url}{API}"

    @property
    def gateway_url(self) -> str:
        """The address of the WebSocket."""
        return f"ws://{LOOPBACK}:{self._port}/gateway"

    async def start(self) -> None:
        """Begin to serve."""
        application = web.Application(
            client_max_size=LARGEST_REQUEST,
            middlewares=[_guard, *self._middlewares],
        )
        for route in ROUTES:
            application.router.add_route(route.method, API + route.path, self._handler(route))
        application.router.add_get("/gateway", self.gateway.handle)
        application.router.add_get("/cdn/attachments/{channel_id}/{file_id}/{name}", self._file)
        application.router.add_route("*", "/{tail:.*}", self._unknown)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, self._port)
        await site.start()
        host, self._port = cast("tuple[str, int]", self._runner.addresses[0])[:2]
        self.world.files_url = f"http://{host}:{self._port}/cdn"
        self.gateway.url = self.gateway_url
        self._stop_listening = [
            self.world.events.listen(self.gateway.on_event),
            self.world.events.listen(self._watch_deadline),
        ]

    async def stop(self) -> None:
        """Close every connection and free the port."""
        for stop_listening in self._stop_listening:
            stop_listening()
        self._stop_listening = []
        for timer in self._timers.values():
            timer.cancel()
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def bot_ready(self, *, timeout: float = 10) -> None:  # noqa: ASYNC109 -- the caller's patience is what the function is about
        """Wait until every shard of the bot is connected. Raises TimeoutError."""
        await self.world.until(lambda: True if self.gateway.is_ready() else None, timeout=timeout)

    def _handler(self, route: Route) -> Handler:
        limits = {**LIMITS, "X-RateLimit-Bucket": f"{route.method} {route.path}"}

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                if not route.is_open:
                    self._check_token(request)
                call = await self._call(request)
                answer = route.handler(call)
            except Refused as refusal:
                return self._refuse(request, refusal)
            if answer is None:
                response = web.Response(status=204)
            else:
                response = json_response(answer, status=route.status)
            response.headers.update(limits)
            return response

        return handle

    def _check_token(self, request: web.Request) -> None:
        given = request.headers.get("Authorization", "")
        if not secrets.compare_digest(given.encode(), f"Bot {self.token}".encode()):
            raise Refused(Code.UNAUTHORIZED)

    async def _call(self, request: web.Request) -> Call:
        data, files = await read_body(request)
        query = dict(request.query)
        return Call(self.world, self.gateway_url, dict(request.match_info), query, data, files)

    def _refuse(self, request: web.Request, refusal: Refused) -> web.Response:
        code = refusal.code
        errors = json.dumps(refusal.errors) if refusal.errors else ""
        path = request.path.removeprefix(API)
        self.violations.append(
            Violation(
                request.method, path, code.status, code.number, code.message, errors, refusal.why
            )
        )
        log.info("sandbox.refused", extra={"path": path, "code": code.number})
        response = json_response(refusal.payload(), status=code.status)
        response.headers.update(refusal.headers)
        return response

    def _report_gateway(self, why: str) -> None:
        self.violations.append(Violation("GATEWAY", "/gateway", 0, 0, why, why=why))

    async def _unknown(self, request: web.Request) -> web.Response:
        return self._refuse(request, Refused(Code.GENERAL, why="no such route here"))

    async def _file(self, request: web.Request) -> web.Response:
        text = request.match_info["file_id"]
        found = self.world.state.files.get(int(text) if text.isdecimal() else 0)
        if found is None:
            return web.Response(status=404)
        return web.Response(body=found.data, headers={"Content-Type": found.content_type})

    def _watch_deadline(self, event: Event) -> None:
        if event.name != "INTERACTION_CREATE":
            return
        number = int(str(event.payload["id"]))
        seconds = ACKNOWLEDGE_WITHIN.total_seconds()
        loop = asyncio.get_running_loop()
        self._timers[number] = loop.call_later(seconds, self._expire, number)

    def _expire(self, number: int) -> None:
        # An event that is told twice sets two timers.
        self._timers.pop(number, None)
        found = self.world.interactions.get(number)
        if found is not None and found.response is None:
            found.failed = True
            if found.kind is not InteractionKind.AUTOCOMPLETE:
                tell(self.world, found, "INTERACTION_FAILURE")


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what a bot never sends and a web page in a browser would: other hosts, an origin."""
    host = request.host.rsplit(":", 1)[0]
    if host not in {LOOPBACK, "localhost"} or "Origin" in request.headers:
        return web.Response(status=403)
    return await handler(request)


def json_response(body: object, *, status: int) -> web.Response:
    """Return `body` as JSON; discord.py reads only the bare type, without a charset."""
    content = json.dumps(body).encode()
    return web.Response(body=content, status=status, headers={"Content-Type": "application/json"})


async def read_body(request: web.Request) -> tuple[JsonValue, dict[int, Upload]]:
    """Return the JSON of a request and its files by number. Raises Refused (50109)."""
    if not request.can_read_body:
        return None, {}
    if not request.content_type.startswith("multipart/"):
        return _json(await request.read()), {}
    data: JsonValue = None
    files: dict[int, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read(decode=True))
        name = part.name or ""
        if name == "payload_json":
            data = _json(content)
        elif name.startswith("files[") and name[6:-1].isdecimal():
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files[int(name[6:-1])] = Upload(part.filename or "unknown", content, kind)
    return data, files


def _json(content: bytes) -> JsonValue:
    if not content:
        return None
    try:
        return cast("JsonValue", json.loads(content))
    except ValueError:
        raise Refused(Code.INVALID_JSON) from None
