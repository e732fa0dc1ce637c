"""Comments as they are read: lists, search, the moderators' queue, exports and the votes' table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.search.analysis import stems
from bot.services.comments.applying import LARGEST_NUMBER
from bot.services.comments.errors import UnknownCommentError
from bot.services.comments.likeness import most_alike
from bot.services.comments.sending import COMMENT_KIND
from bot.services.ports import Clock
from storage.comment_records import (
    AuthorCounts,
    Comment,
    CommentChange,
    CommentFilter,
    CommentOrder,
    CommentState,
)
from storage.delivery_records import Copy
from storage.moderation_records import Block, Moderation, Round
from storage.unit_of_work import UnitOfWork, UnitsOfWork

PER_PAGE: Final = 5
_OFFERED: Final = 25
_LOOKED_THROUGH: Final = 1_000  # comments of a round that a new one is compared with
_ANY: Final = frozenset(CommentState)


@dataclass(frozen=True, slots=True)
class CommentPage:
    """Some comments; `number` and `count` are of pages, from 1, `total` is of comments."""

    items: tuple[Comment, ...]
    number: int
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Case:
    """A comment as moderators look at it.

    `counts` are of all comments of its author in the guild, this one included. `alike` are likely
    duplicates in its round, the likest first. `block` is one of its author that holds.
    """

    comment: Comment
    round: Round
    counts: AuthorCounts
    alike: tuple[Comment, ...]
    history: tuple[CommentChange, ...]
    block: Block | None


class CommentReading:
    """Looks comments up; nothing here changes any."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Look in `units`."""
        self._units = units
        self._clock = clock

    async def placed(
        self,
        guild_id: int,
        *,
        round_id: int | None = None,
        order: CommentOrder = CommentOrder.NEWEST,
        search: str = "",
        number: int = 1,
    ) -> CommentPage:
        """Return a page of what everybody can read; one that does not exist becomes the nearest.

        `search`: all words of it stand in the comment, in any form that has the same stem.
        """
        wanted = CommentFilter(guild_id, round_id=round_id, stems=tuple(stems(search)))
        return await self._page(wanted, order, number)

    async def of_author(self, guild_id: int, author_id: int, *, number: int = 1) -> CommentPage:
        """Return a page of somebody's own comments in every state, the newest first."""
        wanted = CommentFilter(guild_id, states=_ANY, author_id=author_id)
        return await self._page(wanted, CommentOrder.NEWEST, number)

    async def offer_own(self, guild_id: int, author_id: int, typed: str) -> tuple[Comment, ...]:
        """Return own comments that are not withdrawn and whose number or text fits: for lists."""
        states = _ANY - {CommentState.WITHDRAWN}
        return await self._offer(CommentFilter(guild_id, states, author_id=author_id), typed)

    async def offer_any(
        self, guild_id: int, typed: str, *, states: frozenset[CommentState] = _ANY
    ) -> tuple[Comment, ...]:
        """Return comments of a guild whose number or text fits, for moderators' lists."""
        return await self._offer(CommentFilter(guild_id, states), typed)

    async def queue(
        self, guild_id: int, *, round_id: int | None = None, number: int = 1
    ) -> CommentPage:
        """Return a page of what waits for a moderator, the longest waiting first."""
        async with self._units.reading() as work:
            total = await work.comment_lists.count_queue(guild_id, round_id=round_id)
            number, count = _nearest(number, total)
            items = await work.comment_lists.queue(
                guild_id, round_id=round_id, offset=(number - 1) * PER_PAGE, limit=PER_PAGE
            )
        return CommentPage(items, number, count, total)

    async def get(self, comment_id: int, *, guild_id: int) -> Comment:
        """Return a comment in whatever state, for moderators and their buttons.

        Raises:
            UnknownCommentError: when the guild has none.

        """
        return (await self.case(comment_id, guild_id=guild_id)).comment

    async def by_number(self, number: int, *, guild_id: int) -> Comment:
        """Return the comment that people know by this number. Raises as `get` does."""
        async with self._units.reading() as work:
            usable = 0 < number <= LARGEST_NUMBER
            found = await work.comments.by_number(guild_id, number) if usable else None
        if found is None:
            raise UnknownCommentError
        return found

    async def of_text(self, text_id: int) -> Comment | None:
        """Return the comment that a wording belongs to, as it is now."""
        async with self._units.reading() as work:
            return await work.comments.of_text(text_id)

    async def copy_of(self, comment: Comment) -> Copy | None:
        """Return where the message of a placed comment stands, if it is there."""
        async with self._units.reading() as work:
            return await work.comment_lists.copy_of(COMMENT_KIND, comment.text.id)

    async def case(self, comment_id: int, *, guild_id: int) -> Case:
        """Return a comment with all that helps to decide about it. Raises as `get` does."""
        async with self._units.reading() as work:
            comment = await work.comments.get(comment_id)
            of = await work.rounds.get(comment.round_id) if comment else None
            if comment is None or of is None or comment.guild_id != guild_id:
                raise UnknownCommentError
            author_id = comment.author_id or 0
            blocks = await work.moderation.blocked_among({author_id}, self._clock.now())
            return Case(
                comment=comment,
                round=of,
                counts=await work.comment_lists.counts_of(guild_id, author_id),
                alike=await _alike(work, comment),
                history=await work.comments.history_of(comment_id),
                block=blocks.get((guild_id, author_id)),
            )

    async def log(self, guild_id: int, *, number: int = 1) -> tuple[Moderation, ...]:
        """Return a page of what moderators did about rounds, the mode and members; newest first."""
        offset = (max(number, 1) - 1) * _OFFERED
        async with self._units.reading() as work:
            return await work.moderation.log_of_guild(guild_id, offset=offset, limit=_OFFERED)

    async def _page(self, wanted: CommentFilter, order: CommentOrder, number: int) -> CommentPage:
        async with self._units.reading() as work:
            total = await work.comment_lists.count(wanted)
            number, count = _nearest(number, total)
            items = await work.comment_lists.page(
                wanted, order, offset=(number - 1) * PER_PAGE, limit=PER_PAGE
            )
        return CommentPage(items, number, count, total)

    async def _offer(self, wanted: CommentFilter, typed: str) -> tuple[Comment, ...]:
        fits = _fitting(typed)
        async with self._units.reading() as work:
            found = await work.comment_lists.page(
                wanted, CommentOrder.NEWEST, offset=0, limit=_LOOKED_THROUGH
            )
        return tuple([one for one in found if fits(one)][:_OFFERED])


def _fitting(typed: str) -> Callable[[Comment], bool]:
    words = typed.strip().lstrip("#").casefold()

    def fits(comment: Comment) -> bool:
        return str(comment.number).startswith(words) or words in comment.text.shown.casefold()

    return fits


def _nearest(number: int, total: int) -> tuple[int, int]:
    """Return the page that is nearest to a number, and how many there are."""
    count = max(1, -(-total // PER_PAGE))
    return min(max(number, 1), count), count


async def _alike(work: UnitOfWork, comment: Comment) -> tuple[Comment, ...]:
    kept = await work.comment_lists.stems_of(
        comment.guild_id,
        round_id=comment.round_id,
        states=(CommentState.PLACED, CommentState.WAITING, CommentState.APPEALED),
        limit=_LOOKED_THROUGH,
    )
    own = " ".join(stems(comment.text.body))
    others = [(one, words) for one, words in kept if one != comment.id]
    found = [await work.comments.get(one) for one, _ in most_alike(own, others)]
    return tuple(one for one in found if one is not None)
