"""Comments: numbered per guild, kept in groups, each change with its history."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.comment_records import (
    DECISIONS,
    Comment,
    CommentChange,
    CommentEvent,
    CommentState,
    CommentText,
    NewComment,
)
from storage.models import CommentChangeRow, CommentCounterRow, CommentRow, CommentTextRow
from storage.repositories.comment_columns import (
    begun,
    change_of,
    comment_of,
    new_text_columns,
    state_columns,
    wording_columns,
)
from storage.repositories.statements import insert_into, locks_rows


class CommentRepository:
    """What members wrote. A comment whose author was erased is found by nothing here."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock_guilds(self, guild_ids: Collection[int]) -> dict[int, int]:
        """Let nobody else add to these guilds before this unit ends; return their last numbers."""
        last: dict[int, int] = {}
        for guild_id in sorted(guild_ids):  # always in one order: two units never wait in a circle
            statement = insert_into(self._session, CommentCounterRow).values(
                guild_id=guild_id, last=0
            )
            found = await self._session.scalar(
                statement.on_conflict_do_update(
                    index_elements=["guild_id"], set_={"last": CommentCounterRow.last}
                ).returning(CommentCounterRow.last)
            )
            last[guild_id] = found or 0
        return last

    async def add_all(self, new: Sequence[NewComment], *, at: datetime) -> tuple[Comment, ...]:
        """Keep comments, in order; their guilds are locked, their numbers follow the last."""
        if not new:
            return ()
        # Many at once, and then their ids: telling them row by row takes the database far longer.
        await self._session.execute(insert(CommentRow), [_comment_columns(one, at) for one in new])
        forms = [one.form_id for one in new]
        ids = await self._session.execute(
            select(CommentRow.form_id, CommentRow.id).where(CommentRow.form_id.in_(forms))
        )
        of_form: dict[int, int] = dict(ids.all())
        made = [_record(one, of_form[one.form_id], at) for one in new]
        await self._session.execute(
            insert(CommentTextRow),
            [
                {
                    "comment_id": comment.id,
                    "ordinal": 1,
                    "author_id": one.author_id,
                    **wording_columns(comment, one.stems),
                    **new_text_columns(),
                }
                for one, comment in zip(new, made, strict=True)
            ],
        )
        texts = await self._session.execute(
            select(CommentTextRow.comment_id, CommentTextRow.id).where(
                CommentTextRow.comment_id.in_(of_form.values())
            )
        )
        of_comment: dict[int, int] = dict(texts.all())
        kept = [_with_text(comment, of_comment[comment.id]) for comment in made]
        await self._session.execute(
            insert(CommentChangeRow),
            [begun(one, row_id=comment.id, at=at) for one, comment in zip(new, kept, strict=True)],
        )
        await self._count_on(new)
        return tuple(kept)

    async def _count_on(self, new: Sequence[NewComment]) -> None:
        """Remember the last numbers."""
        last = {one.guild_id: one.number for one in sorted(new, key=lambda one: one.number)}
        await self._session.execute(
            update(CommentCounterRow),
            [{"guild_id": guild_id, "last": number} for guild_id, number in last.items()],
        )

    async def of_forms(self, form_ids: Collection[int]) -> dict[int, Comment]:
        """Return the comments that these forms made, by form."""
        rows = await self._session.execute(
            _joined().add_columns(CommentRow.form_id).where(CommentRow.form_id.in_(form_ids))
        )
        return {form_id: comment_of(row, text) for row, text, form_id in rows}

    async def recent(
        self, authors: Collection[int], since: datetime
    ) -> Mapping[tuple[int, int], tuple[int, datetime]]:
        """Count what these people submitted after a moment, and since when, by guild and author."""
        first = func.min(CommentRow.created_at)
        rows = await self._session.execute(
            select(CommentRow.guild_id, CommentRow.author_id, func.count(), first)
            .where(CommentRow.author_id.in_(authors), CommentRow.created_at > since)
            .group_by(CommentRow.guild_id, CommentRow.author_id)
        )
        return {(guild, author or 0): (count, began) for guild, author, count, began in rows}

    async def get(self, comment_id: int) -> Comment | None:
        """Return a comment, or None when there is none (any more)."""
        return await self._found(_joined().where(CommentRow.id == comment_id))

    async def lock(self, comment_id: int) -> Comment | None:
        """Do the same, and let nobody else change it before this unit ends."""
        # Step by step: which wording belongs to it is known once nobody else can change it.
        if locks_rows(self._session):
            await self._session.execute(
                select(CommentRow.id).where(CommentRow.id == comment_id).with_for_update()
            )
            await self._session.execute(
                select(CommentTextRow.id)
                .where(CommentTextRow.comment_id == comment_id)
                .order_by(CommentTextRow.id)
                .with_for_update(key_share=True)
            )
        return await self.get(comment_id)

    async def by_number(self, guild_id: int, number: int) -> Comment | None:
        """Return the comment that people of a guild know by this number, or None."""
        return await self._found(
            _joined().where(CommentRow.guild_id == guild_id, CommentRow.number == number)
        )

    async def of_text(self, text_id: int) -> Comment | None:
        """Return the comment of which this is a wording, with its newest one."""
        return await self._found(
            _joined().where(
                CommentRow.id
                == select(CommentTextRow.comment_id)
                .where(CommentTextRow.id == text_id)
                .scalar_subquery()
            )
        )

    async def put(self, changed: Comment, *, stems: str | None = None) -> None:
        """Write down all of a comment but votes; `lock` it first.

        `stems` are those of what is shown, when that changed.
        """
        await self._session.execute(
            update(CommentRow).where(CommentRow.id == changed.id).values(**state_columns(changed))
        )
        values = wording_columns(changed, stems or "")
        if stems is None:
            del values["stems"]
        await self._session.execute(
            update(CommentTextRow).where(CommentTextRow.id == changed.text.id).values(**values)
        )

    async def reword(self, changed: Comment, *, stems: str, author_id: int) -> Comment:
        """Keep another wording, the next in order, and write down the rest as `put` does."""
        text_id = await self._session.scalar(
            insert(CommentTextRow)
            .values(
                comment_id=changed.id,
                ordinal=changed.text.ordinal,
                author_id=author_id,
                **wording_columns(changed, stems),
                **new_text_columns(),
            )
            .returning(CommentTextRow.id)
        )
        kept = _with_text(changed, text_id or 0)
        await self._session.execute(
            update(CommentRow).where(CommentRow.id == changed.id).values(**state_columns(kept))
        )
        return kept

    async def record(
        self,
        changed: Comment,
        event: CommentEvent,
        *,
        at: datetime,
        actor_id: int | None,
        reason: str | None = None,
    ) -> int:
        """Add a line to a comment's history; return its id."""
        row_id = await self._session.scalar(
            insert(CommentChangeRow)
            .values(
                comment_id=changed.id,
                event=event.value,
                at=at,
                version=changed.version,
                state=changed.state.value,
                ordinal=changed.text.ordinal,
                actor_id=actor_id,
                reason=reason,
            )
            .returning(CommentChangeRow.id)
        )
        return row_id or 0

    async def change(self, change_id: int) -> CommentChange | None:
        """Return one line of a history, or None."""
        row = await self._session.get(CommentChangeRow, change_id)
        return change_of(row) if row else None

    async def history_of(self, comment_id: int) -> tuple[CommentChange, ...]:
        """Return all that happened to a comment, the oldest first."""
        rows = await self._session.scalars(
            select(CommentChangeRow)
            .where(CommentChangeRow.comment_id == comment_id)
            .order_by(CommentChangeRow.id)
        )
        return tuple(map(change_of, rows))

    async def deciders_since(self, guild_id: int, since: datetime) -> frozenset[int]:
        """Return the moderators who decided about comments of a guild since a moment."""
        decisions = [one.value for one in DECISIONS]
        actors = await self._session.scalars(
            select(CommentChangeRow.actor_id)
            .join(CommentRow, CommentRow.id == CommentChangeRow.comment_id)
            .where(
                CommentRow.guild_id == guild_id,
                CommentChangeRow.at > since,
                CommentChangeRow.event.in_(decisions),
                CommentChangeRow.actor_id.is_not(None),
            )
            .distinct()
        )
        return frozenset(one for one in actors if one is not None)

    async def _found(self, wanted: Select[CommentRow, CommentTextRow]) -> Comment | None:
        found = (await self._session.execute(wanted)).one_or_none()
        return comment_of(found[0], found[1]) if found else None


