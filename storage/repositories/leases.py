"""Leases: at any moment at most one owner a name, across processes.

Each step is one statement, so the database decides who wins. One about many leases takes them in
order of their names: two of those never wait for each other. The moments come from the callers:
processes that share a database need clocks that agree within a small part of the lease's length.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import LeaseRow
from storage.records import Lease
from storage.repositories.statements import Insert, insert_into


class LeaseRepository:
    """Who may work on what, until when."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def acquire(
        self, name: str, *, owner: str, now: datetime, lasting: timedelta
    ) -> Lease | None:
        """Take a lease that is free, has expired or is the owner's own; None when it is taken."""
        taken = await self._session.scalar(
            self._taking([name], owner=owner, now=now, lasting=lasting).returning(LeaseRow)
        )
        return _record(taken) if taken else None

    async def acquire_all(
        self, names: Collection[str], *, owner: str, now: datetime, lasting: timedelta
    ) -> frozenset[str]:
        """Do the same with many, at least one; return those that the owner has now."""
        taken = await self._session.scalars(
            self._taking(names, owner=owner, now=now, lasting=lasting).returning(LeaseRow.name)
        )
        return frozenset(taken)

    async def renew(
        self, names: Collection[str], *, owner: str, now: datetime, lasting: timedelta
    ) -> frozenset[str]:
        """Keep leases for `lasting` from now; return those that had not expired or been taken."""
        ours = self._ours(names, owner=owner).where(LeaseRow.expires_at > now)
        kept = await self._session.scalars(
            update(LeaseRow)
            .where(LeaseRow.name.in_(ours))
            .values(expires_at=now + lasting)
            .returning(LeaseRow.name)
        )
        return frozenset(kept)

    async def release(self, name: str, *, owner: str) -> bool:
        """Give a lease back; tells whether it was still the owner's."""
        return name in await self.release_all([name], owner=owner)

    async def release_all(self, names: Collection[str], *, owner: str) -> frozenset[str]:
        """Do the same with many; return those that were still the owner's."""
        given_back = await self._session.scalars(
            delete(LeaseRow)
            .where(LeaseRow.name.in_(self._ours(names, owner=owner)))
            .returning(LeaseRow.name)
        )
        return frozenset(given_back)

    async def holder_of(self, name: str, *, now: datetime) -> Lease | None:
        """Return the lease in force, or None when the name is free."""
        row = await self._session.scalar(
            select(LeaseRow).where(LeaseRow.name == name, LeaseRow.expires_at > now)
        )
        return _record(row) if row else None

    def _ours(self, names: Collection[str], *, owner: str) -> Select[str]:
        return (
            select(LeaseRow.name)
            .where(LeaseRow.name.in_(names), LeaseRow.owner == owner)
            .order_by(LeaseRow.name)
            .with_for_update()
        )

    def _taking(
        self, names: Collection[str], *, owner: str, now: datetime, lasting: timedelta
    ) -> Insert:
        until = now + lasting
        statement = insert_into(self._session, LeaseRow).values(
            [{"name": name, "owner": owner, "expires_at": until} for name in sorted(set(names))]
        )
        return statement.on_conflict_do_update(
            index_elements=["name"],
            set_={"owner": statement.excluded.owner, "expires_at": statement.excluded.expires_at},
            where=or_(LeaseRow.owner == owner, LeaseRow.expires_at <= now),
        )


def _record(row: LeaseRow) -> Lease:
    return Lease(name=row.name, owner=row.owner, expires_at=row.expires_at)
