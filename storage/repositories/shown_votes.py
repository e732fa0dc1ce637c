"""The votes that pictures are drawn of: kept beside the votes themselves, changed in steps."""

import json
from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import CommentTextRow, ShownVoterRow, ShownVotesRow, VoteRow
from storage.repositories.statements import insert_into
from storage.vote_records import ShownVotes


class ShownVoteRepository:
    """What the pictures of a guild show of the votes: one table a guild."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, guild_id: int) -> ShownVotes | None:
        """Return what is shown in a guild; None before its first picture."""
        row = await self._session.get(ShownVotesRow, guild_id, populate_existing=True)
        if row is None:
            return None
        voters = await self._session.execute(
            select(ShownVoterRow.place, ShownVoterRow.user_id).where(
                ShownVoterRow.guild_id == guild_id
            )
        )
        known: dict[int, int] = dict(voters.all())
        text_ids, rows = json.loads(row.content)
        return ShownVotes(
            version=row.version,
            text_ids=tuple(text_ids),
            rows=tuple(map(tuple, rows)),
            voters=tuple(known.get(place) for place in range(len(rows))),
        )

    async def put(self, guild_id: int, shown: ShownVotes) -> None:
        """Show something else; its rows are put in an order that says nothing of people.

        Whoever has no vote (any more) is not named: they are being forgotten.
        """
        rows = sorted(zip(shown.rows, shown.voters, strict=True), key=lambda one: _nobody(one[0]))
        content = json.dumps([shown.text_ids, [row for row, _ in rows]], separators=(",", ":"))
        statement = insert_into(self._session, ShownVotesRow).values(
            guild_id=guild_id, version=shown.version, content=content
        )
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["guild_id"],
                set_={
                    "version": statement.excluded.version,
                    "content": statement.excluded.content,
                },
            )
        )
        await self._session.execute(delete(ShownVoterRow).where(ShownVoterRow.guild_id == guild_id))
        voting = await self._voting({one for one in shown.voters if one is not None})
        named = [
            {"guild_id": guild_id, "place": place, "user_id": voter}
            for place, (_, voter) in enumerate(rows)
            if voter in voting
        ]
        if named:
            await self._session.execute(insert(ShownVoterRow), named)

    async def _voting(self, voters: Collection[int]) -> frozenset[int]:
        """Return who has a vote, which nobody deletes before this unit ends."""
        one_each = (
            select(func.min(VoteRow.id))
            .where(VoteRow.user_id.in_(voters))
            .group_by(VoteRow.user_id)
        )
        found = await self._session.scalars(
            select(VoteRow.user_id)
            .where(VoteRow.id.in_(one_each))
            .with_for_update(read=True, key_share=True)
        )
        return frozenset(found)

    async def existing(self, text_ids: Collection[int]) -> frozenset[int]:
        """Return which of these wordings are not deleted."""
        found = await self._session.scalars(
            select(CommentTextRow.id).where(CommentTextRow.id.in_(text_ids))
        )
        return frozenset(found)


def _nobody(row: Sequence[int | None]) -> tuple[int, ...]:
    """Return what to order voters by: their votes, which say nothing of who they are."""
    return tuple(2 if value is None else value for value in row)
