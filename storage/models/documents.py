"""Documents of guilds, every version of them, and what moderators were told about them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, CleanText, RowId, Snowflake, UtcDateTime

_ACTIONS = (
    "action IN ('added', 'edited', 'removed', 'restored', 'reverted', 'answered', 'imported', "
    "'overridden', 'reset', 'kept')"
)
_TEXT = "(text IS NULL) = (action IN ('removed', 'reset'))"
_NOTICES = "kind IN ('rebuild_failed', 'shipped_changed')"

# Buttons and deliveries carry these ids, and other processes read on from the last one they saw.
_NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class DocumentVersionRow(Base):
    """See `storage.document_records.DocumentVersion`."""

    __tablename__ = "document_versions"
    __table_args__ = (
        CheckConstraint(_ACTIONS, name="action"),
        CheckConstraint(_TEXT, name="text"),
        CheckConstraint("version > 0", name="version"),
        UniqueConstraint("guild_id", "document_id", "version"),
        Index(None, "guild_id", "id"),
        Index(None, "guild_id", "batch_id"),
        Index(None, "actor_id"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    document_id: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(CleanText)
    text: Mapped[str | None] = mapped_column(CleanText)
    action: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[int | None] = mapped_column(Snowflake)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    batch_id: Mapped[int | None] = mapped_column(BigInteger)
    shipped_hash: Mapped[str | None] = mapped_column(String(64))


class KnowledgeRevisionRow(Base):
    """How often a guild's documents changed: what other processes look at."""

    __tablename__ = "knowledge_revisions"

    guild_id: Mapped[int] = mapped_column(Snowflake, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(BigInteger)


class KnowledgeNoticeRow(Base):
    """See `storage.document_records.KnowledgeNotice`. `mark` tells two of one kind apart."""

    __tablename__ = "knowledge_notices"
    __table_args__ = (
        CheckConstraint(_NOTICES, name="kind"),
        UniqueConstraint("guild_id", "kind", "document_id", "mark"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    kind: Mapped[str] = mapped_column(String(16))
    document_id: Mapped[str] = mapped_column(String(200))
    mark: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(CleanText)
    noticed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    solved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DocumentDraftRow(Base):
    """See `storage.document_records.DocumentDraft`."""

    __tablename__ = "document_drafts"
    __table_args__ = (Index(None, "author_id"), Index(None, "written_at"), _NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    document_id: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[int] = mapped_column(Snowflake)
    based_on: Mapped[int] = mapped_column(Integer)
    section: Mapped[int | None] = mapped_column(Integer)
    body: Mapped[str] = mapped_column(CleanText)
    questions: Mapped[str] = mapped_column(CleanText)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
