"""The secrets in the addresses of calendars."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import CalendarSecretRow
from storage.repositories.statements import insert_into


class CalendarSecretRepository:
    """One secret a guild, which can be renewed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def secret_of(self, guild_id: int) -> str | None:
        """Return the secret of a guild's calendar, or None before there is one."""
        return await self._session.scalar(
            select(CalendarSecretRow.secret).where(CalendarSecretRow.guild_id == guild_id)
        )

    async def put_secret(self, guild_id: int, secret: str, *, at: datetime) -> None:
        """Give a guild's calendar a (new) secret."""
        values = {"secret": secret, "renewed_at": at}
        await self._session.execute(
            insert_into(self._session, CalendarSecretRow)
            .values(guild_id=guild_id, **values)
            .on_conflict_do_update(index_elements=["guild_id"], set_=values)
        )

    async def guild_of_secret(self, secret: str) -> int | None:
        """Return the guild whose calendar has this secret, or None."""
        return await self._session.scalar(
            select(CalendarSecretRow.guild_id).where(CalendarSecretRow.secret == secret)
        )
