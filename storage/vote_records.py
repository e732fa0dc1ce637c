"""What leaves storage about votes: counts, one's own, and what pictures are drawn of."""

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final


class VoteValue(enum.IntEnum):
    """What somebody thinks of a comment."""

    DISAGREE = -1
    PASS = 0
    AGREE = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people voted what."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def total(self) -> int:
        """All of them together."""
        return self.agree + self.disagree + self.passed


NO_VOTES: Final = Tally()


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person thinks of one wording of a comment."""

    text_id: int
    user_id: int
    value: VoteValue
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Votable:
    """What is known of a wording that somebody wants to vote on.

    `is_current`: it is the newest wording of a comment that is placed. `tally` is what is shown.
    """

    text_id: int
    comment_id: int
    guild_id: int
    number: int
    is_current: bool
    is_open: bool
    round_title: str
    tally: Tally
    shown_version: int


@dataclass(frozen=True, slots=True)
class Countable:
    """A wording that somebody has not voted on, with all votes on it so far: not to be shown."""

    text_id: int
    comment_id: int
    number: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class ShownVotes:
    """The votes that pictures of a guild are drawn of, until the next step.

    One row a voter, in an order that says nothing of who they are; one column a wording, as in
    `text_ids`. Values are 1, 0 or -1; None where somebody did not vote. `voters` are whose the rows
    are, None of who was forgotten since: to take a next step by, and for nothing else. `version`
    rises with each step.
    """

    version: int
    text_ids: tuple[int, ...]
    rows: tuple[tuple[int | None, ...], ...]
    voters: tuple[int | None, ...]
