"""Why something cannot be done with a milestone, as data. The Dutch is in `bot/texts`."""

from bot.errors import MemberError
from storage.milestone_records import MilestoneChange


class MilestoneError(MemberError):
    """Base of what can be wrong with a milestone."""


class UnknownMilestoneError(MilestoneError):
    """The guild has no such milestone."""


class MilestoneDraftGoneError(MilestoneError):
    """What was typed is saved or cancelled already, expired, or somebody else's."""


class MilestoneChangedError(MilestoneError):
    """Somebody else changed it in the meantime. `change` is the last thing done to it."""

    def __init__(self, change: MilestoneChange | None) -> None:
        super().__init__("changed in the meantime")
        self.change = change


class TooManyMilestonesError(MilestoneError):
    """A guild holds no more than `limit`."""

    def __init__(self, *, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit
