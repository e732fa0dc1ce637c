"""Discord's limits in front of the stand-in: 50 requests a second, 5 messages in 5 s a channel."""

import re
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.events import Event
from bot.sandbox.server import API, json_response
from bot.sandbox.world import World

PER_SECOND: Final = 50
OF_CHANNEL, CHANNEL_SECONDS = 5, 5.0
_SEND: Final = re.compile(r"POST /channels/(\d+)/messages")
_FREE: Final = ("/interactions/", "/webhooks/", "/gateway")


@dataclass(slots=True)
class Limits:
    """Refuses what Discord would; counts what came and when each delivery was there."""

    requests: int = 0
    refused: int = 0
    arrived: list[float] = field(default_factory=list[float])
    _recent: deque[float] = field(default_factory=deque[float])
    _windows: dict[str, tuple[float, int]] = field(default_factory=dict[str, tuple[float, int]])

    @property
    def rate(self) -> float:
        """Return deliveries a second, from the first to the last."""
        return (len(self.arrived) - 1) / (self.arrived[-1] - self.arrived[0])

    @property
    def accepted(self) -> float:
        """Return the share of requests that was within the limits."""
        return 1 - self.refused / max(1, self.requests)

    def watch(self, world: World) -> None:
        """Note the deliveries in a world: their nonce is their mark, or the baseline's."""
        bot_id = world.bot.id

        def note(event: Event) -> None:
            message = event.message
            if event.name == "MESSAGE_CREATE" and message is not None:
                is_delivery = str(message.nonce).startswith("d")
                if message.author_id == bot_id and is_delivery:
                    self.arrived.append(time.perf_counter())

        world.events.listen(note)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let a request through, or refuse it as Discord does."""
        path = request.path.removeprefix(API)
        if path.startswith(_FREE):
            return await handler(request)
        now = time.perf_counter()
        self.requests += 1
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if len(self._recent) >= PER_SECOND:
            return self._refuse(self._recent[0] + 1 - now, scope="global")
        self._recent.append(now)
        found = _SEND.fullmatch(f"{request.method} {path}")
        if found is None:
            return await handler(request)
        begun, count = self._windows.get(found[1], (now, 0))
        if now - begun >= CHANNEL_SECONDS:
            begun, count = now, 0
        reset_after = begun + CHANNEL_SECONDS - now
        if count >= OF_CHANNEL:
            return self._refuse(reset_after, scope="user")
        self._windows[found[1]] = begun, count + 1
        response = await handler(request)
        response.headers["X-RateLimit-Limit"] = str(OF_CHANNEL)
        response.headers["X-RateLimit-Remaining"] = str(OF_CHANNEL - count - 1)
        response.headers["X-RateLimit-Reset-After"] = f"{reset_after:.3f}"
        return response

    def _refuse(self, seconds: float, *, scope: str) -> web.StreamResponse:
        self.refused += 1
        is_global = scope == "global"
        body = {"message": "limited", "retry_after": round(seconds, 3), "global": is_global}
        response = json_response(body, status=429)
        response.headers.update(
            {
                "Retry-After": f"{seconds:.3f}",
                "X-RateLimit-Scope": scope,
                "Via": "1.1 google",
                **({"X-RateLimit-Global": "true"} if is_global else {}),
            }
        )
        return response
