"""The routes of the sandbox page."""

import datetime as dt
import json
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final, cast
from zoneinfo import ZoneInfo

from aiohttp import WSCloseCode, hdrs, web
from pydantic import JsonValue
from yarl import URL

from bot.sandbox.page.controls import Controls
from bot.sandbox.page.guarding import TOKEN_HEADER, Guard
from bot.sandbox.page.reading import PageError, Wanted, invalid
from bot.sandbox.page.sockets import Tab
from bot.sandbox.page.view import View
from bot.sandbox.records import User
from bot.sandbox.wire import timestamp

FILES: Final = resources.files("bot.sandbox.page")
TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
FILE_POLICY: Final = "default-src 'none'; sandbox"
WALL_CLOCK: Final = ZoneInfo("Europe/Amsterdam")


def page_path(token: str) -> str:
    """Return the path and query that open the page."""
    return str(URL.build(path="/", query={"token": token}))


def add_page(application: web.Application, *, controls: Controls, token: str) -> None:
    """Add the page's routes to an application that is not yet started."""
    page = _Page(controls, Guard(token))
    wrap = page.guard.wrap
    application.router.add_get("/", wrap(page.show))
    application.router.add_get("/sandbox/static/{name}", wrap(page.static))
    application.router.add_get("/sandbox/socket", wrap(page.socket))
    application.router.add_get("/sandbox/files/{signature}/{file_id}/{name}", wrap(page.file))
    application.router.add_post("/sandbox/clock", wrap(page.clock))
    application.router.add_post("/sandbox/reset", wrap(page.reset))
    application.on_shutdown.append(page.close)


class _Page:
    def __init__(self, controls: Controls, guard: Guard) -> None:
        self.guard = guard
        self._controls = controls
        self._tabs: set[Tab] = set()
        folder = FILES / "static"
        self._static = {one.name: one for one in folder.iterdir() if _suffix(one) in TYPES}

    def _may(self, request: web.Request) -> bool:
        return self.guard.knows(request.query.get("token", ""))

    async def show(self, request: web.Request) -> web.Response:
        may = self._may(request)
        name = "page.html" if may else "closed.html"
        text = (FILES / "templates" / name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type="text/html", status=200 if may else 403)

    async def static(self, request: web.Request) -> web.Response:
        found = self._static.get(request.match_info["name"])
        if found is None:
            return web.Response(status=404)
        return web.Response(
            body=found.read_bytes(), content_type=TYPES[_suffix(found)], charset="utf-8"
        )

    async def file(self, request: web.Request) -> web.Response:
        number = request.match_info["file_id"]
        file_id = int(number) if number.isascii() and number.isdecimal() else 0
        found = self._controls.world.state.files.get(file_id)
        if found is None or not self.guard.signed(file_id, request.match_info["signature"]):
            return web.Response(status=404)
        is_picture = found.content_type in PICTURES
        headers = {
            hdrs.CONTENT_TYPE: found.content_type if is_picture else "application/octet-stream",
            hdrs.CONTENT_DISPOSITION: "inline" if is_picture else "attachment",
            "Content-Security-Policy": FILE_POLICY,
        }
        return web.Response(body=found.data, headers=headers)

    async def socket(self, request: web.Request) -> web.StreamResponse:
        if not self._may(request):
            return web.Response(status=403)
        world = self._controls.world
        user = self._user(request.query.get("person", ""))
        tab = Tab(View(world, user, self.guard))
        self._tabs.add(tab)
        try:
            return await tab.serve(request)
        finally:
            self._tabs.discard(tab)

    def _user(self, wanted: str) -> User:
        """Return who is meant; anybody when that person is not there (any more)."""
        state = self._controls.world.state
        people = {str(one.id): one for one in state.users.values() if not one.bot}
        if wanted in people:
            return people[wanted]
        owner = state.users[state.application.owner_id]
        return next((one for one in people.values() if one.id != owner.id), owner)

    async def clock(self, request: web.Request) -> web.Response:
        if not self.guard.knows(request.headers.get(TOKEN_HEADER, "")):
            return web.Response(status=403)
        try:
            by = _step(Wanted(_object(await request.read())), self._controls.now())
            self._controls.forward(by)
        except (PageError, ValueError, OverflowError):
            return web.json_response({"error": "clock"}, status=400)
        for tab in tuple(self._tabs):
            tab.tell_clock()
        return web.json_response({"now": timestamp(self._controls.now())})

    async def reset(self, request: web.Request) -> web.Response:
        if not self.guard.knows(request.headers.get(TOKEN_HEADER, "")):
            return web.Response(status=403)
        await self._controls.reset()
        await self._close_tabs(WSCloseCode.SERVICE_RESTART)
        return web.Response(status=202)

    async def close(self, application: web.Application) -> None:
        del application
        await self._close_tabs(WSCloseCode.GOING_AWAY)

    async def _close_tabs(self, code: WSCloseCode) -> None:
        for tab in tuple(self._tabs):
            await tab.close(code)


def _suffix(file: Traversable) -> str:
    return f".{file.name.rpartition('.')[2]}"


def _object(content: bytes) -> dict[str, JsonValue]:
    value = cast("JsonValue", json.loads(content))
    if not isinstance(value, dict):
        raise invalid()
    return value


def _step(wanted: Wanted, now: dt.datetime) -> dt.timedelta:
    """Return how far to go: `hours` from now, or `to` a local time in the Netherlands."""
    hours = wanted.values("by").get("hours")
    if isinstance(hours, int) and not isinstance(hours, bool):
        return dt.timedelta(hours=hours)
    local = dt.datetime.fromisoformat(wanted.text("to"))
    if local.tzinfo is not None:
        raise invalid()
    return local.replace(tzinfo=WALL_CLOCK) - now
