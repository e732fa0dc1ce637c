"""Answers that were shown, for the buttons below them."""

from collections.abc import Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import AnswerRow
from storage.records import AnswerContent, AnswerStatus, NewAnswer, ShownAnswer
from storage.repositories.answer_content import (
    citations_from_json,
    citations_to_json,
    topics_from_json,
    topics_to_json,
)
from storage.repositories.places import columns_of, place_of


class AnswerRepository:
    """What was shown where."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, answer: NewAnswer) -> ShownAnswer:
        """Keep an answer before it is sent: its id goes into the buttons.

        Raises:
            ConflictError: when `question_id` names no question.

        """
        (row_id,) = await self.add_all([answer])
        return await self._one(row_id)

    async def add_all(self, answers: Sequence[NewAnswer]) -> list[int]:
        """Keep answers; return their ids in the same order. Raises ConflictError, as `add` does."""
        ids = await self._session.scalars(
            insert(AnswerRow).returning(AnswerRow.id, sort_by_parameter_order=True),
            [
                {
                    **columns_of(answer.place),
                    **_columns_of(answer.content),
                    "question_id": answer.question_id,
                    "private": answer.private,
                    "created_at": answer.created_at,
                }
                for answer in answers
            ],
        )
        return list(ids)

    async def get(self, answer_id: int) -> ShownAnswer | None:
        """Return an answer, or None when it does not exist (any more)."""
        row = await self._session.get(AnswerRow, answer_id)
        return _record(row) if row else None

    async def of_message(self, message_id: int) -> ShownAnswer | None:
        """Return the answer that a message shows, or None."""
        row = await self._session.scalar(
            select(AnswerRow).where(AnswerRow.message_id == message_id)
        )
        return _record(row) if row else None

    async def placed(self, answer_id: int, *, message_id: int) -> None:
        """Remember which message shows the answer; in private messages nothing is remembered.

        Raises:
            ConflictError: when that message shows another answer already.

        """
        await self._session.execute(
            update(AnswerRow)
            .where(AnswerRow.id == answer_id, AnswerRow.channel_id.is_not(None))
            .values(message_id=message_id)
        )

    async def revise(self, answer_id: int, content: AnswerContent) -> ShownAnswer | None:
        """Replace what an answer shows; None when it does not exist (any more)."""
        row_id = await self._session.scalar(
            update(AnswerRow)
            .where(AnswerRow.id == answer_id)
            .values(**_columns_of(content))
            .returning(AnswerRow.id)
        )
        return None if row_id is None else await self._one(row_id)

    async def _one(self, row_id: int | None) -> ShownAnswer:
        rows = await self._session.scalars(select(AnswerRow).where(AnswerRow.id == row_id))
        return _record(rows.one())


def _columns_of(content: AnswerContent) -> dict[str, str]:
    return {
        "status": content.status.value,
        "question_text": content.question,
        "answer_text": content.text,
        "citations": citations_to_json(content.citations),
        "topics": topics_to_json(content.topics),
    }


def _record(row: AnswerRow) -> ShownAnswer:
    return ShownAnswer(
        id=row.id,
        place=place_of(guild_id=row.guild_id, channel_id=row.channel_id),
        content=AnswerContent(
            status=AnswerStatus(row.status),
            question=row.question_text,
            text=row.answer_text,
            citations=citations_from_json(row.citations),
            topics=topics_from_json(row.topics),
        ),
        private=row.private,
        created_at=row.created_at,
        question_id=row.question_id,
        message_id=row.message_id,
    )
