"""Leases of lanes: at any moment one process at most works on a channel."""

import asyncio
import datetime as dt
import hashlib
from typing import Final

import structlog

from bot.errors import BreedError
from bot.services.deliveries.pace import Sleep
from bot.services.ports import Clock
from storage.delivery_records import Lane
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork, UnitsOfWork

LASTING: Final = dt.timedelta(seconds=25)
"""Longer than a request may take. Who dies is replaced after this and a tick: within 30 seconds."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class LeaseLostError(BreedError):
    """The lease expired while its owner was busy: another process may be at work."""


class LaneLease:
    """The lease of one lane, for one owner.

    It is given back by `release` only. Who crashes keeps it until it expires, and so does who is
    cancelled: a request that is still under way then has its time to be carried out.
    """

    def __init__(
        self,
        lane: Lane,
        *,
        units: UnitsOfWork,
        clock: Clock,
        owner: str,
        lasting: dt.timedelta = LASTING,
    ) -> None:
        self._lasting = lasting
        self._name = lease_name(lane)
        self._units = units
        self._clock = clock
        self._owner = owner

    async def acquire(self) -> bool:
        """Take the lane, unless another has it."""
        async with self._units() as work:
            found = await work.leases.acquire(
                self._name, owner=self._owner, now=self._clock.now(), lasting=self._lasting
            )
        return found is not None

    async def renew_in(self, work: UnitOfWork) -> None:
        """Keep the lane from now on, in the unit that is about to rest on it.

        Raises:
            LeaseLostError: when it expired; the unit must not commit.

        """
        found = await work.leases.renew(
            self._name, owner=self._owner, now=self._clock.now(), lasting=self._lasting
        )
        if found is None:
            raise LeaseLostError

    async def release(self) -> None:
        """Give the lane back."""
        async with self._units() as work:
            await work.leases.release(self._name, owner=self._owner)

    async def keep(self, worker: asyncio.Task[None], sleep: Sleep) -> None:
        """Renew the lease three times in its length; cancel `worker` once it is lost."""
        while True:
            await sleep(self._lasting.total_seconds() / 3)
            try:
                async with self._units() as work:
                    await self.renew_in(work)
            except LeaseLostError:
                worker.cancel()
                return
            except StorageError as error:
                _log.warning("lease_not_renewed", reason=type(error).__name__)


def lease_name(lane: Lane) -> str:
    """Return the name of a lane's lease; it tells nobody whose private messages they are."""
    if not lane.is_private:
        return f"deliveries:{lane.id}"
    return f"deliveries:dm:{hashlib.blake2b(str(lane.id).encode(), digest_size=16).hexdigest()}"
