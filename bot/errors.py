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
