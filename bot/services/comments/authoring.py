"""What members do with their own comments: look, change, take back, ask for another look."""

import datetime as dt
from dataclasses import dataclass

from bot.services.comments import states
from bot.services.comments.applying import LARGEST_NUMBER, Happening, beaten, locked, write
from bot.services.comments.content import body_of, reason_of
from bot.services.comments.errors import BlockedError, RoundClosedError, UnknownCommentError
from bot.services.comments.venues import CommentVenues
from bot.services.ports import Clock
from storage.comment_records import Comment, CommentChange, CommentEvent, CommentState, Consents
from storage.unit_of_work import UnitOfWork, UnitsOfWork


@dataclass(frozen=True, slots=True)
class OwnEdit:
    """Another text for a comment, or other consents, by its author.

    `version` is the one that was looked at. `author_name` is kept only if `consents` say so.
    """

    comment_id: int
    guild_id: int
    version: int
    author_id: int
    author_name: str
    body: str
    consents: Consents


class Authoring:
    """The author's side. Somebody else's comment is unknown here."""

    def __init__(self, units: UnitsOfWork, clock: Clock, venues: CommentVenues) -> None:
        """Change comments in `units`; `venues` says where messages go."""
        self._units = units
        self._clock = clock
        self._venues = venues

    async def own(self, number: int, *, guild_id: int, author_id: int) -> Comment:
        """Return an own comment by its number.

        Raises:
            UnknownCommentError: when there is none, or it is somebody else's.

        """
        async with self._units.reading() as work:
            usable = 0 < number <= LARGEST_NUMBER
            found = await work.comments.by_number(guild_id, number) if usable else None
        if found is None or found.author_id != author_id:
            raise UnknownCommentError
        return found

    async def history_of(self, comment: Comment) -> tuple[CommentChange, ...]:
        """Return all that happened to a comment, the oldest first."""
        async with self._units.reading() as work:
            return await work.comments.history_of(comment.id)

    async def edit(self, edit: OwnEdit) -> tuple[Comment, CommentEvent]:
        """Change an own comment; the same form sent in twice changes it once.

        Another text of what was placed waits for a moderator again (EDITED), or is placed at once
        (REPOSTED) where that is the mode; the message of the old text goes, its votes stay with
        it. Other consents hold at once (CONSENTED), in every state but withdrawn.

        Raises:
            CommentContentError: when the text is too short or too long.
            UnknownCommentError: when it is not one of this member's.
            CommentDecidedError: when it is another version by now.
            CommentStateError: when its text cannot be changed (any more).
            RoundClosedError, BlockedError: when this member cannot write there now.

        """
        body, now = body_of(edit.body), self._clock.now()
        venue = await self._venues.of(edit.guild_id)
        async with self._units() as work:
            found = await _own(work, edit.comment_id, edit.guild_id, edit.author_id)
            is_so = found.text.body == body and found.text.consents == edit.consents
            if is_so and found.state is not CommentState.WITHDRAWN:
                history = await work.comments.history_of(found.id)
                return found, history[-1].event
            if found.version != edit.version:
                raise await beaten(work, found)
            after, event = states.edited(
                found,
                body,
                edit.consents,
                author_name=edit.author_name,
                places_first=not venue.checks_first,
            )
            if event is not CommentEvent.CONSENTED:
                await _check_may_write(work, found, edit.author_id, now=now)
            happening = Happening(event, by=edit.author_id, at=now, venue=venue)
            return await write(work, found, after, happening), event

    async def withdraw(self, comment_id: int, *, guild_id: int, author_id: int) -> Comment:
        """Take an own comment back, whatever became of it; its message goes. Twice is as once.

        Raises:
            UnknownCommentError: when it is not one of this member's.

        """
        now, venue = self._clock.now(), await self._venues.of(guild_id)
        async with self._units() as work:
            found = await _own(work, comment_id, guild_id, author_id)
            if found.state is CommentState.WITHDRAWN:
                return found
            after, event = states.withdrawn(found, now=now)
            happening = Happening(event, by=author_id, at=now, venue=venue)
            return await write(work, found, after, happening)

    async def appeal(
        self, comment_id: int, words: str, *, guild_id: int, author_id: int
    ) -> Comment:
        """Ask for another look at a rejected comment: once, and by another moderator.

        The same words again, while the appeal waits, change nothing.

        Raises:
            CommentContentError: when there are no words, or too many.
            UnknownCommentError: when it is not one of this member's.
            AppealUsedError: when an appeal was made before.
            CommentStateError: when it is not rejected.

        """
        why, now, venue = reason_of(words), self._clock.now(), await self._venues.of(guild_id)
        async with self._units() as work:
            found = await _own(work, comment_id, guild_id, author_id)
            if found.state is CommentState.APPEALED and found.appeal == why:
                return found
            after, event = states.appealed(found, why, now=now)
            happening = Happening(event, by=author_id, at=now, venue=venue)
            return await write(work, found, after, happening)


async def _own(work: UnitOfWork, comment_id: int, guild_id: int, author_id: int) -> Comment:
    found = await locked(work, comment_id, guild_id=guild_id)
    if found.author_id != author_id:
        raise UnknownCommentError
    return found


async def _check_may_write(
    work: UnitOfWork, found: Comment, author_id: int, *, now: dt.datetime
) -> None:
    of = (await work.rounds.held({found.round_id}))[found.round_id]
    if not of.is_open:
        raise RoundClosedError(of.title)
    blocks = await work.moderation.blocked_among({author_id}, now)
    if (block := blocks.get((found.guild_id, author_id))) is not None:
        raise BlockedError(block)
