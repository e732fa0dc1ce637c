"""Questions, kept without the asker for the statistics."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import QuestionRow
from storage.records import AnswerStatus, NewQuestion, Question
from storage.repositories.places import columns_of, place_of


class QuestionRepository:
    """What was asked, and how it ended."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, question: NewQuestion) -> Question:
        """Keep a question."""
        (row_id,) = await self.add_all([question])
        return await self._one(row_id)

    async def add_all(self, questions: Sequence[NewQuestion]) -> list[int]:
        """Keep questions; return their ids in the same order."""
        ids = await self._session.scalars(
            insert(QuestionRow).returning(QuestionRow.id, sort_by_parameter_order=True),
            [_columns_of(question) for question in questions],
        )
        return list(ids)

    async def get(self, question_id: int) -> Question | None:
        """Return a question, or None when it does not exist (any more)."""
        row = await self._session.get(QuestionRow, question_id)
        return _record(row) if row else None

    async def revise(self, question_id: int, question: NewQuestion) -> Question | None:
        """Replace an edited question and its outcome; place and moment of asking stay.

        None when it does not exist (any more).
        """
        row_id = await self._session.scalar(
            update(QuestionRow)
            .where(QuestionRow.id == question_id)
            .values(
                text=question.text,
                status=question.status.value,
                document=question.document,
                confidence=question.confidence,
            )
            .returning(QuestionRow.id)
        )
        return None if row_id is None else await self._one(row_id)

    async def count_by_status(
        self, guild_id: int | None, *, since: datetime
    ) -> Mapping[AnswerStatus, int]:
        """Count the questions of a guild asked at or after `since`; every status has a number.

        Guild None counts those asked where no guild was known.
        """
        rows = await self._session.execute(
            select(QuestionRow.status, func.count())
            .where(
                QuestionRow.guild_id.is_(None)
                if guild_id is None
                else QuestionRow.guild_id == guild_id,
                QuestionRow.asked_at >= since,
            )
            .group_by(QuestionRow.status)
        )
        found = dict(rows.all())
        return {status: found.get(status.value, 0) for status in AnswerStatus}

    async def asked_between(
        self, guild_id: int, since: datetime, until: datetime, *, limit: int
    ) -> tuple[tuple[str, int], ...]:
        """Return the texts that were asked in a guild from `since` on and before `until`.

        With each how often, the most asked first; what nobody could answer is left out.
        """
        times = func.count()
        rows = await self._session.execute(
            select(QuestionRow.text, times)
            .where(
                QuestionRow.guild_id == guild_id,
                QuestionRow.asked_at >= since,
                QuestionRow.asked_at < until,
                QuestionRow.status != AnswerStatus.UNKNOWN.value,
            )
            .group_by(QuestionRow.text)
            .order_by(times.desc(), QuestionRow.text)
            .limit(limit)
        )
        return tuple((text, count) for text, count in rows.all())

    async def without_answer(
        self, guild_id: int, since: datetime, *, limit: int
    ) -> tuple[tuple[str, int], ...]:
        """Return what got no good answer in a guild since a moment: texts, each with how often.

        The most asked come first.
        """
        times = func.count()
        rows = await self._session.execute(
            select(QuestionRow.text, times)
            .where(
                QuestionRow.guild_id == guild_id,
                QuestionRow.asked_at >= since,
                QuestionRow.status != AnswerStatus.ANSWERED.value,
            )
            .group_by(QuestionRow.text)
            .order_by(times.desc(), QuestionRow.text)
            .limit(limit)
        )
        return tuple((text, count) for text, count in rows)

    async def _one(self, row_id: int | None) -> Question:
        rows = await self._session.scalars(select(QuestionRow).where(QuestionRow.id == row_id))
        return _record(rows.one())


def _record(row: QuestionRow) -> Question:
    return Question(
        id=row.id,
        place=place_of(guild_id=row.guild_id, channel_id=row.channel_id),
        text=row.text,
        status=AnswerStatus(row.status),
        confidence=row.confidence,
        asked_at=row.asked_at,
        document=row.document,
    )


def _columns_of(question: NewQuestion) -> dict[str, object]:
    return {
        **columns_of(question.place),
        "text": question.text,
        "status": question.status.value,
        "document": question.document,
        "confidence": question.confidence,
        "asked_at": question.asked_at,
    }
