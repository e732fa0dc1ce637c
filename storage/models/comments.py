"""Comments of members: the rounds that they belong to, their wordings, and their history."""

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

_STATES = "state IN ('waiting', 'placed', 'rejected', 'appealed', 'duplicate', 'withdrawn')"
_RETIRED = "(retired_at IS NOT NULL) = (state IN ('rejected', 'duplicate', 'withdrawn'))"
_DUPLICATE = "(duplicate_of IS NOT NULL) = (state = 'duplicate')"
_QUEUED = "NOT is_queued OR state = 'placed'"

# Buttons below old messages carry ids; they must never find a newer row.
_NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class CommentCounterRow(Base):
    """The last number given in a guild. Its row is also what serialises writers in a guild."""

    __tablename__ = "comment_counters"

    guild_id: Mapped[int] = mapped_column(Snowflake, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


class CommentRoundRow(Base):
    """See `storage.moderation_records.Round`. `title_key` is the title in lower case."""

    __tablename__ = "comment_rounds"
    __table_args__ = (UniqueConstraint("guild_id", "title_key"), _NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    title: Mapped[str] = mapped_column(CleanText)
    title_key: Mapped[str] = mapped_column(String(200))
    part: Mapped[str | None] = mapped_column(String(32))
    is_open: Mapped[bool] = mapped_column(Boolean)
    version: Mapped[int] = mapped_column(Integer)


class CommentRow(Base):
    """See `storage.comment_records.Comment`. `ordinal` is that of its newest wording.

    `waits` repeats the record's property, so that the queue is found by an index.
    """

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint(_STATES, name="state"),
        CheckConstraint(_RETIRED, name="retired"),
        CheckConstraint(_DUPLICATE, name="duplicate"),
        CheckConstraint(_QUEUED, name="queued"),
        UniqueConstraint("guild_id", "number"),
        UniqueConstraint("form_id"),
        Index(None, "guild_id", "state", "round_id"),
        Index(None, "guild_id", "waits", "id"),
        Index(None, "author_id", "created_at"),
        Index(None, "round_id"),
        Index(None, "state", "is_queued"),
        Index(None, "needs_card"),
        Index(None, "retired_at"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    number: Mapped[int] = mapped_column(Integer)
    round_id: Mapped[int] = mapped_column(ForeignKey("comment_rounds.id"))
    author_id: Mapped[int | None] = mapped_column(Snowflake)
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    ordinal: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_checked: Mapped[bool] = mapped_column(Boolean)
    waits: Mapped[bool] = mapped_column(Boolean)
    duplicate_of: Mapped[int | None] = mapped_column(Integer)
    appealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    channel_id: Mapped[int | None] = mapped_column(Snowflake)
    form_id: Mapped[int] = mapped_column(Snowflake)
    is_queued: Mapped[bool] = mapped_column(Boolean)
    needs_card: Mapped[bool] = mapped_column(Boolean)


class CommentTextRow(Base):
    """See `storage.comment_records.CommentText`. All words by and about the author stand here.

    Erasing the author deletes these rows: a comment without one is found by nobody. `stems` are
    those of what is shown, each between spaces.
    """

    __tablename__ = "comment_texts"
    __table_args__ = (
        UniqueConstraint("comment_id", "ordinal"),
        Index(None, "author_id"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    ordinal: Mapped[int] = mapped_column(Integer)
    author_id: Mapped[int] = mapped_column(Snowflake)
    author_name: Mapped[str | None] = mapped_column(CleanText)
    body: Mapped[str] = mapped_column(CleanText)
    redacted: Mapped[str | None] = mapped_column(CleanText)
    stems: Mapped[str] = mapped_column(CleanText)
    reason: Mapped[str | None] = mapped_column(CleanText)
    appeal: Mapped[str | None] = mapped_column(CleanText)
    shows_name: Mapped[bool] = mapped_column(Boolean)
    goes_to_vng: Mapped[bool] = mapped_column(Boolean)
    goes_to_forum: Mapped[bool] = mapped_column(Boolean)
    shown_agree: Mapped[int] = mapped_column(Integer)
    shown_disagree: Mapped[int] = mapped_column(Integer)
    shown_passed: Mapped[int] = mapped_column(Integer)
    shown_version: Mapped[int] = mapped_column(Integer)


class CommentChangeRow(Base):
    """See `storage.comment_records.CommentChange`. A reason goes when the author is erased."""

    __tablename__ = "comment_changes"
    __table_args__ = (Index(None, "comment_id"), Index(None, "actor_id", "at"), _NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    event: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    ordinal: Mapped[int] = mapped_column(Integer)
    actor_id: Mapped[int | None] = mapped_column(Snowflake)
    reason: Mapped[str | None] = mapped_column(CleanText)
