"""What leaves storage about meetings: agenda, deadlines, who comes, and reminders."""

import datetime as dt
import enum
from dataclasses import dataclass


class MeetingKind(enum.StrEnum):
    """What kind of meeting it is."""

    ALV = "alv"
    BALV = "balv"
    OTHER = "other"


class MeetingState(enum.StrEnum):
    """CANCELLED is for good; a meeting that moves stays PLANNED."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class DeadlineKind(enum.StrEnum):
    """What has to be in before a deadline."""

    REGISTRATION = "registration"
    MOTIONS = "motions"
    AMENDMENTS = "amendments"
    OTHER = "other"


class Answer(enum.StrEnum):
    """Whether somebody comes."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


class Mode(enum.StrEnum):
    """How somebody comes."""

    IN_PERSON = "in_person"
    DIGITAL = "digital"


class ProxyState(enum.StrEnum):
    """A proxy counts once it is ACCEPTED."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ChangeKind(enum.StrEnum):
    """What happened to a meeting."""

    PLANNED = "planned"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    AGENDA = "agenda"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Details:
    """What moderators fill in. `local_start` is what the clock of `zone` shows, without a zone.

    `starts_at` is the moment that this is, in UTC, by the rules known when it was written;
    `place` and `link` may be empty.
    """

    kind: MeetingKind
    title: str
    local_start: dt.datetime
    zone: str
    starts_at: dt.datetime
    minutes: int
    place: str = ""
    link: str = ""

    @property
    def ends_at(self) -> dt.datetime:
        """When it ends, in UTC."""
        return self.starts_at + dt.timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it stands now.

    `number` is what people know it by, counted in its guild from 1. `version` goes up with every
    change of what is shown, `sequence` with those that calendars have to hear of. `uid` names it in
    calendars for ever. `event_id` is Discord's scheduled event, which shows `event_version`.
    """

    id: int
    guild_id: int
    number: int
    uid: str
    details: Details
    state: MeetingState
    version: int
    sequence: int
    created_at: dt.datetime
    changed_at: dt.datetime
    cancel_reason: str = ""
    event_id: int | None = None
    event_version: int | None = None


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting to plan; `reminders` are the rules of the channel's reminders, as text."""

    guild_id: int
    uid: str
    details: Details
    reminders: tuple[str, ...]
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """A document for an agenda item: an address, or a file that is kept (`file_id`)."""

    title: str
    url: str
    file_id: int | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the agenda; `position` counts from 1 and has no gaps."""

    id: int
    meeting_id: int
    position: int
    title: str
    text: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when something may be handed in.

    `rule` is how it follows from the meeting (see `bot.dates.rules`); `due_at` and `local` are what
    that gives now.
    """

    id: int
    meeting_id: int
    kind: DeadlineKind
    label: str
    rule: str
    local: dt.datetime
    due_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Attendance:
    """What one person said."""

    meeting_id: int
    user_id: int
    answer: Answer
    mode: Mode
    answered_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people come. `proxies` are accepted ones of people who do not come themselves."""

    yes: int = 0
    digital: int = 0
    maybe: int = 0
    no: int = 0
    proxies: int = 0

    @property
    def represented(self) -> int:
        """How many members are there or have somebody vote for them."""
        return self.yes + self.proxies


@dataclass(frozen=True, slots=True)
class Proxy:
    """One person's vote in the hands of another. A holder who was erased is None."""

    id: int
    meeting_id: int
    giver_id: int
    holder_id: int | None
    state: ProxyState
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder by a rule; without `user_id` it is the channel's.

    It is about a deadline when `deadline_id` is set. `done_for` is the start of the meeting (or the
    deadline) for which it was queued or had passed, `done_due` the moment it was due then; None:
    it had passed before it could be sent.
    """

    id: int
    guild_id: int
    meeting_id: int
    user_id: int | None
    deadline_id: int | None
    rule: str
    created_at: dt.datetime
    done_for: dt.datetime | None = None
    done_due: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One event in the life of a meeting; `told` is what it was before and after, as JSON."""

    id: int
    meeting_id: int
    kind: ChangeKind
    version: int
    at: dt.datetime
    changed_by: int | None
    told: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting with all that belongs to it, read at one moment."""

    meeting: Meeting
    agenda: tuple[AgendaItem, ...]
    deadlines: tuple[Deadline, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Draft:
    """What a moderator typed and has not confirmed; `base_version` is what they saw."""

    id: int
    guild_id: int
    meeting_id: int | None
    base_version: int
    content: str
    changed_by: int
    created_at: dt.datetime
