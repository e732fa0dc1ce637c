"""Brings a database to this version's tables, after a backup when it holds data; and checks it."""

import asyncio
import enum
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, literal, select, table, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.address import Address, PostgresAddress, parse_address
from storage.backup import back_up_sqlite, backup_name
from storage.engine import BUSY_TIMEOUT, postgres_engine, sqlite_engine, sqlite_reader
from storage.errors import (
    BackupFailedError,
    DatabaseCorruptError,
    DatabaseNewerError,
    DatabaseUnavailableError,
    MigrationFailedError,
)
from storage.pg_dump import dump, find_pg_dump
from storage.translation import translated

SCRIPTS: Final = Path(__file__).parent / "migrations"
# How long one process waits for another that is upgrading the same database, in seconds.
UPGRADE_TIMEOUT: Final = 60.0
_VERSION_TABLE: Final = "alembic_version"
_NO_REVISION: Final = "base"
# Any fixed number that no other program uses: it names the lock that upgrades take.
_ADVISORY_LOCK: Final = 4_252_454_544

_log = logging.getLogger(__name__)


class BackupOutcome(enum.Enum):
    """What became of the backup before an upgrade."""

    MADE = "made"
    NOTHING_TO_SAVE = "nothing to save"
    NO_PG_DUMP = "pg_dump is not installed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class BackupReport:
    """The backup: `path` when it was made, `detail` (the program's words) when it failed."""

    outcome: BackupOutcome
    path: Path | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class UpgradeReport:
    """From which revision (None: an empty database) to which; equal when nothing was to be done."""

    before: str | None
    after: str
    backup: BackupReport


def head_revision(*, scripts: Path = SCRIPTS) -> str:
    """Return the revision that this version of the bot works with."""
    head = ScriptDirectory(str(scripts)).get_current_head()
    if head is None:
        message = f"no migrations in {scripts}"
        raise ValueError(message)
    return head


async def revision_of(url: str) -> str | None:
    """Return the revision of a database, or None when no migration ever ran on it.

    Raises:
        StorageError: when it cannot be opened.

    """
    async with inspecting(parse_address(url)) as connection:
        return await connection.run_sync(current_revision)


async def upgrade(
    url: str,
    *,
    backups: Path,
    now: datetime,
    scripts: Path = SCRIPTS,
    lock_timeout: float = UPGRADE_TIMEOUT,
) -> UpgradeReport:
    """Run what migrations are missing, all or none, after a backup into the folder `backups`.

    A backup is made only when there is something to run and a table with rows. On SQLite a failed
    backup stops the upgrade. On PostgreSQL it does not, as pg_dump may be absent or of another
    version, and its operator has backups of their own: the report and the log say so.

    Raises:
        DatabaseNewerError: when a newer version of the bot upgraded the database before.
        BackupFailedError: when SQLite could not be backed up; nothing was changed.
        MigrationFailedError: when a migration failed; all of it was rolled back.
        StorageError: when the database cannot be opened or stays locked for `lock_timeout` seconds.

    """
    address = parse_address(url)
    head = head_revision(scripts=scripts)
    if not isinstance(address, PostgresAddress):
        _make_folder(address.path.parent)
    async with upgrading(address, lock_timeout=lock_timeout) as connection:
        before = await connection.run_sync(current_revision)
        _refuse_newer(before, scripts=scripts)
        if before == head:
            return UpgradeReport(before, head, BackupReport(BackupOutcome.NOTHING_TO_SAVE))
        holds_data = await connection.run_sync(_holds_data)
    backup = BackupReport(BackupOutcome.NOTHING_TO_SAVE)
    if holds_data:
        backup = await _back_up(address, into=backups, now=now, revision=before or _NO_REVISION)
    async with upgrading(address, lock_timeout=lock_timeout) as connection:
        await _run(connection, scripts=scripts, backup=backup.path)
    _log.info("database upgraded", extra={"before": before, "after": head})
    return UpgradeReport(before, head, backup)


