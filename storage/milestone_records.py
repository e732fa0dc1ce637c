"""What leaves storage about milestones: those of a guild, their history, and unfinished changes."""

import datetime as dt
import enum
from dataclasses import dataclass

from storage.progress_records import Part


class MilestoneState(enum.StrEnum):
    """How far a milestone is. UNKNOWN is only for what ships: looked for and not found."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


class MilestoneStanding(enum.StrEnum):
    """What a guild does with a milestone.

    SHIPPED: a milestone that ships shows as it ships; what the guild made of it no longer counts.
    """

    SHOWN = "shown"
    REMOVED = "removed"
    SHIPPED = "shipped"


class MilestoneAction(enum.StrEnum):
    """What was done to a milestone."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    RESTORED = "restored"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class MilestoneContent:
    """What a milestone says. It lies between `first` and `last`, both included.

    `link` is empty or an http(s) address.
    """

    title: str
    first: dt.date
    last: dt.date
    part: Part
    state: MilestoneState
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneStep:
    """What somebody does to a milestone, and how it stands from then on."""

    action: MilestoneAction
    standing: MilestoneStanding
    actor_id: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone of a guild as it stands now.

    `shipped_key` says which one of those that ship it stands for. `version` counts from 1 and goes
    up with every change.
    """

    id: int
    guild_id: int
    shipped_key: int | None
    version: int
    standing: MilestoneStanding
    content: MilestoneContent
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class MilestoneChange:
    """One step in the history of a milestone: what it said and how it stood from then on.

    `actor_id` is None once that person had their data erased.
    """

    id: int
    milestone_id: int
    shipped_key: int | None
    version: int
    action: MilestoneAction
    standing: MilestoneStanding
    content: MilestoneContent
    actor_id: int | None
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """What a moderator typed and did not save yet, word for word.

    `milestone_id` and `shipped_key` say what it changes: one of the guild's own, one that ships, or
    with neither a new one. `version` is the one that the writer saw; 0 for one without a row.
    """

    id: int
    guild_id: int
    author_id: int
    milestone_id: int | None
    shipped_key: int | None
    version: int
    title: str
    period: str
    part: Part
    state: MilestoneState
    note: str
    written_at: dt.datetime
