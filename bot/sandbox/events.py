"""What happens in a world, told to whoever watches: the gateway, a page, a test."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Generator
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.sandbox.enums import Intent
from bot.sandbox.message_records import Message
from bot.sandbox.wire import Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened.

    `name` and `payload` are what Discord's gateway sends. `intent` is what a bot must have asked
    for to be told, `for_bot` False for what only people see (an ephemeral message, an opened
    modal); `only_for` is then the one person who may know. Names of our own: SESSION_READY (a bot
    or shard is connected) and COMMANDS_CHANGED; those of Discord's own client for people:
    INTERACTION_SUCCESS, INTERACTION_FAILURE, INTERACTION_MODAL_CREATE and
    APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE.
    """

    name: str
    payload: Payload
    guild_id: int | None = None
    channel_id: int | None = None
    intent: Intent = Intent.NONE
    message: Message | None = None
    for_bot: bool = True
    only_for: int | None = None


Listener: TypeAlias = Callable[[Event], None]


@dataclass(slots=True)
class Observer:
    """A queue of the events since it began to watch; iterate it, or take one by one."""

    _queue: asyncio.Queue[Event] = field(default_factory=asyncio.Queue[Event])

    def put(self, event: Event) -> None:
        """Add an event."""
        self._queue.put_nowait(event)

    async def next(self) -> Event:
        """Return the next event; waits for it."""
        return await self._queue.get()

    async def __aiter__(self) -> AsyncIterator[Event]:
        """Yield events without end."""
        while True:
            yield await self._queue.get()


class Events:
    """Everybody who watches."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def emit(self, event: Event) -> None:
        """Tell `event` to all who watch, in the order in which they began."""
        for listener in tuple(self._listeners):
            listener(event)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` for every event from now on; the function returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @contextlib.contextmanager
    def observe(self) -> Generator[Observer]:
        """Collect the events while the block runs."""
        observer = Observer()
        stop = self.listen(observer.put)
        try:
            yield observer
        finally:
            stop()
