"""Questions that nobody could answer, in groups, and what moderators write about them."""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, CleanText, RowId, Snowflake, UtcDateTime

_STATES = "state IN ('open', 'answered', 'linked', 'declined')"
_KEEPING = "keeping IN ('no', 'wanted', 'done', 'failed')"
_CLOSED = "(closed_at IS NULL) = (state = 'open')"
_DRAFTED = "state IN ('answered', 'linked', 'declined')"
_OUTCOMES = "outcome IN ('replied', 'messaged', 'failed')"
# What was asked in private has no message here: it is answered in private.
_MESSAGE_IN_CHANNEL = "message_id IS NULL OR channel_id IS NOT NULL"

# A button below an old message carries an id; it must never find a newer row.
_NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class QuestionGroupRow(Base):
    """See `storage.question_records.QuestionGroup`. What was asked stands with the questions."""

    __tablename__ = "question_groups"
    __table_args__ = (
        CheckConstraint(_STATES, name="state"),
        CheckConstraint(_KEEPING, name="keeping"),
        CheckConstraint(_CLOSED, name="closed"),
        Index(None, "guild_id", "state", "asked_at"),
        Index(None, "state", "settled"),
        Index(None, "closed_by"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    state: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(Integer)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = mapped_column(Snowflake)
    answer: Mapped[str] = mapped_column(CleanText)
    source_title: Mapped[str] = mapped_column(CleanText)
    source_url: Mapped[str] = mapped_column(CleanText)
    document_id: Mapped[str | None] = mapped_column(String(200))
    section: Mapped[int | None] = mapped_column(Integer)
    keeping: Mapped[str] = mapped_column(String(16))
    posted_in: Mapped[int | None] = mapped_column(Snowflake)
    posts: Mapped[int] = mapped_column(Integer)
    settled: Mapped[bool] = mapped_column(Boolean)


class OpenQuestionRow(Base):
    """A question passed on to the moderators: once per person and question in a guild."""

    __tablename__ = "open_questions"
    __table_args__ = (
        CheckConstraint(_OUTCOMES, name="outcome"),
        CheckConstraint(_MESSAGE_IN_CHANNEL, name="message_in_channel"),
        UniqueConstraint("guild_id", "asker_id", "question_hash"),
        Index(None, "group_id"),
        Index(None, "asker_id"),
        Index(None, "asked_at"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    channel_id: Mapped[int | None] = mapped_column(Snowflake)
    message_id: Mapped[int | None] = mapped_column(Snowflake)
    asker_id: Mapped[int] = mapped_column(Snowflake)
    text: Mapped[str] = mapped_column(CleanText)
    question_hash: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    group_id: Mapped[int] = mapped_column(ForeignKey("question_groups.id", ondelete="CASCADE"))
    outcome: Mapped[str | None] = mapped_column(String(16))


class QuestionDraftRow(Base):
    """What a moderator typed about a group: one text for each thing that can be done with it."""

    __tablename__ = "question_drafts"
    __table_args__ = (
        CheckConstraint(_DRAFTED, name="state"),
        UniqueConstraint("group_id", "author_id", "state"),
        Index(None, "author_id"),
        Index(None, "written_at"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("question_groups.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(Snowflake)
    state: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(Integer)
    answer: Mapped[str] = mapped_column(CleanText)
    source_title: Mapped[str] = mapped_column(CleanText)
    source_url: Mapped[str] = mapped_column(CleanText)
    document_id: Mapped[str | None] = mapped_column(String(200))
    section: Mapped[int | None] = mapped_column(Integer)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
