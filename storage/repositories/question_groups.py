"""Groups of open questions: what waits for a moderator, and what became of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.delivery_records import DeliveryState
from storage.models import DeliveryRow, OpenQuestionRow, QuestionGroupRow
from storage.question_records import (
    Keeping,
    ModeratorAnswer,
    OpenQuestionState,
    QuestionGroup,
    Waiting,
)

CARD_KIND: Final = "open_question"
"""The kind of the deliveries of cards; their subject is the group."""
_IS_OPEN: Final = QuestionGroupRow.state == OpenQuestionState.OPEN.value


class QuestionGroupRepository:
    """What moderators decide about."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, group_id: int) -> QuestionGroup | None:
        """Return a group, or None when it does not exist (any more)."""
        row = await self._session.get(QuestionGroupRow, group_id)
        return _record(row) if row else None

    async def lock(self, group_id: int) -> QuestionGroup | None:
        """Do the same, and let nobody else change it before this unit ends."""
        row = await self._session.scalar(
            select(QuestionGroupRow).where(QuestionGroupRow.id == group_id).with_for_update()
        )
        return _record(row) if row else None

    async def put(self, group: QuestionGroup) -> None:
        """Write down all of a group but its guild and when it was asked; `lock` it first."""
        answer = group.answer
        await self._session.execute(
            update(QuestionGroupRow)
            .where(QuestionGroupRow.id == group.id)
            .values(
                state=group.state.value,
                version=group.version,
                closed_at=group.closed_at,
                closed_by=group.closed_by,
                answer=answer.text if answer else "",
                source_title=answer.source_title if answer else "",
                source_url=answer.source_url if answer else "",
                document_id=answer.document_id if answer else None,
                section=answer.section if answer else None,
                keeping=group.keeping.value,
                posted_in=group.posted_in,
                posts=group.posts,
                settled=group.settled,
            )
        )

    async def open_in(
        self, guild_id: int, *, offset: int = 0, limit: int = 500
    ) -> tuple[QuestionGroup, ...]:
        """Return what waits in a guild, the oldest first."""
        return await self._found(
            (_IS_OPEN, QuestionGroupRow.guild_id == guild_id), limit=limit, offset=offset
        )

    async def count_open(self, guild_id: int) -> int:
        """Count what waits in a guild."""
        wanted = select(func.count()).select_from(QuestionGroupRow)
        return (
            await self._session.scalar(
                wanted.where(_IS_OPEN, QuestionGroupRow.guild_id == guild_id)
            )
            or 0
        )

    async def waiting_since(
        self, before: datetime, *, guild_id: int | None = None
    ) -> tuple[Waiting, ...]:
        """Return the guilds, or whether it is this one, where something waits since before then."""
        wanted = [_IS_OPEN, QuestionGroupRow.asked_at < before]
        if guild_id is not None:
            wanted.append(QuestionGroupRow.guild_id == guild_id)
        rows = await self._session.execute(
            select(QuestionGroupRow.guild_id, func.count(), func.min(QuestionGroupRow.asked_at))
            .where(*wanted)
            .group_by(QuestionGroupRow.guild_id)
            .order_by(QuestionGroupRow.guild_id)
        )
        return tuple(Waiting(guild_id, count, oldest) for guild_id, count, oldest in rows)

    async def unposted(self, *, limit: int) -> tuple[QuestionGroup, ...]:
        """Return the open groups without a card, or whose card failed or was taken away."""
        is_gone = DeliveryRow.state.in_((DeliveryState.CANCELLED.value, DeliveryState.FAILED.value))
        card = exists().where(
            DeliveryRow.kind == CARD_KIND,
            DeliveryRow.subject_id == QuestionGroupRow.id,
            DeliveryRow.channel_id == QuestionGroupRow.posted_in,
            DeliveryRow.withdrawn.is_(False),
            ~is_gone,
        )
        return await self._found((_IS_OPEN, ~card), limit=limit)

    async def unsettled(self, *, limit: int) -> tuple[QuestionGroup, ...]:
        """Return the closed groups of which it is not known whether all askers were reached."""
        is_settled = QuestionGroupRow.settled.is_(True)
        return await self._found((~_IS_OPEN, ~is_settled), limit=limit)

    async def unkept(self, *, before: datetime, limit: int) -> tuple[QuestionGroup, ...]:
        """Return what was closed before this moment to become knowledge, and did not yet."""
        wanted = QuestionGroupRow.keeping == Keeping.WANTED.value
        return await self._found((wanted, QuestionGroupRow.closed_at < before), limit=limit)

    async def empty(self, *, limit: int) -> tuple[int, ...]:
        """Return the ids of groups whose questions are all gone."""
        rows = await self._session.scalars(
            select(QuestionGroupRow.id)
            .where(_is_empty())
            .order_by(QuestionGroupRow.id)
            .limit(limit)
        )
        return tuple(rows)

    async def delete_empty(self, group_ids: Iterable[int]) -> tuple[int, ...]:
        """Delete those of these groups whose questions are all gone; return which."""
        rows = await self._session.scalars(
            delete(QuestionGroupRow)
            .where(QuestionGroupRow.id.in_(tuple(group_ids)), _is_empty())
            .returning(QuestionGroupRow.id)
        )
        return tuple(rows)

    async def _found(
        self, wanted: Iterable[ColumnElement[bool]], *, limit: int, offset: int = 0
    ) -> tuple[QuestionGroup, ...]:
        rows = await self._session.scalars(
            select(QuestionGroupRow)
            .where(*wanted)
            .order_by(QuestionGroupRow.asked_at, QuestionGroupRow.id)
            .offset(offset)
            .limit(limit)
        )
        return tuple(map(_record, rows))


def _is_empty() -> ColumnElement[bool]:
    return ~exists().where(OpenQuestionRow.group_id == QuestionGroupRow.id)


def _record(row: QuestionGroupRow) -> QuestionGroup:
    state = OpenQuestionState(row.state)
    answer = ModeratorAnswer(
        state=state,
        text=row.answer,
        source_title=row.source_title,
        source_url=row.source_url,
        document_id=row.document_id,
        section=row.section,
    )
    return QuestionGroup(
        id=row.id,
        guild_id=row.guild_id,
        state=state,
        version=row.version,
        asked_at=row.asked_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        answer=None if state is OpenQuestionState.OPEN else answer,
        keeping=Keeping(row.keeping),
        posted_in=row.posted_in,
        posts=row.posts,
        settled=row.settled,
    )
