"""Who comes to a meeting, who votes for whom, and who wants to be reminded."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, RowId, Snowflake, UtcDateTime

_NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class AttendanceRow(Base):
    """What one person said about coming."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (
        CheckConstraint("answer IN ('yes', 'no', 'maybe')", name="answer"),
        CheckConstraint("mode IN ('in_person', 'digital')", name="mode"),
        Index(None, "user_id"),
        Index(None, "answered_at"),
    )

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(Snowflake, primary_key=True, autoincrement=False)
    answer: Mapped[str] = mapped_column(String(8))
    mode: Mapped[str] = mapped_column(String(16))
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProxyRow(Base):
    """That `user_id` lets somebody else vote; who, stands in the next table.

    Two tables, as a row has one person whose row it is: erasing either leaves nothing of them.
    """

    __tablename__ = "meeting_proxies"
    __table_args__ = (
        CheckConstraint("state IN ('offered', 'accepted', 'declined', 'withdrawn')", name="state"),
        UniqueConstraint("meeting_id", "user_id"),
        Index(None, "user_id"),
        Index(None, "changed_at"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(Snowflake)
    state: Mapped[str] = mapped_column(String(16))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProxyHolderRow(Base):
    """Who holds a proxy."""

    __tablename__ = "meeting_proxy_holders"
    __table_args__ = (Index(None, "user_id"), Index(None, "changed_at"))

    proxy_id: Mapped[int] = mapped_column(
        ForeignKey("meeting_proxies.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(Snowflake)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReminderRow(Base):
    """A reminder; without `user_id` the channel's. `personal_since` is set for people's only.

    `scope` tells the rows of one meeting apart: whose it is, and of which deadline.
    """

    __tablename__ = "meeting_reminders"
    __table_args__ = (
        CheckConstraint("(personal_since IS NULL) = (user_id IS NULL)", name="personal"),
        UniqueConstraint("meeting_id", "scope", "rule"),
        Index(None, "meeting_id", "rule"),
        Index(None, "user_id"),
        Index(None, "personal_since"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(Snowflake)
    deadline_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting_deadlines.id", ondelete="CASCADE")
    )
    scope: Mapped[str] = mapped_column(String(48))
    rule: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    personal_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_for: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_due: Mapped[datetime | None] = mapped_column(UtcDateTime)
