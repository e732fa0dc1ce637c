"""Sends what is due: one courier a lane, lanes beside each other, in every process that shares."""

import asyncio
import contextlib
import datetime as dt
import uuid
from collections import deque
from typing import Final

import structlog

from bot.services.deliveries.courier import Courier, Means
from bot.services.deliveries.journal import Journal
from bot.services.deliveries.lanes import LASTING, LaneLeases, LeaseLostError
from bot.services.deliveries.pace import Pace, Sleep
from storage.delivery_records import Lane
from storage.errors import StorageError

INTERVAL: Final = dt.timedelta(seconds=1)
"""How often `tick` is to be called: what is due waits no longer."""
MOST_LANES: Final = 128
ENOUGH: Final = 24
"""Couriers that are about to send: with more of them no message would be sent sooner. As they are
put one by one, lanes do not all begin and end at the same moments.
"""
_AT_A_TICK: Final = 8  # even when so many are about to: they may all be waiting for an answer
_PRESENCE: Final = "dispatcher:"
_PRESENCE_LEASES: Final = 2  # a process counts for as long as so many leases of lanes

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class Dispatcher:
    """The sending half of the outbox; a process has one."""

    def __init__(
        self,
        means: Means,
        pace: Pace,
        *,
        sleep: Sleep = asyncio.sleep,
        lasting: dt.timedelta = LASTING,
    ) -> None:
        """`sleep` is how leases wait for their renewal; `pace` is shared with the messenger.

        `lasting` is the length of leases, the same in every process.
        """
        self._lasting = lasting
        self._means = means
        self._pace = pace
        self._owner = uuid.uuid4().hex
        self._leases = LaneLeases(
            means.units, means.clock, owner=self._owner, lasting=lasting, sleep=sleep
        )
        self._journal = Journal(means.units, self._leases)
        self._present_until: dt.datetime | None = None
        self._lanes: dict[Lane, asyncio.Task[None]] = {}
        self._beginning: set[Lane] = set()  # those of which nothing is sent yet
        self._waiting: deque[Lane] = deque()  # due at the last tick, and without a courier
        pace.listen(self._put_another)
        self._stopping = False

    async def tick(self) -> None:
        """Put a courier on every lane with something due that has none; returns at once.

        Raises:
            StorageError: when the database cannot be used; the next tick tries again.

        """
        if self._stopping:
            return
        now = self._means.clock.now()
        await self._be_present(now)
        async with self._means.units.reading() as work:
            due = await work.deliveries.lanes_due(now, limit=2 * MOST_LANES + len(self._lanes))
        self._waiting = deque(lane for lane in due if lane not in self._lanes)
        self._put_couriers(max(self._lacking, min(_AT_A_TICK, ENOUGH - self._pace.waiting)))

    async def settle(self) -> None:
        """Wait until every courier has done what was due."""
        while self._lanes:
            await asyncio.wait(self._lanes.values())
        await self._leases.settle()
        await self._journal.settle()

    async def stop(self, *, within: float = 10) -> None:
        """Let couriers end their request, for at most `within` seconds; then leave.

        What is cut off is looked up by whoever sends next, once its lease expired.
        """
        self._stopping = True
        if self._lanes:
            await asyncio.wait(self._lanes.values(), timeout=within)
        self.abort()
        await self.settle()
        with contextlib.suppress(StorageError):
            async with self._means.units() as work:
                await work.leases.release(_PRESENCE + self._owner, owner=self._owner)

    def abort(self) -> None:
        """End every courier where it stands, as a crash would."""
        self._stopping = True
        for task in self._lanes.values():
            task.cancel()
        self._leases.abort()
        self._journal.abort()

    def _put_couriers(self, most: int) -> None:
        if not self._stopping:
            for _ in range(min(most, MOST_LANES - len(self._lanes), len(self._waiting))):
                self._put_courier_on(self._waiting.popleft())

    @property
    def _lacking(self) -> int:
        return ENOUGH - self._pace.waiting - len(self._beginning)

    def _put_another(self) -> None:
        self._put_couriers(min(self._lacking, 1))

    def _put_courier_on(self, lane: Lane) -> None:
        task = asyncio.create_task(self._work(lane), name=f"courier {lane.id}")
        self._lanes[lane] = task
        self._beginning.add(lane)
        task.add_done_callback(lambda done: self._ended(lane, done))

    def _ended(self, lane: Lane, task: asyncio.Task[None]) -> None:
        del self._lanes[lane]
        self._beginning.discard(lane)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("courier_failed", exc_info=error)
        self._put_another()

    async def _work(self, lane: Lane) -> None:
        try:
            if not await self._leases.acquire(lane):
                return
            await self._deliver(lane)
            await self._leases.release(lane)
        except LeaseLostError:
            _log.warning("lane_lost")
        except StorageError as error:
            _log.warning("lane_interrupted", reason=type(error).__name__)

    async def _deliver(self, lane: Lane) -> None:
        courier = Courier(lane, self._means, self._journal, self._leases)
        worker = asyncio.create_task(self._deliver_all(lane, courier))
        try:
            with self._leases.kept_for(lane, worker):
                await worker
        finally:
            worker.cancel()

    async def _deliver_all(self, lane: Lane, courier: Courier) -> None:
        while not self._stopping and await courier.deliver_next():
            self._beginning.discard(lane)
            self._put_another()

    @property
    def is_stopping(self) -> bool:
        """Whether couriers are to end after the copy in hand."""
        return self._stopping

    async def _be_present(self, now: dt.datetime) -> None:
        """Tell the other processes that this one sends too, and share the limit with them."""
        lasting = self._lasting * _PRESENCE_LEASES
        if self._present_until is not None and self._present_until - now > lasting / 2:
            return
        async with self._means.units() as work:
            await work.leases.acquire(
                _PRESENCE + self._owner, owner=self._owner, now=now, lasting=lasting
            )
            living = await work.deliveries.holders_of(_PRESENCE, now)
        self._present_until = now + lasting
        self._pace.share(living)
