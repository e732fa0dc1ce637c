"""The personal data of documents, for the registry in `bot.services.privacy`."""

from collections.abc import Mapping
from typing import Final

from bot.services.personal_columns import Content, PersonalColumn, PersonalTable, Retention

TABLES: Final = (
    PersonalTable(
        name="document_drafts",
        columns=(
            PersonalColumn("author_id", Content.PERSON, "whose text somebody else was before"),
        ),
        holder="author_id",
        retention=Retention("written_at", 7),
    ),
)
EXEMPT: Final[Mapping[str, str]] = {
    "document_drafts.body": "a moderator's, written to answer members; gone with the draft",
    "document_drafts.questions": "a moderator's, written to answer members; gone with the draft",
}
"""Columns that look personal and are not, each with the reason."""
