"""Barring a member from asking moderators and commenting, for a time; logged, told, appealable."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

import structlog

from bot.services.comments import sending
from bot.services.comments.content import reason_of
from bot.services.comments.deciding import ACTIVE_FOR
from bot.services.comments.errors import (
    AppealUsedError,
    BlockChangedError,
    BlockedError,
    SameModeratorError,
    UnknownBlockError,
)
from bot.services.comments.venues import CommentVenues, Venue
from bot.services.ports import Clock
from storage.moderation_records import Block, Moderation, ModerationEvent, NewModeration
from storage.unit_of_work import UnitOfWork, UnitsOfWork

_LARGEST_ID: Final = 2**63 - 1
_log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class BlockLook:
    """Moderator `by` looked at a block, at this version of it."""

    block_id: int
    guild_id: int
    version: int
    by: int


class Blocking:
    """The use case. Whoever calls checked that `by` is a moderator of the guild.

    Every change of a block names the version that was looked at.
    """

    def __init__(self, units: UnitsOfWork, clock: Clock, venues: CommentVenues) -> None:
        """Keep blocks in `units`; `venues` says where moderators are asked."""
        self._units = units
        self._clock = clock
        self._venues = venues

    async def require_free(self, guild_id: int, user_id: int) -> None:
        """Check that a member may ask moderators something, or comment.

        Raises:
            BlockedError: when they may not now.

        """
        async with self._units.reading() as work:
            held = await work.moderation.blocked_among({user_id}, self._clock.now())
        if (block := held.get((guild_id, user_id))) is not None:
            raise BlockedError(block)

    async def of_guild(self, guild_id: int) -> tuple[Block, ...]:
        """Return the blocks that hold in a guild, the newest first."""
        async with self._units.reading() as work:
            return await work.moderation.blocks_of_guild(guild_id, self._clock.now())

    async def get(self, block_id: int) -> tuple[Block, tuple[Moderation, ...]]:
        """Return a block and all that happened to it, the oldest first.

        Raises:
            UnknownBlockError: when there is none (any more).

        """
        async with self._units.reading() as work:
            found = await work.moderation.block(block_id) if block_id <= _LARGEST_ID else None
            log = await work.moderation.log_of_block(block_id) if found else ()
        if found is None:
            raise UnknownBlockError
        return found, log

    async def block(
        self, user_id: int, reason: str, *, guild_id: int, until: dt.datetime | None, by: int
    ) -> Block:
        """Bar a member until a moment, or until it is lifted; a block that holds is replaced.

        The same once more changes nothing.

        Raises:
            CommentContentError: when there is no reason, or it is too long.

        """
        why, now, venue = reason_of(reason), self._clock.now(), await self._venues.of(guild_id)
        async with self._units() as work:
            await work.comments.lock_guilds({guild_id})  # a member has one block at a time
            held = await work.moderation.blocked_among({user_id}, now)
            found = held.get((guild_id, user_id))
            if found is not None and (found.reason, found.until) == (why, until):
                return found
            if found is None:
                made = await work.moderation.add_block(
                    guild_id, user_id, reason=why, until=until, at=now
                )
            else:
                made = replace(found, reason=why, until=until, version=found.version + 1)
            return await self._write(work, made, ModerationEvent.BLOCKED, by, venue)

    async def change(self, look: BlockLook, reason: str, *, until: dt.datetime | None) -> Block:
        """Give a block that holds another reason, and another end or none.

        The same form once more changes nothing.

        Raises:
            CommentContentError: when there is no reason, or it is too long.
            UnknownBlockError: when the guild has no such block, or it is over.
            BlockChangedError: when somebody else changed it first.

        """
        why, now, venue = reason_of(reason), self._clock.now(), await self._venues.of(look.guild_id)
        async with self._units() as work:
            try:
                found = await _locked(work, look.block_id, look.guild_id, look.version)
            except BlockChangedError as error:
                is_done = error.current.version == look.version + 1 and error.by == look.by
                if is_done and error.current.reason == why and error.current.lifted_at is None:
                    return error.current
                raise
            if not found.holds_at(now):
                raise UnknownBlockError
            if (found.reason, found.until) == (why, until):
                return found
            made = replace(found, reason=why, until=until, version=found.version + 1)
            return await self._write(work, made, ModerationEvent.BLOCKED, look.by, venue)

    async def lift(self, block_id: int, *, guild_id: int, version: int, by: int) -> Block:
        """End a block now, with or without an appeal.

        Raises:
            UnknownBlockError: when the guild has no such block.
            BlockChangedError: when somebody else changed it first.

        """
        now, venue = self._clock.now(), await self._venues.of(guild_id)
        async with self._units() as work:
            found = await _locked(work, block_id, guild_id, version)
            answered = found.answered_at or (now if found.appeal is not None else None)
            after = replace(found, lifted_at=now, answered_at=answered, version=version + 1)
            return await self._write(work, after, ModerationEvent.LIFTED, by, venue)

    async def appeal(self, block_id: int, words: str, *, user_id: int) -> Block:
        """Ask for another look at one's block, once. The same words again change nothing.

        Raises:
            CommentContentError: when there are no words, or too many.
            UnknownBlockError: when it is not this member's, or over.
            AppealUsedError: when an appeal was made before.

        """
        why, now = reason_of(words), self._clock.now()
        block, _ = await self.get(block_id)
        venue = await self._venues.of(block.guild_id)
        async with self._units() as work:
            found = await work.moderation.lock_block(block_id)
            if found is None or found.user_id != user_id or not found.holds_at(now):
                raise UnknownBlockError
            if found.appeal is not None:
                if found.appeal == why and found.answered_at is None:
                    return found
                raise AppealUsedError
            after = replace(
                found, appeal=why, appealed_at=now, version=found.version + 1, needs_card=True
            )
            return await self._write(work, after, ModerationEvent.APPEALED, user_id, venue)

    async def uphold(
        self, block_id: int, *, guild_id: int, version: int, by: int, alone: bool = False
    ) -> Block:
        """Refuse the appeal against a block; `alone` is as in `deciding.Look`.

        Raises:
            UnknownBlockError: when the guild has no such block, or no appeal waits.
            BlockChangedError: when somebody else changed it first.
            SameModeratorError: when another moderator has to look at the appeal.

        """
        now, venue = self._clock.now(), await self._venues.of(guild_id)
        async with self._units() as work:
            found = await _locked(work, block_id, guild_id, version)
            if found.appeal is None or found.answered_at is not None:
                raise UnknownBlockError
            await _check_other(work, found, by=by, alone=alone, now=now)
            after = replace(found, answered_at=now, version=version + 1)
            return await self._write(work, after, ModerationEvent.UPHELD, by, venue)

    async def _write(
        self, work: UnitOfWork, after: Block, event: ModerationEvent, by: int, venue: Venue
    ) -> Block:
        now, detail = self._clock.now(), None
        if event is ModerationEvent.BLOCKED and after.until is not None:
            detail = after.until.astimezone(dt.UTC).isoformat()
        if after.needs_card:
            after = await sending.queue_block_card(work, after, venue, now=now)
        await work.moderation.put_block(after)
        new = NewModeration(after.guild_id, event, now, by, block_id=after.id, detail=detail)
        line_id = await work.moderation.log(new)
        await work.deliveries.revise(sending.BLOCK_CARD_KIND, after.id, version=after.version)
        if event is not ModerationEvent.APPEALED:
            await sending.queue_block_note(work, after, line_id, now=now)
        _log.info("member_block_changed", block=after.id, change=event.value, by=by)
        return after


async def _locked(work: UnitOfWork, block_id: int, guild_id: int, version: int) -> Block:
    found = await work.moderation.lock_block(block_id) if block_id <= _LARGEST_ID else None
    if found is None or found.guild_id != guild_id:
        raise UnknownBlockError
    if found.version != version or found.lifted_at is not None:
        log = await work.moderation.log_of_block(block_id)
        raise BlockChangedError(found, by=log[-1].actor_id if log else None)
    return found


async def _check_other(
    work: UnitOfWork, found: Block, *, by: int, alone: bool, now: dt.datetime
) -> None:
    """Let somebody else than who blocked refuse the appeal; whoever did may always lift it."""
    log = await work.moderation.log_of_block(found.id)
    if [one.actor_id for one in log if one.event is ModerationEvent.BLOCKED][-1:] != [by]:
        return
    since = now - ACTIVE_FOR
    known = await work.moderation.actors_since(found.guild_id, since)
    known |= await work.comments.deciders_since(found.guild_id, since)
    may_be_alone = not known - {by}
    if not (alone and may_be_alone):
        raise SameModeratorError(may_be_alone=may_be_alone)
