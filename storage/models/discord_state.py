"""What the bot remembers about Discord itself: commands that were synced, guilds used in DMs."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Snowflake, UtcDateTime


class DmGuildRow(Base):
    """The guild that a person used last: its knowledge answers their private messages."""

    __tablename__ = "dm_guilds"
    __table_args__ = (Index(None, "used_at"), Index(None, "guild_id"))

    user_id: Mapped[int] = mapped_column(Snowflake, primary_key=True, autoincrement=False)
    guild_id: Mapped[int] = mapped_column(Snowflake)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CommandSyncRow(Base):
    """The command definitions that Discord last accepted for a scope (`global` or a guild's id)."""

    __tablename__ = "command_sync"

    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    definitions_hash: Mapped[str] = mapped_column(String(64))
    synced_at: Mapped[datetime] = mapped_column(UtcDateTime)
