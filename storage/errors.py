"""Everything that can go wrong in storage, as data. No error of a driver leaves this package.

Messages are for the operator's log: they name the problem, never a row's contents or a password.
"""

from pathlib import Path


class StorageError(Exception):
    """Base of all errors of this package."""


class UnsupportedDatabaseError(StorageError):
    """The address names a database that the bot cannot use. `scheme` is what was found."""

    def __init__(self, *, scheme: str, reason: str) -> None:
        super().__init__(f"{scheme or 'no scheme'}: {reason}")
        self.scheme = scheme
        self.reason = reason


class DatabaseUnavailableError(StorageError):
    """The database is gone, cannot be opened, or closed the connection. Trying later may work."""


class DatabaseReadOnlyError(DatabaseUnavailableError):
    """The database was asked to write and refuses: a read-only file or unit of work."""


class DatabaseCorruptError(DatabaseUnavailableError):
    """The file is not a database, or its pages are damaged: a backup has to be restored."""


class DatabaseLockedError(StorageError):
    """Another writer kept the database, or a row, for longer than the busy timeout."""


class DiskFullError(StorageError):
    """There is no room left to write. What was being written is rolled back."""


class ConflictError(StorageError):
    """A constraint refused the change. `constraint` is its name where the database tells it."""

    def __init__(self, message: str, *, constraint: str | None = None) -> None:
        super().__init__(message)
        self.constraint = constraint


class DatabaseOutdatedError(StorageError):
    """A table or column is missing: the migrations have not been run."""


class DatabaseNewerError(StorageError):
    """The database was upgraded by a newer version of the bot than this one."""

    def __init__(self, *, found: str, known: str) -> None:
        super().__init__(f"database is at revision {found}, this version knows up to {known}")
        self.found = found
        self.known = known


class MigrationFailedError(StorageError):
    """A migration stopped halfway and was rolled back. `backup` holds the data from before it."""

    def __init__(self, message: str, *, backup: Path | None) -> None:
        super().__init__(message)
        self.backup = backup


class BackupFailedError(StorageError):
    """No verified backup could be made, or the one given cannot be used."""

    def __init__(self, *, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason = reason


class DataFolderInUseError(StorageError):
    """Another process serves from this data folder. `pid` is its number where it could be read."""

    def __init__(self, *, folder: Path, pid: int | None) -> None:
        super().__init__(f"{folder} is in use by process {pid if pid is not None else 'unknown'}")
        self.folder = folder
        self.pid = pid


class NaiveDatetimeError(StorageError, ValueError):
    """A moment without a time zone was about to be stored: nobody could tell what it means."""


class UnexpectedDatabaseError(StorageError):
    """The database refused for a reason that nothing here expects: a mistake in this package."""
