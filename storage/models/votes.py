"""Votes on comments, one a person and wording, and tables of them without people."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, RowId, Snowflake, UtcDateTime


class VoteRow(Base):
    """See `storage.vote_records.Vote`. A changed vote keeps its id: ids say who came first."""

    __tablename__ = "votes"
    __table_args__ = (
        CheckConstraint("value IN (-1, 0, 1)", name="value"),
        UniqueConstraint("text_id", "user_id"),
        Index(None, "user_id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("comment_texts.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(Snowflake)
    value: Mapped[int] = mapped_column(Integer)
    voted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class VoteSnapshotRow(Base):
    """See `storage.vote_records.VoteSnapshot`; `content` is JSON."""

    __tablename__ = "vote_snapshots"
    __table_args__ = (Index(None, "guild_id", "round_id", "id"), Index(None, "taken_at"))

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    round_id: Mapped[int | None] = mapped_column(
        ForeignKey("comment_rounds.id", ondelete="CASCADE")
    )
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[str] = mapped_column(Text)
