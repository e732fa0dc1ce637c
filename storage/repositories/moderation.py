"""Blocked members, and the log of what moderators did."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import BlockRow, ModerationRow
from storage.moderation_records import Block, Moderation, ModerationEvent, NewModeration


class ModerationRepository:
    """What moderators did that is about no single comment."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_block(
        self,
        guild_id: int,
        user_id: int,
        *,
        reason: str,
        until: datetime | None,
        at: datetime,
    ) -> Block:
        """Block a member; the guild is locked and no block of theirs holds."""
        rows = await self._session.scalars(
            insert(BlockRow)
            .values(
                guild_id=guild_id,
                user_id=user_id,
                reason=reason,
                created_at=at,
                until=until,
                over_at=until,
                version=1,
                needs_card=False,
            )
            .returning(BlockRow)
        )
        return _block(rows.one())

    async def block(self, block_id: int) -> Block | None:
        """Return a block, or None."""
        row = await self._session.get(BlockRow, block_id)
        return _block(row) if row else None

    async def lock_block(self, block_id: int) -> Block | None:
        """Do the same, and let nobody else change it before this unit ends."""
        row = await self._session.scalar(
            select(BlockRow).where(BlockRow.id == block_id).with_for_update()
        )
        return _block(row) if row else None

    async def put_block(self, changed: Block) -> None:
        """Write down all of a block but whom it is about; `lock_block` it first."""
        await self._session.execute(
            update(BlockRow)
            .where(BlockRow.id == changed.id)
            .values(
                reason=changed.reason,
                until=changed.until,
                over_at=changed.lifted_at or changed.until,
                version=changed.version,
                lifted_at=changed.lifted_at,
                appeal=changed.appeal,
                appealed_at=changed.appealed_at,
                answered_at=changed.answered_at,
                needs_card=changed.needs_card,
            )
        )

    async def blocked_among(
        self, members: Collection[int], now: datetime
    ) -> dict[tuple[int, int], Block]:
        """Return the blocks of these people that hold, by guild and member."""
        rows = await self._session.scalars(
            select(BlockRow)
            .where(
                BlockRow.user_id.in_(members),
                BlockRow.lifted_at.is_(None),
                or_(BlockRow.until.is_(None), BlockRow.until > now),
            )
            .order_by(BlockRow.id)
        )
        return {(row.guild_id, row.user_id): _block(row) for row in rows}

    async def blocks_of_guild(self, guild_id: int, now: datetime) -> tuple[Block, ...]:
        """Return the blocks of a guild that hold, the newest first."""
        rows = await self._session.scalars(
            select(BlockRow)
            .where(
                BlockRow.guild_id == guild_id,
                BlockRow.lifted_at.is_(None),
                or_(BlockRow.until.is_(None), BlockRow.until > now),
            )
            .order_by(BlockRow.id.desc())
        )
        return tuple(map(_block, rows))

    async def blocks_without_card(self, *, limit: int) -> tuple[Block, ...]:
        """Return the blocks whose appeal moderators were not shown yet, of any guild."""
        rows = await self._session.scalars(
            select(BlockRow).where(BlockRow.needs_card.is_(True)).order_by(BlockRow.id).limit(limit)
        )
        return tuple(map(_block, rows))

    async def log(self, new: NewModeration) -> int:
        """Add a line to the log; return its id."""
        row_id = await self._session.scalar(
            insert(ModerationRow)
            .values(
                guild_id=new.guild_id,
                event=new.event.value,
                at=new.at,
                actor_id=new.actor_id,
                round_id=new.round_id,
                block_id=new.block_id,
                detail=new.detail,
            )
            .returning(ModerationRow.id)
        )
        return row_id or 0

    async def line(self, line_id: int) -> Moderation | None:
        """Return one line of the log, or None."""
        row = await self._session.get(ModerationRow, line_id)
        return _line(row) if row else None

    async def log_of_guild(
        self, guild_id: int, *, offset: int = 0, limit: int = 25
    ) -> tuple[Moderation, ...]:
        """Return the log of a guild, the newest first."""
        rows = await self._session.scalars(
            select(ModerationRow)
            .where(ModerationRow.guild_id == guild_id)
            .order_by(ModerationRow.id.desc())
            .offset(offset)
            .limit(limit)
        )
        return tuple(map(_line, rows))

    async def log_of_block(self, block_id: int) -> tuple[Moderation, ...]:
        """Return all that happened to a block, the oldest first."""
        rows = await self._session.scalars(
            select(ModerationRow)
            .where(ModerationRow.block_id == block_id)
            .order_by(ModerationRow.id)
        )
        return tuple(map(_line, rows))

    async def actors_since(self, guild_id: int, since: datetime) -> frozenset[int]:
        """Return the moderators who did something in a guild since a moment."""
        actors = await self._session.scalars(
            select(ModerationRow.actor_id)
            .where(
                ModerationRow.guild_id == guild_id,
                ModerationRow.at > since,
                ModerationRow.event != ModerationEvent.APPEALED.value,
                ModerationRow.actor_id.is_not(None),
            )
            .distinct()
        )
        return frozenset(one for one in actors if one is not None)


def _block(row: BlockRow) -> Block:
    return Block(
        id=row.id,
        guild_id=row.guild_id,
        user_id=row.user_id,
        reason=row.reason,
        created_at=row.created_at,
        until=row.until,
        version=row.version,
        lifted_at=row.lifted_at,
        appeal=row.appeal,
        appealed_at=row.appealed_at,
        answered_at=row.answered_at,
        needs_card=row.needs_card,
    )


def _line(row: ModerationRow) -> Moderation:
    return Moderation(
        id=row.id,
        guild_id=row.guild_id,
        event=ModerationEvent(row.event),
        at=row.at,
        actor_id=row.actor_id,
        round_id=row.round_id,
        block_id=row.block_id,
        detail=row.detail,
    )
