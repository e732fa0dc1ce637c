"""Which command definitions Discord accepted last, so that they are sent only when they changed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import CommandSyncRow
from storage.repositories.statements import insert_into


class CommandSyncRepository:
    """One hash a scope: `global`, or the id of a guild."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def hash_of(self, scope: str) -> str | None:
        """Return the hash of the definitions synced last, or None when none were."""
        return await self._session.scalar(
            select(CommandSyncRow.definitions_hash).where(CommandSyncRow.scope == scope)
        )

    async def remember(self, scope: str, *, definitions_hash: str, at: datetime) -> None:
        """Remember what was synced."""
        statement = insert_into(self._session, CommandSyncRow).values(
            scope=scope, definitions_hash=definitions_hash, synced_at=at
        )
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["scope"],
                set_={
                    "definitions_hash": statement.excluded.definitions_hash,
                    "synced_at": statement.excluded.synced_at,
                },
            )
        )
