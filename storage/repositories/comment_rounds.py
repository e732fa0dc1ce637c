"""Rounds of comments: one of each onderdeel from the start, and those that moderators open."""

from collections.abc import Collection, Mapping

from sqlalchemy import case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.comment_records import CommentState
from storage.models import CommentRoundRow, CommentRow
from storage.moderation_records import Round, RoundCounts
from storage.progress_records import Part
from storage.repositories.statements import insert_into


class CommentRoundRepository:
    """What members comment on."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ensure_defaults(self, guild_id: int) -> None:
        """Make the rounds that every guild has, each open, unless they are there."""
        await self._session.execute(
            insert_into(self._session, CommentRoundRow)
            .values(
                [
                    {
                        "guild_id": guild_id,
                        "title": part.value,
                        "title_key": part.value,
                        "part": part.value,
                        "is_open": True,
                        "version": 1,
                    }
                    for part in Part
                ]
            )
            .on_conflict_do_nothing(index_elements=["guild_id", "title_key"])
        )

    async def of_guild(self, guild_id: int) -> tuple[Round, ...]:
        """Return the rounds of a guild: those of an onderdeel first, then in order of opening."""
        rows = await self._session.scalars(
            select(CommentRoundRow)
            .where(CommentRoundRow.guild_id == guild_id)
            .order_by(CommentRoundRow.part.is_(None), CommentRoundRow.id)
        )
        return tuple(map(_record, rows))

    async def get(self, round_id: int) -> Round | None:
        """Return a round, or None."""
        row = await self._session.get(CommentRoundRow, round_id)
        return _record(row) if row else None

    async def lock(self, round_id: int) -> Round | None:
        """Do the same; whoever writes or votes in it is done, and others wait for this unit."""
        row = await self._session.scalar(
            select(CommentRoundRow).where(CommentRoundRow.id == round_id).with_for_update()
        )
        return _record(row) if row else None

    async def held(self, round_ids: Collection[int]) -> dict[int, Round]:
        """Return rounds, by id, which nobody opens or closes before this unit ends."""
        rows = await self._session.scalars(
            select(CommentRoundRow)
            .where(CommentRoundRow.id.in_(round_ids))
            .order_by(CommentRoundRow.id)
            .with_for_update(read=True)
        )
        return {row.id: _record(row) for row in rows}

    async def called(self, guild_id: int, title_key: str) -> Round | None:
        """Return the round of a guild with this title in lower case, or None."""
        row = await self._session.scalar(
            select(CommentRoundRow).where(
                CommentRoundRow.guild_id == guild_id, CommentRoundRow.title_key == title_key
            )
        )
        return _record(row) if row else None

    async def add(self, guild_id: int, title: str, *, title_key: str) -> Round:
        """Open a new round.

        Raises:
            ConflictError: when the guild has one of this name.

        """
        rows = await self._session.scalars(
            insert(CommentRoundRow)
            .values(
                guild_id=guild_id,
                title=title,
                title_key=title_key,
                part=None,
                is_open=True,
                version=1,
            )
            .returning(CommentRoundRow)
        )
        return _record(rows.one())

    async def put(self, changed: Round) -> None:
        """Write down whether a round is open; `lock` it first."""
        await self._session.execute(
            update(CommentRoundRow)
            .where(CommentRoundRow.id == changed.id)
            .values(is_open=changed.is_open, version=changed.version)
        )

    async def counts(self, guild_id: int) -> Mapping[int, RoundCounts]:
        """Count the comments of every round that has any."""
        placed = CommentRow.state == CommentState.PLACED.value
        rows = await self._session.execute(
            select(
                CommentRow.round_id,
                func.sum(case((CommentRow.waits, 1), else_=0)),
                func.sum(case((placed, 1), else_=0)),
            )
            .where(CommentRow.guild_id == guild_id)
            .group_by(CommentRow.round_id)
        )
        return {
            round_id: RoundCounts(waiting=int(waiting), placed=int(count))
            for round_id, waiting, count in rows
        }


def _record(row: CommentRoundRow) -> Round:
    return Round(
        id=row.id,
        guild_id=row.guild_id,
        title=row.title,
        part=None if row.part is None else Part(row.part),
        is_open=row.is_open,
        version=row.version,
    )
