"""Meetings: what moderators plan, and its history."""

from datetime import datetime

from sqlalchemy import (
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

# A button below an old message carries an id; it must never find a newer row.
_NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class MeetingRow(Base):
    """See `storage.meeting_records.Meeting`. `local_start` is a wall clock, without a zone."""

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint("kind IN ('alv', 'balv', 'other')", name="kind"),
        CheckConstraint("state IN ('planned', 'cancelled')", name="state"),
        CheckConstraint("minutes > 0", name="minutes"),
        UniqueConstraint("guild_id", "number"),
        Index(None, "guild_id", "starts_at"),
        Index(None, "state", "starts_at"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    number: Mapped[int] = mapped_column(Integer)
    uid: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(CleanText)
    local_start: Mapped[datetime] = mapped_column(DateTime)
    zone: Mapped[str] = mapped_column(String(64))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int] = mapped_column(Integer)
    place: Mapped[str] = mapped_column(CleanText)
    link: Mapped[str] = mapped_column(CleanText)
    state: Mapped[str] = mapped_column(String(16))
    cancel_reason: Mapped[str] = mapped_column(CleanText)
    version: Mapped[int] = mapped_column(Integer)
    sequence: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    event_id: Mapped[int | None] = mapped_column(Snowflake)
    event_version: Mapped[int | None] = mapped_column(Integer)


class AgendaItemRow(Base):
    """An agenda item; `papers` is JSON: a list of title and address."""

    __tablename__ = "meeting_agenda"
    __table_args__ = (Index(None, "meeting_id", "position"), _NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(CleanText)
    text: Mapped[str] = mapped_column(CleanText)
    papers: Mapped[str] = mapped_column(CleanText)


class DeadlineRow(Base):
    """Until when something may be handed in; `rule` is how that follows from the meeting."""

    __tablename__ = "meeting_deadlines"
    __table_args__ = (
        CheckConstraint("kind IN ('registration', 'motions', 'amendments', 'other')", name="kind"),
        Index(None, "meeting_id", "due_at"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    label: Mapped[str] = mapped_column(CleanText)
    rule: Mapped[str] = mapped_column(String(64))
    local: Mapped[datetime] = mapped_column(DateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeetingChangeRow(Base):
    """One event of the history; `told` is what it was and became, as JSON."""

    __tablename__ = "meeting_changes"
    __table_args__ = (
        Index(None, "meeting_id"),
        Index(None, "changed_by"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[int | None] = mapped_column(Snowflake)
    told: Mapped[str] = mapped_column(CleanText)


class MeetingDraftRow(Base):
    """What a moderator typed and has not confirmed yet; `content` is JSON."""

    __tablename__ = "meeting_drafts"
    __table_args__ = (
        Index(None, "changed_by"),
        Index(None, "created_at"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    base_version: Mapped[int] = mapped_column(Integer)
    content: Mapped[str] = mapped_column(CleanText)
    changed_by: Mapped[int] = mapped_column(Snowflake)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CalendarSecretRow(Base):
    """The secret in the address of a guild's calendar; a new one ends the old address."""

    __tablename__ = "calendar_secrets"
    __table_args__ = (UniqueConstraint("secret"),)

    guild_id: Mapped[int] = mapped_column(Snowflake, primary_key=True, autoincrement=False)
    secret: Mapped[str] = mapped_column(String(64))
    renewed_at: Mapped[datetime] = mapped_column(UtcDateTime)
