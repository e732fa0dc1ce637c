"""What can go wrong around meetings, as data."""

from bot.errors import MemberError
from storage.meeting_event_records import EventAsk
from storage.meeting_records import Meeting


class MeetingError(MemberError):
    """Base of what cannot be done with a meeting."""


class NoMeetingError(MeetingError):
    """Nothing is planned, or no meeting is called like this. `typed` is None for the next one."""

    def __init__(self, typed: str | None = None) -> None:
        super().__init__("no meeting")
        self.typed = typed


class MeetingOverError(MeetingError):
    """It has begun, or was called off: nobody signs up or is reminded any more."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__("meeting is over")
        self.meeting = meeting


class DraftGoneError(MeetingError):
    """A draft was confirmed or dropped already, or is too old."""


class OutdatedDraftError(MeetingError):
    """Somebody changed the meeting after the draft was made. `by`: who, while that is known."""

    def __init__(self, meeting: Meeting, *, by: int | None = None) -> None:
        super().__init__("meeting changed since")
        self.meeting = meeting
        self.by = by


class PastMeetingError(MeetingError):
    """A meeting was about to be planned in the past."""


class EmptyTitleError(MeetingError):
    """A title without a letter in it."""


class BadLinkError(MeetingError):
    """An address that is not one of the web."""


class BadDurationError(MeetingError):
    """A duration that is no whole number of minutes from a quarter of an hour to two days."""


class BadRuleError(MeetingError):
    """Reminders for the channel that cannot be read. `typed` is what was typed."""

    def __init__(self, typed: str) -> None:
        super().__init__("not a reminder rule")
        self.typed = typed


class NoItemError(MeetingError):
    """The agenda has no item with this number."""


class NoDeadlineError(MeetingError):
    """The meeting has no such deadline."""


class TooManyError(MeetingError):
    """There are as many items, deadlines or reminders as there may be."""

    def __init__(self, *, limit: int) -> None:
        super().__init__(f"more than {limit}")
        self.limit = limit


class DeadlineAfterMeetingError(MeetingError):
    """A deadline or reminder that would fall after the meeting began."""


class ProxyProblemError(MeetingError):
    """Base of why a proxy cannot be given or taken."""


class ProxyToSelfError(ProxyProblemError):
    """Somebody chose themselves."""


class ProxyToBotError(ProxyProblemError):
    """Somebody chose a bot."""


class ProxyToStrangerError(ProxyProblemError):
    """Somebody chose a person who is not in the server."""


class ProxyToVisitorError(ProxyProblemError):
    """Somebody chose a person who is in the server, and no member."""


class ProxyGiverGoneError(ProxyProblemError):
    """Who gave the proxy left the server, or is no member any more."""


class ProxyFullError(ProxyProblemError):
    """The other holds as many proxies as one may."""

    def __init__(self, *, limit: int) -> None:
        super().__init__(f"holds {limit}")
        self.limit = limit


class ProxyGoneError(ProxyProblemError):
    """The proxy was taken back, answered or given to somebody else."""


class ReminderGoneError(MeetingError):
    """The reminder does not exist any more."""


class AskGoneError(MeetingError):
    """What was asked about an event in Discord does not exist (any more)."""


class AskDecidedError(MeetingError):
    """Somebody decided already about a change in Discord; `ask` is as it is now."""

    def __init__(self, ask: EventAsk) -> None:
        super().__init__("decided already")
        self.ask = ask


class PaperGoneError(MeetingError):
    """A file that was sent along cannot be fetched any more."""


class NoPaperError(MeetingError):
    """A line names a file that the agenda item does not have."""


class PapersFullError(MeetingError):
    """The files of a meeting would be too many, or too large together. `most`: bytes."""

    def __init__(self, *, most: int, count: int) -> None:
        super().__init__("papers full")
        self.most = most
        self.count = count
