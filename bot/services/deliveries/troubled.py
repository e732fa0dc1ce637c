"""What could not be delivered, for the moderators of a guild, and what they do about it."""

from collections.abc import Callable

from bot.errors import MemberError
from bot.services.deliveries import transitions
from storage.delivery_records import Delivery
from storage.unit_of_work import UnitsOfWork


class UnknownDeliveryError(MemberError):
    """The guild has no such delivery (any more)."""


class TroubledDeliveries:
    """Failed, held and missed deliveries."""

    def __init__(self, units: UnitsOfWork) -> None:
        self._units = units

    async def of_guild(self, guild_id: int) -> tuple[Delivery, ...]:
        """Return them, the newest first; at most a hundred."""
        async with self._units.reading() as work:
            return await work.deliveries.troubled(guild_id)

    async def retry(self, delivery_id: int, *, guild_id: int) -> Delivery:
        """Try again after mending; a held one is looked up again. Others stay as they are.

        Raises:
            UnknownDeliveryError: when the guild has no such delivery.

        """
        return await self._change(delivery_id, guild_id, transitions.retried)

    async def release(self, delivery_id: int, *, guild_id: int, send: bool) -> Delivery:
        """Send a held one after all, or leave it: a moderator looked where the bot may not.

        Raises:
            UnknownDeliveryError: when the guild has no such delivery.

        """
        return await self._change(
            delivery_id, guild_id, lambda known: transitions.released(known, send=send)
        )

    async def _change(
        self, delivery_id: int, guild_id: int, change: Callable[[Delivery], Delivery]
    ) -> Delivery:
        async with self._units() as work:
            known = await work.deliveries.lock(delivery_id)
            if known is None or known.guild_id != guild_id:
                raise UnknownDeliveryError
            after = change(known)
            await work.deliveries.put(after)
        return after
