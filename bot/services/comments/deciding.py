"""What moderators decide about a comment. Of two at once one wins; the other is told who.

Every decision names the version that was looked at. The decision, its line of history, the
message, the card and the note to the author are one unit.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from bot.services.comments import states
from bot.services.comments.applying import LARGEST_NUMBER, Happening, beaten, locked, write
from bot.services.comments.content import body_of, reason_of
from bot.services.comments.errors import (
    SameCommentError,
    SameModeratorError,
    UnknownCommentError,
)
from bot.services.comments.venues import CommentVenues
from bot.services.ports import Clock
from storage.comment_records import Comment, CommentEvent, CommentState
from storage.unit_of_work import UnitOfWork, UnitsOfWork

ACTIVE_FOR: Final = dt.timedelta(days=90)
"""Whoever decided something in this time is a moderator who could look at an appeal."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Look:
    """Which comment a moderator of the guild looked at, and as of which version.

    `by` is that moderator. `alone`: they say that nobody else could look at an appeal; that counts
    only while nobody else is known to decide here.
    """

    comment_id: int
    guild_id: int
    version: int
    by: int
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Decision:
    """What to make of a comment; `is_so`: that it was decided so, for whoever presses twice."""

    change: Callable[[Comment, dt.datetime], tuple[Comment, CommentEvent]]
    events: frozenset[CommentEvent]
    is_so: Callable[[Comment], bool] = lambda _: True


class Deciding:
    """The decisions. Whoever calls checked that whoever looks is a moderator of the guild."""

    def __init__(self, units: UnitsOfWork, clock: Clock, venues: CommentVenues) -> None:
        """Decide in `units`; `venues` says where messages go."""
        self._units = units
        self._clock = clock
        self._venues = venues

    async def place(self, look: Look) -> Comment:
        """Let everybody read it; what is placed already and nobody looked at may stay.

        Raises (as all below):
            UnknownCommentError: when the guild has no such comment.
            CommentDecidedError: when it is another version by now: somebody else was first.
            CommentStateError: when that cannot be done in its state.
            SameModeratorError: when another moderator has to look at the appeal.

        """
        events = frozenset({CommentEvent.PLACED, CommentEvent.CHECKED})
        return await self._decide(look, _Decision(lambda one, _: states.placed(one), events))

    async def reject(self, look: Look, reason: str) -> Comment:
        """Refuse it, with a reason that its author reads; after an appeal: uphold that.

        Raises (beside the others):
            CommentContentError: when there is no reason, or it is too long.

        """
        why = reason_of(reason)
        decision = _Decision(
            lambda one, now: states.rejected(one, why, now=now),
            frozenset({CommentEvent.REJECTED, CommentEvent.UPHELD}),
            lambda one: one.reason == why,
        )
        return await self._decide(look, decision)

    async def redact(self, look: Look, text: str) -> Comment:
        """Let everybody read `text` in place of what the author wrote, which is kept beside it.

        Raises (beside the others):
            CommentContentError: when the text is too short or too long.

        """
        redacted = body_of(text)
        decision = _Decision(
            lambda one, _: states.redacted(one, redacted),
            frozenset({CommentEvent.REDACTED}),
            lambda one: one.text.redacted == redacted,
        )
        return await self._decide(look, decision)

    async def mark_duplicate(self, look: Look, of_number: int) -> Comment:
        """Let it count as another comment of the guild, which is placed or waits.

        Raises (beside the others):
            UnknownCommentError: also when there is no comment with that number.
            SameCommentError: when that is this one, or one that is neither placed nor waits.

        """
        async with self._units.reading() as work:
            is_number = 0 < of_number <= LARGEST_NUMBER
            of = await work.comments.by_number(look.guild_id, of_number) if is_number else None
        if of is None:
            raise UnknownCommentError
        if of.id == look.comment_id or of.state not in {CommentState.PLACED, CommentState.WAITING}:
            raise SameCommentError
        decision = _Decision(
            lambda one, now: states.duplicate(one, of=of_number, now=now),
            frozenset({CommentEvent.DUPLICATE}),
            lambda one: one.duplicate_of == of_number,
        )
        return await self._decide(look, decision)

    async def _decide(self, look: Look, decision: _Decision) -> Comment:
        venue, now = await self._venues.of(look.guild_id), self._clock.now()
        async with self._units() as work:
            found = await locked(work, look.comment_id, guild_id=look.guild_id)
            if found.version != look.version:
                if await _is_pressed_twice(work, found, look, decision):
                    return found
                raise await beaten(work, found)
            after, event = decision.change(found, now)
            await _check_other(work, found, look, now=now)
            happening = Happening(event, by=look.by, at=now, venue=venue)
            kept = await write(work, found, after, happening)
        _log.info("comment_decided", comment=kept.id, decision=event.value, by=look.by)
        return kept


async def _check_other(work: UnitOfWork, found: Comment, look: Look, *, now: dt.datetime) -> None:
    """Let somebody else than the first look at an appeal, when there is somebody else.

    Raises:
        SameModeratorError: when it is the first one.

    """
    if found.state is not CommentState.APPEALED:
        return
    history = await work.comments.history_of(found.id)
    if [one.actor_id for one in history if one.event is CommentEvent.REJECTED][-1:] != [look.by]:
        return
    since = now - ACTIVE_FOR
    known = await work.comments.deciders_since(found.guild_id, since)
    known |= await work.moderation.actors_since(found.guild_id, since)
    may_be_alone = not known - {look.by}
    if not (look.alone and may_be_alone):
        raise SameModeratorError(may_be_alone=may_be_alone)


async def _is_pressed_twice(
    work: UnitOfWork, found: Comment, look: Look, decision: _Decision
) -> bool:
    """Whether the last thing that happened is what the same moderator asks for once more."""
    if found.version != look.version + 1 or not decision.is_so(found):
        return False
    history = await work.comments.history_of(found.id)
    return history[-1].actor_id == look.by and history[-1].event in decision.events
