"""Writing milestones: what is typed is kept at once, shown for review, and then saved or not."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from bot.services.ports import Clock
from bot.services.progress.milestones import Milestones
from bot.services.progress.milestones_errors import MilestoneDraftGoneError
from bot.services.progress.milestones_rows import add, change, found_in
from bot.services.progress.milestones_typed import Problem, Typed, read_draft
from bot.services.progress.timeline import Entry, Target
from storage.milestone_records import (
    MilestoneAction,
    MilestoneChange,
    MilestoneContent,
    MilestoneDraft,
    MilestoneStanding,
    MilestoneState,
    MilestoneStep,
)
from storage.progress_records import Part
from storage.unit_of_work import UnitOfWork, UnitsOfWork

# What the columns hold; numbers in custom_ids come from outside and may be larger.
_LARGEST_ROW: Final = 2**63 - 1
_LARGEST_VERSION: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Review:
    """A draft, read, beside what it would change.

    `content` is None where there are `problems`. `theirs` is what somebody else did last since the
    writer opened the form, where it said `opened`. `before` is None for a new milestone.
    """

    draft: MilestoneDraft
    content: MilestoneContent | None
    problems: tuple[Problem, ...]
    before: Entry | None
    theirs: MilestoneChange | None
    opened: MilestoneContent | None = None

    @property
    def seen(self) -> int:
        """The version that whoever looks at this sees; 0 for none."""
        return self.before.version if self.before else 0

    @property
    def changes_nothing(self) -> bool:
        """Whether saving would leave everything as it is."""
        return (
            self.before is not None
            and self.before.is_shown
            and (self.content == self.before.content)
        )


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a milestone, and what it said before if it was there."""

    entry: Entry
    before: Entry | None


class MilestoneWriting:
    """The use case of the form, its preview and its buttons."""

    def __init__(self, units: UnitsOfWork, clock: Clock, milestones: Milestones) -> None:
        """Keep drafts in `units`, beside `milestones`."""
        self._units = units
        self._clock = clock
        self._milestones = milestones

    async def write(
        self,
        guild_id: int,
        typed: Typed,
        *,
        person: int,
        target: Target | None = None,
        version: int = 0,
    ) -> Review:
        """Keep what was typed in a form for a new milestone, or for `version` of `target`.

        Raises:
            UnknownMilestoneError: when the guild has no such milestone.

        """
        draft = replace(
            _blank(guild_id, person),
            milestone_id=target.number if target and not target.is_shipped else None,
            shipped_key=target.number if target and target.is_shipped else None,
            version=min(version, _LARGEST_VERSION),
        )
        async with self._units() as work:
            if target is not None:
                found_in(await self._milestones.within(work, guild_id), target)
            kept = await work.milestones.put_draft(_filled(draft, typed, self._clock.now()))
            return await self._review(work, kept)

    async def write_again(
        self, draft_id: int, typed: Typed, *, guild_id: int, person: int
    ) -> Review:
        """Keep what was typed over an earlier draft.

        Where that is gone by now, it becomes a new draft of a new milestone: nothing is lost.

        Raises:
            UnknownMilestoneError: when what it changes does not exist any more.

        """
        async with self._units() as work:
            earlier = await work.milestones.draft(_row_id(draft_id))
            if earlier is None or (earlier.guild_id, earlier.author_id) != (guild_id, person):
                earlier = _blank(guild_id, person)
            kept = await work.milestones.put_draft(_filled(earlier, typed, self._clock.now()))
            return await self._review(work, kept)

    async def draft(self, draft_id: int, *, guild_id: int, person: int) -> MilestoneDraft:
        """Return what somebody typed.

        Raises:
            MilestoneDraftGoneError: when it is gone, or somebody else's.

        """
        async with self._units.reading() as work:
            return _own(await work.milestones.draft(_row_id(draft_id)), guild_id, person)

    async def discard(self, draft_id: int, *, guild_id: int, person: int) -> None:
        """Throw a draft away; raises as `draft` does."""
        async with self._units() as work:
            _own(await work.milestones.take_draft(_row_id(draft_id)), guild_id, person)

    async def save(
        self, draft_id: int, *, guild_id: int, person: int, stamp: int, seen: int
    ) -> Saved | Review:
        """Save a draft over version `seen`; the review again when something changed since.

        `stamp` is when the text was typed that the person looked at. Of two presses one saves.

        Raises:
            MilestoneDraftGoneError: when it is saved or cancelled already.
            UnknownMilestoneError: when what it changes does not exist any more.
            MilestoneChangedError: when somebody else saves at this very moment.
            TooManyMilestonesError: when the guild has too many.

        """
        async with self._units() as work:
            draft = _own(await work.milestones.draft(_row_id(draft_id)), guild_id, person)
            review = await self._review(work, draft)
            content, before = review.content, review.before
            if content is None or stamp_of(draft) != stamp or review.seen != seen:
                return review
            if await work.milestones.take_draft(_row_id(draft_id)) is None:
                raise MilestoneDraftGoneError
            action = MilestoneAction.CHANGED if before else MilestoneAction.ADDED
            step = MilestoneStep(action, MilestoneStanding.SHOWN, person, self._clock.now())
            if before is None:
                target = await add(work, guild_id, content, step)
            else:
                target = await change(work, guild_id, before, content, step)
            return Saved(found_in(await self._milestones.within(work, guild_id), target), before)

    async def _review(self, work: UnitOfWork, draft: MilestoneDraft) -> Review:
        read, target = read_draft(draft), target_of(draft)
        if target is None:
            return Review(draft, read.content, read.problems, None, None)
        before = found_in(await self._milestones.within(work, draft.guild_id), target)
        if before.version == draft.version or before.row is None:
            return Review(draft, read.content, read.problems, before, None)
        changes = await work.milestones.history_of(before.row.id)
        seen = (one.content for one in changes if one.version == draft.version)
        opened = next(seen, before.shipped.content if before.shipped else None)
        return Review(draft, read.content, read.problems, before, changes[0], opened)


def target_of(draft: MilestoneDraft) -> Target | None:
    """Return what a draft changes; None for a new milestone."""
    if draft.shipped_key is not None:
        return Target(is_shipped=True, number=draft.shipped_key)
    if draft.milestone_id is not None:
        return Target(is_shipped=False, number=draft.milestone_id)
    return None


def stamp_of(draft: MilestoneDraft) -> int:
    """Return a number that tells one text of a draft from another."""
    return int(draft.written_at.timestamp() * 1_000)


def _row_id(number: int) -> int:
    """Return a number from outside if a row can have it, else one that no row has."""
    return number if number <= _LARGEST_ROW else 0


def _own(draft: MilestoneDraft | None, guild_id: int, person: int) -> MilestoneDraft:
    if draft is None or (draft.guild_id, draft.author_id) != (guild_id, person):
        raise MilestoneDraftGoneError
    return draft


def _blank(guild_id: int, person: int) -> MilestoneDraft:
    return MilestoneDraft(
        id=0,
        guild_id=guild_id,
        author_id=person,
        milestone_id=None,
        shipped_key=None,
        version=0,
        title="",
        period="",
        part=Part.VERVOLG,
        state=MilestoneState.PLANNED,
        note="",
        written_at=dt.datetime.min.replace(tzinfo=dt.UTC),
    )


def _filled(draft: MilestoneDraft, typed: Typed, now: dt.datetime) -> MilestoneDraft:
    return replace(
        draft,
        title=typed.title,
        period=typed.period,
        part=typed.part,
        state=typed.state,
        note=typed.note,
        written_at=now,
    )
