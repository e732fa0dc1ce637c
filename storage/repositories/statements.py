"""Statements that SQLite and PostgreSQL share, though SQLAlchemy keeps them in two places."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models.base import Base

Insert = postgresql.Insert | sqlite.Insert


def locks_rows(session: AsyncSession) -> bool:
    """Whether `FOR UPDATE` means anything: SQLite has one writer, so nothing is locked there."""
    return session.get_bind().dialect.name == "postgresql"


def insert_into(session: AsyncSession, table: type[Base]) -> Insert:
    """Return an INSERT that knows `ON CONFLICT`, in the dialect of the session."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
