"""Publishing copies to the servers that follow an announcement channel, within Discord's limit.

Asking twice is harmless, so there is nothing to look up. Each asking is written down before it is
made: the limit holds over restarts and for all processes.
"""

import datetime as dt
from typing import Final

from bot.services.deliveries import transitions
from bot.services.deliveries.lanes import LaneLeases, LeaseLostError
from bot.services.directory import ChannelKind, Directory
from bot.services.ports import Clock
from storage.delivery_records import Delivery, Lane
from storage.unit_of_work import UnitsOfWork

MOST: Final = 10
"""Messages of one channel that Discord publishes in `WITHIN`."""
WITHIN: Final = dt.timedelta(hours=1)


async def begin_publishing(
    found: Delivery, *, units: UnitsOfWork, clock: Clock, leases: LaneLeases, lane: Lane
) -> bool:
    """Commit that publishing is about to be asked for; False, and it waits, at the limit.

    Raises:
        LeaseLostError: when another process may have taken the lane.

    """
    now = clock.now()
    async with units() as work:
        if lane not in await leases.renew_in(work, [lane]):
            raise LeaseLostError
        known = await work.deliveries.lock(found.id)
        if known is None or known.crosspost != found.crosspost or known.copy != found.copy:
            return False
        channel_id = transitions.copy_of(known).channel_id
        asked = await work.deliveries.crossposts(channel_id, since=now - WITHIN)
        if len(asked) >= MOST:
            later = transitions.publishing_later(known, next_try_at=asked[-MOST] + WITHIN)
            await work.deliveries.put(later)
            return False
        await work.deliveries.put(transitions.publishing(known, now))
    return True


def can_be_followed(directory: Directory, *, guild_id: int, channel_id: int) -> bool:
    """Whether a channel may be an announcement channel: it is, or nothing is known of it here."""
    kinds = [one.kind for one in directory.channels_of(guild_id) if one.id == channel_id]
    return kinds in ([], [ChannelKind.ANNOUNCEMENT])
