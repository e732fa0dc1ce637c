"""What a moderator asked of a feed and cannot be done, as data; the Dutch is in `bot/texts`."""

import datetime as dt
import enum

from bot.errors import MemberError
from bot.services.forum.feeds import FeedProblem


class ForumError(MemberError):
    """Base of what cannot be done with feeds of the forum."""


class UnusableFeedError(ForumError):
    """The address gives no items. `status` is what the web server answered, if it did."""

    def __init__(self, problem: FeedProblem, *, status: int | None = None) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.status = status


class AlreadyLinkedError(ForumError):
    """The guild has the feed linked already, to this channel."""

    def __init__(self, *, channel_id: int) -> None:
        super().__init__("already linked")
        self.channel_id = channel_id


class ChannelProblem(enum.Enum):
    """Why a channel cannot get posts."""

    KIND = "kind"
    RIGHTS = "rights"
    UNKNOWN = "unknown"


class UnusableChannelError(ForumError):
    """Posts cannot go to the channel. `missing` are rights, as discord.py names them."""

    def __init__(self, problem: ChannelProblem, *, missing: tuple[str, ...] = ()) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.missing = missing


class DraftGoneError(ForumError):
    """What was to be started is not there any more."""


class AlreadyStartedError(ForumError):
    """Somebody started it before."""


class UnknownFeedError(ForumError):
    """No linked feed of the guild is called like this."""


class TooSoonError(ForumError):
    """The address was polled less than a quarter of an hour ago; `at` is when it may be again."""

    def __init__(self, *, at: dt.datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class ItemGoneError(ForumError):
    """The item that a button belongs to is not there any more, or says nothing any more."""
