"""The personal data of open questions, for the registry in `bot.services.privacy`."""

from collections.abc import Mapping
from typing import Final

from bot.services.guild_settings import OPEN_QUESTION_RETENTION
from bot.services.personal_columns import (
    Content,
    Erasure,
    PersonalColumn,
    PersonalTable,
    Retention,
)

TABLES: Final = (
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
        name="question_groups",
        columns=(
            PersonalColumn("closed_by", Content.PERSON, "which moderator answered a question"),
        ),
        holder="closed_by",
        erasure=Erasure.KEY,
    ),
    PersonalTable(
        name="question_drafts",
        columns=(PersonalColumn("author_id", Content.PERSON, "whose unsent answer it is"),),
        holder="author_id",
        retention=Retention("written_at", 90),
    ),
)
EXEMPT: Final[Mapping[str, str]] = {
    "question_groups.answer": "a moderator's, written to be sent",
    "question_groups.source_title": "a moderator's, written to be sent",
    "question_groups.source_url": "a moderator's, written to be sent",
    "question_drafts.answer": "a moderator's, written to be sent; gone with the draft",
    "question_drafts.source_title": "a moderator's, written to be sent; gone with the draft",
    "question_drafts.source_url": "a moderator's, written to be sent; gone with the draft",
}
"""Columns that look personal and are not, each with the reason."""
