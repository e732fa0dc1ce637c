import gc
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from storage.address import SqliteAddress, parse_address
from storage.check import check
from storage.engine import open_database
from storage.errors import (
    DatabaseCorruptError,
    DatabaseLockedError,
    DatabaseOutdatedError,
    DatabaseUnavailableError,
    DiskFullError,
)
from storage.migrate import upgrade
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.disk import (
    break_a_rule,
    damage,
    delete,
    files_in,
    make_folder,
    overwrite,
    put_in_place,
    read,
    touch,
)
from tests.storage.examples import GUILD, MEMBER, OTHER_MEMBER, QUESTION

ROOT = Path(__file__).parents[2]


@pytest.fixture
def sqlite_path(sqlite_template: Path, tmp_path: Path) -> Path:
    """Return a migrated SQLite file, for weather that only files have."""
    return Path(shutil.copy(sqlite_template, tmp_path / "breed.sqlite3"))


async def _remember(units: UnitsOfWork, *, user_id: int = MEMBER) -> None:
    async with units() as work:
        await work.dm_guilds.remember(user_id=user_id, guild_id=GUILD, at=NOW)


async def test_a_writer_that_waited_too_long_is_told_that_it_is_locked(database_url: str) -> None:
    patient, hasty = open_database(database_url), open_database(database_url, busy_timeout=0.05)
    try:
        async with UnitsOfWork(patient)() as work:
            await work.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)
            with pytest.raises(DatabaseLockedError):
                await _remember(UnitsOfWork(hasty))

        await _remember(UnitsOfWork(hasty))
    finally:
        await patient.close()
        await hasty.close()


async def test_a_second_writer_in_the_same_process_waits_no_longer_either(
    sqlite_path: Path,
) -> None:
    database = open_database(f"sqlite:///{sqlite_path}", busy_timeout=0.05)
    units = UnitsOfWork(database)
    async with units():
        with pytest.raises(DatabaseLockedError):
            await _remember(units)
    await _remember(units)
    await database.close()


async def test_a_full_disk_rolls_back_and_reading_goes_on(sqlite_path: Path) -> None:
    database = open_database(f"sqlite:///{sqlite_path}")

    def fill_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.cursor().execute("PRAGMA max_page_count = 1")

    event.listen(database.writing.sync_engine, "connect", fill_up)
    units = UnitsOfWork(database)
    await _remember(units)

    async def write_much() -> None:
        async with units() as work:
            await work.dm_guilds.remember(user_id=OTHER_MEMBER, guild_id=GUILD, at=NOW)
            for _ in range(100):
                await work.questions.add(QUESTION)

    with pytest.raises(DiskFullError):
        await write_much()

    async with units.reading() as work:
        assert await work.dm_guilds.of(MEMBER) == GUILD
        assert await work.dm_guilds.of(OTHER_MEMBER) is None
    await database.close()
    assert (await check(f"sqlite:///{sqlite_path}")).is_sound


async def test_a_missing_file_is_an_error_and_not_a_new_empty_database(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'gone.sqlite3'}")
    with pytest.raises(DatabaseUnavailableError):
        await _remember(UnitsOfWork(database))
    with pytest.raises(DatabaseUnavailableError):
        async with UnitsOfWork(database).reading():
            pass
    await database.close()

    assert files_in(tmp_path) == []


async def test_a_file_deleted_while_open_is_noticed_by_the_next_unit(sqlite_path: Path) -> None:
    database = open_database(f"sqlite:///{sqlite_path}")
    units = UnitsOfWork(database)
    await _remember(units)
    delete(sqlite_path)

    for _ in range(2):
        with pytest.raises(DatabaseUnavailableError):
            await _remember(units)
    await database.close()
    assert sqlite_path not in files_in(sqlite_path.parent)


