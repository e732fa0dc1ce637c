"""Planning, changing and calling off: proposed first, then confirmed in one unit of work."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.services.guild_settings import GuildSettings
from bot.services.meetings import applying
from bot.services.meetings.announcing import Announcement, announcement_of, notices
from bot.services.meetings.checking import usual_rules
from bot.services.meetings.errors import (
    DraftGoneError,
    MeetingOverError,
    NoMeetingError,
    OutdatedDraftError,
    PastMeetingError,
)
from bot.services.meetings.proposals import (
    CancelProposal,
    ChangeProposal,
    ItemProposal,
    PlanProposal,
    Proposal,
    read,
    written,
)
from bot.services.places import Places
from bot.services.ports import Clock
from storage.meeting_records import Change, Draft, Meeting, MeetingPage, MeetingState
from storage.unit_of_work import UnitOfWork, UnitsOfWork

_FAREWELL: Final = dt.timedelta(days=2)
"""How long after the meeting it still helps to hear that it was changed or called off."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A draft with all that a preview shows: whom it would tell, and what it would change."""

    draft: Draft
    proposal: Proposal
    page: MeetingPage | None
    where: Announcement | None
    followers: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmed draft made of a meeting, and how many were told."""

    meeting: Meeting
    change: Change
    where: Announcement | None
    followers: int


class MeetingPlanning:
    """The use cases of moderators."""

    def __init__(
        self, units: UnitsOfWork, clock: Clock, places: Places, settings: GuildSettings
    ) -> None:
        """Keep in `units`; tell where `places` says."""
        self._units = units
        self._clock = clock
        self._places = places
        self._settings = settings

    async def propose(
        self, guild_id: int, proposal: Proposal, *, meeting: Meeting | None, by: int
    ) -> Proposed:
        """Keep what somebody typed, for them to look at and confirm.

        Raises:
            MeetingError: when it cannot be done, whoever confirms it.

        """
        self._check(proposal, meeting)
        async with self._units() as work:
            if meeting is not None:
                await applying.check(work, meeting, proposal)
            draft = await work.meeting_drafts.add(
                guild_id=guild_id,
                meeting_id=meeting.id if meeting else None,
                base_version=meeting.version if meeting else 0,
                content=written(proposal),
                changed_by=by,
                created_at=self._clock.now(),
            )
        return await self.look(draft.id, guild_id=guild_id)

    async def look(self, draft_id: int, *, guild_id: int) -> Proposed:
        """Return a draft as its preview shows it.

        Raises:
            DraftGoneError: when it was confirmed or dropped.

        """
        async with self._units.reading() as work:
            draft = await work.meeting_drafts.get(draft_id)
            if draft is None or draft.guild_id != guild_id:
                raise DraftGoneError
            page = await page_in(work, draft.meeting_id) if draft.meeting_id else None
            followers = (
                await work.attendance.followers_of(draft.meeting_id) if draft.meeting_id else ()
            )
        where = await announcement_of(self._places, guild_id)
        return Proposed(draft, read(draft.content), page, where, len(followers))

    async def drop(self, draft_id: int, *, guild_id: int) -> None:
        """Forget a draft.

        Raises:
            DraftGoneError: when it was confirmed or dropped already.

        """
        async with self._units() as work:
            await _taken(work, draft_id, guild_id=guild_id)

    async def confirm(
        self, draft_id: int, *, guild_id: int, by: int, quietly: bool = False
    ) -> Confirmed:
        """Do what a draft says, move its reminders and queue the news, all or nothing, once.

        Raises:
            DraftGoneError: when it was confirmed or dropped already.
            OutdatedDraftError: when the meeting was changed since.
            MeetingError: when it cannot be done any more.

        """
        where = await announcement_of(self._places, guild_id)
        choices = await self._settings.choices_of(guild_id)
        now = self._clock.now()
        async with self._units() as work:
            draft = await _taken(work, draft_id, guild_id=guild_id)
            proposal = read(draft.content)
            if isinstance(proposal, PlanProposal):
                self._check(proposal, None)
                done = await applying.plan(
                    work, proposal, usual_rules(choices), guild_id=guild_id, by=by, now=now
                )
            else:
                meeting = await work.meetings.lock(draft.meeting_id or 0)
                if meeting is None:
                    raise NoMeetingError
                self._check(proposal, meeting)
                if meeting.version != draft.base_version:
                    last = (await work.meetings.history_of(meeting.id))[-1]
                    raise OutdatedDraftError(meeting, by=last.changed_by)
                done = await applying.apply(work, meeting, proposal, by=by, now=now)
            followers = () if quietly else await work.attendance.followers_of(done.meeting.id)
            told = None if quietly else where
            until = max(done.meeting.details.ends_at, now) + _FAREWELL
            await work.meeting_reminders.queue_all(
                notices(done.meeting, done.change, where=told, followers=followers, until=until)
            )
        return Confirmed(done.meeting, done.change, told, len(followers))

    def _check(self, proposal: Proposal, meeting: Meeting | None) -> None:
        now = self._clock.now()
        if isinstance(proposal, PlanProposal | ChangeProposal):
            moved = meeting is None or meeting.details.starts_at != proposal.details.starts_at
            if moved and proposal.details.starts_at <= now:
                raise PastMeetingError
        if meeting is None:
            return
        is_over = meeting.details.starts_at <= now and not isinstance(proposal, ItemProposal)
        if meeting.state is MeetingState.CANCELLED or is_over:
            raise MeetingOverError(meeting)


async def page_in(work: UnitOfWork, meeting_id: int) -> MeetingPage:
    """Read a meeting with all that belongs to it.

    Raises:
        NoMeetingError: when there is none.

    """
    meeting = await work.meetings.get(meeting_id)
    if meeting is None:
        raise NoMeetingError
    return MeetingPage(
        meeting,
        await work.meetings.agenda_of(meeting_id),
        await work.meetings.deadlines_of(meeting_id),
        await work.attendance.counts_of(meeting_id),
    )


def quiet_allowed(proposal: Proposal) -> bool:
    """Whether a change may be kept without telling anybody: not when or where it is."""
    return not isinstance(proposal, PlanProposal | CancelProposal | ChangeProposal)


async def _taken(work: UnitOfWork, draft_id: int, *, guild_id: int) -> Draft:
    draft = await work.meeting_drafts.take(draft_id)
    if draft is None or draft.guild_id != guild_id:
        raise DraftGoneError
    return draft
