"""Opens the database: one way to write, one way to read, the same for SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

import aiosqlite
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection
from typing_extensions import override

from storage.address import PostgresAddress, SqliteAddress, parse_address
from storage.errors import DatabaseUnavailableError
from storage.translation import translated

BUSY_TIMEOUT: Final = 5.0
_ROWS_AT_A_TIME: Final = 64
_SQLITE_READERS: Final = 4
_POSTGRES_CONNECTIONS: Final = 10
_WRITE_AHEAD_LOG: Final = "PRAGMA journal_mode = WAL"
_OPENED_FILE: Final = "opened_file"


class Database:
    """An open database. Connections are made when they are first needed.

    `writing` gives connections that may change data, `reading` ones whose writes are refused.
    """

    def __init__(self, *, writing: AsyncEngine, reading: AsyncEngine) -> None:
        self.writing = writing
        self.reading = reading

    async def close(self) -> None:
        """Close every connection; using the database again opens new ones."""
        await self.writing.dispose()
        await self.reading.dispose()


def open_database(url: str, *, busy_timeout: float = BUSY_TIMEOUT) -> Database:
    """Prepare the database at `url`; its tables must be there already (`storage.migrate`).

    `busy_timeout` is how many seconds a writer waits for another one.

    Raises:
        UnsupportedDatabaseError: when the address is not one of SQLite or PostgreSQL.

    """
    address = parse_address(url)
    if isinstance(address, PostgresAddress):
        engine = postgres_engine(address, busy_timeout=busy_timeout)
        return Database(writing=engine, reading=engine.execution_options(postgresql_readonly=True))
    return Database(
        writing=sqlite_engine(address, busy_timeout=busy_timeout),
        reading=sqlite_reader(address, busy_timeout=busy_timeout),
    )


def sqlite_engine(
    address: SqliteAddress,
    *,
    busy_timeout: float = BUSY_TIMEOUT,
    create: bool = False,
    foreign_keys: bool = True,
) -> AsyncEngine:
    """Return the engine for writing: one connection, so one writer at a time in this process."""
    return _sqlite(
        address,
        busy_timeout=busy_timeout,
        create=create,
        connections=1,
        begin="BEGIN IMMEDIATE",
        pragmas=(
            _WRITE_AHEAD_LOG,
            "PRAGMA synchronous = FULL",
            f"PRAGMA foreign_keys = {int(foreign_keys)}",
            # What a member had erased must not stay readable in the file's free pages.
            "PRAGMA secure_delete = ON",
        ),
    )


def postgres_engine(address: PostgresAddress, *, busy_timeout: float = BUSY_TIMEOUT) -> AsyncEngine:
    """Return the engine for PostgreSQL. Waiting for a row's lock ends after `busy_timeout`."""
    engine = create_async_engine(
        address.url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=_POSTGRES_CONNECTIONS,
        max_overflow=0,
        pool_timeout=busy_timeout,
        connect_args={
            "timeout": busy_timeout,
            "server_settings": {
                "application_name": "breed",
                "lock_timeout": str(round(busy_timeout * 1000)),
            },
        },
    )
    event.listen(engine.sync_engine, "handle_error", _translate)
    return engine


def sqlite_reader(address: SqliteAddress, *, busy_timeout: float) -> AsyncEngine:
    """Return the engine for reading: it waits for no writer, and writes nothing."""
    return _sqlite(
        address,
        busy_timeout=busy_timeout,
        create=False,
        connections=_SQLITE_READERS,
        begin="BEGIN DEFERRED",
        pragmas=("PRAGMA query_only = ON",),
    )


def _sqlite(  # noqa: PLR0913 -- private: the two callers above name each difference between them
    address: SqliteAddress,
    *,
    busy_timeout: float,
    create: bool,
    connections: int,
    begin: str,
    pragmas: tuple[str, ...],
) -> AsyncEngine:
    engine = create_async_engine(
        address.url,
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=busy_timeout,
        async_creator=partial(_open_sqlite, address.uri(create=create), busy_timeout=busy_timeout),
    )
    _listen_to_sqlite(engine.sync_engine, path=address.path, begin=begin, pragmas=pragmas)
    return engine


async def _open_sqlite(uri: str, *, busy_timeout: float) -> aiosqlite.Connection:
    # Opening touches no lock, so it is done here and not by aiosqlite, which leaves a thread or an
    # open file behind when opening fails or is cancelled.
    opened = sqlite3.connect(
        uri,
        uri=True,
        timeout=busy_timeout,
        # Python's sqlite3 would begin transactions by itself, deferred and only before a change;
        # None leaves beginning to the listener below.
        isolation_level=None,
        check_same_thread=False,
        factory=_LettingGo,
    )
    connection = aiosqlite.Connection(lambda: opened, iter_chunk_size=_ROWS_AT_A_TIME)
    # As SQLAlchemy does for connections that it makes: a process that crashes has to end.
    connection._thread.daemon = True  # noqa: SLF001 -- aiosqlite has no public way
    try:
        return await connection
    except BaseException:  # cancelled too: nobody else would close the file
        opened.close()
        raise


class _LettingGo(sqlite3.Connection):
    """Gives up its transaction when it is closed.

    SQLite keeps a closed connection, with its lock, as long as somebody holds a statement that was
    not read to its end. A task that is cancelled while it reads leaves one behind, in the frames of
    its traceback: until those are collected nobody could write.
    https://www.sqlite.org/c3ref/close.html
    """

    @override
    def close(self) -> None:
        with suppress(sqlite3.Error):  # closed before, or the file is gone
            if self.in_transaction:
                self.execute("ROLLBACK")
        super().close()


def _listen_to_sqlite(engine: Engine, *, path: Path, begin: str, pragmas: tuple[str, ...]) -> None:
    def on_connect(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            _set(cursor, pragma)
        cursor.close()
        entry.info[_OPENED_FILE] = _identity(path)

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "checkout", _same_file_as_opened(path))
    event.listen(engine, "begin", on_begin)
    event.listen(engine, "handle_error", _translate)


def _set(cursor: DBAPICursor, pragma: str) -> None:
    try:
        cursor.execute(pragma)
    except sqlite3.OperationalError as error:
        # SQLite does not wait its turn to switch to the log. Whoever has the file now switches, or
        # the next to open it; until then everything works, only readers and writers take turns.
        if pragma != _WRITE_AHEAD_LOG or error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise


def _same_file_as_opened(
    path: Path,
) -> Callable[[DBAPIConnection, ConnectionPoolEntry, PoolProxiedConnection], None]:
    """SQLite keeps writing to a file that was deleted or replaced; nobody would find that data."""

    def check(
        _connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection
    ) -> None:
        if entry.info[_OPENED_FILE] != _identity(path):
            message = f"{path.name} was replaced or removed while it was open"
            raise DatabaseUnavailableError(message)

    return check


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _translate(context: ExceptionContext) -> BaseException | None:
    # A connection that died while nobody used it is replaced, unless its error is another's.
    if context.is_pre_ping:
        return None
    return translated(context.original_exception)
