"""The personal data of imports, for the registry in `bot.services.privacy`."""

from collections.abc import Mapping
from typing import Final

from bot.services.personal_columns import (
    Content,
    Erasure,
    PersonalColumn,
    PersonalTable,
    Retention,
)

TABLES: Final = (
    PersonalTable(
        name="imports",
        columns=(
            PersonalColumn("actor_id", Content.PERSON, "which moderator imported or removed it"),
        ),
        holder="actor_id",
        erasure=Erasure.KEY,
        retention=Retention("waiting_since", 7),
    ),
)
EXEMPT: Final[Mapping[str, str]] = {
    "imports.title": "the name of a document that a moderator publishes",
    "imports.file_name": "the name of a file that a moderator publishes",
    "imports.digest": "a hash of such a file",
    "imports.content": "a document that a moderator is about to publish; a week at most",
}
"""Columns that look personal and are not, each with the reason."""