async def back_up(url: str, *, into: Path, now: datetime) -> Path:
    """Make and verify a backup now, whatever the revision.

    Raises:
        BackupFailedError: when it cannot be made (on PostgreSQL also without pg_dump).
        StorageError: when the database cannot be opened.

    """
    revision = await revision_of(url) or _NO_REVISION
    report = await _back_up(parse_address(url), into=into, now=now, revision=revision)
    if report.path is None:
        raise BackupFailedError(path=into, reason=report.detail or report.outcome.value)
    return report.path


async def take_turn(connection: AsyncConnection) -> None:
    """Begin a transaction that only one upgrade at a time can have.

    Raises:
        DatabaseLockedError: when another one has it for longer than the connection waits.

    """
    await connection.begin()
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))


async def _run(connection: AsyncConnection, *, scripts: Path, backup: Path | None) -> None:
    await take_turn(connection)
    try:
        await connection.run_sync(_run_alembic, scripts)
        await connection.commit()
    except Exception as error:  # noqa: BLE001 -- raised again, naming the backup, whatever it was
        reason = translated(error) or error
        raise MigrationFailedError(str(reason), backup=backup) from reason


def _run_alembic(connection: Connection, scripts: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        # They are off while tables are copied (see `upgrading`), so they are checked at the end.
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if dangling:
            message = f"{len(dangling)} rows refer to rows that are gone"
            raise DatabaseCorruptError(message)


def current_revision(connection: Connection) -> str | None:
    """Return the revision written in the database, or None."""
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(revision: str | None, *, scripts: Path) -> None:
    known = {one.revision for one in ScriptDirectory(str(scripts)).walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseNewerError(found=revision, known=head_revision(scripts=scripts))


def _holds_data(connection: Connection) -> bool:
    tables = [name for name in inspect(connection).get_table_names() if name != _VERSION_TABLE]
    return any(
        connection.scalar(select(literal(1)).select_from(table(name)).limit(1)) is not None
        for name in tables
    )


async def _back_up(address: Address, *, into: Path, now: datetime, revision: str) -> BackupReport:
    if not isinstance(address, PostgresAddress):
        path = await asyncio.to_thread(
            back_up_sqlite, address.path, into=into, now=now, revision=revision
        )
        return BackupReport(BackupOutcome.MADE, path)
    program = find_pg_dump()
    if program is None:
        _log.warning("no backup before the upgrade: pg_dump is not installed")
        return BackupReport(BackupOutcome.NO_PG_DUMP)
    target = into / backup_name(now=now, revision=revision, suffix=".dump")
    try:
        await dump(address.url, program=program, target=target)
    except BackupFailedError as error:
        _log.warning("no backup before the upgrade", extra={"reason": error.reason})
        return BackupReport(BackupOutcome.FAILED, detail=error.reason)
    return BackupReport(BackupOutcome.MADE, target)


@asynccontextmanager
async def inspecting(address: Address) -> AsyncGenerator[AsyncConnection]:
    """Connect once, to read: waits for no writer, and cannot write."""
    if isinstance(address, PostgresAddress):
        engine = postgres_engine(address).execution_options(postgresql_readonly=True)
    else:
        engine = sqlite_reader(address, busy_timeout=BUSY_TIMEOUT)
    async with _connected(engine) as connection:
        yield connection


@asynccontextmanager
async def upgrading(
    address: Address, *, lock_timeout: float = UPGRADE_TIMEOUT
) -> AsyncGenerator[AsyncConnection]:
    """Connect once, to change tables; what is not committed is rolled back."""
    if isinstance(address, PostgresAddress):
        engine = postgres_engine(address, busy_timeout=lock_timeout)
    else:
        # Copying a table drops the old one, which would empty the tables that refer to it.
        engine = sqlite_engine(address, busy_timeout=lock_timeout, create=True, foreign_keys=False)
    async with _connected(engine) as connection:
        yield connection


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    try:
        try:
            connection = await engine.connect()
        except OSError as error:
            raise DatabaseUnavailableError(str(error)) from error
        try:
            yield connection
        finally:
            await connection.close()
    finally:
        await engine.dispose()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailableError(str(error)) from error
