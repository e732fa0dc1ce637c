"""Backups of PostgreSQL, with its own `pg_dump` where that is installed."""

import asyncio
import os
import shutil
from pathlib import Path

from sqlalchemy import URL

from storage.errors import BackupFailedError


def find_pg_dump() -> str | None:
    """Return the path of pg_dump, or None when it is not installed."""
    return shutil.which("pg_dump")


async def dump(url: URL, *, program: str, target: Path) -> None:
    """Write the database to `target` in PostgreSQL's custom format (`pg_restore` reads it).

    Raises:
        BackupFailedError: when pg_dump does not succeed; it says why.

    """
    partial = target.with_suffix(".partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BackupFailedError(path=target, reason=str(error)) from error
    try:
        process = await asyncio.create_subprocess_exec(
            program,
            "--format=custom",
            "--no-password",
            "--lock-wait-timeout=60s",
            f"--file={partial}",
            env=_environment(url),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        _, complaint = await process.communicate()
        if process.returncode:
            reason = complaint.decode(errors="replace").strip() or str(process.returncode)
            raise BackupFailedError(path=target, reason=reason)
        partial.replace(target)
    except OSError as error:
        raise BackupFailedError(path=target, reason=str(error)) from error
    finally:
        partial.unlink(missing_ok=True)


def _environment(url: URL) -> dict[str, str]:
    """Tell pg_dump where to connect; arguments would show the password to every user."""
    query = {name: value for name, value in url.query.items() if isinstance(value, str)}
    given = {
        "PGHOST": url.host or query.get("host"),
        "PGPORT": str(url.port) if url.port else query.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": query.get("ssl"),
    }
    return os.environ | {name: value for name, value in given.items() if value}
