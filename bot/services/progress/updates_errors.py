"""Why something cannot be done with an update, as data. The Dutch is in `bot/texts/updates.py`."""

import datetime as dt
import enum

from bot.errors import MemberError
from storage.progress_records import Update, UpdateState


class UpdateError(MemberError):
    """Base of what can be wrong with an update."""


class ContentProblem(enum.Enum):
    """Why a text cannot be an update."""

    NO_TITLE = "no title"
    NO_TEXT = "no text"
    TITLE_TOO_LONG = "title too long"
    TEXT_TOO_LONG = "text too long"
    BAD_LINK = "bad link"
    NO_REASON = "no reason"
    REASON_TOO_LONG = "reason too long"


class UpdateContentError(UpdateError):
    """What was typed cannot be an update, or no reason. `limit` is the longest it may be."""

    def __init__(self, problem: ContentProblem, *, limit: int = 0) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.limit = limit


class UnknownUpdateError(UpdateError):
    """The guild has no such update."""


class NoDraftError(UpdateError):
    """The guild has no draft to plan."""


class ProposalGoneError(UpdateError):
    """What was to be confirmed does not exist."""


class UpdateDoneError(UpdateError):
    """The update is in a state in which this cannot be done (any more).

    `by` is who brought it there, None for what happened by itself; `at` is when.
    """

    def __init__(
        self, *, number: int, state: UpdateState, by: int | None, at: dt.datetime | None
    ) -> None:
        super().__init__(state.value)
        self.number = number
        self.state = state
        self.by = by
        self.at = at


class UpdateChangedError(UpdateError):
    """The update is another version than the one that was looked at. `current` is as it is now."""

    def __init__(self, current: Update, *, by: int | None) -> None:
        super().__init__(f"version {current.version}")
        self.current = current
        self.by = by


class NoUpdatesChannelError(UpdateError):
    """The guild has no channel for updates."""


class UpdatesChannelRightsError(UpdateError):
    """The bot may not post in the channel for updates. `missing` are rights, as discord.py's."""

    def __init__(self, channel_id: int, *, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.channel_id = channel_id
        self.missing = missing


class PlanPassedError(UpdateError):
    """The moment that was to be confirmed is past by now, or too far."""
