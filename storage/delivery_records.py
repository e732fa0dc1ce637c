"""What leaves storage about deliveries: one record is one copy of something that the bot says."""

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Final


class DeliveryState(enum.StrEnum):
    """What is known of a copy.

    WAITING: not there, and no request for it is under way. ATTEMPTING: a request was about to be
    made and its outcome was not written down. SENT: it was there when last heard of. FAILED:
    Discord refuses it. HELD: nobody can tell whether it is there. CANCELLED: taken back before it
    was sent. MISSED: its use was over before it could be sent.
    """

    WAITING = "waiting"
    ATTEMPTING = "attempting"
    SENT = "sent"
    FAILED = "failed"
    HELD = "held"
    CANCELLED = "cancelled"
    MISSED = "missed"


class Problem(enum.StrEnum):
    """Why a copy failed or is held: what a moderator has to mend.

    NOT_ALLOWED: whom it was for left or may not see it; such a copy is cancelled.
    """

    UNKNOWN_CHANNEL = "unknown_channel"
    UNKNOWN_PERSON = "unknown_person"
    NO_RIGHTS = "no_rights"
    DM_CLOSED = "dm_closed"
    LOCKED = "locked"
    TAG = "tag"
    MESSAGE_GONE = "message_gone"
    INVALID = "invalid"
    TOO_LARGE = "too_large"
    UNMARKED = "unmarked"
    RENDERING = "rendering"
    CANNOT_LOOK = "cannot_look"
    REFUSED = "refused"
    CROSSPOST = "crosspost"
    TOO_LATE = "too_late"
    NOT_ALLOWED = "not_allowed"
    NO_PLACE = "no_place"
    PLACE_CLOSED = "place_closed"


WAITING_PROBLEMS: Final = frozenset({Problem.NO_PLACE, Problem.PLACE_CLOSED})
"""Problems of what cannot become copies yet: there is no channel for it, or the bot may not post
in it. No copy has them, only a notice."""


CONTENT_PROBLEMS: Final = frozenset(
    {Problem.INVALID, Problem.TOO_LARGE, Problem.RENDERING, Problem.CROSSPOST}
)
"""Problems that a new version of what is shown may mend, or that are not in its way."""


class Crosspost(enum.StrEnum):
    """Whether a copy in an announcement channel is published to the servers that follow it.

    WANTED: once it is sent. DONE: it was. REFUSED: Discord will not.
    """

    WANTED = "wanted"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ChannelTarget:
    """A message in a channel."""

    channel_id: int


@dataclass(frozen=True, slots=True)
class ThreadTarget:
    """A message in a thread that is there already, a forum post's included."""

    channel_id: int


@dataclass(frozen=True, slots=True)
class PostTarget:
    """A new post in the forum `channel_id`; `tags` are ids of the forum's, at most five.

    Once the post is there, or may be, `title` is what it was last called.
    """

    channel_id: int
    title: str
    tags: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DmTarget:
    """A private message."""

    user_id: int


Target = ChannelTarget | ThreadTarget | PostTarget | DmTarget


@dataclass(frozen=True, slots=True)
class Copy:
    """Where a message stands: in a post its thread, in private messages their channel."""

    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A copy to send. The same `key` is queued once, whatever else differs.

    `kind` and `subject_id` say what it shows, `version` as of which change. It is sent at or after
    `due_at`, and not any more after `useful_until`.
    """

    key: str
    guild_id: int
    target: Target
    kind: str
    subject_id: int
    due_at: datetime
    version: int = 1
    useful_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A stored copy: what is wanted of it, and what is known of it.

    Wanted: `wanted_version` is shown, or nothing (or that it was withdrawn) once `withdrawn`.
    Known: `copy` shows `sent_version`, or the withdrawal once `withdrawal_shown`. An attempt at
    `attempted_version` is open since `attempted_at` (the first one whose outcome is unknown);
    `attempts` counts all. `failures` counts temporary failures since the last success, and nothing
    is tried before `next_try_at`. `sent_again` counts sends after an unknown outcome that a look
    did not find; `duplicates` the further copies that a look found. `problem_code` is Discord's.
    `problem` is None again once somebody let it be. `notice_id`: the notice to moderators that
    counts it, until it is done. `crosspost_at`: when publishing it was last tried.
    """

    id: int
    key: str
    guild_id: int
    target: Target
    kind: str
    subject_id: int
    due_at: datetime
    useful_until: datetime | None
    wanted_version: int
    withdrawn: bool = False
    state: DeliveryState = DeliveryState.WAITING
    copy: Copy | None = None
    sent_version: int | None = None
    withdrawal_shown: bool = False
    attempted_version: int | None = None
    attempted_at: datetime | None = None
    attempts: int = 0
    failures: int = 0
    next_try_at: datetime | None = None
    problem: Problem | None = None
    problem_code: int | None = None
    sent_again: int = 0
    duplicates: int = 0
    notice_id: int | None = None
    crosspost: Crosspost | None = None
    crosspost_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything is left to do for it, now or later."""
        if self.state is not DeliveryState.SENT:
            return self.state in {DeliveryState.WAITING, DeliveryState.ATTEMPTING}
        if self.withdrawn:
            return not self.withdrawal_shown
        if self.crosspost is Crosspost.WANTED:
            return True
        return self.sent_version is None or self.sent_version < self.wanted_version


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many copies are still to be done, and of how many it is time; since when, if any."""

    waiting: int
    due: int
    oldest_due: datetime | None


@dataclass(frozen=True, slots=True)
class Lane:
    """What is kept in order: one channel (for posts the forum), or one person's messages."""

    id: int
    is_private: bool


def lane_of(target: Target) -> Lane:
    """Return the lane that a target belongs to."""
    if isinstance(target, DmTarget):
        return Lane(target.user_id, is_private=True)
    return Lane(target.channel_id, is_private=False)
