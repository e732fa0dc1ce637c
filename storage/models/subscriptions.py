"""Subscriptions to updates: one row for each subject that a person wants."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Snowflake, UtcDateTime


class SubscriptionRow(Base):
    """See `storage.subscription_records.Subscription`. `topic` is a part's value, or `*`: all."""

    __tablename__ = "subscriptions"
    __table_args__ = (Index(None, "guild_id", "topic"), Index(None, "user_id"))

    guild_id: Mapped[int] = mapped_column(Snowflake, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(Snowflake, primary_key=True, autoincrement=False)
    topic: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
