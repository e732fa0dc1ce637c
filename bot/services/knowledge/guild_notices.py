"""Tells moderators what they have to know of their documents, each thing once.

That documents cannot be taken into use, and that a release changed what the guild has its own text
of. What has no message yet is found in the tables, so nothing is lost while a guild has no
moderators' channel, or while another process is connected for it.
"""

import datetime as dt
from typing import Final

from bot.services.guild_settings import MODERATORS_CHANNEL
from bot.services.knowledge.kept_documents import KeptDocuments, hash_of
from bot.services.places import Places
from bot.services.ports import Clock
from storage.delivery_records import ChannelTarget, NewDelivery
from storage.document_records import KNOWLEDGE_NOTICE_KIND, KnowledgeNoticeKind
from storage.unit_of_work import UnitsOfWork

INTERVAL: Final = dt.timedelta(seconds=30)
"""How often `tick` is to be called."""
_MOST: Final = 500  # a turn: guilds without a moderators' channel stay among them


class GuildNotices:
    """Finds what is to be told, and queues it."""

    def __init__(
        self, units: UnitsOfWork, clock: Clock, documents: KeptDocuments, places: Places
    ) -> None:
        """Queue in `units`, for the moderators' channels that `places` knows."""
        self._units = units
        self._clock = clock
        self._documents = documents
        self._places = places
        self._compared = False

    async def tick(self) -> None:
        """Compare with what ships, once after the start; queue what was not told yet.

        Raises:
            StorageError: when the database cannot be used; the next turn tries again.

        """
        if not self._compared:
            await self._compare()
            self._compared = True
        await self._tell()

    async def _compare(self) -> None:
        """Note every document of which the guild has its own text and that ships otherwise now."""
        async with self._units.reading() as work:
            guilds = await work.documents.revisions()
        for guild_id in guilds:
            outdated = [one for one in await self._documents.listed(guild_id) if one.is_outdated]
            if not outdated:
                continue
            async with self._units() as work:
                for one in outdated:
                    ships = self._documents.shipped(guild_id, one.document_id)
                    await work.knowledge_notices.ensure(
                        guild_id,
                        KnowledgeNoticeKind.SHIPPED_CHANGED,
                        at=self._clock.now(),
                        mark=hash_of(ships.text or "") if ships is not None else "",
                        document_id=one.document_id,
                        title=one.title,
                    )

    async def _tell(self) -> None:
        async with self._units.reading() as work:
            untold = await work.knowledge_notices.untold(limit=_MOST)
        for one in untold:
            channel = await self._places.channel_for(one.guild_id, MODERATORS_CHANNEL)
            if channel is None:
                continue
            async with self._units() as work:
                await work.deliveries.queue(
                    NewDelivery(
                        key=f"{KNOWLEDGE_NOTICE_KIND}:{one.id}",
                        guild_id=one.guild_id,
                        target=ChannelTarget(channel.id),
                        kind=KNOWLEDGE_NOTICE_KIND,
                        subject_id=one.id,
                        due_at=self._clock.now(),
                    )
                )
