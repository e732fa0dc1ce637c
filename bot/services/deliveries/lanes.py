"""Leases of lanes: at any moment one process at most works on a channel."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager
from typing import Final

import structlog

from bot.errors import BreedError
from bot.services.deliveries.pace import Sleep
from bot.services.grouping import Grouped
from bot.services.ports import Clock
from storage.delivery_records import Lane
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork, UnitsOfWork

LASTING: Final = dt.timedelta(seconds=25)
"""Longer than a request may take. Who dies is replaced after this and a tick: within 30 seconds."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class LeaseLostError(BreedError):
    """The lease expired while its owner was busy: another process may be at work."""


class LaneLeases:
    """The leases of the lanes that one process works on.

    They are given back by `release` only. Who crashes keeps them until they expire, and so does who
    is cancelled: a request that is still under way then has its time to be carried out.
    """

    def __init__(
        self,
        units: UnitsOfWork,
        clock: Clock,
        *,
        owner: str,
        lasting: dt.timedelta = LASTING,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`sleep` is how the time until a renewal is waited for."""
        self._units = units
        self._clock = clock
        self._owner = owner
        self._lasting = lasting
        self._sleep = sleep
        self._acquiring: Grouped[Lane, bool] = Grouped(self._acquire, name="lanes taken")
        self._releasing: Grouped[Lane, bool] = Grouped(self._release, name="lanes given back")
        self._workers: dict[Lane, asyncio.Task[None]] = {}
        self._keeping: asyncio.Task[None] | None = None

    async def acquire(self, lane: Lane) -> bool:
        """Take a lane, unless another process has it."""
        return await self._acquiring.put(lane)

    async def _acquire(self, lanes: Sequence[Lane]) -> list[bool]:
        names = [lease_name(lane) for lane in lanes]
        async with self._units() as work:
            ours = await work.leases.acquire_all(
                names, owner=self._owner, now=self._clock.now(), lasting=self._lasting
            )
        return [name in ours for name in names]

    async def renew_in(self, work: UnitOfWork, lanes: Collection[Lane]) -> frozenset[Lane]:
        """Keep lanes from now on, in the unit that is about to rest on it; return the kept ones."""
        named = {lease_name(lane): lane for lane in lanes}
        kept = await work.leases.renew(
            named, owner=self._owner, now=self._clock.now(), lasting=self._lasting
        )
        return frozenset(named[name] for name in kept)

    def abort(self) -> None:
        """Take and give back no more, as after a crash."""
        self._acquiring.abort()
        self._releasing.abort()

    async def settle(self) -> None:
        """Wait until none is being taken or given back."""
        await self._acquiring.settle()
        await self._releasing.settle()

    async def release(self, lane: Lane) -> None:
        """Give a lane back."""
        await self._releasing.put(lane)

    async def _release(self, lanes: Sequence[Lane]) -> list[bool]:
        names = [lease_name(lane) for lane in lanes]
        async with self._units() as work:
            ours = await work.leases.release_all(names, owner=self._owner)
        return [name in ours for name in names]

    @contextmanager
    def kept_for(self, lane: Lane, worker: asyncio.Task[None]) -> Generator[None]:
        """Renew a lane inside the block, thrice in a lease's length; cancel `worker` once lost."""
        self._workers[lane] = worker
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep(), name="leases of lanes")
        try:
            yield
        finally:
            del self._workers[lane]
            if not self._workers:
                self._keeping.cancel()
                self._keeping = None

    async def _keep(self) -> None:
        while True:
            await self._sleep(self._lasting.total_seconds() / 3)
            lanes = list(self._workers)
            try:
                async with self._units() as work:
                    kept = await self.renew_in(work, lanes)
            except StorageError as error:
                _log.warning("leases_not_renewed", reason=type(error).__name__)
                continue
            for lane in lanes:
                if lane not in kept and lane in self._workers:
                    self._workers[lane].cancel()


def lease_name(lane: Lane) -> str:
    """Return the name of a lane's lease; it tells nobody whose private messages they are."""
    if not lane.is_private:
        return f"deliveries:{lane.id}"
    return f"deliveries:dm:{hashlib.blake2b(str(lane.id).encode(), digest_size=16).hexdigest()}"
