"""Puts a backup back in the place of the database."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from storage.address import PostgresAddress, parse_address
from storage.backup import restore_sqlite
from storage.errors import UnsupportedDatabaseError


async def restore(url: str, *, backup: Path, now: datetime) -> Path | None:
    """Replace the SQLite database by a verified `backup`; returns where the old one lies now.

    The old one (None: there was none) keeps lying beside it, with its write-ahead log. The caller
    holds the data folder (`storage.data_folder`), so that nobody writes meanwhile. A backup of an
    older revision is brought up to date by the next upgrade.

    Raises:
        BackupFailedError: when the backup is not sound; the database is then untouched.
        UnsupportedDatabaseError: for PostgreSQL, which has pg_restore for this.

    """
    address = parse_address(url)
    if isinstance(address, PostgresAddress):
        raise UnsupportedDatabaseError(scheme="postgresql", reason="use pg_restore")
    path = address.path
    aside = path.with_name(f"{path.name}.replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    existed = path.exists()
    await asyncio.to_thread(restore_sqlite, backup, path=path, aside=aside)
    return aside if existed else None
