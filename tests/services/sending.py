"""The outbox on a database, with people and channels made up: what arrives, and what is refused."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from typing_extensions import override

from bot.services.admin.notices import Notices
from bot.services.deliveries.backoff import Backoff
from bot.services.deliveries.courier import Means
from bot.services.deliveries.dispatcher import Dispatcher
from bot.services.deliveries.gate import Gate
from bot.services.deliveries.outcomes import NotNowError, RefusedError
from bot.services.deliveries.pace import Pace
from bot.services.deliveries.rendered import Mark, Rendered, Showing
from bot.services.directory import Directory
from storage.delivery_records import Copy, PostTarget, Problem
from storage.engine import Database
from storage.unit_of_work import UnitOfWork, UnitsOfWork
from tests.fakes import FakeClock

_DM = 1_000_000


@dataclass(slots=True)
class FakeMessenger:
    """Remembers every message by the channel it went to; see `bot.services.ports.Messenger`."""

    closed: set[int] = field(default_factory=set[int])
    sent: dict[int, list[Rendered]] = field(default_factory=dict[int, list[Rendered]])
    titles: dict[int, str] = field(default_factory=dict[int, str])

    def to(self, person: int) -> list[Rendered]:
        """Return what somebody got as private messages."""
        return self.sent.get(_DM + person, [])

    async def open_dm(self, user_id: int) -> int:
        """See `Messenger`."""
        return _DM + user_id

    async def send(self, channel_id: int, message: Rendered, *, nonce: str) -> Copy:
        """See `Messenger`."""
        if channel_id - _DM in self.closed:
            raise RefusedError(Problem.DM_CLOSED)
        self.sent.setdefault(channel_id, []).append(message)
        return Copy(channel_id, int(nonce.removeprefix("d")))

    async def post(self, target: PostTarget, message: Rendered) -> Copy:
        """See `Messenger`."""
        self.sent.setdefault(target.channel_id, []).append(message)
        place = target.channel_id * 100 + len(self.titles)
        self.titles[place] = target.title
        return Copy(place, place)

    async def edit(self, copy: Copy, message: Rendered) -> None:
        """See `Messenger`."""

    async def rename(self, copy: Copy, title: str) -> None:
        """See `Messenger`."""
        self.titles[copy.channel_id] = title

    async def delete(self, copy: Copy) -> None:
        """See `Messenger`."""

    async def publish(self, copy: Copy) -> bool:
        """See `Messenger`."""
        return bool(copy)

    async def find(self, channel_id: int, mark: Mark, *, since: object) -> tuple[Copy, ...]:
        """See `Messenger`."""
        del channel_id, mark, since
        return ()

    async def find_post(
        self, forum: PostTarget, mark: Mark, *, guild_id: int, since: object
    ) -> tuple[Copy, ...]:
        """See `Messenger`."""
        del forum, mark, guild_id, since
        return ()


class CountedUnits(UnitsOfWork):
    """Units of work that know in which tasks one is open now."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._inside: list[asyncio.Task[object] | None] = []

    @property
    def is_open_here(self) -> bool:
        """Whether the running task is inside one that writes."""
        return asyncio.current_task() in self._inside

    @override
    @asynccontextmanager
    async def __call__(self) -> AsyncGenerator[UnitOfWork]:
        task = asyncio.current_task()
        self._inside.append(task)
        try:
            async with super().__call__() as work:
                yield work
        finally:
            self._inside.remove(task)


@dataclass(slots=True)
class FakeMembers:
    """Who may read what; see `bot.services.directory.Members`. `units` must be closed meanwhile."""

    units: CountedUnits | None = None
    gone: set[int] = field(default_factory=set[int])
    is_silent: bool = False
    asked: list[tuple[int, int | None]] = field(default_factory=list[tuple[int, int | None]])

    async def may_read(self, guild_id: int, person: int, channel_id: int | None) -> bool:
        """See `Members`."""
        del guild_id
        assert self.units is None or not self.units.is_open_here
        self.asked.append((person, channel_id))
        if self.is_silent:
            reason = "no answer"
            raise NotNowError(reason)
        return person not in self.gone


@dataclass(slots=True)
class Sender:
    """What is queued on a database goes to `messenger`, at the hand clock's time."""

    units: UnitsOfWork
    clock: FakeClock
    directory: Directory
    notices: Notices
    gate: Gate
    messenger: FakeMessenger = field(default_factory=FakeMessenger)

    async def send(self) -> None:
        """Send all that is due."""
        pace = Pace(self.clock, sleep=_at_once)
        means = Means(
            units=self.units,
            clock=self.clock,
            messenger=self.messenger,
            renderer=_rendered,
            backoff=Backoff(random.Random(1)),  # noqa: S311 # jitter, not secrets
            notices=self.notices,
            directory=self.directory,
            gate=self.gate,
        )
        dispatcher = Dispatcher(means, pace)
        await dispatcher.tick()
        await dispatcher.settle()
        await dispatcher.stop()


async def _rendered(showing: Showing) -> Rendered:
    url = showing.mark.on_url("https://example.org/")
    return Rendered(content=f"{showing.kind} {showing.subject_id}", embeds=({"url": url},))


async def _at_once(_seconds: float) -> None:
    """Keep no pace."""
