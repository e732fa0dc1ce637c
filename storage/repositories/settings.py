"""Settings of guilds."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import GuildSettingRow
from storage.records import GuildSetting
from storage.repositories.statements import insert_into


class SettingRepository:
    """What guilds chose; what they did not choose has no row."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, guild_id: int, name: str) -> GuildSetting | None:
        """Return one setting of a guild, or None when it has its default."""
        row = await self._session.scalar(
            select(GuildSettingRow).where(
                GuildSettingRow.guild_id == guild_id, GuildSettingRow.name == name
            )
        )
        return _record(row) if row else None

    async def of_guild(self, guild_id: int) -> tuple[GuildSetting, ...]:
        """Return all that a guild chose, by name."""
        rows = await self._session.scalars(
            select(GuildSettingRow)
            .where(GuildSettingRow.guild_id == guild_id)
            .order_by(GuildSettingRow.name)
        )
        return tuple(_record(row) for row in rows)

    async def named(self, name: str) -> tuple[GuildSetting, ...]:
        """Return what every guild chose for one setting, by guild."""
        rows = await self._session.scalars(
            select(GuildSettingRow)
            .where(GuildSettingRow.name == name)
            .order_by(GuildSettingRow.guild_id)
        )
        return tuple(_record(row) for row in rows)

    async def put(self, setting: GuildSetting) -> None:
        """Store a setting, over the one that was there."""
        statement = insert_into(self._session, GuildSettingRow).values(
            guild_id=setting.guild_id,
            name=setting.name,
            value=setting.value,
            changed_by=setting.changed_by,
            changed_at=setting.changed_at,
        )
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["guild_id", "name"],
                set_={
                    "value": statement.excluded.value,
                    "changed_by": statement.excluded.changed_by,
                    "changed_at": statement.excluded.changed_at,
                },
            )
        )

    async def reset(self, guild_id: int, name: str) -> bool:
        """Go back to the default; tells whether there was anything to forget."""
        found = await self._session.scalar(
            delete(GuildSettingRow)
            .where(GuildSettingRow.guild_id == guild_id, GuildSettingRow.name == name)
            .returning(GuildSettingRow.name)
        )
        return found is not None


def _record(row: GuildSettingRow) -> GuildSetting:
    return GuildSetting(
        guild_id=row.guild_id,
        name=row.name,
        value=row.value,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
    )
