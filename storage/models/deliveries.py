"""Deliveries: one row a copy of what the bot says by itself, there before it is sent."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, CleanText, RowId, Snowflake, UtcDateTime

_TARGETS = "target IN ('channel', 'thread', 'post', 'dm')"
_STATES = "state IN ('waiting', 'attempting', 'sent', 'failed', 'held', 'cancelled', 'missed')"
_PLACE = "(user_id IS NOT NULL) = (target = 'dm') AND (channel_id IS NULL) = (target = 'dm')"
_TITLE = "(title IS NOT NULL) = (target = 'post')"
_COPY = (
    "(message_id IS NULL) = (place_id IS NULL) AND (message_id IS NULL) = (sent_version IS NULL)"
)
_ATTEMPT = "state != 'attempting' OR attempted_at IS NOT NULL"
_PRIVATE = "(private_since IS NOT NULL) = (target = 'dm')"


class DeliveryRow(Base):
    """See `storage.delivery_records.Delivery`.

    `place_id` is the channel where the copy stands. `is_open` repeats the record's property, so
    that what is left to do is found without reading all that was ever sent. `private_since` is
    `due_at` for private messages only: their retention counts from it.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        CheckConstraint(_TARGETS, name="target"),
        CheckConstraint(_STATES, name="state"),
        CheckConstraint(_PLACE, name="place"),
        CheckConstraint(_TITLE, name="title"),
        CheckConstraint(_COPY, name="copy"),
        CheckConstraint(_ATTEMPT, name="attempt"),
        CheckConstraint(_PRIVATE, name="private"),
        Index(None, "key", unique=True),
        Index(None, "is_open", "due_at"),
        Index(None, "kind", "subject_id"),
        Index(None, "guild_id", "state"),
        Index(None, "channel_id", "is_open", "due_at"),
        Index(None, "user_id", "is_open", "due_at"),
        Index(None, "private_since"),
        Index(None, "notice_id"),
        Index(None, "channel_id", "crosspost_at"),
        # The nonce and the mark in old messages are made of the id: it must never be used again.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    guild_id: Mapped[int] = mapped_column(Snowflake)
    target: Mapped[str] = mapped_column(String(16))
    channel_id: Mapped[int | None] = mapped_column(Snowflake)
    user_id: Mapped[int | None] = mapped_column(Snowflake)
    title: Mapped[str | None] = mapped_column(CleanText)
    tags: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    useful_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    private_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wanted_version: Mapped[int] = mapped_column(Integer)
    withdrawn: Mapped[bool] = mapped_column(Boolean)
    is_open: Mapped[bool] = mapped_column(Boolean)
    state: Mapped[str] = mapped_column(String(16))
    place_id: Mapped[int | None] = mapped_column(Snowflake)
    message_id: Mapped[int | None] = mapped_column(Snowflake)
    sent_version: Mapped[int | None] = mapped_column(Integer)
    withdrawal_shown: Mapped[bool] = mapped_column(Boolean)
    attempted_version: Mapped[int | None] = mapped_column(Integer)
    attempted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer)
    failures: Mapped[int] = mapped_column(Integer)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str | None] = mapped_column(String(32))
    problem_code: Mapped[int | None] = mapped_column(Integer)
    sent_again: Mapped[int] = mapped_column(Integer)
    duplicates: Mapped[int] = mapped_column(Integer)
    notice_id: Mapped[int | None] = mapped_column(BigInteger)
    crosspost: Mapped[str | None] = mapped_column(String(16))
    crosspost_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
