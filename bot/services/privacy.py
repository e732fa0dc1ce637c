"""The registry of personal data, and what goes through it: take-out, erasure and expiry.

Every column with a person's id or a member's words is named here; a test compares this with the
tables. What has no `holder` cannot be traced to a person, so it expires and is not taken out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.services.comments import personal_data as comments
from bot.services.guild_settings import (
    ANSWER_RETENTION,
    QUESTION_RETENTION,
    GuildChoices,
)
from bot.services.knowledge import documents_personal_data as documents
from bot.services.knowledge import question_personal_data as questions
from bot.services.knowledge.importing import personal_data as imports
from bot.services.meetings import personal_data as meetings
from bot.services.personal_columns import (
    Content,
    Erasure,
    PersonalColumn,
    PersonalTable,
    Retention,
)
from storage.records import PersonalRow
from storage.unit_of_work import UnitOfWork, UnitsOfWork

__all__ = [
    "EXEMPT",
    "REGISTRY",
    "Content",
    "Erased",
    "Erasure",
    "PersonalColumn",
    "PersonalTable",
    "Privacy",
    "Retention",
    "TakeOut",
]

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
    *questions.TABLES,
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
        name="feeds",
        columns=(
            PersonalColumn("created_by", Content.PERSON, "who linked a feed"),
            PersonalColumn("draft", Content.WORDS, "public posts of a feed that waits for a yes"),
        ),
        holder="created_by",
        erasure=Erasure.KEY,
    ),
    PersonalTable(
        name="forum_texts",
        columns=(
            PersonalColumn("author", Content.WORDS, "who wrote it, as its public page says"),
            PersonalColumn("title", Content.WORDS, "shows, corrects and finds a public post"),
            PersonalColumn("markdown", Content.WORDS, "likewise"),
            PersonalColumn("text", Content.WORDS, "likewise"),
            PersonalColumn("images", Content.WORDS, "addresses of pictures, and what they show"),
            PersonalColumn("tags", Content.WORDS, "labels of a post in a forum channel"),
        ),
        retention=Retention("kept_since", 730),
    ),
    PersonalTable(
        name="guild_settings",
        columns=(PersonalColumn("changed_by", Content.PERSON, "who changed a setting"),),
        holder="changed_by",
        erasure=Erasure.KEY,
    ),
    PersonalTable(
        name="updates",
        columns=(PersonalColumn("author_id", Content.PERSON, "which moderator wrote an update"),),
        holder="author_id",
        erasure=Erasure.KEY,
    ),
    PersonalTable(
        name="update_changes",
        columns=(
            PersonalColumn("actor_id", Content.PERSON, "which moderator changed or posted it"),
        ),
        holder="actor_id",
        erasure=Erasure.KEY,
    ),
    PersonalTable(
        name="milestone_changes",
        columns=(PersonalColumn("actor_id", Content.PERSON, "who changed the timeline"),),
        holder="actor_id",
        erasure=Erasure.KEY,
    ),
    PersonalTable(
        name="milestone_drafts",
        columns=(
            PersonalColumn("author_id", Content.PERSON, "whose unsaved milestone it is"),
            PersonalColumn("title", Content.WORDS, "an unsaved milestone, not to lose it"),
            PersonalColumn("period", Content.WORDS, "an unsaved milestone, not to lose it"),
            PersonalColumn("note", Content.WORDS, "an unsaved milestone, not to lose it"),
        ),
        holder="author_id",
        retention=Retention("written_at", 7),
    ),
    PersonalTable(
        name="document_versions",
        columns=(
            PersonalColumn("actor_id", Content.PERSON, "which moderator wrote or changed it"),
        ),
        holder="actor_id",
        erasure=Erasure.KEY,
    ),
    PersonalTable(
        name="subscriptions",
        columns=(PersonalColumn("user_id", Content.PERSON, "who wants updates by DM"),),
        holder="user_id",
    ),
    PersonalTable(
        name="digests",
        columns=(
            PersonalColumn(
                "content",
                Content.WORDS,
                "what a weekly digest says, with questions asked often; masked",
            ),
        ),
        retention=Retention("covers_until", 90),
    ),
    *documents.TABLES,
    *imports.TABLES,
    *meetings.TABLES,
    *comments.TABLES,
)

# Columns that look personal to the test and are not, each with the reason.
EXEMPT: Final[Mapping[str, str]] = {
    "guild_settings.value": "the guild's choice; the types of settings hold no words or people",
    "answers.answer_text": "quotes the knowledge base and what moderators published",
    "answers.citations": "passages of the knowledge base and what moderators published",
    "answers.topics": "titles of the knowledge base",
    "deliveries.title": "a post's title, written by a moderator or taken from a public page",
    "deliveries.tags": "ids of a forum's tags",
    "feeds.title": "the name of a public feed",
    "feeds.link": "the address of a public website",
    "feed_addresses.etag": "what a web server calls a version of its feed",
    "feed_addresses.last_modified": "likewise",
    "forum_items.link": "the address of a public page",
    "forum_items.reason": "why the bot did not post it, of a fixed list",
    "forum_items.topic_title": "the title of a public page",
    "forum_items.topic_link": "the address of a public page",
    "milestones.title": "a moderator's, written to be published",
    "milestones.note": "a moderator's, written to be published",
    "milestones.link": "a moderator's, written to be published",
    "milestone_changes.title": "a moderator's, written to be published",
    "milestone_changes.note": "a moderator's, written to be published",
    "milestone_changes.link": "a moderator's, written to be published",
    "document_versions.title": "a moderator's, written to answer members",
    "document_versions.text": "a moderator's, or taken from a document that a moderator imported",
    "knowledge_notices.title": "the title of a document",
    "updates.title": "a moderator's, written to be published",
    "updates.text": "a moderator's, written to be published",
    "updates.link": "a moderator's, written to be published",
    "updates.withdrawal_reason": "a moderator's, written to be published",
    "update_changes.title": "a moderator's, written to be published",
    "update_changes.text": "a moderator's, written to be published",
    "update_changes.link": "a moderator's, written to be published",
    "update_changes.reason": "a moderator's, written to be published",
    **questions.EXEMPT,
    **documents.EXEMPT,
    **imports.EXEMPT,
    **meetings.EXEMPT,
    **comments.EXEMPT,
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
            await comments.take_back_all_of(work, user_id)
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
    if table.erasure is Erasure.KEPT:
        return 0
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
