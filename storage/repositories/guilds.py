"""Which guilds the database knows of."""

from sqlalchemy import select, union
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Base


class GuildRepository:
    """Guilds have no table of their own: whatever belongs to one names it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def known(self) -> tuple[int, ...]:
        """Return every guild that any table names, by id."""
        columns = [
            table.c["guild_id"] for table in Base.metadata.sorted_tables if "guild_id" in table.c
        ]
        rows = await self._session.scalars(
            union(*(select(one).where(one.is_not(None)) for one in columns))
        )
        return tuple(sorted(rows))
