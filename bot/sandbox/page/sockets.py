"""The WebSocket of one tab: what the person may know goes out, what the person does comes in."""

import asyncio
import contextlib
import json
import logging
from typing import Final, cast

from aiohttp import WSCloseCode, WSMsgType, web
from pydantic import JsonValue

from bot.sandbox.events import Event
from bot.sandbox.page.actions import act
from bot.sandbox.page.reading import PageError, Wanted
from bot.sandbox.page.telling import Refresh, told
from bot.sandbox.page.view import View
from bot.sandbox.wire import JsonObject, Payload, timestamp

LARGEST_MESSAGE: Final = 15 * 1024 * 1024
"""Bytes in one message from a page: a file of 10 MB in base64, and room."""
MOST_WAITING: Final = 1000
"""Messages that a page may be behind before its connection is closed."""

log = logging.getLogger(__name__)


class Tab:
    """One open page. It is closed when it cannot keep up; the page then connects again."""

    def __init__(self, view: View) -> None:
        """Show the world by `view`."""
        self._view = view
        self._socket = web.WebSocketResponse(heartbeat=25, max_msg_size=LARGEST_MESSAGE)
        self._waiting: asyncio.Queue[Payload] = asyncio.Queue(MOST_WAITING)
        self._places_wait = False
        self._closing: asyncio.Task[bool] | None = None

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Talk with the page until either side ends it."""
        await self._socket.prepare(request)
        self.tell({"kind": "hello", "places": self._view.places(), **self._clock()})
        stop_listening = self._view.world.events.listen(self._on_event)
        writer = asyncio.create_task(self._write(), name="sandbox page")
        try:
            await self._read()
        finally:
            stop_listening()
            writer.cancel()
            await asyncio.wait((writer,))
        return self._socket

    def tell(self, message: Payload) -> None:
        """Send a message, after those that wait."""
        try:
            self._waiting.put_nowait(message)
        except asyncio.QueueFull:
            if self._closing is None:
                log.info("sandbox.page_too_slow")
                self._closing = asyncio.create_task(self.close(WSCloseCode.TRY_AGAIN_LATER))

    def tell_clock(self) -> None:
        """Send what time it is."""
        self.tell({"kind": "clock", **self._clock()})

    async def close(self, code: WSCloseCode) -> bool:
        """Close the connection."""
        return await self._socket.close(code=code)

    def _clock(self) -> Payload:
        return {"now": timestamp(self._view.world.now())}

    def _on_event(self, event: Event) -> None:
        message = told(self._view, event)
        if isinstance(message, dict):
            self.tell(message)
        if message is Refresh.PLACES or self._is_first_in_dm(event):
            self._refresh()

    def _is_first_in_dm(self, event: Event) -> bool:
        found = event.message
        if found is None or event.name != "MESSAGE_CREATE" or event.guild_id is not None:
            return False
        return len(self._view.world.state.messages[found.channel_id]) == 1

    def _refresh(self) -> None:
        if not self._places_wait:
            self._places_wait = True
            asyncio.get_running_loop().call_soon(self._tell_places)

    def _tell_places(self) -> None:
        self._places_wait = False
        self.tell({"kind": "places", "places": self._view.places()})

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                await self._socket.send_str(json.dumps(await self._waiting.get()))

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                break
            request = _parsed(cast("str", message.data))
            if request is None:
                break
            self.tell(self._answer(request))

    def _answer(self, request: JsonObject) -> Payload:
        answer: Payload = {"kind": "answer", "id": request.get("id")}
        try:
            name = request.get("do")
            result = act(self._view, name if isinstance(name, str) else "", Wanted(request))
        except PageError as error:
            return {**answer, "error": error.code}
        return {**answer, "result": result}


def _parsed(text: str) -> JsonObject | None:
    try:
        value = cast("JsonValue", json.loads(text))
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
