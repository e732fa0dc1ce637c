"""How asking Discord for something can end, other than well."""

from bot.errors import BreedError
from storage.delivery_records import Problem


class MessengerError(BreedError):
    """Base of how a request to Discord ends badly."""


class RefusedError(MessengerError):
    """Discord refuses, and will again: nothing was done. `code` is Discord's number, 0 for none."""

    def __init__(self, problem: Problem, *, code: int = 0) -> None:
        super().__init__(f"{problem.value} ({code})")
        self.problem = problem
        self.code = code


class NotNowError(MessengerError):
    """Nothing was done, later it may be: `retry_after` seconds when Discord said so."""

    def __init__(self, reason: str, *, retry_after: float = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class OutcomeUnknownError(MessengerError):
    """The request was made and nobody knows whether it was carried out."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CannotLookError(MessengerError):
    """The bot may not read back what stands in a channel, or not all of it."""

    def __init__(self, *, code: int = 0) -> None:
        super().__init__(str(code))
        self.code = code
