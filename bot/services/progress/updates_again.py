"""Copies of an update in channels that did not arrive: sent again, where updates go now."""

import structlog

from bot.services.admin.errors import NothingLeftError
from bot.services.deliveries import transitions
from bot.services.ports import Clock
from bot.services.progress.updates_errors import UnknownUpdateError
from bot.services.progress.updates_listing import Copies
from bot.services.progress.updates_sending import KIND, Venues, queue_channel_copy
from storage.delivery_records import Delivery, DeliveryState, DmTarget, Problem
from storage.progress_records import Update, UpdateState
from storage.unit_of_work import UnitOfWork, UnitsOfWork

_TROUBLED = frozenset({DeliveryState.FAILED, DeliveryState.HELD, DeliveryState.MISSED})

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


def can_be_sent_again(update: Update, copies: Copies) -> bool:
    """Whether anything of a published update in channels can be tried again."""
    return update.state is UpdateState.PUBLISHED and any(map(_is_in_trouble, copies.channels))


class UpdateRetries:
    """The use case: one press for the copies of one update. Private messages are left alone."""

    def __init__(self, units: UnitsOfWork, clock: Clock, venues: Venues) -> None:
        """Send to the channel that `venues` names when an old one is gone."""
        self._units = units
        self._clock = clock
        self._venues = venues

    async def again(self, update_id: int, *, guild_id: int, by: int) -> Update:
        """Try the copies in channels again; one whose channel is gone goes to the one of now.

        Raises:
            UnknownUpdateError: when the guild has no such update.
            NothingLeftError: when nothing is in trouble (any more).
            NoUpdatesChannelError, UpdatesChannelRightsError: when the channel is gone and there is
                no other to post in; nothing changes then.

        """
        async with self._units.reading() as work:
            copies = await work.deliveries.of_subject(KIND, update_id)
        is_homeless = any(_is_in_trouble(one) and _is_gone(one) for one in copies)
        channel = await self._venues.channel_of(guild_id) if is_homeless else None
        now = self._clock.now()
        async with self._units() as work:
            update = await work.updates.lock(update_id)
            if update is None or update.guild_id != guild_id:
                raise UnknownUpdateError
            troubled = await _troubled(work, update)
            if not troubled:
                raise NothingLeftError
            for one in troubled:
                moves = channel is not None and _is_gone(one) and _place(one) != channel.id
                change = transitions.dismissed if moves else transitions.retried
                await work.deliveries.put(change(one))
                if moves and channel is not None:
                    await queue_channel_copy(work, update, channel, due_at=now)
        _log.info("update_sent_again", update=update_id, by=by, deliveries=len(troubled))
        return update


async def _troubled(work: UnitOfWork, update: Update) -> list[Delivery]:
    if update.state is not UpdateState.PUBLISHED:
        return []
    found = [await work.deliveries.lock(one.id) for one in await _copies(work, update)]
    return [one for one in found if one is not None and _is_in_trouble(one)]


async def _copies(work: UnitOfWork, update: Update) -> tuple[Delivery, ...]:
    return await work.deliveries.of_subject(KIND, update.id)


def _is_in_trouble(copy: Delivery) -> bool:
    in_channel = not isinstance(copy.target, DmTarget)
    can_be_tried = copy.problem not in {None, Problem.TOO_LATE}
    return in_channel and can_be_tried and copy.state in _TROUBLED


def _is_gone(copy: Delivery) -> bool:
    return copy.problem is Problem.UNKNOWN_CHANNEL


def _place(copy: Delivery) -> int:
    return 0 if isinstance(copy.target, DmTarget) else copy.target.channel_id