async def test_a_file_that_was_replaced_is_opened_anew(
    sqlite_path: Path, sqlite_template: Path
) -> None:
    database = open_database(f"sqlite:///{sqlite_path}")
    units = UnitsOfWork(database)
    await _remember(units)
    await database.close()
    await _remember(units)
    put_in_place(sqlite_template, of=sqlite_path)

    with pytest.raises(DatabaseUnavailableError):
        await _remember(units)
    await _remember(units, user_id=OTHER_MEMBER)
    async with units() as work:
        assert await work.dm_guilds.of(OTHER_MEMBER) == GUILD
    await database.close()


async def test_a_folder_that_cannot_be_written_to_is_unavailable(sqlite_path: Path) -> None:
    make_folder(sqlite_path.with_name(sqlite_path.name + "-wal"))
    database = open_database(f"sqlite:///{sqlite_path}")
    with pytest.raises(DatabaseUnavailableError):
        await _remember(UnitsOfWork(database))
    await database.close()


async def test_a_file_that_is_no_database_is_corrupt_and_no_connection_stays_open(
    sqlite_path: Path,
) -> None:
    overwrite(sqlite_path)
    database = open_database(f"sqlite:///{sqlite_path}")

    async def fail() -> None:
        with pytest.raises(DatabaseCorruptError):
            await _remember(UnitsOfWork(database))

    await fail()
    await database.close()
    gc.collect()  # a connection that is still open warns when it goes, and warnings are errors


async def test_a_file_that_somebody_keeps_from_switching_to_the_log_still_works(
    sqlite_path: Path,
) -> None:
    somebody = sqlite3.connect(sqlite_path, isolation_level=None)
    somebody.execute("PRAGMA journal_mode = DELETE")
    somebody.execute("BEGIN IMMEDIATE")
    database = open_database(f"sqlite:///{sqlite_path}")

    def end(_connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        somebody.close()

    # Listeners run in order: this one after the pragmas, before the unit begins.
    event.listen(database.writing.sync_engine, "connect", end)
    await _remember(UnitsOfWork(database))
    await database.close()


async def test_a_row_that_breaks_a_rule_is_found_by_the_check(sqlite_path: Path) -> None:
    break_a_rule(sqlite_path)

    report = await check(f"sqlite:///{sqlite_path}")

    assert report.damage == ("CHECK constraint failed in questions",)
    assert not report.is_sound


async def test_damaged_pages_are_found_by_the_check(sqlite_path: Path) -> None:
    url = f"sqlite:///{sqlite_path}"
    assert (await check(url)).is_sound
    damage(sqlite_path)

    report = await check(url)

    assert report.damage
    assert not report.is_sound


async def test_a_file_that_is_no_database_is_not_upgraded(sqlite_path: Path) -> None:
    overwrite(sqlite_path)
    content = read(sqlite_path)
    with pytest.raises(DatabaseCorruptError):
        await upgrade(f"sqlite:///{sqlite_path}", backups=sqlite_path.parent, now=NOW)

    assert read(sqlite_path) == content


async def test_a_database_without_tables_is_outdated(bare_database_url: str) -> None:
    address = parse_address(bare_database_url)
    if isinstance(address, SqliteAddress):
        touch(address.path)
    database = open_database(bare_database_url)
    with pytest.raises(DatabaseOutdatedError):
        await _remember(UnitsOfWork(database))
    await database.close()


async def test_a_process_killed_between_two_writes_leaves_nothing_behind(
    database_url: str,
) -> None:
    program = f"""
import asyncio, os, signal
from tests.conftest import NOW
from storage.engine import open_database
from storage.unit_of_work import UnitsOfWork

async def main():
    async with UnitsOfWork(open_database({database_url!r}))() as work:
        await work.dm_guilds.remember(user_id=1, guild_id=2, at=NOW)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""
    killed = subprocess.run(  # noqa: ASYNC221 -- nothing else runs, and the program is ours
        [sys.executable, "-c", program], cwd=ROOT, env=os.environ, check=False
    )
    assert killed.returncode == -signal.SIGKILL

    database = open_database(database_url)
    async with UnitsOfWork(database)() as work:
        assert await work.dm_guilds.of(1) is None
    await database.close()
    assert (await check(database_url)).is_sound
