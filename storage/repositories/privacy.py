"""Queries over the tables and columns that the registry of personal data names."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, Table, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Base
from storage.records import PersonalRow, PersonalValue


class PrivacyRepository:
    """Finds, wipes and lets expire what belongs to people; knows no table by itself.

    Table and column names that do not exist are mistakes in the registry: KeyError.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def rows_of(self, user_id: int, *, table: str, column: str) -> tuple[PersonalRow, ...]:
        """Return the rows whose `column` holds the person, in the order of their key."""
        found = _table(table)
        rows = await self._session.execute(
            select(found).where(_column(found, column) == user_id).order_by(*found.primary_key)
        )
        return tuple(
            PersonalRow(
                table=table,
                values=tuple(_value(name, value) for name, value in row.items()),
            )
            for row in rows.mappings()
        )

    async def delete_rows_of(self, user_id: int, *, table: str, column: str) -> int:
        """Delete the rows whose `column` holds the person; returns how many."""
        found = _table(table)
        rows = await self._session.execute(
            delete(found).where(_column(found, column) == user_id).returning(*found.primary_key)
        )
        return len(rows.all())

    async def clear_key_of(self, user_id: int, *, table: str, column: str) -> int:
        """Empty `column` where it holds the person; the rows stay. Returns how many."""
        found = _table(table)
        rows = await self._session.execute(
            update(found)
            .where(_column(found, column) == user_id)
            .values({column: None})
            .returning(*found.primary_key)
        )
        return len(rows.all())

    async def delete_older(self, *, table: str, column: str, before: datetime) -> int:
        """Delete the rows whose moment in `column` lies before; returns how many."""
        found = _table(table)
        rows = await self._session.execute(
            delete(found).where(_column(found, column) < before).returning(*found.primary_key)
        )
        return len(rows.all())

    async def delete_older_of_guild(
        self, guild_id: int, *, table: str, column: str, before: datetime
    ) -> int:
        """Do the same for the rows of one guild."""
        found = _table(table)
        rows = await self._session.execute(
            delete(found)
            .where(and_(_column(found, column) < before, _column(found, "guild_id") == guild_id))
            .returning(*found.primary_key)
        )
        return len(rows.all())

    async def delete_older_elsewhere(
        self, guild_ids: Collection[int], *, table: str, column: str, before: datetime
    ) -> int:
        """Do the same for the rows of no guild, and of guilds other than these."""
        found = _table(table)
        guild = _column(found, "guild_id")
        rows = await self._session.execute(
            delete(found)
            .where(
                _column(found, column) < before,
                or_(guild.is_(None), guild.not_in(guild_ids)),
            )
            .returning(*found.primary_key)
        )
        return len(rows.all())


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _column(table: Table, name: str) -> Column[PersonalValue]:
    return table.columns[name]


def _value(name: object, value: PersonalValue) -> tuple[str, PersonalValue]:
    return str(name), value
