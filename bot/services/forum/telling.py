"""Tells moderators: cards of items to look at, and feeds that paused or keep failing, once each.

What has no message yet is found in the tables, so nothing is lost while a guild has no moderators'
channel, or while another process is connected for it.
"""

from typing import Final

from bot.services.guild_settings import MODERATORS_CHANNEL
from bot.services.places import Places
from bot.services.ports import Clock
from storage.delivery_records import ChannelTarget, NewDelivery
from storage.forum_records import NOTICE_KIND, REVIEW_KIND
from storage.unit_of_work import UnitsOfWork

_MOST: Final = 500  # a turn: guilds without a moderators' channel stay among them


class Telling:
    """Queues what moderators are to see."""

    def __init__(self, units: UnitsOfWork, clock: Clock, places: Places) -> None:
        """Queue in `units`, for the moderators' channels that `places` knows."""
        self._units = units
        self._clock = clock
        self._places = places

    async def tell(self) -> int:
        """Queue what is not queued yet; return how much.

        Raises:
            StorageError: when the database cannot be used; the next turn tries again.

        """
        async with self._units.reading() as work:
            cards = await work.forum_lists.unreviewed(limit=_MOST)
            notices = await work.feeds.untold(limit=_MOST)
        wanted = [(REVIEW_KIND, one.guild_id, one.id) for one in cards]
        wanted += [(NOTICE_KIND, one.guild_id, one.id) for one in notices]
        told = 0
        channels = {
            guild_id: await self._places.channel_for(guild_id, MODERATORS_CHANNEL)
            for guild_id in {guild_id for _, guild_id, _ in wanted}
        }
        for kind, guild_id, subject_id in wanted:
            channel = channels[guild_id]
            if channel is None:
                continue
            async with self._units() as work:
                told += await work.deliveries.queue(
                    NewDelivery(
                        key=f"{kind}:{subject_id}",
                        guild_id=guild_id,
                        target=ChannelTarget(channel.id),
                        kind=kind,
                        subject_id=subject_id,
                        due_at=self._clock.now(),
                    )
                )
        return told
