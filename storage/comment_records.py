"""What leaves storage about comments: what members wrote, and all that happened to it."""

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final

from storage.vote_records import NO_VOTES, Tally


class CommentState(enum.StrEnum):
    """Where a comment stands.

    WAITING: a moderator has to look at it. PLACED: everybody can read it and vote. REJECTED: a
    moderator refused it, with a reason. APPEALED: its author asks for another look. DUPLICATE: it
    counts as another one. WITHDRAWN: its author took it back; nothing follows that.
    """

    WAITING = "waiting"
    PLACED = "placed"
    REJECTED = "rejected"
    APPEALED = "appealed"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


RETIRED: Final = frozenset({CommentState.REJECTED, CommentState.DUPLICATE, CommentState.WITHDRAWN})
"""States in which nobody reads a comment (any more): its retention counts from then."""


class CommentEvent(enum.StrEnum):
    """What happened to a comment.

    POSTED and REPOSTED: submitted and edited while comments are placed before a moderator looks.
    CHECKED: a moderator looked at one of those, and it stays. CONSENTED: only what may be done
    with it changed. UPHELD: the appeal was refused.
    """

    SUBMITTED = "submitted"
    POSTED = "posted"
    EDITED = "edited"
    REPOSTED = "reposted"
    CONSENTED = "consented"
    PLACED = "placed"
    CHECKED = "checked"
    REJECTED = "rejected"
    REDACTED = "redacted"
    DUPLICATE = "duplicate"
    APPEALED = "appealed"
    UPHELD = "upheld"
    WITHDRAWN = "withdrawn"


DECISIONS: Final = frozenset(
    {
        CommentEvent.PLACED,
        CommentEvent.CHECKED,
        CommentEvent.REJECTED,
        CommentEvent.REDACTED,
        CommentEvent.DUPLICATE,
        CommentEvent.UPHELD,
    }
)
"""What moderators do."""


@dataclass(frozen=True, slots=True)
class Consents:
    """What the author allows, all off at first: their name shown, passed on, on the forum."""

    name: bool = False
    vng: bool = False
    forum: bool = False


@dataclass(frozen=True, slots=True)
class CommentText:
    """One wording of a comment. `id` is what people vote on: votes stay with their wording.

    `body` is what the author wrote, `redacted` what a moderator made of it. `author_name` is kept
    only with consent. `tally` is what may be shown of the votes. `shown_version` goes up with
    all that changes in what is shown of it.
    """

    id: int
    ordinal: int
    body: str
    consents: Consents
    redacted: str | None = None
    author_name: str | None = None
    tally: Tally = NO_VOTES
    shown_version: int = 1

    @property
    def shown(self) -> str:
        """What others read."""
        return self.body if self.redacted is None else self.redacted


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it stands now, with its newest wording.

    `number` is what people know it by, counted in its guild from 1 and never given again.
    `version` goes up with everything that happens to it: what is decided names the version that
    was looked at. `is_checked`: a moderator looked at this wording. `reason` is that of the
    rejection, `duplicate_of` the number of the comment that it counts as. `appeal` is what the
    author wrote with `appealed_at`; there is one. `channel_id` is where it was submitted, if not
    in private messages. `is_queued`: its message is in the outbox. `needs_card`: the card that
    asks moderators is not yet.
    """

    id: int
    guild_id: int
    number: int
    round_id: int
    author_id: int | None
    version: int
    state: CommentState
    text: CommentText
    created_at: dt.datetime
    is_checked: bool = False
    reason: str | None = None
    duplicate_of: int | None = None
    appeal: str | None = None
    appealed_at: dt.datetime | None = None
    retired_at: dt.datetime | None = None
    channel_id: int | None = None
    is_queued: bool = False
    needs_card: bool = False

    @property
    def waits(self) -> bool:
        """Whether a moderator has to look at it."""
        if self.state is CommentState.PLACED:
            return not self.is_checked
        return self.state in {CommentState.WAITING, CommentState.APPEALED}


@dataclass(frozen=True, slots=True)
class NewComment:
    """A comment to keep. `stems` are those of `body`, for searching; `form_id` is its form's."""

    guild_id: int
    number: int
    round_id: int
    author_id: int
    author_name: str | None
    body: str
    stems: str
    consents: Consents
    form_id: int
    channel_id: int | None
    is_placed: bool
    needs_card: bool


@dataclass(frozen=True, slots=True)
class CommentChange:
    """One line of a comment's history: the state and wording since then.

    `actor_id` is the author or a moderator; None once that person is erased.
    """

    id: int
    comment_id: int
    event: CommentEvent
    at: dt.datetime
    version: int
    state: CommentState
    ordinal: int
    actor_id: int | None
    reason: str | None = None


class CommentOrder(enum.Enum):
    """How a list of comments is ordered."""

    NEWEST = "newest"
    SUPPORTED = "supported"
    """By what is shown of the votes, so that the order tells no more than the counts do."""


@dataclass(frozen=True, slots=True)
class CommentFilter:
    """Which comments a list holds: in these states, of this round, with all of these stems."""

    guild_id: int
    states: frozenset[CommentState] = frozenset({CommentState.PLACED})
    round_id: int | None = None
    stems: tuple[str, ...] = ()
    author_id: int | None = None


@dataclass(frozen=True, slots=True)
class AuthorCounts:
    """How an author's comments in a guild ended so far."""

    placed: int = 0
    rejected: int = 0
    waiting: int = 0
    withdrawn: int = 0
    duplicate: int = 0
