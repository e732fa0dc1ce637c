"""Files that moderators take into their guild's knowledge."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, CleanText, RowId, Snowflake, UtcDateTime

_STATES = "state IN ('waiting', 'taking', 'taken', 'dropped', 'removed')"


class ImportRow(Base):
    """See `storage.import_records.Import`.

    `content` is what waits for a yes, as JSON; empty once that is given or not. `waiting_since`
    is set as long as it waits.
    """

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint(_STATES, name="state"),
        Index(None, "guild_id", "digest"),
        Index(None, "actor_id"),
        Index(None, "waiting_since"),
        # Documents and buttons carry the id; it must never mean a newer import.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    state: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(CleanText)
    file_name: Mapped[str] = mapped_column(CleanText)
    digest: Mapped[str] = mapped_column(String(64))
    documents: Mapped[int] = mapped_column(Integer)
    passages: Mapped[int] = mapped_column(Integer)
    content: Mapped[str] = mapped_column(CleanText)
    actor_id: Mapped[int | None] = mapped_column(Snowflake)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
