"""What can go wrong outside the database, as data. The Dutch for it stands in `bot/texts`."""

import enum
from pathlib import Path


class BreedError(Exception):
    """Base of what the bot expects to go wrong."""


class DataFolderUnusableError(BreedError):
    """A folder to serve from cannot be made or written to. `variable` is the setting that names it.

    `reason` is the operating system's own sentence.
    """

    def __init__(self, *, folder: Path, variable: str, reason: str) -> None:
        super().__init__(f"{folder}: {reason}")
        self.folder = folder
        self.variable = variable
        self.reason = reason


class ListenProblem(enum.Enum):
    """Why the web server cannot listen."""

    PORT_TAKEN = "port taken"
    NOT_ALLOWED = "not allowed"
    BAD_HOST = "bad host"


class CannotListenError(BreedError):
    """The web server cannot listen at this host and port."""

    def __init__(self, *, host: str, port: int, problem: ListenProblem) -> None:
        super().__init__(f"{host}:{port}: {problem.value}")
        self.host = host
        self.port = port
        self.problem = problem


class ChatError(BreedError):
    """Discord does not let the bot in, cannot be reached, or ended the connection for good."""


class TokenRefusedError(ChatError):
    """Discord does not know the token."""


class ChatUnreachableError(ChatError):
    """Discord cannot be reached, or fails itself. `reason` is the name of the failure."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ShardsRefusedError(ChatError):
    """Discord refuses the shards: the bot is in too many guilds for them, or they do not exist."""


class ChatEndedError(ChatError):
    """Discord closed the connection for good. `code` is its close code, where it gave one."""

    def __init__(self, *, code: int | None) -> None:
        super().__init__(f"close code {code}")
        self.code = code


class MemberError(BreedError):
    """What somebody in chat asked for cannot be done; the sentence is theirs, no code needed."""


class QuestionProblem(enum.Enum):
    """Why something is not a question that can be looked up."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    ONLY_EMOJI = "only emoji"
    ONLY_MENTIONS = "only mentions"


class UnusableQuestionError(MemberError):
    """There is nothing to look up. `limit` is the longest that a question may be."""

    def __init__(self, problem: QuestionProblem, *, limit: int) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.limit = limit


class RoleNamedError(MemberError):
    """The bot's role was mentioned: Discord gives that message without its text."""


class TooManyQuestionsError(MemberError):
    """The person's bucket is empty. `seconds` until the next question is allowed."""

    def __init__(self, *, seconds: float) -> None:
        super().__init__(f"{seconds:.1f} s")
        self.seconds = seconds


class AnswerGoneError(MemberError):
    """The answer that a button belongs to is not kept any more, or never was."""


class ElsewhereError(MemberError):
    """A button was pressed in another place than where its answer was given."""


class NotInGuildError(MemberError):
    """The person, or the bot, is not in the guild that a private message is about."""


class NoSharingError(MemberError):
    """The person may not write in the channel where an answer was to be shared."""


class AlreadySharedError(MemberError):
    """The answer was shared before."""


class UnknownOptionError(MemberError):
    """No option for collectivisation is called like this."""

    def __init__(self, typed: str) -> None:
        super().__init__("unknown option")
        self.typed = typed


class SameOptionError(MemberError):
    """An option was to be compared with itself."""


class StaleComponentError(MemberError):
    """A button, menu or form of an older version, or that nobody made."""


class NotAMemberError(MemberError):
    """Only members may do this."""


class NotAModeratorError(MemberError):
    """Only moderators may do this."""


class NotYoursError(MemberError):
    """A button below something that belongs to one person was pressed by another."""
