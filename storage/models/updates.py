"""Updates on the progress of the verkenning, and all that happened to them."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, CleanText, RowId, Snowflake, UtcDateTime

_STATES = "state IN ('draft', 'planned', 'published', 'withdrawn')"
_PLAN = (
    "(planned_for IS NOT NULL) = (state = 'planned') "
    "AND (planned_local IS NULL) = (planned_for IS NULL) "
    "AND (planned_zone IS NULL) = (planned_for IS NULL) "
    "AND (repeat IS NULL OR planned_for IS NOT NULL)"
)
_PUBLISHED = (
    "(state NOT IN ('draft', 'planned') OR published_at IS NULL) "
    "AND (state != 'published' OR published_at IS NOT NULL)"
)
_WITHDRAWN = "(withdrawn_at IS NOT NULL) = (state = 'withdrawn')"

# Buttons below old messages carry ids; they must never find a newer row.
_NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class UpdateRow(Base):
    """See `storage.progress_records.Update`.

    `form_id` is the form that it was typed in: the same form sent in twice makes one update.
    """

    __tablename__ = "updates"
    __table_args__ = (
        CheckConstraint(_STATES, name="state"),
        CheckConstraint(_PLAN, name="plan"),
        CheckConstraint(_PUBLISHED, name="published"),
        CheckConstraint(_WITHDRAWN, name="withdrawn"),
        UniqueConstraint("guild_id", "number"),
        UniqueConstraint("form_id"),
        UniqueConstraint("series_id", "due_at"),
        Index(None, "guild_id", "state"),
        Index(None, "guild_id", "published_at"),
        Index(None, "planned_for"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    number: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(CleanText)
    text: Mapped[str] = mapped_column(CleanText)
    part: Mapped[str | None] = mapped_column(String(32))
    link: Mapped[str | None] = mapped_column(CleanText)
    mentions_role: Mapped[bool] = mapped_column(Boolean)
    author_id: Mapped[int | None] = mapped_column(Snowflake)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    planned_for: Mapped[datetime | None] = mapped_column(UtcDateTime)
    planned_local: Mapped[datetime | None] = mapped_column(DateTime)
    planned_zone: Mapped[str | None] = mapped_column(String(64))
    repeat: Mapped[str | None] = mapped_column(String(100))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    series_id: Mapped[int | None] = mapped_column(BigInteger)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawal_reason: Mapped[str | None] = mapped_column(CleanText)
    form_id: Mapped[int | None] = mapped_column(Snowflake)


class UpdateChangeRow(Base):
    """See `storage.progress_records.UpdateChange`."""

    __tablename__ = "update_changes"
    __table_args__ = (Index(None, "update_id"), Index(None, "actor_id"), _NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    update_id: Mapped[int] = mapped_column(ForeignKey("updates.id", ondelete="CASCADE"))
    event: Mapped[str] = mapped_column(String(32))
    actor_id: Mapped[int | None] = mapped_column(Snowflake)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(CleanText)
    text: Mapped[str] = mapped_column(CleanText)
    part: Mapped[str | None] = mapped_column(String(32))
    link: Mapped[str | None] = mapped_column(CleanText)
    mentions_role: Mapped[bool] = mapped_column(Boolean)
    planned_for: Mapped[datetime | None] = mapped_column(UtcDateTime)
    planned_local: Mapped[datetime | None] = mapped_column(DateTime)
    planned_zone: Mapped[str | None] = mapped_column(String(64))
    repeat: Mapped[str | None] = mapped_column(String(100))
    reason: Mapped[str | None] = mapped_column(CleanText)
