"""The registry of personal data, and what goes through it: take-out, erasure and expiry.

Every column with a person's id or a member's words is named here; a test compares this with the
tables. What has no `holder` cannot be traced to a person, so it expires and is not taken out.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.services.guild_settings import (
    ANSWER_RETENTION,
    OPEN_QUESTION_RETENTION,
    QUESTION_RETENTION,
    GuildChoices,
    Setting,
)
from storage.records import PersonalRow
from storage.unit_of_work import UnitOfWork, UnitsOfWork


class Content(enum.Enum):
    """What makes a column personal."""

    PERSON = "a person's id"
    WORDS = "a member's words"


class Erasure(enum.Enum):
    """What erasing somebody does to a row of theirs."""

    ROW = "the row is deleted"
    KEY = "the id is emptied; the event stays"


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


REGISTRY: Final = (
    PersonalTable(
        name="questions",
        columns=(
            PersonalColumn("text", Content.WORDS, "statistics: what is asked; masked, no asker"),
        ),
        retention=Retention("asked_at", QUESTION_RETENTION),
    ),
    PersonalTable(
        name="answers",
        columns=(
            PersonalColumn("question_text", Content.WORDS, "shows the question again; masked"),
        ),
        retention=Retention("created_at", ANSWER_RETENTION),
    ),
    PersonalTable(
        name="feedback",
        columns=(
            PersonalColumn("user_id", Content.PERSON, "one opinion per person and answer"),
            PersonalColumn("reason", Content.WORDS, "what to improve in the answer"),
        ),
        holder="user_id",
        retention=Retention("created_at", 30),
    ),
    PersonalTable(
        name="open_questions",
        columns=(
            PersonalColumn("asker_id", Content.PERSON, "to send the moderator's answer to"),
            PersonalColumn("text", Content.WORDS, "the question that a moderator answers"),
        ),
        holder="asker_id",
        retention=Retention("asked_at", OPEN_QUESTION_RETENTION),
    ),
    PersonalTable(
        name="dm_guilds",
        columns=(
            PersonalColumn("user_id", Content.PERSON, "which guild's knowledge answers a DM"),
        ),
        holder="user_id",
        retention=Retention("used_at", 365),
    ),
    PersonalTable(
        name="deliveries",
        columns=(PersonalColumn("user_id", Content.PERSON, "whom a private message is for"),),
        holder="user_id",
        retention=Retention("private_since", 365),
    ),
    PersonalTable(
        name="guild_settings",
        columns=(PersonalColumn("changed_by", Content.PERSON, "who changed a setting"),),
        holder="changed_by",
        erasure=Erasure.KEY,
    ),
)

# Columns that look personal to the test and are not, each with the reason.
EXEMPT: Final[Mapping[str, str]] = {
    "guild_settings.value": "the guild's choice; the types of settings hold no words or people",
    "answers.answer_text": "quotes the knowledge base",
    "answers.citations": "passages of the knowledge base",
    "answers.topics": "titles of the knowledge base",
    "deliveries.title": "a post's title, written by a moderator or taken from a public page",
    "deliveries.tags": "ids of a forum's tags",
}


@dataclass(frozen=True, slots=True)
class TakeOut:
    """All that is stored of one person, row by row."""

    user_id: int
    rows: tuple[PersonalRow, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows of each table were deleted or made nobody's."""

    rows: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them together."""
        return sum(self.rows.values())


class Privacy:
    """What somebody may ask for under the AVG, and what happens without asking."""

    def __init__(
        self, units: UnitsOfWork, *, registry: tuple[PersonalTable, ...] = REGISTRY
    ) -> None:
        self._units = units
        self._registry = registry

    async def export_of(self, user_id: int) -> TakeOut:
        """Collect all that is stored of somebody, at one moment."""
        rows: list[PersonalRow] = []
        async with self._units.reading() as work:
            for table in self._registry:
                if table.holder is not None:
                    rows += await work.privacy.rows_of(
                        user_id, table=table.name, column=table.holder
                    )
        return TakeOut(user_id=user_id, rows=tuple(rows))

    async def erase(self, user_id: int) -> Erased:
        """Wipe all that is stored of somebody: all of it, or nothing when it fails."""
        async with self._units() as work:
            return Erased(
                {
                    table.name: await _erase(work, user_id, table=table, holder=table.holder)
                    for table in self._registry
                    if table.holder is not None
                }
            )

    async def purge_expired(self, now: datetime) -> Mapping[str, int]:
        """Delete what is older than its retention; returns how many rows of each table."""
        async with self._units() as work:
            return {
                table.name: await _purge(work, table.name, retention=table.retention, now=now)
                for table in self._registry
                if table.retention is not None
            }


async def _erase(work: UnitOfWork, user_id: int, *, table: PersonalTable, holder: str) -> int:
    if table.erasure is Erasure.KEY:
        return await work.privacy.clear_key_of(user_id, table=table.name, column=holder)
    return await work.privacy.delete_rows_of(user_id, table=table.name, column=holder)


async def _purge(work: UnitOfWork, table: str, *, retention: Retention, now: datetime) -> int:
    column, days = retention.column, retention.days
    if isinstance(days, int):
        before = now - timedelta(days=days)
        return await work.privacy.delete_older(table=table, column=column, before=before)
    chosen = {
        one.guild_id: GuildChoices({one.name: one.value}).value_of(days)
        for one in await work.settings.named(days.name)
    }
    deleted = await work.privacy.delete_older_elsewhere(
        chosen.keys(), table=table, column=column, before=now - timedelta(days=days.default)
    )
    for guild_id, guild_days in chosen.items():
        deleted += await work.privacy.delete_older_of_guild(
            guild_id, table=table, column=column, before=now - timedelta(days=guild_days)
        )
    return deleted
