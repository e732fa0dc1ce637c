"""What everything that happens to a comment has in common: one at a time, written with its line."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.services.comments import sending
from bot.services.comments.content import stems_of
from bot.services.comments.errors import CommentDecidedError, UnknownCommentError
from bot.services.comments.venues import Venue
from storage.comment_records import DECISIONS, Comment, CommentEvent
from storage.unit_of_work import UnitOfWork

LARGEST_ID: Final = 2**63 - 1
LARGEST_NUMBER: Final = 2**31 - 1


async def locked(work: UnitOfWork, comment_id: int, *, guild_id: int) -> Comment:
    """Return a comment as it is, for this unit alone.

    Raises:
        UnknownCommentError: when the guild has none.

    """
    found = await work.comments.lock(comment_id) if 0 < comment_id <= LARGEST_ID else None
    if found is None or found.guild_id != guild_id:
        raise UnknownCommentError
    return found


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens to a comment, who does it and when; `venue` is where its messages go."""

    event: CommentEvent
    by: int
    at: dt.datetime
    venue: Venue


async def write(work: UnitOfWork, before: Comment, after: Comment, happening: Happening) -> Comment:
    """Write down what happened, its line of history, and what the outbox gets of it.

    Returns the comment as it was written: what is queued is noted in it.
    """
    event, at = happening.event, happening.at
    stems = stems_of(after.text.shown) if after.text.shown != before.text.shown else None
    if after.text.ordinal > before.text.ordinal:
        author_id = before.author_id or happening.by
        after = await work.comments.reword(
            after, stems=stems_of(after.text.shown), author_id=author_id
        )
    kept = await sending.follow(work, before, after, happening.venue, now=at)
    await work.comments.put(kept, stems=stems)
    reason = kept.reason if event in DECISIONS else None
    change_id = await work.comments.record(kept, event, at=at, actor_id=happening.by, reason=reason)
    if event in sending.TOLD:
        await sending.queue_note(work, kept, change_id, now=at)
    return kept


async def beaten(work: UnitOfWork, found: Comment) -> CommentDecidedError:
    """Return that somebody was first, who, and what they did."""
    history = await work.comments.history_of(found.id)
    last = history[-1] if history else None
    return CommentDecidedError(
        found,
        event=last.event if last else None,
        by=last.actor_id if last else None,
        at=last.at if last else None,
    )
