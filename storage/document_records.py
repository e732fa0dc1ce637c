"""What leaves storage about documents of guilds: whole versions, and what moderators are told."""

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final

KNOWLEDGE_NOTICE_KIND: Final = "knowledge_notice"
"""The kind of the deliveries that tell moderators of a `KnowledgeNotice`."""


class DocumentAction(enum.StrEnum):
    """What made a version."""

    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"
    RESTORED = "restored"
    REVERTED = "reverted"
    ANSWERED = "answered"
    IMPORTED = "imported"
    OVERRIDDEN = "overridden"
    RESET = "reset"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """One version of a document in one guild: the whole of its Markdown.

    Version 0 is the document as it ships. `text` is None for one that was removed; in storage also
    for RESET, where it is the text that ships. `actor_id` is None once that person was erased.
    `batch_id` is the import that a document came in with. `shipped_hash` is the hash of the text
    that shipped when a guild first put something in its place, None for a document of its own.
    """

    guild_id: int
    document_id: str
    version: int
    title: str
    text: str | None
    action: DocumentAction
    actor_id: int | None
    at: dt.datetime
    batch_id: int | None = None
    shipped_hash: str | None = None
    id: int = 0

    @property
    def is_removed(self) -> bool:
        """Whether the document is out of the answers as of this version."""
        return self.text is None and self.action is not DocumentAction.RESET


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """The newest version of a document without its text."""

    document_id: str
    version: int
    title: str
    action: DocumentAction
    actor_id: int | None
    at: dt.datetime
    batch_id: int | None
    shipped_hash: str | None
    is_removed: bool
    id: int


class KnowledgeNoticeKind(enum.StrEnum):
    """What moderators are told once.

    Their documents cannot be taken into use; a release changed a document that the guild has its
    own text of.
    """

    REBUILD_FAILED = "rebuild_failed"
    SHIPPED_CHANGED = "shipped_changed"


@dataclass(frozen=True, slots=True)
class KnowledgeNotice:
    """One thing to tell. `document_id` and `title` are empty where it is about all of them."""

    id: int
    guild_id: int
    kind: KnowledgeNoticeKind
    document_id: str
    title: str
    noticed_at: dt.datetime
    solved_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """What a moderator wrote for a document that somebody else changed first.

    `based_on` is the version that they had in view. `section` is the place of the part in that
    version, and `body` and `questions` (one a line) are what it is to say; without `section` the
    body is the whole Markdown.
    """

    guild_id: int
    document_id: str
    author_id: int
    based_on: int
    section: int | None
    body: str
    questions: str
    written_at: dt.datetime
    id: int = 0
