"""Answers how things are now from what a guild's moderators published: always read afresh.

A question about now is recognised by `bot.search.news`; all others keep the knowledge base's reply.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.search.analysis import tokens
from bot.search.documents import Origin, Part, Source
from bot.search.news import NewsKind, NewsQuestion, news_asked
from bot.services.knowledge.answers import Answered, Citation, Reply, Unknown
from bot.services.knowledge.library import Edition, Library
from bot.services.ports import Clock
from bot.services.progress.digest import ZONE
from bot.services.progress.digest_contents import address_of
from bot.services.progress.milestones import Milestones
from bot.services.progress.news_opening import opening
from bot.services.progress.timeline import Entry, next_milestone, of_part
from bot.texts import news as texts
from storage.meeting_records import Meeting, MeetingKind
from storage.milestone_records import MilestoneState
from storage.progress_records import Part as StoredPart
from storage.progress_records import Update
from storage.unit_of_work import UnitOfWork, UnitsOfWork

MOST: Final = 3
"""Updates, and milestones, in one answer."""
_DONE: Final = 2
_ABOUT_NOW: Final = frozenset({NewsKind.LATEST, NewsKind.STATE})
"""What is answered from what was done last, where nothing was told and nothing is to come."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One part of an answer, with what it rests on."""

    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class _Known:
    """What a guild's moderators said so far, about what was asked."""

    updates: tuple[_Piece, ...]
    under_way: tuple[_Piece, ...]
    coming: tuple[_Piece, ...]
    following: tuple[_Piece, ...]
    done: tuple[_Piece, ...]


class News:
    """The use case of a question about now."""

    def __init__(
        self, units: UnitsOfWork, clock: Clock, library: Library, milestones: Milestones
    ) -> None:
        """Answer from `units`; questions that `library` knows word for word stay with it."""
        self._units = units
        self._clock = clock
        self._milestones = milestones
        self._library = library

    async def reply(
        self, text: str, *, before: str | None, guild_id: int | None, known: Reply
    ) -> Reply:
        """Return the answer from the news when a question is about now, else `known`.

        `known` is the knowledge base's reply, `before` what the same person asked just before.

        Raises:
            StorageError: when it cannot be looked up.

        """
        edition = self._library.for_guild(guild_id)
        words = edition.answerer.known
        question = news_asked(
            text, before=before, is_word=lambda one: words.knows(one) or words.is_real_word(one)
        )
        if question is None or guild_id is None:
            return known
        if isinstance(known, Answered) and _is_known_question(text, known, edition):
            return known
        async with self._units.reading() as work:
            found = await self._known(work, guild_id, question)
        pieces = _chosen(question.kind, found)
        if pieces:
            return _answer(pieces)
        if found.done and not question.names_subject and question.kind in _ABOUT_NOW:
            return _answer(((texts.LAST_DONE, found.done),))
        return _without(question, known)

    async def _known(self, work: UnitOfWork, guild_id: int, question: NewsQuestion) -> _Known:
        part = None if question.part is None else StoredPart(question.part.value)
        today = self._clock.now().astimezone(ZONE).date()
        entries = of_part(await self._milestones.within(work, guild_id), part)
        shown = [one for one in entries if one.is_shown]
        dated = [
            (one.content.first, _of_milestone(one))
            for one in shown
            if one.content.state is MilestoneState.PLANNED and one.content.last >= today
        ]
        meetings = await _meetings(work, guild_id, part, now=self._clock.now())
        dated += [(one.details.local_start.date(), _of_meeting(one)) for one in meetings]
        done = [
            one
            for one in shown
            if one.content.state is MilestoneState.DONE and one.content.last <= today
        ]
        done.sort(key=lambda one: (one.content.last, one.content.first), reverse=True)
        under_way = [one for one in shown if one.content.state is MilestoneState.UNDER_WAY]
        updates = await work.updates.latest(guild_id, part=part, limit=MOST)
        following = next_milestone(shown, today)
        return _Known(
            updates=tuple([await _of_update(work, one) for one in updates]),
            under_way=tuple(_of_milestone(one) for one in under_way[:MOST]),
            coming=tuple(piece for _, piece in sorted(dated, key=lambda one: one[0])[:MOST]),
            done=tuple(_of_milestone(one) for one in done[:_DONE]),
            following=() if following is None else (_of_next(following, today),),
        )


def _is_known_question(text: str, known: Answered, edition: Edition) -> bool:
    """Whether the knowledge base answers the question word for word."""
    asked = tokens(text)
    cited = (edition.document(one.document) for one in known.citations)
    return any(
        tokens(question) == asked
        for document in cited
        if document is not None
        for section in document.sections
        if not section.known_unknown
        for question in section.questions
    )


