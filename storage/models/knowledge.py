"""Questions, the answers shown, and what people thought of them."""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, CleanText, RowId, Snowflake, UtcDateTime

_STATUS = "status IN ('answered', 'suggested', 'unknown')"
# Private messages have no channel here, so nothing in these tables leads back to a conversation.
_CHANNEL_IN_GUILD = "channel_id IS NULL OR guild_id IS NOT NULL"
_MESSAGE_IN_CHANNEL = "message_id IS NULL OR channel_id IS NOT NULL"

# A button below an old message carries an id; it must never find a newer row.
_NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class QuestionRow(Base):
    """A question, without the asker, for the statistics."""

    __tablename__ = "questions"
    __table_args__ = (
        CheckConstraint(_STATUS, name="status"),
        CheckConstraint(_CHANNEL_IN_GUILD, name="channel_in_guild"),
        Index(None, "guild_id", "asked_at"),
        Index(None, "asked_at"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int | None] = mapped_column(Snowflake)
    channel_id: Mapped[int | None] = mapped_column(Snowflake)
    text: Mapped[str] = mapped_column(CleanText)
    status: Mapped[str] = mapped_column(String(16))
    document: Mapped[str | None] = mapped_column(String(200))
    confidence: Mapped[float] = mapped_column(Float)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AnswerRow(Base):
    """An answer as it was shown, for the buttons below it."""

    __tablename__ = "answers"
    __table_args__ = (
        CheckConstraint(_STATUS, name="status"),
        CheckConstraint(_CHANNEL_IN_GUILD, name="channel_in_guild"),
        CheckConstraint(_MESSAGE_IN_CHANNEL, name="message_in_channel"),
        UniqueConstraint("message_id"),
        Index(None, "created_at"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey("questions.id", ondelete="SET NULL"), index=True
    )
    guild_id: Mapped[int | None] = mapped_column(Snowflake)
    channel_id: Mapped[int | None] = mapped_column(Snowflake)
    message_id: Mapped[int | None] = mapped_column(Snowflake)
    private: Mapped[bool] = mapped_column(Boolean)
    status: Mapped[str] = mapped_column(String(16))
    question_text: Mapped[str] = mapped_column(CleanText)
    answer_text: Mapped[str] = mapped_column(CleanText)
    citations: Mapped[str] = mapped_column(Text)
    topics: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FeedbackRow(Base):
    """One thumb, up or down: one per person and answer."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("value IN ('up', 'down')", name="value"),
        Index(None, "user_id"),
        Index(None, "created_at"),
    )

    answer_id: Mapped[int] = mapped_column(
        ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(Snowflake, primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(CleanText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
