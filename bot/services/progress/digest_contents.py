"""What a weekly digest says: what happened in a guild between two moments."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from bot.services.progress.digest_questions import OftenAsked
from bot.services.progress.milestones import Milestones
from bot.services.progress.timeline import OPEN_STATES, Entry
from storage.delivery_records import DmTarget
from storage.digest_records import DigestLine, DigestSection, DigestTopic
from storage.meeting_records import MeetingKind
from storage.milestone_records import MilestoneContent, MilestoneState
from storage.progress_records import Update
from storage.unit_of_work import UnitOfWork

MOST: Final = 5
"""Lines of a section; the others are only counted."""
AHEAD: Final = dt.timedelta(days=14)
"""How far before its day a milestone, or a meeting that is news by itself, is told of."""
_MOST_TEXTS: Final = 2_000
_UPDATE: Final = "update"
REACHED: Final = "reached"
COMING: Final = "coming"


@dataclass(frozen=True, slots=True)
class Span:
    """What a digest is about: from `since` up to, not including, `until`, in the zone `zone`."""

    since: dt.datetime
    until: dt.datetime
    zone: ZoneInfo

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first day on which something could be reached, and the first that it is too late."""
        return self.since.astimezone(self.zone).date(), self.until.astimezone(self.zone).date()


class Telling:
    """Collects what a digest says."""

    def __init__(self, asked: OftenAsked, milestones: Milestones) -> None:
        """Tell of questions as `asked` groups them, and of `milestones`."""
        self._asked = asked
        self._milestones = milestones

    async def sections(
        self, work: UnitOfWork, guild_id: int, span: Span
    ) -> tuple[DigestSection, ...]:
        """Return the sections that have something to say; none when nothing happened.

        The next meeting is told along with other news, and is news by itself in the last two weeks.
        """
        entries = await self._milestones.within(work, guild_id)
        meeting = await _meeting(work, guild_id, span)
        found = (
            _section(DigestTopic.UPDATES, await _updates(work, guild_id, span)),
            _section(DigestTopic.MILESTONES, await _told(work, guild_id, span, entries)),
            _section(DigestTopic.MEETING, meeting),
            _section(DigestTopic.FORUM, await _forum(work, guild_id, span)),
            _section(DigestTopic.QUESTIONS, await _questions(work, guild_id, span, self._asked)),
        )
        sections = tuple(one for one in found if one is not None)
        is_far = any(one.first is None or one.first - span.days[1] > AHEAD for one in meeting)
        if is_far and all(one.topic is DigestTopic.MEETING for one in sections):
            return ()
        return sections


def _section(topic: DigestTopic, lines: Sequence[DigestLine]) -> DigestSection | None:
    return DigestSection(topic, tuple(lines[:MOST]), len(lines)) if lines else None


async def _updates(work: UnitOfWork, guild_id: int, span: Span) -> list[DigestLine]:
    published = await work.updates.published_between(guild_id, span.since, span.until)
    return [
        DigestLine(
            title=one.title,
            url=await address_of(work, one) if number < MOST else None,
            note=one.part.value if one.part else None,
            first=(one.published_at or one.created_at).astimezone(span.zone).date(),
        )
        for number, one in enumerate(reversed(published))
    ]


async def address_of(work: UnitOfWork, update: Update) -> str | None:
    """Return where people of the guild can read an update; None while it stands nowhere."""
    for one in await work.deliveries.of_subject(_UPDATE, update.id):
        place = one.copy
        if place is not None and not isinstance(one.target, DmTarget):
            path = f"{update.guild_id}/{place.channel_id}/{place.message_id}"
            return f"https://discord.com/channels/{path}"
    return None


async def _told(
    work: UnitOfWork, guild_id: int, span: Span, entries: Sequence[Entry]
) -> list[DigestLine]:
    """Return the milestones that come near, were reached or changed; what only ships is no news."""
    since, until = span.days
    changed = {
        change.milestone_id
        for change in await work.milestones.changed_between(
            guild_id, since=span.since, until=span.until
        )
    }
    lines: list[DigestLine] = []
    for one in entries:
        content, row = one.content, one.row
        if not one.is_shown:
            continue
        if content.state in OPEN_STATES and until <= content.first < until + AHEAD:
            lines.append(_milestone(content, COMING))
        elif row is None:
            continue
        elif content.state is MilestoneState.DONE and since <= content.last < until:
            lines.append(_milestone(content, REACHED))
        elif row.id in changed:
            lines.append(_milestone(content, content.state.value))
    return lines


def _milestone(content: MilestoneContent, note: str) -> DigestLine:
    return DigestLine(
        title=content.title,
        url=content.link or None,
        note=note,
        first=content.first,
        last=content.last if content.last != content.first else None,
    )


async def _meeting(work: UnitOfWork, guild_id: int, span: Span) -> list[DigestLine]:
    coming = await work.meetings.upcoming(guild_id, span.until)
    assemblies = [one for one in coming if one.details.kind is not MeetingKind.OTHER]
    return [
        DigestLine(
            title=one.details.title,
            url=one.details.link or None,
            note=one.details.place or None,
            first=one.details.local_start.date(),
        )
        for one in assemblies[:1]
    ]


async def _forum(work: UnitOfWork, guild_id: int, span: Span) -> list[DigestLine]:
    posted = await work.forum.posted_between(guild_id, span.since, span.until)
    return [
        DigestLine(title=one.content.title, url=one.link or None)
        for one in reversed(posted)
        if one.content is not None and one.content.title
    ]


async def _questions(
    work: UnitOfWork, guild_id: int, span: Span, asked: OftenAsked
) -> list[DigestLine]:
    texts = await work.questions.asked_between(guild_id, span.since, span.until, limit=_MOST_TEXTS)
    return [
        DigestLine(title=text, count=count) for text, count in asked.among(texts, guild_id=guild_id)
    ]