def joined_on() -> ColumnElement[bool]:
    """Return what connects a comment with its newest wording."""
    return and_(
        CommentTextRow.comment_id == CommentRow.id, CommentTextRow.ordinal == CommentRow.ordinal
    )


def _joined() -> Select[CommentRow, CommentTextRow]:
    return select(CommentRow, CommentTextRow).join(CommentTextRow, joined_on())


def _comment_columns(new: NewComment, at: datetime) -> dict[str, object]:
    return {
        "guild_id": new.guild_id,
        "number": new.number,
        "round_id": new.round_id,
        "author_id": new.author_id,
        "created_at": at,
        "channel_id": new.channel_id,
        "form_id": new.form_id,
        **state_columns(_record(new, 0, at)),
    }


def _record(new: NewComment, row_id: int, at: datetime) -> Comment:
    text = CommentText(0, 1, new.body, new.consents, author_name=new.author_name)
    return Comment(
        id=row_id,
        guild_id=new.guild_id,
        number=new.number,
        round_id=new.round_id,
        author_id=new.author_id,
        version=1,
        state=CommentState.PLACED if new.is_placed else CommentState.WAITING,
        text=text,
        created_at=at,
        channel_id=new.channel_id,
        needs_card=new.needs_card,
    )


def _with_text(comment: Comment, text_id: int) -> Comment:
    return replace(comment, text=replace(comment.text, id=text_id))
