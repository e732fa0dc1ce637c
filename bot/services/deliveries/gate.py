"""Whether a copy may still go to whom it is for: asked just before it is sent for the first time.

What was queued for somebody can be overtaken: they left, or may not see it any more.
"""

from typing import Protocol

from storage.delivery_records import Delivery
from storage.unit_of_work import UnitOfWork


class Gate(Protocol):
    """Decides about copies that are about to be sent."""

    async def admits(self, delivery: Delivery) -> bool:
        """Whether it may be sent; this may ask Discord, outside every unit of work.

        Raises:
            NotNowError: when nobody can tell now; the copy is tried later.

        """
        ...

    async def turned_away_in(self, work: UnitOfWork, delivery: Delivery) -> None:
        """Do what follows from "no", in the unit that cancels the copy."""
        ...


class OpenGate:
    """A gate that admits everything."""

    async def admits(self, delivery: Delivery) -> bool:
        """See `Gate`."""
        del delivery
        return True

    async def turned_away_in(self, work: UnitOfWork, delivery: Delivery) -> None:
        """See `Gate`."""
        del work, delivery
