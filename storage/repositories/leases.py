"""Leases: at any moment at most one owner a name, across processes.

Each step is one statement, so the database decides who wins. The moments come from the callers:
processes that share a database need clocks that agree within a small part of the lease's length.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import LeaseRow
from storage.records import Lease
from storage.repositories.statements import insert_into


class LeaseRepository:
    """Who may work on what, until when."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def acquire(
        self, name: str, *, owner: str, now: datetime, lasting: timedelta
    ) -> Lease | None:
        """Take a lease that is free, has expired or is the owner's own; None when it is taken."""
        statement = insert_into(self._session, LeaseRow).values(
            name=name, owner=owner, expires_at=now + lasting
        )
        row = await self._session.scalar(
            statement.on_conflict_do_update(
                index_elements=["name"],
                set_={
                    "owner": statement.excluded.owner,
                    "expires_at": statement.excluded.expires_at,
                },
                where=or_(LeaseRow.owner == owner, LeaseRow.expires_at <= now),
            ).returning(LeaseRow)
        )
        return _record(row) if row else None

    async def renew(
        self, name: str, *, owner: str, now: datetime, lasting: timedelta
    ) -> Lease | None:
        """Keep a lease for `lasting` from now; None when it expired or is somebody else's."""
        row = await self._session.scalar(
            update(LeaseRow)
            .where(LeaseRow.name == name, LeaseRow.owner == owner, LeaseRow.expires_at > now)
            .values(expires_at=now + lasting)
            .returning(LeaseRow)
        )
        return _record(row) if row else None

    async def release(self, name: str, *, owner: str) -> bool:
        """Give a lease back; tells whether it was still the owner's."""
        found = await self._session.scalar(
            delete(LeaseRow)
            .where(LeaseRow.name == name, LeaseRow.owner == owner)
            .returning(LeaseRow.name)
        )
        return found is not None

    async def holder_of(self, name: str, *, now: datetime) -> Lease | None:
        """Return the lease in force, or None when the name is free."""
        row = await self._session.scalar(
            select(LeaseRow).where(LeaseRow.name == name, LeaseRow.expires_at > now)
        )
        return _record(row) if row else None


def _record(row: LeaseRow) -> Lease:
    return Lease(name=row.name, owner=row.owner, expires_at=row.expires_at)
