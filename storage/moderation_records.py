"""What leaves storage about rounds of comments, blocked members, and what moderators did."""

import datetime as dt
import enum
from dataclasses import dataclass

from storage.progress_records import Part


@dataclass(frozen=True, slots=True)
class Round:
    """An onderwerp that members comment on. `part`: it is the one that an onderdeel always has.

    `version` goes up when it opens or closes.
    """

    id: int
    guild_id: int
    title: str
    part: Part | None
    is_open: bool
    version: int


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """How many comments of a round wait, and how many are placed."""

    waiting: int = 0
    placed: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A member who may not ask moderators anything or comment, for a time.

    `until` None: until it is lifted. `version` goes up with every change. `appeal` is what the
    member wrote at `appealed_at`; there is one. `answered_at`: when that was decided.
    """

    id: int
    guild_id: int
    user_id: int
    reason: str
    created_at: dt.datetime
    until: dt.datetime | None = None
    version: int = 1
    lifted_at: dt.datetime | None = None
    appeal: str | None = None
    appealed_at: dt.datetime | None = None
    answered_at: dt.datetime | None = None
    needs_card: bool = False

    def holds_at(self, now: dt.datetime) -> bool:
        """Whether the member is blocked at a moment."""
        return self.lifted_at is None and (self.until is None or self.until > now)


class ModerationEvent(enum.StrEnum):
    """What a moderator did that is about no single comment; APPEALED is the member's."""

    ROUND_OPENED = "round_opened"
    ROUND_CLOSED = "round_closed"
    MODE_CHANGED = "mode_changed"
    BLOCKED = "blocked"
    LIFTED = "lifted"
    APPEALED = "appealed"
    UPHELD = "upheld"


@dataclass(frozen=True, slots=True)
class NewModeration:
    """A line to add to the log. `detail`: the mode, or until when, as a word without people."""

    guild_id: int
    event: ModerationEvent
    at: dt.datetime
    actor_id: int | None
    round_id: int | None = None
    block_id: int | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Moderation:
    """A line of the log; see `NewModeration`. `actor_id` is None once that person is erased."""

    id: int
    guild_id: int
    event: ModerationEvent
    at: dt.datetime
    actor_id: int | None
    round_id: int | None
    block_id: int | None
    detail: str | None
