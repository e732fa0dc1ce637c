"""Blocked members, and the log of what moderators did."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, CleanText, RowId, Snowflake, UtcDateTime

# Buttons below old messages carry ids; they must never find a newer row.
_NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class BlockRow(Base):
    """See `storage.moderation_records.Block`.

    `over_at` is when it ends or ended: its retention counts from then.
    """

    __tablename__ = "member_blocks"
    __table_args__ = (
        Index(None, "guild_id", "user_id"),
        Index(None, "user_id"),
        Index(None, "over_at"),
        Index(None, "needs_card"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    user_id: Mapped[int] = mapped_column(Snowflake)
    reason: Mapped[str] = mapped_column(CleanText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    appeal: Mapped[str | None] = mapped_column(CleanText)
    appealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    needs_card: Mapped[bool] = mapped_column(Boolean)


class ModerationRow(Base):
    """See `storage.moderation_records.Moderation`."""

    __tablename__ = "moderation_log"
    __table_args__ = (
        Index(None, "guild_id", "id"),
        Index(None, "block_id"),
        Index(None, "actor_id"),
        Index(None, "at"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    event: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(Snowflake)
    round_id: Mapped[int | None] = mapped_column(BigInteger)
    block_id: Mapped[int | None] = mapped_column(BigInteger)
    detail: Mapped[str | None] = mapped_column(String(64))
