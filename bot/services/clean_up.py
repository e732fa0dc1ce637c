"""Deleting what is older than its retention, once an hour, by one process of those that share."""

import datetime as dt
import uuid
from typing import Final

import structlog

from bot.services.ports import Clock
from bot.services.privacy import Privacy
from storage.unit_of_work import UnitsOfWork

INTERVAL: Final = dt.timedelta(hours=1)
_LEASE: Final = "clean-up"

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class CleanUp:
    """The job that keeps the promises about retention."""

    def __init__(self, units: UnitsOfWork, privacy: Privacy, clock: Clock) -> None:
        """Delete through `privacy`; the lease stands in `units`."""
        self._units = units
        self._privacy = privacy
        self._clock = clock
        self._owner = uuid.uuid4().hex

    async def run(self) -> None:
        """Delete what has expired, unless another process does so in this hour.

        Raises:
            StorageError: when the database cannot be used; the next turn tries again.

        """
        now = self._clock.now()
        async with self._units() as work:
            lease = await work.leases.acquire(_LEASE, owner=self._owner, now=now, lasting=INTERVAL)
        if lease is None:
            return
        deleted = await self._privacy.purge_expired(now)
        _log.info("expired_deleted", **{table: count for table, count in deleted.items() if count})
