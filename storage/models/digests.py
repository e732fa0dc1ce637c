"""Weekly digests: one row for each moment at which a guild's digest was decided about."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, CleanText, RowId, Snowflake, UtcDateTime


class DigestRow(Base):
    """See `storage.digest_records.Digest`. `content` is JSON, frozen when it was decided."""

    __tablename__ = "digests"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'empty', 'missed')", name="state"),
        Index(None, "guild_id", "day", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    day: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(16))
    covers_since: Mapped[datetime] = mapped_column(UtcDateTime)
    covers_until: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[str | None] = mapped_column(CleanText)
