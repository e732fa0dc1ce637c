"""Votes: one a person and wording, written in groups."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, case, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.comment_records import CommentState
from storage.models import (
    CommentRoundRow,
    CommentRow,
    CommentTextRow,
    VoteRow,
)
from storage.repositories.comments import joined_on
from storage.repositories.statements import insert_into, locks_rows
from storage.vote_records import (
    Countable,
    Tally,
    Votable,
    Vote,
    VoteValue,
)

_TALLY: Final = (
    CommentTextRow.shown_agree,
    CommentTextRow.shown_disagree,
    CommentTextRow.shown_passed,
)


class VoteRepository:
    """What members think of comments."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def votables(self, text_ids: Collection[int]) -> dict[int, Votable]:
        """Return what is known of wordings, by id, for this unit alone to vote on.

        Neither are their rounds closed before it ends.
        """
        if locks_rows(self._session):
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
            select(CommentTextRow.id, CommentRow.id, CommentRow.number, *_TALLY)
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
            Countable(text_id, comment_id, number, Tally(*counts))
            for text_id, comment_id, number, *counts in rows
        )

    async def cast_in(self, guild_id: int) -> tuple[tuple[int, int, int], ...]:
        """Return who voted what on what is placed now: (person, wording, value)."""
        rows = await self._session.execute(
            select(VoteRow.user_id, VoteRow.text_id, VoteRow.value).where(
                *_placed(guild_id, None), VoteRow.text_id == CommentTextRow.id
            )
        )
        return tuple((user_id, text_id, value) for user_id, text_id, value in rows)


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
