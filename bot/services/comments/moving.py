"""Places that somebody deleted: a round's post is made again, comments go where they go now.

That a place is gone shows by what is sent to it or changed in it. So comments that stood in a post
that was deleted come back one by one, when there is news of them; what nobody touches stays away,
as whoever deleted it wanted.
"""

from dataclasses import replace
from typing import Final

import structlog

from bot.services.comments import sending
from bot.services.comments.venues import Venue
from bot.services.deliveries import transitions
from bot.services.directory import ChannelKind
from storage.comment_records import Comment, CommentState
from storage.delivery_records import Delivery, DmTarget, Problem
from storage.unit_of_work import UnitOfWork, UnitsOfWork

_GONE: Final = Problem.UNKNOWN_CHANNEL
_log: structlog.stdlib.BoundLogger = structlog.get_logger()


class Moving:
    """Part of the job of publishing; each comment is done in a unit of its own."""

    def __init__(self, units: UnitsOfWork) -> None:
        """Change deliveries in `units`."""
        self._units = units

    async def move(self, guild_id: int, venue: Venue) -> None:
        """Let what failed because its place is gone go to the place of now, if there is another.

        Raises:
            StorageError: when the database cannot be used; the next turn goes on.

        """
        if venue.comments is None:
            return
        async with self._units.reading() as work:
            posts = await work.deliveries.troubled_of_kind(guild_id, sending.ROUND_KIND)
            copies = await work.deliveries.troubled_of_kind(guild_id, sending.COMMENT_KIND)
        for one in posts:
            if one.problem is _GONE and one.copy is not None:
                await self._begin_again(one.id)
        for one in copies:
            if one.problem is _GONE:
                await self._move_one(one, venue)

    async def _begin_again(self, post_id: int) -> None:
        async with self._units() as work:
            known = await work.deliveries.lock(post_id)
            if known is not None and known.problem is _GONE and known.copy is not None:
                await _make_again(work, known)

    async def _move_one(self, found: Delivery, venue: Venue) -> None:
        async with self._units() as work:
            known = await work.comments.of_text(found.subject_id)
            comment = await work.comments.lock(known.id) if known else None
            copy = await work.deliveries.lock(found.id)
            if copy is None or copy.problem is not _GONE or isinstance(copy.target, DmTarget):
                return
            if comment is None or comment.text.id != copy.subject_id:
                return
            if comment.state is not CommentState.PLACED:
                return
            gone = copy.target.channel_id
            if not await _is_elsewhere(work, comment, venue, gone=gone):
                return
            # Its text is queued under another key there: that of the new place.
            await work.deliveries.put(transitions.emptied(copy))
            await work.comments.put(replace(comment, is_queued=False))
        _log.info("comment_moved", comment=comment.id, gone=gone)


async def _is_elsewhere(work: UnitOfWork, comment: Comment, venue: Venue, *, gone: int) -> bool:
    """Whether comments have another place by now; a post that is gone is made again for that."""
    place = venue.comments
    if place is None or place.kind is not ChannelKind.FORUM:
        return place is not None and place.id != gone
    for post in await work.deliveries.of_subject(sending.ROUND_KIND, comment.round_id):
        if post.copy is not None and post.copy.channel_id == gone:
            known = await work.deliveries.lock(post.id)
            if known is not None and known.copy == post.copy:
                await _make_again(work, known)
    return True


async def _make_again(work: UnitOfWork, post: Delivery) -> None:
    gone = transitions.failed(post, Problem.MESSAGE_GONE)
    await work.deliveries.put(transitions.retried(gone))
    _log.warning("round_post_made_again", round=post.subject_id)
