"""The timeline of a guild: what ships and what the guild made of it, as pure functions."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from storage.milestone_records import (
    Milestone,
    MilestoneContent,
    MilestoneStanding,
    MilestoneState,
)
from storage.progress_records import Part

ZONE: Final = ZoneInfo("Europe/Amsterdam")
"""Where the days of milestones begin and end."""
WINDOW: Final = 6
"""How many milestones are shown at once: what a picture holds on a phone."""
OPEN_STATES: Final = frozenset({MilestoneState.PLANNED, MilestoneState.UNDER_WAY})
_BEHIND: Final = 3  # how many of those are past, where there are enough of both


@dataclass(frozen=True, slots=True)
class ShippedMilestone:
    """A milestone that ships. `key` never changes and is never used again; `source` is a name."""

    key: int
    content: MilestoneContent
    source: str


@dataclass(frozen=True, slots=True)
class Target:
    """Which milestone: one that ships, by its key, or one of the guild's own, by its id."""

    is_shipped: bool
    number: int

    def __str__(self) -> str:
        return f"{'s' if self.is_shipped else 'm'}{self.number}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A milestone as it stands in one guild. `version` is 0 while the guild changed nothing.

    `source` names where it was read; empty for what the guild wrote itself.
    """

    target: Target
    version: int
    standing: MilestoneStanding
    content: MilestoneContent
    row: Milestone | None = None
    shipped: ShippedMilestone | None = None
    source: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether members see it."""
        return self.standing is not MilestoneStanding.REMOVED

    @property
    def is_as_shipped(self) -> bool:
        """Whether it says what ships."""
        return self.shipped is not None and self.content == self.shipped.content


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a timeline, with how many lie before it and after it.

    `start` is the place of the first one shown; `home` the start of the stretch around today.
    """

    entries: tuple[Entry, ...]
    start: int
    home: int
    earlier: int
    later: int


def merged(shipped: Iterable[ShippedMilestone], rows: Iterable[Milestone]) -> tuple[Entry, ...]:
    """Return every milestone of a guild, removed ones too, in the order of time.

    A row about a milestone that does not ship any more stands as one of the guild's own would.
    """
    own = tuple(rows)
    over = {row.shipped_key: row for row in own if row.shipped_key is not None}
    entries = [_shipped(one, over.pop(one.key, None)) for one in shipped]
    orphans = [row for row in over.values() if row.standing is not MilestoneStanding.SHIPPED]
    entries += [_own(row) for row in (*orphans, *(row for row in own if row.shipped_key is None))]
    return tuple(sorted(entries, key=_place))


def next_milestone(entries: Iterable[Entry], today: dt.date) -> Entry | None:
    """Return the first open one to begin; when none is to come, one that goes on today."""
    to_come = [
        one for one in entries if one.content.state in OPEN_STATES and one.content.last >= today
    ]
    return min(to_come, key=lambda one: (one.content.first < today, _place(one)), default=None)


def window_of(
    entries: Sequence[Entry], today: dt.date, *, start: int | None = None, size: int = WINDOW
) -> Window:
    """Return the stretch from place `start` on, else the one around today."""
    last_start = max(len(entries) - size, 0)
    to_come = sum(one.content.last < today for one in entries)
    home = min(max(to_come - _BEHIND, 0), last_start)
    at = home if start is None else min(max(start, 0), max(len(entries) - 1, 0))
    shown = tuple(entries[at : at + size])
    return Window(shown, at, home, at, len(entries) - at - len(shown))


def of_part(entries: Iterable[Entry], part: Part | None) -> tuple[Entry, ...]:
    """Return those about `part`; about everything without one."""
    return tuple(one for one in entries if part is None or one.content.part is part)


def is_overdue(content: MilestoneContent, today: dt.date) -> bool:
    """Whether it was to be done by now and nobody said that it is."""
    return content.state in OPEN_STATES and content.last < today


def begin_of(day: dt.date) -> dt.datetime:
    """Return the moment at which a day begins, in UTC."""
    return dt.datetime.combine(day, dt.time(), tzinfo=ZONE).astimezone(dt.UTC)


def _shipped(one: ShippedMilestone, row: Milestone | None) -> Entry:
    target = Target(is_shipped=True, number=one.key)
    if row is None or row.standing is MilestoneStanding.SHIPPED:
        version = row.version if row else 0
        standing = MilestoneStanding.SHIPPED
        return Entry(target, version, standing, one.content, row, one, one.source)
    source = one.source if row.content == one.content else ""
    return Entry(target, row.version, row.standing, row.content, row, one, source)


def _own(row: Milestone) -> Entry:
    if row.shipped_key is None:
        target = Target(is_shipped=False, number=row.id)
    else:
        target = Target(is_shipped=True, number=row.shipped_key)
    return Entry(target, row.version, row.standing, row.content, row)


def _place(entry: Entry) -> tuple[dt.date, dt.date, str, str]:
    content = entry.content
    return content.first, content.last, content.title.casefold(), str(entry.target)
