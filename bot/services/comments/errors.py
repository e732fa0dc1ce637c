"""Why something cannot be done with a comment, as data. The Dutch is in `comments_errors`."""

import datetime as dt
import enum

from bot.errors import MemberError
from storage.comment_records import Comment, CommentEvent, CommentState
from storage.moderation_records import Block


class CommentError(MemberError):
    """Base of what can be wrong with comments, rounds, votes and blocks."""


class ContentProblem(enum.Enum):
    """Why a text cannot be used."""

    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    NO_REASON = "no reason"
    REASON_TOO_LONG = "reason too long"
    NO_TITLE = "no title"
    TITLE_TOO_LONG = "title too long"


class CommentContentError(CommentError):
    """What was typed cannot be a comment, a reason or a title. `limit` is its bound."""

    def __init__(self, problem: ContentProblem, *, limit: int) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.limit = limit


class MembersOnlyError(CommentError):
    """Only members may comment and vote. `forum_url` is where one becomes one, or empty."""

    def __init__(self, forum_url: str) -> None:
        super().__init__("members only")
        self.forum_url = forum_url


class InGuildOnlyError(CommentError):
    """One comments and votes in a guild, not in private messages."""


class UnknownCommentError(CommentError):
    """The guild has no such comment (any more), or it is somebody else's."""


class UnknownRoundError(CommentError):
    """The guild has no such onderwerp."""


class RoundClosedError(CommentError):
    """The onderwerp is closed: no new comments, changes or votes."""

    def __init__(self, title: str) -> None:
        super().__init__("round closed")
        self.title = title


class TooManyCommentsError(CommentError):
    """The member submitted as many as may be in an hour; the next may come at `again_at`."""

    def __init__(self, *, limit: int, again_at: dt.datetime) -> None:
        super().__init__(f"{limit} an hour")
        self.limit = limit
        self.again_at = again_at


class BlockedError(CommentError):
    """The member is blocked; `block` says until when and why."""

    def __init__(self, block: Block) -> None:
        super().__init__(f"block {block.id}")
        self.block = block


class CommentDecidedError(CommentError):
    """Somebody else was first: the comment is another version than the one that was looked at.

    `event` is what happened to it last, `by` who did that (None once erased) and `at` when.
    """

    def __init__(
        self,
        current: Comment,
        *,
        event: CommentEvent | None,
        by: int | None,
        at: dt.datetime | None,
    ) -> None:
        super().__init__(f"version {current.version}")
        self.current = current
        self.event = event
        self.by = by
        self.at = at


class CommentStateError(CommentError):
    """What was asked for cannot be done with a comment in this state."""

    def __init__(self, *, number: int, state: CommentState) -> None:
        super().__init__(state.value)
        self.number = number
        self.state = state


class AppealUsedError(CommentError):
    """The one appeal was made already, against a rejection or a block."""


class SameModeratorError(CommentError):
    """Another moderator than the one who decided first has to look at the appeal.

    `may_be_alone`: no other moderator is known, so that this one may say that there is none.
    """

    def __init__(self, *, may_be_alone: bool) -> None:
        super().__init__("same moderator")
        self.may_be_alone = may_be_alone


class SameCommentError(CommentError):
    """A comment cannot count as itself, or as one that counts as another."""


class NotVotableError(CommentError):
    """Nobody can vote on this wording (any more): it was changed, or taken away."""


class UnknownBlockError(CommentError):
    """There is no such block (any more), or it is somebody else's."""


class BlockChangedError(CommentError):
    """Somebody else changed the block first. `current` is as it is now; `by` did that."""

    def __init__(self, current: Block, *, by: int | None) -> None:
        super().__init__(f"version {current.version}")
        self.current = current
        self.by = by
