"""Notices: one row for what moderators are told of deliveries in trouble."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, RowId, Snowflake, UtcDateTime

_UNSOLVED = text("solved_at IS NULL")


class NoticeRow(Base):
    """See `storage.notice_records.Notice`; `kinds` are separated by spaces."""

    __tablename__ = "notices"
    __table_args__ = (
        Index(
            "ix_notices_unsolved",
            "guild_id",
            "problem",
            "lane_id",
            unique=True,
            sqlite_where=_UNSOLVED,
            postgresql_where=_UNSOLVED,
        ),
        # Deliveries and the buttons in old messages hold the id: it must never be used again.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    problem: Mapped[str] = mapped_column(String(32))
    lane_id: Mapped[int] = mapped_column(BigInteger)
    troubled: Mapped[int] = mapped_column(Integer)
    retried: Mapped[int] = mapped_column(Integer)
    kinds: Mapped[str] = mapped_column(String(400))
    version: Mapped[int] = mapped_column(Integer)
    posted_in: Mapped[int | None] = mapped_column(Snowflake)
    noticed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    solved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
