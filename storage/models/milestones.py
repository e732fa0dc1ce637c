"""Milestones of guilds, every step of their history, and changes that were not saved yet."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, CleanText, RowId, Snowflake, UtcDateTime

_STATES = "state IN ('planned', 'under_way', 'done', 'dropped', 'unknown')"
_STANDINGS = "standing IN ('shown', 'removed', 'shipped')"
_ACTIONS = "action IN ('added', 'changed', 'removed', 'restored', 'reset')"


class MilestoneRow(Base):
    """See `storage.milestone_records.Milestone`."""

    __tablename__ = "milestones"
    __table_args__ = (
        CheckConstraint(_STATES, name="state"),
        CheckConstraint(_STANDINGS, name="standing"),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("standing != 'shipped' OR shipped_key IS NOT NULL", name="shipped"),
        Index(None, "guild_id", "shipped_key", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    shipped_key: Mapped[int | None] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    standing: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(CleanText)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    part: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(CleanText)
    link: Mapped[str] = mapped_column(CleanText)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MilestoneChangeRow(Base):
    """See `storage.milestone_records.MilestoneChange`."""

    __tablename__ = "milestone_changes"
    __table_args__ = (
        CheckConstraint(_STATES, name="state"),
        CheckConstraint(_STANDINGS, name="standing"),
        CheckConstraint(_ACTIONS, name="action"),
        Index(None, "milestone_id", "version", unique=True),
        Index(None, "actor_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(Integer)
    action: Mapped[str] = mapped_column(String(16))
    standing: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(CleanText)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    part: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(CleanText)
    link: Mapped[str] = mapped_column(CleanText)
    actor_id: Mapped[int | None] = mapped_column(Snowflake)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MilestoneDraftRow(Base):
    """See `storage.milestone_records.MilestoneDraft`."""

    __tablename__ = "milestone_drafts"
    __table_args__ = (
        CheckConstraint(_STATES, name="state"),
        CheckConstraint("milestone_id IS NULL OR shipped_key IS NULL", name="subject"),
        Index(None, "author_id"),
        Index(None, "written_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    author_id: Mapped[int] = mapped_column(Snowflake)
    milestone_id: Mapped[int | None] = mapped_column(
        ForeignKey("milestones.id", ondelete="CASCADE")
    )
    shipped_key: Mapped[int | None] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(CleanText)
    period: Mapped[str] = mapped_column(CleanText)
    part: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(CleanText)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
