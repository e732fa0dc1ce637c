"""The guild that somebody used last: where their private messages belong."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import DmGuildRow
from storage.repositories.statements import insert_into


class DmGuildRepository:
    """One guild a person."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, user_id: int) -> int | None:
        """Return the id of the guild last used, or None."""
        return await self._session.scalar(
            select(DmGuildRow.guild_id).where(DmGuildRow.user_id == user_id)
        )

    async def remember(self, *, user_id: int, guild_id: int, at: datetime) -> None:
        """Remember the guild that somebody uses now."""
        await self.remember_all({user_id: guild_id}, at=at)

    async def remember_all(self, guild_ids: Mapping[int, int], *, at: datetime) -> None:
        """Remember for people, by their ids, the guilds that they use now."""
        if not guild_ids:
            return
        # In one order everywhere, so that two processes do not wait for each other.
        rows = [
            {"user_id": user_id, "guild_id": guild_id, "used_at": at}
            for user_id, guild_id in sorted(guild_ids.items())
        ]
        statement = insert_into(self._session, DmGuildRow).values(rows)
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["user_id"],
                set_={
                    "guild_id": statement.excluded.guild_id,
                    "used_at": statement.excluded.used_at,
                },
            )
        )

    async def forget_guild(self, guild_id: int) -> None:
        """Forget a guild that the bot left."""
        await self._session.execute(delete(DmGuildRow).where(DmGuildRow.guild_id == guild_id))
