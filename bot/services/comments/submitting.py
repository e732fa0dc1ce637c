"""Submitting comments: many at once in one transaction, each form once.

Nobody hears a number before their comment is on disk.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.errors import MemberError
from bot.services.comments import sending
from bot.services.comments.content import body_of, stems_of
from bot.services.comments.errors import (
    BlockedError,
    RoundClosedError,
    TooManyCommentsError,
    UnknownRoundError,
)
from bot.services.comments.venues import CommentVenues, Venue
from bot.services.grouping import Grouped
from bot.services.ports import Clock
from storage.comment_records import Comment, Consents, NewComment
from storage.moderation_records import Block, Round
from storage.unit_of_work import UnitOfWork, UnitsOfWork

WITHIN: Final = dt.timedelta(hours=1)
"""The time that the limit of comments is about."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a member typed in the form.

    `form_id` is the form's own (the interaction that opened it): the same form makes one comment,
    however often it is sent in. `author_name` is kept only if `consents` say so. `channel_id` is
    where it was opened, None in private messages.
    """

    guild_id: int
    author_id: int
    author_name: str
    round_id: int
    body: str
    consents: Consents
    form_id: int
    channel_id: int | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """The comment that a form made, as it is now.

    `is_new`: it was made just now. `differs`: the form was sent in before with another text, and
    that is what stands; an edit changes it.
    """

    comment: Comment
    is_new: bool
    differs: bool = False


class Submitting:
    """The use case: a comment, kept and on its way to the moderators."""

    def __init__(self, units: UnitsOfWork, clock: Clock, venues: CommentVenues) -> None:
        """Keep comments in `units`; `venues` says where they go."""
        self._units = units
        self._clock = clock
        self._venues = venues
        self._group: Grouped[Draft, Submitted] = Grouped(self._write, name="comments")

    async def submit(self, draft: Draft) -> Submitted:
        """Keep a comment. Whoever calls checked that the author is a member.

        Raises:
            CommentContentError: when the text is too short or too long.
            UnknownRoundError, RoundClosedError: when nobody can comment there.
            BlockedError, TooManyCommentsError: when this member cannot, for now.
            StorageError: when it cannot be kept.

        """
        return await self._group.put(replace(draft, body=body_of(draft.body)))

    async def _write(self, drafts: Sequence[Draft]) -> list[Submitted | MemberError]:
        now = self._clock.now()
        venues = {one: await self._venues.of(one) for one in {one.guild_id for one in drafts}}
        async with self._units() as work:
            known = await _known(work, drafts, now)
            sorting = _Sorting(known, venues, now)
            for draft in drafts:
                sorting.take(draft)
            made = await work.comments.add_all(sorting.new, at=now)
            made = await _queue(work, made, venues, now=now)
        return sorting.outcomes(made)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database knows of a group of drafts."""

    numbers: dict[int, int]
    of_forms: Mapping[int, Comment]
    rounds: Mapping[int, Round]
    blocks: Mapping[tuple[int, int], Block]
    recent: Mapping[tuple[int, int], tuple[int, dt.datetime]]


async def _known(work: UnitOfWork, drafts: Sequence[Draft], now: dt.datetime) -> _Known:
    authors, since = {one.author_id for one in drafts}, now - WITHIN
    numbers = await work.comments.lock_guilds({one.guild_id for one in drafts})
    return _Known(
        numbers=numbers,
        of_forms=await work.comments.of_forms({one.form_id for one in drafts}),
        rounds=await work.rounds.held({one.round_id for one in drafts}),
        blocks=await work.moderation.blocked_among(authors, now),
        recent=await work.comments.recent(authors, since),
    )


class _Sorting:
    """Sorts drafts into new comments, ones that are there, and refusals."""

    def __init__(self, known: _Known, venues: Mapping[int, Venue], now: dt.datetime) -> None:
        self._known = known
        self._venues = venues
        self._now = now
        self._recent = {key: count for key, (count, _) in known.recent.items()}
        self._places: dict[int, int] = {}  # form → its place in `new`
        self._sorted: list[tuple[Draft, Comment | MemberError | int, bool]] = []
        self.new: list[NewComment] = []

    def take(self, draft: Draft) -> None:
        """Say what becomes of one draft, beside those before it."""
        if (made := self._known.of_forms.get(draft.form_id)) is not None:
            self._sorted.append((draft, made, False))
        elif (place := self._places.get(draft.form_id)) is not None:
            self._sorted.append((draft, place, False))
        elif (refusal := self._refusal(draft)) is not None:
            self._sorted.append((draft, refusal, False))
        else:
            self._places[draft.form_id] = len(self.new)
            self._sorted.append((draft, len(self.new), True))
            self.new.append(self._new(draft))

    def outcomes(self, made: Sequence[Comment]) -> list[Submitted | MemberError]:
        """Return what came of each draft, once `new` is kept."""
        found: list[Submitted | MemberError] = []
        for draft, became, is_new in self._sorted:
            if isinstance(became, MemberError):
                found.append(became)
                continue
            comment = made[became] if isinstance(became, int) else became
            if comment.author_id != draft.author_id:
                found.append(UnknownRoundError())  # a form of somebody else
            else:
                found.append(Submitted(comment, is_new, comment.text.body != draft.body))
        return found

    def _refusal(self, draft: Draft) -> MemberError | None:
        of = self._known.rounds.get(draft.round_id)
        key = (draft.guild_id, draft.author_id)
        limit = self._venues[draft.guild_id].per_hour
        if of is None or of.guild_id != draft.guild_id:
            return UnknownRoundError()
        if not of.is_open:
            return RoundClosedError(of.title)
        if (block := self._known.blocks.get(key)) is not None:
            return BlockedError(block)
        if self._recent.get(key, 0) >= limit:
            _, first = self._known.recent.get(key, (0, self._now))
            again_at = first + WITHIN
            return TooManyCommentsError(limit=limit, again_at=again_at)
        return None

    def _new(self, draft: Draft) -> NewComment:
        key = (draft.guild_id, draft.author_id)
        self._recent[key] = self._recent.get(key, 0) + 1
        self._known.numbers[draft.guild_id] += 1
        return NewComment(
            guild_id=draft.guild_id,
            number=self._known.numbers[draft.guild_id],
            round_id=draft.round_id,
            author_id=draft.author_id,
            author_name=draft.author_name if draft.consents.name else None,
            body=draft.body,
            stems=stems_of(draft.body),
            consents=draft.consents,
            form_id=draft.form_id,
            channel_id=draft.channel_id,
            is_placed=not self._venues[draft.guild_id].checks_first,
            needs_card=self._venues[draft.guild_id].moderators is None,
        )


async def _queue(
    work: UnitOfWork, made: Sequence[Comment], venues: Mapping[int, Venue], *, now: dt.datetime
) -> tuple[Comment, ...]:
    """Queue the cards, and the messages of what is placed before a moderator looks.

    Returns the comments as they are then.
    """
    cards = (sending.new_card(one, venues[one.guild_id], now=now) for one in made)
    await work.deliveries.queue_all([card for card in cards if card is not None])
    kept: list[Comment] = []
    for comment in made:
        venue, one = venues[comment.guild_id], comment
        if not venue.checks_first:
            one = await sending.queue_copy(work, comment, venue, now=now)
        if one.is_queued:
            await work.comments.put(one)
        kept.append(one)
    return tuple(kept)
