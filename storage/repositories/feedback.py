"""What people thought of answers: one opinion per person and answer, the last one counts."""

from datetime import datetime

from sqlalchemy import case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import AnswerRow, FeedbackRow
from storage.records import Feedback, FeedbackCount, FeedbackValue, UnhelpfulAnswer
from storage.repositories.answer_content import citations_from_json
from storage.repositories.statements import insert_into


class FeedbackRepository:
    """Thumbs up and down."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def give(
        self, *, answer_id: int, user_id: int, value: FeedbackValue, at: datetime
    ) -> Feedback | None:
        """Store an opinion, over the earlier one of the same person.

        The reason stays when the opinion is the same. None when the answer is not kept any more.
        """
        answer = select(AnswerRow.id).where(AnswerRow.id == answer_id)
        if await self._session.scalar(answer) is None:
            return None
        statement = insert_into(self._session, FeedbackRow).values(
            answer_id=answer_id, user_id=user_id, value=value.value, reason=None, created_at=at
        )
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["answer_id", "user_id"],
                set_={
                    "value": statement.excluded.value,
                    "reason": case(
                        (FeedbackRow.value == value.value, FeedbackRow.reason), else_=None
                    ),
                },
            )
        )
        return await self.of(answer_id=answer_id, user_id=user_id)

    async def explain(self, *, answer_id: int, user_id: int, reason: str) -> bool:
        """Add why; tells whether there was an opinion to explain."""
        found = await self._session.scalar(
            update(FeedbackRow)
            .where(FeedbackRow.answer_id == answer_id, FeedbackRow.user_id == user_id)
            .values(reason=reason)
            .returning(FeedbackRow.answer_id)
        )
        return found is not None

    async def of(self, *, answer_id: int, user_id: int) -> Feedback | None:
        """Return what somebody thought of an answer, or None."""
        row = await self._session.scalar(
            select(FeedbackRow).where(
                FeedbackRow.answer_id == answer_id, FeedbackRow.user_id == user_id
            )
        )
        return _record(row) if row else None

    async def unhelpful(
        self, guild_id: int, since: datetime, *, limit: int
    ) -> tuple[UnhelpfulAnswer, ...]:
        """Return the answers in a guild that did not help since a moment, the newest first."""
        rows = await self._session.execute(
            select(AnswerRow.question_text, AnswerRow.citations, FeedbackRow.reason)
            .join(FeedbackRow, FeedbackRow.answer_id == AnswerRow.id)
            .where(
                AnswerRow.guild_id == guild_id,
                FeedbackRow.value == FeedbackValue.DOWN.value,
                FeedbackRow.created_at >= since,
            )
            .order_by(FeedbackRow.created_at.desc(), AnswerRow.id.desc())
            .limit(limit)
        )
        return tuple(
            UnhelpfulAnswer(question, citations_from_json(citations), reason)
            for question, citations, reason in rows
        )

    async def count(self, answer_id: int) -> FeedbackCount:
        """Count the opinions on an answer."""
        rows = await self._session.execute(
            select(FeedbackRow.value, func.count())
            .where(FeedbackRow.answer_id == answer_id)
            .group_by(FeedbackRow.value)
        )
        found = dict(rows.all())
        return FeedbackCount(
            up=found.get(FeedbackValue.UP.value, 0), down=found.get(FeedbackValue.DOWN.value, 0)
        )


def _record(row: FeedbackRow) -> Feedback:
    return Feedback(
        answer_id=row.answer_id,
        user_id=row.user_id,
        value=FeedbackValue(row.value),
        reason=row.reason,
        created_at=row.created_at,
    )
