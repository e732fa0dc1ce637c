"""Comments in lists: pages for members, the queue of moderators, and what is still to be sent."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.comment_records import (
    AuthorCounts,
    Comment,
    CommentFilter,
    CommentOrder,
    CommentState,
)
from storage.delivery_records import Copy
from storage.models import CommentChangeRow, CommentRow, CommentTextRow, DeliveryRow
from storage.repositories.comment_columns import comment_of
from storage.repositories.comments import joined_on


class CommentListRepository:
    """Looks comments up; nobody finds those whose author was erased."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(
        self, wanted: CommentFilter, order: CommentOrder, *, offset: int, limit: int
    ) -> tuple[Comment, ...]:
        """Return some of the comments that a filter lets through."""
        newest = CommentRow.number.desc()
        supported = (CommentTextRow.shown_agree.desc(), CommentTextRow.shown_disagree, newest)
        return await self._records(
            _joined()
            .where(*_conditions(wanted))
            .order_by(*(supported if order is CommentOrder.SUPPORTED else (newest,)))
            .offset(offset)
            .limit(limit)
        )

    async def count(self, wanted: CommentFilter) -> int:
        """Count all that a filter lets through."""
        counted = (
            select(func.count())
            .select_from(CommentRow)
            .join(CommentTextRow, joined_on())
            .where(*_conditions(wanted))
        )
        return await self._session.scalar(counted) or 0

    async def all_of(self, wanted: CommentFilter) -> tuple[Comment, ...]:
        """Return all of them in the order of their numbers: for exports."""
        return await self._records(
            _joined().where(*_conditions(wanted)).order_by(CommentRow.number)
        )

    async def queue(
        self, guild_id: int, *, round_id: int | None, offset: int, limit: int
    ) -> tuple[Comment, ...]:
        """Return what waits for a moderator, the longest waiting first."""
        return await self._records(
            _joined()
            .where(*_waiting(guild_id, round_id))
            .order_by(CommentRow.id)
            .offset(offset)
            .limit(limit)
        )

    async def count_queue(self, guild_id: int, *, round_id: int | None = None) -> int:
        """Count what waits for a moderator."""
        counted = (
            select(func.count())
            .select_from(CommentRow)
            .join(CommentTextRow, joined_on())
            .where(*_waiting(guild_id, round_id))
        )
        return await self._session.scalar(counted) or 0

    async def stems_of(
        self, guild_id: int, *, round_id: int, states: Sequence[CommentState], limit: int
    ) -> tuple[tuple[int, str], ...]:
        """Return the newest comments of a round in some states: their ids, with their stems."""
        rows = await self._session.execute(
            select(CommentRow.id, CommentTextRow.stems)
            .join(CommentTextRow, joined_on())
            .where(
                CommentRow.guild_id == guild_id,
                CommentRow.round_id == round_id,
                CommentRow.state.in_([one.value for one in states]),
            )
            .order_by(CommentRow.id.desc())
            .limit(limit)
        )
        return tuple((row_id, stems) for row_id, stems in rows)

    async def counts_of(self, guild_id: int, author_id: int) -> AuthorCounts:
        """Count how an author's comments ended."""
        rows = await self._session.execute(
            select(CommentRow.state, func.count())
            .where(CommentRow.guild_id == guild_id, CommentRow.author_id == author_id)
            .group_by(CommentRow.state)
        )
        found: dict[str, int] = dict(rows.all())
        return AuthorCounts(
            placed=found.get(CommentState.PLACED, 0),
            rejected=found.get(CommentState.REJECTED, 0),
            waiting=found.get(CommentState.WAITING, 0) + found.get(CommentState.APPEALED, 0),
            withdrawn=found.get(CommentState.WITHDRAWN, 0),
            duplicate=found.get(CommentState.DUPLICATE, 0),
        )

    async def unpublished(self, *, after: int, limit: int) -> tuple[Comment, ...]:
        """Return placed comments whose message is not in the outbox, of any guild, by id."""
        return await self._records(
            _joined()
            .where(
                CommentRow.state == CommentState.PLACED.value,
                CommentRow.is_queued.is_(False),
                CommentRow.id > after,
            )
            .order_by(CommentRow.id)
            .limit(limit)
        )

    async def without_card(self, *, after: int, limit: int) -> tuple[Comment, ...]:
        """Return comments whose card is not in the outbox, of any guild, by id."""
        return await self._records(
            _joined()
            .where(CommentRow.needs_card.is_(True), CommentRow.id > after)
            .order_by(CommentRow.id)
            .limit(limit)
        )

    async def copy_of(self, kind: str, text_id: int) -> Copy | None:
        """Return where a wording stands now, if anywhere."""
        row = (
            await self._session.execute(
                select(DeliveryRow.place_id, DeliveryRow.message_id)
                .where(
                    DeliveryRow.kind == kind,
                    DeliveryRow.subject_id == text_id,
                    DeliveryRow.withdrawn.is_(False),
                    DeliveryRow.message_id.is_not(None),
                )
                .order_by(DeliveryRow.id.desc())
                .limit(1)
            )
        ).one_or_none()
        place_id, message_id = row or (None, None)
        if place_id is None or message_id is None:
            return None
        return Copy(place_id, message_id)

    async def text_ids_of_author(self, author_id: int) -> tuple[tuple[int, int], ...]:
        """Return all wordings of an author, as ids of comment and wording."""
        rows = await self._session.execute(
            select(CommentTextRow.comment_id, CommentTextRow.id).where(
                CommentTextRow.author_id == author_id
            )
        )
        return tuple((comment_id, text_id) for comment_id, text_id in rows)

    async def take_back_all_of(self, author_id: int) -> None:
        """Withdraw all comments of an author who is about to be erased, without their reasons.

        What is left says nothing; it counts as retired from its beginning on.
        """
        own = select(CommentRow.id).where(CommentRow.author_id == author_id)
        await self._session.execute(
            update(CommentChangeRow).where(CommentChangeRow.comment_id.in_(own)).values(reason=None)
        )
        await self._session.execute(
            update(CommentRow)
            .where(CommentRow.author_id == author_id)
            .values(
                state=CommentState.WITHDRAWN.value,
                version=CommentRow.version + 1,
                retired_at=func.coalesce(CommentRow.retired_at, CommentRow.created_at),
                duplicate_of=None,
                waits=False,
                is_queued=False,
                needs_card=False,
                channel_id=None,
            )
        )

    async def _records(self, wanted: Select[CommentRow, CommentTextRow]) -> tuple[Comment, ...]:
        rows = await self._session.execute(wanted)
        return tuple(comment_of(row, text) for row, text in rows)


def _joined() -> Select[CommentRow, CommentTextRow]:
    return select(CommentRow, CommentTextRow).join(CommentTextRow, joined_on())


def _conditions(wanted: CommentFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        CommentRow.guild_id == wanted.guild_id,
        CommentRow.state.in_([one.value for one in wanted.states]),
    ]
    if wanted.round_id is not None:
        found.append(CommentRow.round_id == wanted.round_id)
    if wanted.author_id is not None:
        found.append(CommentRow.author_id == wanted.author_id)
    found += [CommentTextRow.stems.contains(f" {one}", autoescape=True) for one in wanted.stems]
    return found


def _waiting(guild_id: int, round_id: int | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        CommentRow.guild_id == guild_id,
        CommentRow.waits.is_(True),
    ]
    if round_id is not None:
        found.append(CommentRow.round_id == round_id)
    return found
