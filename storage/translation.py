"""Turns what drivers and SQLAlchemy raise into the errors of this package."""

import sqlite3
from typing import Final

from sqlalchemy.exc import SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.errors import (
    ConflictError,
    DatabaseCorruptError,
    DatabaseLockedError,
    DatabaseOutdatedError,
    DatabaseReadOnlyError,
    DatabaseUnavailableError,
    DiskFullError,
    StorageError,
    UnexpectedDatabaseError,
)

_SQLITE: Final[dict[int, type[StorageError]]] = {
    sqlite3.SQLITE_BUSY: DatabaseLockedError,
    sqlite3.SQLITE_LOCKED: DatabaseLockedError,
    sqlite3.SQLITE_FULL: DiskFullError,
    sqlite3.SQLITE_CORRUPT: DatabaseCorruptError,
    sqlite3.SQLITE_NOTADB: DatabaseCorruptError,
    sqlite3.SQLITE_READONLY: DatabaseReadOnlyError,
    sqlite3.SQLITE_CANTOPEN: DatabaseUnavailableError,
    sqlite3.SQLITE_IOERR: DatabaseUnavailableError,
    sqlite3.SQLITE_PERM: DatabaseUnavailableError,
    sqlite3.SQLITE_CONSTRAINT: ConflictError,
}
# https://www.sqlite.org/rescode.html#ioerr_shmsize: no room to grow the file beside the log.
_SQLITE_IOERR_SHMSIZE: Final = 4874
_PRIMARY_CODE: Final = 0xFF

# https://www.postgresql.org/docs/current/errcodes-appendix.html: a code, or the first two
# characters of a whole class of them.
_POSTGRESQL: Final[dict[str, type[StorageError]]] = {
    "53100": DiskFullError,
    "25006": DatabaseReadOnlyError,
    "40001": DatabaseLockedError,
    "40P01": DatabaseLockedError,
    "55P03": DatabaseLockedError,
    "42P01": DatabaseOutdatedError,
    "42703": DatabaseOutdatedError,
    "3D000": DatabaseUnavailableError,
    "42501": DatabaseUnavailableError,
    "08": DatabaseUnavailableError,
    "23": ConflictError,
    "28": DatabaseUnavailableError,
    "53": DatabaseUnavailableError,
    "57": DatabaseUnavailableError,
    "58": DatabaseUnavailableError,
    "XX": DatabaseCorruptError,
}


def translated(error: BaseException) -> StorageError | None:
    """Return the error of this package that says the same, or None when it is not the database's.

    The message is the first line of the driver's: later lines may quote the row.
    """
    found: StorageError | None = None
    if isinstance(error, StorageError):
        found = error
    elif isinstance(error, StatementError) and error.orig is not None:
        found = translated(error.orig) or UnexpectedDatabaseError(_first_line(error.orig))
    elif isinstance(error, sqlite3.Error):
        found = _of_sqlite(error)
    elif isinstance(error, PoolTimeoutError):
        found = DatabaseLockedError("no connection came free in time")
    elif isinstance(error, OSError):
        # asyncpg gives these (TimeoutError is one) as they are when it cannot connect.
        found = DatabaseUnavailableError(_first_line(error))
    elif _is_asyncpg(error):
        found = _of_postgresql(error)
    elif isinstance(error, SQLAlchemyError):
        found = UnexpectedDatabaseError(_first_line(error))
    return found


def _of_sqlite(error: sqlite3.Error) -> StorageError:
    message = _first_line(error)
    # Errors that Python itself raises (a closed connection, for one) carry no code.
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return DatabaseUnavailableError(message)
    if code == _SQLITE_IOERR_SHMSIZE:
        return DiskFullError(message)
    kind = _SQLITE.get(code & _PRIMARY_CODE)
    if kind is ConflictError:
        return ConflictError(message, constraint=message.rpartition(": ")[2] or None)
    if kind is not None:
        return kind(message)
    if message.startswith(("no such table", "no such column")) or "has no column" in message:
        return DatabaseOutdatedError(message)
    return UnexpectedDatabaseError(message)


def _of_postgresql(error: BaseException) -> StorageError:
    message = _first_line(error)
    state = _attribute(error, "sqlstate")
    if state is None:
        # asyncpg's own errors: the connection is closed, was lost, or could not be made.
        return DatabaseUnavailableError(message)
    kind = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2], UnexpectedDatabaseError)
    if kind is ConflictError:
        cause = error.__cause__
        named = _attribute(cause, "constraint_name") if cause is not None else None
        return ConflictError(message, constraint=named)
    return kind(message)


def _is_asyncpg(error: BaseException) -> bool:
    return any(
        one.__module__.startswith(("asyncpg.", "sqlalchemy.dialects.postgresql.asyncpg"))
        for one in type(error).__mro__
    )


def _attribute(error: BaseException, name: str) -> str | None:
    value: object = getattr(error, name, None)
    return value if isinstance(value, str) else None


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
