"""What hangs on meetings outside their own table: papers as files, and Discord's events."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, CleanText, RowId, Snowflake, UtcDateTime

# A button below an old message carries an id; it must never find a newer row.
_NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class MeetingPaperRow(Base):
    """A file of a meeting; until it was fetched, `content` is None and `address` says where."""

    __tablename__ = "meeting_papers"
    __table_args__ = (Index(None, "meeting_id"), _NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(CleanText)
    size: Mapped[int] = mapped_column(Integer)
    address: Mapped[str] = mapped_column(CleanText)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeetingEventRow(Base):
    """See `storage.meeting_event_records.EventState`; both texts are JSON, empty for nothing."""

    __tablename__ = "meeting_events"

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    put: Mapped[str] = mapped_column(CleanText)
    seen: Mapped[str] = mapped_column(CleanText)
    attempted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MeetingEventAskRow(Base):
    """A change that somebody made in Discord, and what moderators decided about it."""

    __tablename__ = "meeting_event_asks"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'taken', 'restored', 'left', 'overtaken')", name="state"
        ),
        Index(None, "meeting_id", "state"),
        Index(None, "decided_by"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    found: Mapped[str] = mapped_column(CleanText)
    state: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(Integer)
    decided_by: Mapped[int | None] = mapped_column(Snowflake)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeetingEventTroubleRow(Base):
    """Why scheduled events of a guild could not be kept up to date, from when until when."""

    __tablename__ = "meeting_event_troubles"
    __table_args__ = (
        CheckConstraint("problem IN ('rights', 'full', 'refused')", name="problem"),
        Index(None, "guild_id", "solved_at"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    problem: Mapped[str] = mapped_column(String(16))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    solved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
