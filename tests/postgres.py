"""PostgreSQL databases for tests: one of each kind is made, emptied after a test, and used again.

Making a database and dropping it takes ten times as long as emptying it.
"""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.address import PostgresAddress, parse_address
from storage.engine import postgres_engine
from storage.errors import StorageError

_ROOT: Final = "alembic_version"  # the one table that a migrated, empty database has a row in

# All that a test can change about a database except the rows of its tables.
_SHAPE: Final = text("""
SELECT md5(concat(
  (SELECT string_agg(concat(oid, relname, relnamespace, relkind, relacl, relowner, reloptions),
                     ',' ORDER BY oid) FROM pg_class WHERE oid >= 16384 AND relkind <> 't'),
  (SELECT string_agg(a::text, ',' ORDER BY attrelid, attnum) FROM pg_attribute AS a
   WHERE attrelid >= 16384),
  (SELECT string_agg(d::text, ',' ORDER BY oid) FROM pg_attrdef AS d),
  (SELECT string_agg(c::text, ',' ORDER BY oid) FROM pg_constraint AS c WHERE oid >= 16384),
  (SELECT string_agg(i::text, ',' ORDER BY indexrelid) FROM pg_index AS i
   WHERE indexrelid >= 16384),
  (SELECT string_agg(t::text, ',' ORDER BY oid) FROM pg_trigger AS t),
  (SELECT string_agg(p::text, ',' ORDER BY oid) FROM pg_proc AS p WHERE oid >= 16384),
  (SELECT string_agg(n::text, ',' ORDER BY oid) FROM pg_namespace AS n
   WHERE nspname !~ '^pg_(toast_)?temp_'),
  (SELECT string_agg(e::text, ',' ORDER BY oid) FROM pg_extension AS e),
  (SELECT string_agg(s::text, ',' ORDER BY setrole) FROM pg_db_role_setting AS s
   WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())),
  (SELECT concat(datdba, datistemplate, datallowconn, datconnlimit, datacl) FROM pg_database
   WHERE datname = current_database())
))
""")
_REVISION: Final = text(f"SELECT string_agg(a::text, ',') FROM {_ROOT} AS a")  # noqa: S608 -- its name is a constant
_OTHERS: Final = text("""
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
""")
_TABLES: Final = text("""
SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename
""")
_SEQUENCES: Final = text("SELECT setval(seqrelid, seqstart, false) FROM pg_sequence")


@dataclass(frozen=True, slots=True)
class _State:
    """How a database is, apart from the rows of tables."""

    shape: str
    revision: str
    tables: tuple[str, ...]


@dataclass(slots=True)
class Databases:
    """Hands out copies of one template, which has no rows; each is as if newly made."""

    server: str
    template: str
    _clean: list[str] = field(default_factory=list[str])
    _state: _State | None = None

    @contextmanager
    def one(self) -> Generator[str]:
        """Give the address of a database that is as the template is."""
        name = self._clean.pop() if self._clean else asyncio.run(self._made())
        try:
            yield named(self.server, name)
        finally:
            asyncio.run(self._given_back(name))

    def close(self) -> None:
        """Drop what is left."""
        while self._clean:
            asyncio.run(drop(self.server, self._clean.pop()))

    async def _made(self) -> str:
        name = await create(self.server, template=self.template)
        if self._state is None:
            async with _connected(named(self.server, name)) as connection:
                self._state = await _state(connection)
        return name

    async def _given_back(self, name: str) -> None:
        if await self._emptied(name):
            self._clean.append(name)
        else:
            await drop(self.server, name)

    async def _emptied(self, name: str) -> bool:
        """Make it as it was; not when more than rows of tables changed."""
        try:
            async with _connected(named(self.server, name)) as connection:
                await connection.execute(_OTHERS)
                state = await _state(connection)
                if state != self._state:
                    return False
                await connection.exec_driver_sql(_deletion(state.tables))
                await connection.execute(_SEQUENCES)
                return True
        except (SQLAlchemyError, StorageError):
            return False


async def create(server: str, *, template: str) -> str:
    """Make a database, and return its name."""
    name = f"breed_test_{uuid.uuid4().hex}"
    await _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


async def drop(server: str, name: str) -> None:
    """Drop a database, whoever is in it."""
    await _execute(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def named(server: str, name: str) -> str:
    """Return the address of another database on a server."""
    return make_url(server).set(database=name).render_as_string(hide_password=False)


async def _execute(server: str, statement: str) -> None:
    async with _connected(server) as connection:
        await connection.exec_driver_sql(statement)


@asynccontextmanager
async def _connected(url: str) -> AsyncGenerator[AsyncConnection]:
    address = parse_address(url)
    assert isinstance(address, PostgresAddress)
    engine = postgres_engine(address).execution_options(isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


async def _state(connection: AsyncConnection) -> _State:
    tables = (await connection.scalars(_TABLES)).all()
    return _State(
        shape=str(await connection.scalar(_SHAPE)),
        revision=str(await connection.scalar(_REVISION)),
        tables=tuple(one for one in tables if one != _ROOT),
    )


def _deletion(tables: Sequence[str]) -> str:
    """Delete from all at once: what refers to what is looked at when all is gone."""
    steps = ", ".join(f"step_{at} AS (DELETE FROM {one})" for at, one in enumerate(tables))  # noqa: S608 -- quoted by the server
    return f"WITH {steps} SELECT 1"
