"""Votes: one a person and wording, written in groups, read without people."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.comment_records import CommentState
from storage.models import (
    CommentRoundRow,
    CommentRow,
    CommentTextRow,
    VoteRow,
    VoteSnapshotRow,
)
from storage.repositories.comments import joined_on
from storage.repositories.statements import insert_into
from storage.vote_records import (
    Countable,
    NewVotes,
    Tally,
    Votable,
    Vote,
    VoteSnapshot,
    VoteTable,
    VoteValue,
)


class VoteRepository:
    """What members think of comments."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def votables(self, text_ids: Collection[int]) -> dict[int, Votable]:
        """Return what is known of wordings, by id, for this unit alone to vote on.

        Neither are their rounds closed before it ends.
        """
        await self._session.execute(
            select(CommentTextRow.id)
            .where(CommentTextRow.id.in_(text_ids))
            .order_by(CommentTextRow.id)
            .with_for_update(key_share=True)
        )
        rows = await self._session.execute(
            select(CommentTextRow, CommentRow, CommentRoundRow)
            .join(CommentRow, CommentRow.id == CommentTextRow.comment_id)
            .join(CommentRoundRow, CommentRoundRow.id == CommentRow.round_id)
            .where(CommentTextRow.id.in_(text_ids))
            .order_by(CommentRoundRow.id)
            .with_for_update(read=True, of=CommentRoundRow)
        )
        return {text.id: _votable(text, comment, of) for text, comment, of in rows}

    async def standing(
        self, pairs: Collection[tuple[int, int]]
    ) -> dict[tuple[int, int], VoteValue]:
        """Return the votes that stand, by wording and person."""
        rows = await self._session.execute(
            select(VoteRow.text_id, VoteRow.user_id, VoteRow.value).where(
                tuple_(VoteRow.text_id, VoteRow.user_id).in_(pairs)
            )
        )
        return {(text_id, user_id): VoteValue(value) for text_id, user_id, value in rows}

    async def cast_all(self, votes: Sequence[Vote]) -> None:
        """Keep votes, over those that stand; one a person and wording."""
        if not votes:
            return
        statement = insert_into(self._session, VoteRow)
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["text_id", "user_id"],
                set_={
                    "value": statement.excluded.value,
                    "voted_at": statement.excluded.voted_at,
                },
            ),
            [
                {
                    "text_id": one.text_id,
                    "user_id": one.user_id,
                    "value": one.value.value,
                    "voted_at": one.at,
                }
                for one in votes
            ],
        )

    async def counts(self, text_ids: Collection[int]) -> dict[int, int]:
        """Count the voters of each wording that has any."""
        rows = await self._session.execute(
            select(VoteRow.text_id, func.count())
            .where(VoteRow.text_id.in_(text_ids))
            .group_by(VoteRow.text_id)
        )
        return dict(rows.all())

    async def first(self, steps: Mapping[int, int]) -> dict[int, Tally]:
        """Count what the first voters on wordings think by now: so many of each."""
        place = func.row_number().over(partition_by=VoteRow.text_id, order_by=VoteRow.id)
        ranked = (
            select(VoteRow.text_id, VoteRow.value, place.label("place"))
            .where(VoteRow.text_id.in_(steps))
            .subquery()
        )
        rows = await self._session.execute(
            select(ranked.c.text_id, ranked.c.value, func.count())
            .where(ranked.c.place <= case(steps, value=ranked.c.text_id, else_=0))
            .group_by(ranked.c.text_id, ranked.c.value)
        )
        found: dict[tuple[int, int], int] = {(text, value): count for text, value, count in rows}
        return {
            one: Tally(
                agree=found.get((one, VoteValue.AGREE.value), 0),
                disagree=found.get((one, VoteValue.DISAGREE.value), 0),
                passed=found.get((one, VoteValue.PASS.value), 0),
            )
            for one in steps
        }

    async def show(self, tallies: Mapping[int, Tally], versions: Mapping[int, int]) -> None:
        """Write down what may be shown of the votes on wordings, and of which version that is."""
        await self._session.execute(
            update(CommentTextRow),
            [
                {
                    "id": text_id,
                    "shown_agree": tally.agree,
                    "shown_disagree": tally.disagree,
                    "shown_passed": tally.passed,
                    "shown_version": versions[text_id],
                }
                for text_id, tally in tallies.items()
            ],
        )

    async def unvoted(
        self, guild_id: int, user_id: int, *, round_id: int | None, limit: int
    ) -> tuple[Countable, ...]:
        """Return what somebody can vote on and did not; not what they wrote. By number."""
        voted = select(VoteRow.text_id).where(VoteRow.user_id == user_id)
        rows = await self._session.execute(
            select(CommentTextRow, CommentRow)
            .where(
                *_placed(guild_id, round_id),
                CommentRoundRow.id == CommentRow.round_id,
                CommentRoundRow.is_open.is_(True),
                CommentTextRow.author_id != user_id,
                CommentTextRow.id.not_in(voted),
            )
            .order_by(CommentRow.number)
            .limit(limit)
        )
        return tuple(
            Countable(text.id, comment.id, comment.number, _shown(text)) for text, comment in rows
        )

    async def table(self, guild_id: int, *, round_id: int | None) -> VoteTable:
        """Return all votes on what is placed now, of one round or of all."""
        placed = _placed(guild_id, round_id)
        ids = await self._session.scalars(
            select(CommentTextRow.id).where(*placed).order_by(CommentRow.number)
        )
        text_ids = tuple(ids)
        column = {text_id: at for at, text_id in enumerate(text_ids)}
        votes = await self._session.execute(
            select(VoteRow.text_id, VoteRow.user_id, VoteRow.value).where(
                *placed, VoteRow.text_id == CommentTextRow.id
            )
        )
        rows: dict[int, list[int | None]] = {}
        for text_id, user_id, value in votes:
            if text_id in column:
                row = rows.setdefault(user_id, [None] * len(text_ids))
                row[column[text_id]] = value
        return VoteTable(text_ids, tuple(sorted(map(tuple, rows.values()), key=_nobody)))

    async def new_since(self, guild_id: int, moment: datetime, *, round_id: int | None) -> NewVotes:
        """Count what was cast or changed after a moment on what is placed now."""
        counted = select(func.count(), func.count(VoteRow.user_id.distinct())).where(
            *_placed(guild_id, round_id),
            VoteRow.text_id == CommentTextRow.id,
            VoteRow.voted_at > moment,
        )
        votes, voters = (await self._session.execute(counted)).one()
        return NewVotes(votes=votes, voters=voters)

    async def keep_snapshot(
        self, guild_id: int, table: VoteTable, *, round_id: int | None, at: datetime
    ) -> VoteSnapshot:
        """Keep a table of votes as it is now."""
        row_id = await self._session.scalar(
            insert(VoteSnapshotRow)
            .values(
                guild_id=guild_id,
                round_id=round_id,
                taken_at=at,
                content=json.dumps([table.text_ids, table.rows], separators=(",", ":")),
            )
            .returning(VoteSnapshotRow.id)
        )
        return VoteSnapshot(row_id or 0, guild_id, round_id, at, table)

    async def last_snapshot(self, guild_id: int, *, round_id: int | None) -> VoteSnapshot | None:
        """Return the newest table that was kept of a round, or of all rounds."""
        row = await self._session.scalar(
            select(VoteSnapshotRow)
            .where(
                VoteSnapshotRow.guild_id == guild_id,
                VoteSnapshotRow.round_id.is_(None)
                if round_id is None
                else VoteSnapshotRow.round_id == round_id,
            )
            .order_by(VoteSnapshotRow.id.desc())
            .limit(1)
        )
        if row is None:
            return None
        text_ids, rows = json.loads(row.content)
        table = VoteTable(tuple(text_ids), tuple(map(tuple, rows)))
        return VoteSnapshot(row.id, row.guild_id, row.round_id, row.taken_at, table)


def _placed(guild_id: int, round_id: int | None) -> list[ColumnElement[bool]]:
    """Return what holds for the newest wordings of what is placed in a guild, or in a round."""
    found: list[ColumnElement[bool]] = [
        joined_on(),
        CommentRow.guild_id == guild_id,
        CommentRow.state == CommentState.PLACED.value,
    ]
    if round_id is not None:
        found.append(CommentRow.round_id == round_id)
    return found


def _votable(text: CommentTextRow, comment: CommentRow, of: CommentRoundRow) -> Votable:
    is_newest = comment.ordinal == text.ordinal
    return Votable(
        text_id=text.id,
        comment_id=comment.id,
        guild_id=comment.guild_id,
        number=comment.number,
        is_current=is_newest and comment.state == CommentState.PLACED,
        is_open=of.is_open,
        round_title=of.title,
        tally=_shown(text),
        shown_version=text.shown_version,
    )


def _shown(text: CommentTextRow) -> Tally:
    return Tally(text.shown_agree, text.shown_disagree, text.shown_passed)


def _nobody(row: tuple[int | None, ...]) -> tuple[int, ...]:
    """Return what to order voters by: their votes, which say nothing of who they are."""
    return tuple(2 if value is None else value for value in row)
