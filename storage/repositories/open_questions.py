"""Questions that members passed on to the moderators: once per person and question in a guild."""

import hashlib

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import OpenQuestionRow
from storage.records import NewOpenQuestion, OpenQuestion, OpenQuestionState
from storage.repositories.statements import insert_into


class OpenQuestionRepository:
    """What waits for a moderator."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def pass_on(self, question: NewOpenQuestion) -> tuple[OpenQuestion, bool]:
        """Store a question; the flag tells whether it is new.

        The same question of the same person stays as it was stored first.
        """
        question_hash = _hash_of(question.normalised)
        row_id = await self._session.scalar(
            insert_into(self._session, OpenQuestionRow)
            .values(
                guild_id=question.guild_id,
                channel_id=question.channel_id,
                message_id=question.message_id,
                asker_id=question.asker_id,
                text=question.text,
                question_hash=question_hash,
                state=OpenQuestionState.OPEN.value,
                asked_at=question.asked_at,
            )
            .on_conflict_do_nothing(index_elements=["guild_id", "asker_id", "question_hash"])
            .returning(OpenQuestionRow.id)
        )
        rows = await self._session.scalars(
            select(OpenQuestionRow).where(
                OpenQuestionRow.guild_id == question.guild_id,
                OpenQuestionRow.asker_id == question.asker_id,
                OpenQuestionRow.question_hash == question_hash,
            )
        )
        return _record(rows.one()), row_id is not None

    async def get(self, open_question_id: int) -> OpenQuestion | None:
        """Return a question, or None when it does not exist (any more)."""
        row = await self._session.get(OpenQuestionRow, open_question_id)
        return _record(row) if row else None

    async def waiting(self, guild_id: int, *, limit: int = 25) -> tuple[OpenQuestion, ...]:
        """Return the open questions of a guild, oldest first."""
        rows = await self._session.scalars(
            select(OpenQuestionRow)
            .where(*_waits_in(guild_id))
            .order_by(OpenQuestionRow.asked_at, OpenQuestionRow.id)
            .limit(limit)
        )
        return tuple(_record(row) for row in rows)

    async def count_waiting(self, guild_id: int) -> int:
        """Count the open questions of a guild."""
        count = await self._session.scalar(
            select(func.count()).select_from(OpenQuestionRow).where(*_waits_in(guild_id))
        )
        return count or 0


def _waits_in(guild_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        OpenQuestionRow.guild_id == guild_id,
        OpenQuestionRow.state == OpenQuestionState.OPEN.value,
    )


def _hash_of(normalised: str) -> str:
    return hashlib.sha256(normalised.encode("utf-8", "surrogatepass")).hexdigest()


def _record(row: OpenQuestionRow) -> OpenQuestion:
    return OpenQuestion(
        id=row.id,
        guild_id=row.guild_id,
        asker_id=row.asker_id,
        text=row.text,
        state=OpenQuestionState(row.state),
        asked_at=row.asked_at,
        channel_id=row.channel_id,
        message_id=row.message_id,
    )
