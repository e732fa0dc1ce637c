"""Questions that members passed on to the moderators: once per person and question in a guild."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import OpenQuestionRow, QuestionGroupRow
from storage.question_records import (
    Keeping,
    NewOpenQuestion,
    OpenQuestion,
    OpenQuestionState,
    Outcome,
)
from storage.repositories.statements import insert_into


class OpenQuestionRepository:
    """Who asked what."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def take_turn(self, guild_id: int) -> None:
        """Let nobody else pass on a question in a guild before this unit ends.

        On SQLite there is one writer anyhow.
        """
        if self._session.get_bind().dialect.name == "postgresql":
            name = func.hashtextextended(f"open_questions:{guild_id}", 0)
            await self._session.execute(select(func.pg_advisory_xact_lock(name)))

    async def pass_on(
        self, question: NewOpenQuestion, *, group_id: int | None = None
    ) -> tuple[OpenQuestion, bool]:
        """Store a question, in this group or in a new one; the flag tells whether it is new.

        The same question of the same person stays as it was stored first.
        """
        known = await self.of_asker(question)
        if known is not None:
            return known, False
        if group_id is None:
            group_id = await self._new_group(question)
        row_id = await self._session.scalar(
            insert_into(self._session, OpenQuestionRow)
            .values(
                guild_id=question.guild_id,
                channel_id=question.channel_id,
                message_id=question.message_id,
                asker_id=question.asker_id,
                text=question.text,
                question_hash=_hash_of(question.normalised),
                asked_at=question.asked_at,
                group_id=group_id,
            )
            .returning(OpenQuestionRow.id)
        )
        rows = await self._session.scalars(
            select(OpenQuestionRow).where(OpenQuestionRow.id == row_id)
        )
        return _record(rows.one()), True

    async def of_asker(self, question: NewOpenQuestion) -> OpenQuestion | None:
        """Return the same question of the same person, if they passed it on before."""
        row = await self._session.scalar(
            select(OpenQuestionRow).where(
                OpenQuestionRow.guild_id == question.guild_id,
                OpenQuestionRow.asker_id == question.asker_id,
                OpenQuestionRow.question_hash == _hash_of(question.normalised),
            )
        )
        return _record(row) if row else None

    async def get(self, open_question_id: int) -> OpenQuestion | None:
        """Return a question, or None when it does not exist (any more)."""
        row = await self._session.get(OpenQuestionRow, open_question_id)
        return _record(row) if row else None

    async def in_group(self, group_id: int) -> tuple[OpenQuestion, ...]:
        """Return the questions of a group, the oldest first."""
        return (await self.in_groups([group_id])).get(group_id, ())

    async def in_groups(self, group_ids: Iterable[int]) -> Mapping[int, tuple[OpenQuestion, ...]]:
        """Return the questions of several groups, each the oldest first."""
        rows = await self._session.scalars(
            select(OpenQuestionRow)
            .where(OpenQuestionRow.group_id.in_(tuple(group_ids)))
            .order_by(OpenQuestionRow.asked_at, OpenQuestionRow.id)
        )
        found: dict[int, list[OpenQuestion]] = defaultdict(list)
        for row in rows:
            found[row.group_id].append(_record(row))
        return {group_id: tuple(questions) for group_id, questions in found.items()}

    async def note_outcome(self, open_question_id: int, outcome: Outcome) -> None:
        """Write down how the answer to a question arrived."""
        await self._session.execute(
            update(OpenQuestionRow)
            .where(OpenQuestionRow.id == open_question_id)
            .values(outcome=outcome.value)
        )

    async def _new_group(self, question: NewOpenQuestion) -> int:
        row_id = await self._session.scalar(
            insert_into(self._session, QuestionGroupRow)
            .values(
                guild_id=question.guild_id,
                state=OpenQuestionState.OPEN.value,
                version=1,
                asked_at=question.asked_at,
                answer="",
                source_title="",
                source_url="",
                keeping=Keeping.NO.value,
                posts=0,
                settled=False,
            )
            .returning(QuestionGroupRow.id)
        )
        return row_id or 0


def _hash_of(normalised: str) -> str:
    return hashlib.sha256(normalised.encode("utf-8", "surrogatepass")).hexdigest()


def _record(row: OpenQuestionRow) -> OpenQuestion:
    return OpenQuestion(
        id=row.id,
        guild_id=row.guild_id,
        group_id=row.group_id,
        asker_id=row.asker_id,
        text=row.text,
        asked_at=row.asked_at,
        channel_id=row.channel_id,
        message_id=row.message_id,
        outcome=None if row.outcome is None else Outcome(row.outcome),
    )
