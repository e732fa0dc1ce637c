"""Settings of guilds: one row a setting, so that two moderators never overwrite each other's."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Snowflake, UtcDateTime


class GuildSettingRow(Base):
    """One setting that a guild chose; a setting without a row has its default."""

    __tablename__ = "guild_settings"

    guild_id: Mapped[int] = mapped_column(Snowflake, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[int | None] = mapped_column(Snowflake, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