async def _meetings(
    work: UnitOfWork, guild_id: int, part: StoredPart | None, *, now: dt.datetime
) -> Sequence[Meeting]:
    if part not in {None, StoredPart.ALV}:
        return ()
    coming = await work.meetings.upcoming(guild_id, now, limit=MOST)
    return [one for one in coming if part is None or one.details.kind is not MeetingKind.OTHER]


def _chosen(kind: NewsKind, found: _Known) -> tuple[tuple[str, tuple[_Piece, ...]], ...]:
    """Return what answers, below their headings; nothing when there is nothing."""
    chosen: tuple[tuple[str, tuple[_Piece, ...]], ...]
    match kind:
        case NewsKind.LATEST:
            chosen = (("", found.updates),)
        case NewsKind.NEXT:
            chosen = ((texts.NEXT, found.following),)
        case NewsKind.PLANNED:
            chosen = ((texts.COMING, found.coming),)
        case NewsKind.STATE:
            chosen = (
                (texts.HAPPENED, found.updates),
                (texts.UNDER_WAY, found.under_way),
                (texts.COMING, found.coming),
            )
    return tuple((heading, pieces) for heading, pieces in chosen if pieces)


def _answer(chosen: tuple[tuple[str, tuple[_Piece, ...]], ...]) -> Answered:
    blocks = [
        "\n".join(([heading] if heading else []) + [piece.text for piece in pieces])
        for heading, pieces in chosen
    ]
    first, *others = [piece.citation for _, pieces in chosen for piece in pieces]
    return Answered("\n\n".join(blocks), (first, *others), confidence=1.0)


def _without(question: NewsQuestion, known: Reply) -> Reply:
    """Return an honest no; what the knowledge base says of the subject goes before it.

    Nobody who asks for news is told what happened in 2016 instead.
    """
    asks_for_news = question.kind is NewsKind.LATEST
    if question.names_subject:
        if isinstance(known, Unknown):
            if known.gap:
                return known
        elif not asks_for_news:
            return known
    part = None if question.part is None else question.part.value
    match question.kind:
        case NewsKind.LATEST:
            said = texts.nothing_new(part)
        case NewsKind.STATE:
            said = texts.nothing_known(part)
        case NewsKind.NEXT | NewsKind.PLANNED:
            said = texts.nothing_planned(part)
    return Unknown(said)


async def _of_update(work: UnitOfWork, update: Update) -> _Piece:
    published = (update.published_at or update.created_at).astimezone(ZONE).date()
    edited = None if update.edited_at is None else update.edited_at.astimezone(ZONE).date()
    title = texts.update_title(update.number, update.title)
    citation = Citation(
        title=title,
        part=None if update.part is None else Part(update.part.value),
        date=edited or published,
        source=Source(title, await address_of(work, update) or update.link or ""),
        quote=update.text,
        document=f"update-{update.id}",
        section=update.version,
        origin=Origin.MODERATOR,
    )
    text = texts.told(update.title, opening(update.text), on=published, edited=edited)
    return _Piece(text, citation)


def _of_next(entry: Entry, today: dt.date) -> _Piece:
    """Return a milestone with how far away it is: its end, once it has begun."""
    content, piece = entry.content, _of_milestone(entry)
    day = content.first if content.first >= today else content.last
    return replace(piece, text=f"{piece.text}\n{texts.countdown(day)}")


def _of_milestone(entry: Entry) -> _Piece:
    content = entry.content
    changed = None if entry.row is None else entry.row.changed_at.astimezone(ZONE).date()
    text = texts.milestone(
        content.title,
        first=content.first,
        last=content.last,
        state=content.state,
        note=opening(content.note),
    )
    return _Piece(
        text,
        Citation(
            title=content.title,
            part=Part(content.part.value),
            date=changed or content.first,
            source=Source(entry.source or content.title, content.link),
            quote=text.removeprefix("- "),
            document=f"milestone-{entry.target}",
            section=entry.version,
            origin=Origin.SHIPPED if entry.is_as_shipped else Origin.MODERATOR,
        ),
    )


def _of_meeting(meeting: Meeting) -> _Piece:
    details = meeting.details
    text = texts.meeting(details.title, on=details.local_start.date(), place=details.place)
    return _Piece(
        text,
        Citation(
            title=details.title,
            part=Part.ALV,
            date=meeting.changed_at.astimezone(ZONE).date(),
            source=Source(details.title, details.link),
            quote=text.removeprefix("- "),
            document=f"meeting-{meeting.id}",
            section=meeting.version,
            origin=Origin.MODERATOR,
        ),
    )
