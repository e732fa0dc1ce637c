"""What is wrong with the settings, as data and as the sentences that the operator reads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """One setting that cannot be used: its variable and, in Dutch, what to do."""

    variable: str
    message: str


class SettingsError(Exception):
    """The settings cannot be used. Holds every mistake, not only the first."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("; ".join(f"{one.variable}: {one.message}" for one in mistakes))
        self.mistakes = mistakes
