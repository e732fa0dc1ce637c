import asyncio
import datetime as dt
import shutil
from pathlib import Path

import aiosqlite
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.services.privacy import Privacy
from storage.engine import open_database
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.disk import read
from tests.storage.examples import MEMBER, OPEN_QUESTION

_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT i FROM n"


async def _pragma(engine: AsyncEngine, name: str) -> object:
    async with engine.connect() as connection:
        return await connection.scalar(text(f"PRAGMA {name}"))


async def test_a_commit_on_sqlite_is_on_disk_and_keeps_the_rules(
    sqlite_template: Path, tmp_path: Path
) -> None:
    database = open_database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'breed')}")
    full = 2

    assert await _pragma(database.writing, "journal_mode") == "wal"
    assert await _pragma(database.writing, "synchronous") == full
    assert await _pragma(database.writing, "foreign_keys") == 1
    assert await _pragma(database.writing, "secure_delete") == 1
    assert await _pragma(database.writing, "query_only") == 0
    assert await _pragma(database.reading, "query_only") == 1
    await database.close()


async def test_rows_whose_ids_stand_in_buttons_never_share_one(sqlite_template: Path) -> None:
    database = open_database(f"sqlite:///{sqlite_template}")
    async with database.reading.connect() as connection:
        tables = await connection.execute(
            text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%' ORDER BY name")
        )
        found = set(tables.scalars())
        named = {
            "answers",
            "deliveries",
            "feeds",
            "meetings",
            "notices",
            "open_questions",
            "updates",
        }
        assert named <= found
    await database.close()


async def test_units_of_two_processes_that_read_and_then_write_lose_no_update(
    sqlite_template: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'breed')}"
    databases = [open_database(url) for _ in range(2)]

    async def count_up(units: UnitsOfWork) -> None:
        for _ in range(20):
            async with units() as work:
                count = await work.dm_guilds.of(MEMBER) or 0
                await work.dm_guilds.remember(user_id=MEMBER, guild_id=count + 1, at=NOW)

    await asyncio.gather(*(count_up(UnitsOfWork(database)) for database in databases))

    async with UnitsOfWork(databases[0]).reading() as work:
        assert await work.dm_guilds.of(MEMBER) == 40
    for database in databases:
        await database.close()


async def test_what_was_erased_cannot_be_read_from_the_file(
    sqlite_template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "breed.sqlite3"
    shutil.copy(sqlite_template, path)
    database = open_database(f"sqlite:///{path}")
    units = UnitsOfWork(database)
    async with units() as work:
        await work.open_questions.pass_on(OPEN_QUESTION)
    await database.close()
    assert OPEN_QUESTION.text.encode() in read(path)

    await Privacy(units).erase(MEMBER)
    await database.close()

    assert OPEN_QUESTION.text.encode() not in read(path)


async def test_a_closed_connection_lets_go_although_a_statement_of_it_was_not_read_to_its_end(
    sqlite_template: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'breed')}"
    cut_off, other = open_database(url), open_database(url, busy_timeout=0.1)
    connection = await cut_off.writing.raw_connection()
    driver = connection.driver_connection
    assert isinstance(driver, aiosqlite.Connection)
    await driver.execute("BEGIN IMMEDIATE")
    await driver.execute("DELETE FROM leases")
    held = await driver.execute(_ENDLESS)
    assert await held.fetchone() == (1,)

    await driver.close()
    connection.invalidate()

    async with UnitsOfWork(other)() as work:
        await work.leases.acquire("a", owner="b", now=NOW, lasting=dt.timedelta(seconds=1))
    del held
    await cut_off.close()
    await other.close()
