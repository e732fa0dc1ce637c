"""Whoever left, or may not see the updates any more, gets none of them as a private message."""

import structlog

from bot.services.directory import Members
from bot.services.knowledge import question_sending
from bot.services.progress.updates_sending import KIND, Venues
from storage.delivery_records import Delivery, DmTarget
from storage.unit_of_work import UnitOfWork

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class SubscriberGate:
    """Asks about every subscriber just before a copy is sent; see `bot.services.deliveries.gate`.

    One question a copy, by the courier of that person's lane: nobody else waits for it, and no
    unit of work is open meanwhile.
    """

    def __init__(self, members: Members, venues: Venues) -> None:
        """Ask `members` about the channel that `venues` names."""
        self._members = members
        self._venues = venues

    async def admits(self, delivery: Delivery) -> bool:
        """Whether a copy of an update goes to somebody who may read the channel of updates.

        What a moderator answers goes to whoever asked as long as they are in the guild.
        """
        if not isinstance(delivery.target, DmTarget):
            return True
        if delivery.kind == question_sending.MESSAGE:
            person = delivery.target.user_id
            return await self._members.may_read(delivery.guild_id, person, None)
        if delivery.kind != KIND:
            return True
        channel = (await self._venues.of(delivery.guild_id)).channel
        return await self._members.may_read(
            delivery.guild_id, delivery.target.user_id, None if channel is None else channel.id
        )

    async def turned_away_in(self, work: UnitOfWork, delivery: Delivery) -> None:
        """End all that somebody subscribed to in the guild; they hear nothing of it."""
        if isinstance(delivery.target, DmTarget):
            person = delivery.target.user_id
            await work.subscriptions.switch_all_off(delivery.guild_id, user_id=person)
            _log.info("subscriber_gone", guild=delivery.guild_id, delivery=delivery.id)
