"""What is said about a column that holds a person's id or a member's words."""

import enum
from dataclasses import dataclass

from bot.services.guild_settings import Setting


class Content(enum.Enum):
    """What makes a column personal."""

    PERSON = "a person's id"
    WORDS = "a member's words"


class Erasure(enum.Enum):
    """What erasing somebody does to a row of theirs."""

    ROW = "the row is deleted"
    KEY = "the id is emptied; the event stays"
    KEPT = "the row stays until its retention: it would end by asking what is not over"


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """One column, and what it is kept for."""

    name: str
    content: Content
    purpose: str


@dataclass(frozen=True, slots=True)
class Retention:
    """How long rows live, counted from the moment in `column`.

    `days` is a setting of the guild that the row belongs to, or one number for all rows.
    """

    column: str
    days: Setting[int] | int


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """The personal columns of one table.

    `holder` is the column that says whose the row is; `erasure` is what erasing them does to it.
    Without `retention` rows live as long as what they belong to.
    """

    name: str
    columns: tuple[PersonalColumn, ...]
    holder: str | None = None
    erasure: Erasure = Erasure.ROW
    retention: Retention | None = None
