"""Copies of a SQLite database, made while others use it, verified, and put back.

Plain functions of `sqlite3`, which block: callers on an event loop use a thread.
"""

import os
import sqlite3
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from storage.errors import BackupFailedError

KEPT_BACKUPS: Final = 10
_SUFFIX: Final = ".sqlite3"


def backup_name(*, now: datetime, revision: str, suffix: str = _SUFFIX) -> str:
    """Return the file name of a backup: names sort by the moment they were made."""
    return f"breed-{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}-{revision}{suffix}"


def back_up_sqlite(path: Path, *, into: Path, now: datetime, revision: str) -> Path:
    """Copy the database to the folder `into`, verify the copy, and keep the last ten.

    Nothing but a complete and verified copy ever carries the name that is returned.

    Raises:
        BackupFailedError: when the copy cannot be made or is not sound.

    """
    target = into / backup_name(now=now, revision=revision)
    try:
        into.mkdir(parents=True, exist_ok=True)
        with _verified_copy(path, beside=target) as copy:
            copy.replace(target)
        _keep_newest(into)
    except (sqlite3.Error, OSError) as error:
        raise BackupFailedError(path=target, reason=str(error)) from error
    return target


def restore_sqlite(backup: Path, *, path: Path, aside: Path) -> None:
    """Put a backup in the place of the database, which moves to the file `aside`.

    No other process may have the database open (`storage.data_folder`).

    Raises:
        BackupFailedError: when the backup is not sound; the database is then untouched.

    """
    try:
        with _verified_copy(backup, beside=path) as copy:
            # An old write-ahead log beside the new file would be replayed into it.
            for ending in ("", "-wal", "-shm"):
                part = path.with_name(path.name + ending)
                if part.exists():
                    part.replace(aside.with_name(aside.name + ending))
            copy.replace(path)
    except (sqlite3.Error, OSError) as error:
        raise BackupFailedError(path=backup, reason=str(error)) from error


@contextmanager
def _verified_copy(source: Path, *, beside: Path) -> Generator[Path]:
    """Yield a sound copy that is on disk; it is gone afterwards unless it was moved away."""
    descriptor, name = tempfile.mkstemp(prefix=f".{beside.name}-", dir=beside.parent)
    copy = Path(name)
    try:
        with _opened(source) as old, _opened(copy) as new:
            old.backup(new)
            # The copy says that it keeps a write-ahead log; a backup is one file.
            new.execute("PRAGMA journal_mode = DELETE")
            problems = [str(row[0]) for row in new.execute("PRAGMA integrity_check")]
        if problems != ["ok"]:
            raise sqlite3.DatabaseError(problems[0])
        os.fsync(descriptor)
        yield copy
    finally:
        os.close(descriptor)
        copy.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Generator[sqlite3.Connection]:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None
    )
    try:
        yield connection
    finally:
        connection.close()


def _keep_newest(folder: Path) -> None:
    for old in sorted(folder.glob(f"breed-*{_SUFFIX}"))[:-KEPT_BACKUPS]:
        old.unlink()
