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


class ShownVotesRow(Base):
    """See `storage.vote_records.ShownVotes`: one of a guild. `content` is JSON, without people."""

    __tablename__ = "shown_votes"

    guild_id: Mapped[int] = mapped_column(Snowflake, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer)
    content: Mapped[str] = mapped_column(Text)


class ShownVoterRow(Base):
    """Whose a row of `shown_votes` is. Without one that row is nobody's (any more)."""

    __tablename__ = "shown_voters"
    __table_args__ = (Index(None, "user_id"),)

    guild_id: Mapped[int] = mapped_column(
        ForeignKey("shown_votes.guild_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(Snowflake)
