"""What leaves storage about meetings as scheduled events of Discord, and about their papers."""

import datetime as dt
import enum
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What people see of a scheduled event; moments are in UTC, to the minute."""

    name: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str


@dataclass(frozen=True, slots=True)
class EventPlan:
    """What a meeting wants its scheduled event to show."""

    facts: EventFacts
    description: str


@dataclass(frozen=True, slots=True)
class EventState:
    """What is known of the scheduled event of a meeting.

    `put` is what the bot last put there, or None; `seen` what stood there when it was last looked
    at and found well, None: there is no event. A request to make one began at `attempted_at` and
    its outcome was not written down.
    """

    meeting_id: int
    put: EventPlan | None
    seen: EventFacts | None
    attempted_at: dt.datetime | None = None


class AskState(enum.StrEnum):
    """OVERTAKEN: the meeting or the event was changed again before somebody decided."""

    OPEN = "open"
    TAKEN = "taken"
    RESTORED = "restored"
    LEFT = "left"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class EventAsk:
    """A change made in Discord that moderators are asked about; `found` None: it was removed."""

    id: int
    guild_id: int
    meeting_id: int
    found: EventFacts | None
    state: AskState
    version: int
    asked_at: dt.datetime
    decided_by: int | None = None


class EventProblem(enum.StrEnum):
    """Why scheduled events cannot be kept up to date."""

    RIGHTS = "rights"
    FULL = "full"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class EventTrouble:
    """That events of a guild cannot be kept up to date, until `solved_at`."""

    id: int
    guild_id: int
    problem: EventProblem
    solved_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A file of a meeting without its bytes; `address` is where they are until they are kept."""

    id: int
    meeting_id: int
    name: str
    size: int
    address: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file with its bytes."""

    id: int
    name: str
    content: bytes
