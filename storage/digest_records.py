"""What leaves storage about weekly digests: what one says is frozen when it is decided about."""

import datetime as dt
import enum
from dataclasses import dataclass


class DigestState(enum.StrEnum):
    """QUEUED: it goes out. EMPTY: nothing had happened. MISSED: its time was long past."""

    QUEUED = "queued"
    EMPTY = "empty"
    MISSED = "missed"


class DigestTopic(enum.StrEnum):
    """What a part of a digest is about, in the order in which they stand."""

    UPDATES = "updates"
    MILESTONES = "milestones"
    MEETING = "meeting"
    FORUM = "forum"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One thing that happened. `title` is somebody's text, not escaped.

    `note` is what else there is to say, as a value that the texts know: an onderdeel, or what
    became of a milestone. `first` and `last` are the days that it is about; `count` how often.
    """

    title: str
    url: str | None = None
    note: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class DigestSection:
    """The first lines about a topic, and how `many` there are in all."""

    topic: DigestTopic
    lines: tuple[DigestLine, ...]
    many: int


@dataclass(frozen=True, slots=True)
class NewDigest:
    """What was decided about a guild's digest of `day`, the date on its own calendar.

    It tells of what happened from `covers_since` up to, not including, `covers_until`.
    """

    guild_id: int
    day: dt.date
    state: DigestState
    covers_since: dt.datetime
    covers_until: dt.datetime
    sections: tuple[DigestSection, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """A stored decision."""

    id: int
    guild_id: int
    day: dt.date
    state: DigestState
    covers_since: dt.datetime
    covers_until: dt.datetime
    sections: tuple[DigestSection, ...]
