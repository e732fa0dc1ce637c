"""Sees to it that what was placed or asked reaches its place: what could not be queued at once.

What has no message yet is found in the tables, so nothing is lost while a guild has no channel,
while the post of a round is on its way, or while another process is connected for the guild.
"""

import datetime as dt
from dataclasses import replace
from typing import Final

import structlog

from bot.services.comments import sending
from bot.services.comments.moving import Moving
from bot.services.comments.venues import CommentVenues, Venue
from bot.services.deliveries import transitions
from bot.services.directory import Directory
from bot.services.ports import Clock
from storage.comment_records import Comment, CommentState
from storage.delivery_records import ChannelTarget, Delivery, DmTarget, NewDelivery, Problem
from storage.unit_of_work import UnitsOfWork

INTERVAL: Final = dt.timedelta(seconds=10)
"""How often `tend` is to be called."""
_PAGE: Final = 200
_UNREACHED: Final = frozenset({Problem.DM_CLOSED, Problem.UNKNOWN_PERSON})

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class Publishing:
    """The job. Each comment is done in a unit of its own: whatever fails, the others go on."""

    def __init__(
        self, units: UnitsOfWork, clock: Clock, venues: CommentVenues, directory: Directory
    ) -> None:
        """Queue in `units`, for the channels that `venues` knows."""
        self._units = units
        self._clock = clock
        self._venues = venues
        self._directory = directory
        self._moving = Moving(units)

    async def tend(self) -> None:
        """Queue what is not queued yet.

        Raises:
            StorageError: when the database cannot be used; the next turn goes on.

        """
        venues: dict[int, Venue] = {}
        await self._publish(venues)
        await self._ask(venues)
        for guild_id in self._directory.guild_ids():
            await self._tell_elsewhere(guild_id)
            await self._moving.move(guild_id, await self._venue(guild_id, venues))

    async def _venue(self, guild_id: int, venues: dict[int, Venue]) -> Venue:
        if guild_id not in venues:
            venues[guild_id] = await self._venues.of(guild_id)
        return venues[guild_id]

    async def _publish(self, venues: dict[int, Venue]) -> None:
        after = 0
        while True:
            async with self._units.reading() as work:
                found = await work.comment_lists.unpublished(after=after, limit=_PAGE)
            for one in found:
                venue = await self._venue(one.guild_id, venues)
                if venue.comments is not None:
                    await self._publish_one(one, venue)
            if len(found) < _PAGE:
                return
            after = found[-1].id

    async def _publish_one(self, found: Comment, venue: Venue) -> None:
        async with self._units() as work:
            comment = await work.comments.lock(found.id)
            if comment is None or comment.state is not CommentState.PLACED or comment.is_queued:
                return
            kept = await sending.queue_copy(work, comment, venue, now=self._clock.now())
            if kept.is_queued:
                await work.comments.put(kept)

    async def _ask(self, venues: dict[int, Venue]) -> None:
        """Queue the cards of comments, and of appeals against blocks."""
        after = 0
        while True:
            async with self._units.reading() as work:
                found = await work.comment_lists.without_card(after=after, limit=_PAGE)
                blocks = await work.moderation.blocks_without_card(limit=_PAGE)
            for one in found:
                venue = await self._venue(one.guild_id, venues)
                if venue.moderators is not None:
                    await self._ask_one(one.id, venue)
            for block in blocks if not after else ():
                venue = await self._venue(block.guild_id, venues)
                if venue.moderators is not None:
                    await self._ask_about_block(block.id, venue)
            if len(found) < _PAGE:
                return
            after = found[-1].id

    async def _ask_one(self, comment_id: int, venue: Venue) -> None:
        async with self._units() as work:
            comment = await work.comments.lock(comment_id)
            if comment is None or not comment.needs_card:
                return
            kept = await sending.queue_card(work, comment, venue, now=self._clock.now())
            await work.comments.put(kept)

    async def _ask_about_block(self, block_id: int, venue: Venue) -> None:
        async with self._units() as work:
            block = await work.moderation.lock_block(block_id)
            if block is None or not block.needs_card:
                return
            kept = await sending.queue_block_card(work, block, venue, now=self._clock.now())
            await work.moderation.put_block(kept)

    async def _tell_elsewhere(self, guild_id: int) -> None:
        """Tell authors where they wrote that there is news, when private messages are closed."""
        async with self._units.reading() as work:
            found = await work.deliveries.troubled_of_kind(guild_id, sending.NOTE_KIND)
        for one in found:
            if isinstance(one.target, DmTarget) and one.problem in _UNREACHED:
                await self._tell_one(one)

    async def _tell_one(self, note: Delivery) -> None:
        async with self._units() as work:
            known = await work.deliveries.lock(note.id)
            change = await work.comments.change(note.subject_id)
            comment = await work.comments.get(change.comment_id) if change else None
            if known is None or known.problem not in _UNREACHED or comment is None:
                return
            if comment.channel_id is None:
                return
            await work.deliveries.queue(
                NewDelivery(
                    key=f"{note.key}:channel",
                    guild_id=note.guild_id,
                    target=ChannelTarget(comment.channel_id),
                    kind=sending.NOTE_KIND,
                    subject_id=note.subject_id,
                    due_at=self._clock.now(),
                )
            )
            await work.deliveries.put(replace(transitions.dismissed(known), notice_id=None))
        _log.info("comment_note_elsewhere", comment=comment.id)
