"""Votes: one a member and wording, secret, changeable, on disk when they are confirmed.

Many at once go in one transaction. Nobody reads somebody else's vote: what leaves is one's own,
what may be shown of the counts (`counting`), and a table without people (`reading`).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from bot.errors import MemberError
from bot.services.comments import sending
from bot.services.comments.applying import LARGEST_ID
from bot.services.comments.counting import next_step
from bot.services.comments.errors import NotVotableError, RoundClosedError
from bot.services.comments.ordering import ordered
from bot.services.grouping import Grouped
from bot.services.ports import Clock
from storage.comment_records import Comment
from storage.moderation_records import Round
from storage.unit_of_work import UnitOfWork, UnitsOfWork
from storage.vote_records import Votable, Vote, VoteValue

_LOOKED_THROUGH: Final = 2_000  # comments that somebody has not voted on


@dataclass(frozen=True, slots=True)
class Cast:
    """A vote that somebody casts in a guild, on a wording of a comment."""

    guild_id: int
    user_id: int
    text_id: int
    value: VoteValue


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote that is kept. `before` is what the member thought until now, None the first time.

    `number` is that of the comment.
    """

    number: int
    value: VoteValue
    before: VoteValue | None


@dataclass(frozen=True, slots=True)
class Ballot:
    """The comment to vote on next, its round, and how many there are, this one included."""

    comment: Comment
    round: Round
    left: int


class Voting:
    """The use case. Whoever calls checked that `user_id` is a member of the guild."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Keep votes in `units`."""
        self._units = units
        self._clock = clock
        self._group: Grouped[Cast, Voted] = Grouped(self._write, name="votes")

    async def vote(self, cast: Cast) -> Voted:
        """Keep a vote, over the one that the member cast before on this wording.

        Raises:
            NotVotableError: when the wording is not the one that is placed now.
            RoundClosedError: when its round is closed.
            StorageError: when it cannot be kept.

        """
        if not 0 < cast.text_id <= LARGEST_ID:
            raise NotVotableError
        return await self._group.put(cast)

    async def own(self, text_id: int, *, user_id: int) -> VoteValue | None:
        """Return what somebody voted on a wording, for themselves only."""
        async with self._units.reading() as work:
            return (await work.votes.standing({(text_id, user_id)})).get((text_id, user_id))

    async def next_for(
        self,
        guild_id: int,
        *,
        user_id: int,
        round_id: int | None = None,
        skipped: AbstractSet[int] = frozenset(),
    ) -> Ballot | None:
        """Return what somebody best votes on next, of one round or of all; None: all is done.

        Their own comments and closed rounds are left out. `skipped` are ids of wordings that they
        put aside: those come last.
        """
        async with self._units.reading() as work:
            found = await work.votes.unvoted(
                guild_id, user_id, round_id=round_id, limit=_LOOKED_THROUGH
            )
            in_order = ordered(found, user_id=user_id)
            first = [one for one in in_order if one.text_id not in skipped] or in_order
            for one in first:
                comment = await work.comments.get(one.comment_id)
                of = await work.rounds.get(comment.round_id) if comment else None
                if comment is not None and of is not None:
                    return Ballot(comment, of, left=len(found))
        return None

    async def _write(self, casts: Sequence[Cast]) -> list[Voted | MemberError]:
        now = self._clock.now()
        async with self._units() as work:
            known = await work.votes.votables({one.text_id for one in casts})
            refusals = [_refusal(one, known.get(one.text_id)) for one in casts]
            valid = [one for one, refused in zip(casts, refusals, strict=True) if refused is None]
            standing = await work.votes.standing({(one.text_id, one.user_id) for one in valid})
            last = {(one.text_id, one.user_id): one for one in valid}
            await work.votes.cast_all(
                [
                    Vote(one.text_id, one.user_id, one.value, now)
                    for key, one in last.items()
                    if standing.get(key) is not one.value
                ]
            )
            fresh = {text_id for text_id, user_id in last if (text_id, user_id) not in standing}
            await _show(work, fresh, known)
        outcomes: list[Voted | MemberError] = []
        for one, refused in zip(casts, refusals, strict=True):
            if refused is not None:
                outcomes.append(refused)
                continue
            key = (one.text_id, one.user_id)
            outcomes.append(Voted(known[one.text_id].number, one.value, standing.get(key)))
            standing[key] = one.value
        return outcomes


def _refusal(cast: Cast, votable: Votable | None) -> MemberError | None:
    if votable is None or votable.guild_id != cast.guild_id or not votable.is_current:
        return NotVotableError()
    return None if votable.is_open else RoundClosedError(votable.round_title)


async def _show(work: UnitOfWork, text_ids: AbstractSet[int], known: Mapping[int, Votable]) -> None:
    """Show the next step of counts where it is reached; messages follow."""
    if not text_ids:
        return
    counts = await work.votes.counts(text_ids)
    steps = {
        text_id: step
        for text_id in sorted(text_ids)
        if (step := next_step(counts.get(text_id, 0), shown=known[text_id].tally.total))
    }
    if not steps:
        return
    versions = {text_id: known[text_id].shown_version + 1 for text_id in steps}
    await work.votes.show(await work.votes.first(steps), versions)
    await work.deliveries.revise_all(sending.COMMENT_KIND, versions)
