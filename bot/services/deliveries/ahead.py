"""The copies of one lane that are next, read some at a time."""

from collections import deque
from typing import Final

from bot.services.ports import Clock
from storage.delivery_records import Delivery, Lane
from storage.unit_of_work import UnitsOfWork

AT_ONCE: Final = 8
"""Copies that one query finds. Each is looked at again when it is begun."""


class Ahead:
    """What a courier is to do, in order: one step of each copy; the next tick finds what is left.

    `private_channel` is where earlier private messages of the lane stand, if that is known.
    """

    def __init__(self, lane: Lane, units: UnitsOfWork, clock: Clock) -> None:
        self._lane = lane
        self._units = units
        self._clock = clock
        self._found: deque[Delivery] = deque()
        self._may_be_more = True
        self.read_at = clock.now()
        self.private_channel: int | None = None

    async def next(self) -> Delivery | None:
        """Take the next copy that was due at `read_at`; None when there is none any more.

        Raises:
            StorageError: when the database cannot be used.

        """
        if not self._found and self._may_be_more:
            self.read_at = self._clock.now()
            async with self._units.reading() as work:
                found = await work.deliveries.next_in(self._lane, self.read_at, limit=AT_ONCE)
                if self._lane.is_private and self.private_channel is None:
                    self.private_channel = await work.deliveries.dm_channel_of(self._lane.id)
            self._found.extend(found)
            self._may_be_more = len(found) == AT_ONCE
        return self._found.popleft() if self._found else None

    def read_anew(self) -> None:
        """Forget what was read: a copy has to wait, and perhaps others with it."""
        self._found.clear()
        self._may_be_more = True
