"""The votes that pictures may be drawn of: they change in steps, by comment.

`bot.landscape.steps` has the rule. What is kept is one table a guild, for the pictures of all
rounds and of each: were they kept apart, one could be laid over the other. It is kept before a
picture is drawn, so that two who look at once see the same, or a whole step between them.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.landscape.minimum import counted
from bot.landscape.result import TooLittle
from bot.landscape.steps import step, without
from bot.landscape.votes import MISSING, VoteMatrix
from storage.comment_records import Comment, CommentFilter
from storage.unit_of_work import UnitsOfWork
from storage.vote_records import ShownVotes

_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Drawable:
    """What a picture may be drawn of, or what is missing for one.

    A voter of `matrix` is the number of a row and has no other name; its comments are numbers of
    the guild. `statements` are what those say, and the comments nobody voted on.
    """

    matrix: VoteMatrix
    lack: TooLittle | None
    statements: dict[int, str]


class StepwiseVotes:
    """The use case."""

    def __init__(self, units: UnitsOfWork) -> None:
        """Keep what is shown in `units`."""
        self._units = units

    async def of(self, guild_id: int, *, round_id: int | None = None) -> Drawable:
        """Return what to draw of one round, or of all."""
        for _ in range(_TRIES):
            look = await self._look(guild_id, round_id)
            if look.after is None or await self._keep(guild_id, look):
                return look.drawable
        # Others took steps all the time: what they show will do.
        return (await self._look(guild_id, round_id, may_step=False)).drawable

    async def _look(self, guild_id: int, round_id: int | None, *, may_step: bool = True) -> "_Look":
        async with self._units.reading() as work:
            kept = await work.shown_votes.of(guild_id)
            placed = await work.comment_lists.all_of(CommentFilter(guild_id))
            cast = await work.votes.cast_in(guild_id)
        # A large guild takes a tenth of a second: nobody else waits for that.
        return await asyncio.to_thread(_looked, kept, placed, cast, round_id, may_step=may_step)

    async def _keep(self, guild_id: int, look: "_Look") -> bool:
        """Keep a step; False when somebody took one since it was looked at."""
        async with self._units() as work:
            await work.comments.lock_guilds({guild_id})
            known = await work.shown_votes.of(guild_id)
            if (known.version if known else 0) != look.version:
                return False
            existing = await work.shown_votes.existing(look.parked.comments)
            parked = without(look.parked, {*look.parked.comments} - existing)
            await work.shown_votes.put(guild_id, _record(look, parked))
        return True


@dataclass(frozen=True, slots=True)
class _Look:
    """What somebody gets to see, and what is to be kept first: `after`, when that is a step.

    `parked` was shown of comments that are not placed now: they may come back.
    """

    drawable: Drawable
    version: int
    after: VoteMatrix | None
    parked: VoteMatrix


def _looked(
    kept: ShownVotes | None,
    placed: Collection[Comment],
    cast: Collection[tuple[int, int, int]],
    round_id: int | None,
    *,
    may_step: bool,
) -> _Look:
    shown, now = _matrix(kept), VoteMatrix.of(cast)
    standing = {one.text.id for one in placed}
    columns = set(shown.comments) if shown else set[int]()
    seen = without(shown, columns - standing) if shown else None
    after = step(seen, now) if may_step else seen or VoteMatrix.of(())
    wanted = [one for one in placed if round_id in {None, one.round_id}]
    numbers = {one.text.id: one.number for one in wanted}
    matrix = _nameless(after, numbers)
    lack = _lacking(matrix)
    if lack is not None:
        lack = _lacking(_nameless(now, numbers)) or lack
    is_step = after is not seen and lack is None
    return _Look(
        Drawable(matrix, lack, {one.number: one.text.shown for one in wanted}),
        version=kept.version if kept else 0,
        after=after if is_step else None,
        parked=without(shown, columns & standing) if shown else VoteMatrix.of(()),
    )


def _lacking(matrix: VoteMatrix) -> TooLittle | None:
    found = counted(matrix.votes)
    return found if isinstance(found, TooLittle) else None


def _nameless(matrix: VoteMatrix, numbers: dict[int, int]) -> VoteMatrix:
    """Return the votes on comments by their number; rows without any are left out.

    Rows go by their votes: the order says nothing of who they are.
    """
    columns = [at for at, text_id in enumerate(matrix.comments) if text_id in numbers]
    votes = matrix.votes[:, columns]
    rows = sorted(row for row in votes.tolist() if any(vote != MISSING for vote in row))
    comments = tuple(numbers[matrix.comments[at]] for at in columns)
    shape = (len(rows), len(comments))
    return VoteMatrix(tuple(range(len(rows))), comments, np.array(rows, np.int8).reshape(shape))


def _matrix(kept: ShownVotes | None) -> VoteMatrix | None:
    """Return what is shown; who was forgotten has a number below zero."""
    if kept is None:
        return None
    votes = [[MISSING if vote is None else vote for vote in row] for row in kept.rows]
    voters = tuple(-at - 1 if one is None else one for at, one in enumerate(kept.voters))
    shape = (len(voters), len(kept.text_ids))
    return VoteMatrix(voters, kept.text_ids, np.array(votes, np.int8).reshape(shape))


def _record(look: _Look, parked: VoteMatrix) -> ShownVotes:
    after = look.after or VoteMatrix.of(())
    together = VoteMatrix.of(
        (voter, text_id, vote)
        for matrix in (after, parked)
        for (voter, text_id), vote in matrix.cast().items()
    )
    return ShownVotes(
        version=look.version + 1,
        text_ids=together.comments,
        rows=tuple(
            tuple(None if vote == MISSING else vote for vote in row)
            for row in together.votes.tolist()
        ),
        voters=tuple(None if one < 0 else one for one in together.voters),
    )
