"""What moderators typed about open questions and did not send yet."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import QuestionDraftRow
from storage.question_records import AnswerDraft, ModeratorAnswer, OpenQuestionState
from storage.repositories.statements import insert_into


class QuestionDraftRepository:
    """One text per group, moderator and thing to do with the group."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def write(
        self, group_id: int, answer: ModeratorAnswer, *, author_id: int, at: datetime
    ) -> AnswerDraft:
        """Keep what somebody typed, in place of what they typed before."""
        content: dict[str, object] = {
            "answer": answer.text,
            "source_title": answer.source_title,
            "source_url": answer.source_url,
            "document_id": answer.document_id,
            "section": answer.section,
            "written_at": at,
        }
        statement = insert_into(self._session, QuestionDraftRow).values(
            group_id=group_id,
            author_id=author_id,
            state=answer.state.value,
            version=1,
            **content,
        )
        changed = content | {"version": QuestionDraftRow.version + 1}
        row_id = await self._session.scalar(
            statement.on_conflict_do_update(
                index_elements=["group_id", "author_id", "state"], set_=changed
            ).returning(QuestionDraftRow.id)
        )
        rows = await self._session.scalars(
            select(QuestionDraftRow).where(QuestionDraftRow.id == row_id)
        )
        return _record(rows.one())

    async def get(self, draft_id: int) -> AnswerDraft | None:
        """Return a draft, or None when it was sent or is not kept any more."""
        row = await self._session.get(QuestionDraftRow, draft_id)
        return _record(row) if row else None

    async def of_group(self, group_id: int) -> tuple[AnswerDraft, ...]:
        """Return what was typed about a group, the newest first."""
        rows = await self._session.scalars(
            select(QuestionDraftRow)
            .where(QuestionDraftRow.group_id == group_id)
            .order_by(QuestionDraftRow.written_at.desc(), QuestionDraftRow.id.desc())
        )
        return tuple(map(_record, rows))


def _record(row: QuestionDraftRow) -> AnswerDraft:
    return AnswerDraft(
        id=row.id,
        group_id=row.group_id,
        author_id=row.author_id,
        version=row.version,
        written_at=row.written_at,
        answer=ModeratorAnswer(
            state=OpenQuestionState(row.state),
            text=row.answer,
            source_title=row.source_title,
            source_url=row.source_url,
            document_id=row.document_id,
            section=row.section,
        ),
    )
