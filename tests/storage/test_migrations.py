import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.address import parse_address
from storage.check import check
from storage.engine import open_database
from storage.errors import (
    BackupFailedError,
    DatabaseLockedError,
    DatabaseNewerError,
    MigrationFailedError,
)
from storage.migrate import (
    BackupOutcome,
    head_revision,
    revision_of,
    take_turn,
    upgrade,
    upgrading,
)
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.disk import touch
from tests.storage.next_migration import BROKEN, COPYING, NEXT, WithNext, fill, has_opinion

ROOT = Path(__file__).parents[2]


async def test_an_empty_database_gets_all_tables_and_no_backup(
    bare_database_url: str, tmp_path: Path
) -> None:
    report = await upgrade(bare_database_url, backups=tmp_path / "backups", now=NOW)

    assert (report.before, report.after) == (None, head_revision())
    assert report.backup.outcome is BackupOutcome.NOTHING_TO_SAVE
    assert not (tmp_path / "backups").exists()
    assert await revision_of(bare_database_url) == head_revision()


async def test_migrations_and_tables_agree(bare_database_url: str, tmp_path: Path) -> None:
    await upgrade(bare_database_url, backups=tmp_path, now=NOW)

    report = await check(bare_database_url)

    assert report.differences == ()
    assert report.is_sound


async def test_a_difference_between_tables_and_code_is_reported(database_url: str) -> None:
    database = open_database(database_url)
    async with database.writing.begin() as connection:
        await connection.execute(text("ALTER TABLE leases ADD COLUMN colour TEXT"))
    await database.close()

    report = await check(database_url)

    assert len(report.differences) == 1
    assert "colour" in report.differences[0]
    assert not report.is_sound


async def test_upgrading_twice_does_nothing_the_second_time(
    database_url: str, tmp_path: Path
) -> None:
    await fill(database_url)

    report = await upgrade(database_url, backups=tmp_path / "backups", now=NOW)

    assert (report.before, report.after) == (head_revision(), head_revision())
    assert not (tmp_path / "backups").exists()


async def test_two_processes_that_upgrade_at_once_both_succeed(
    bare_database_url: str, tmp_path: Path
) -> None:
    program = """
import asyncio, sys
from pathlib import Path
from storage.migrate import upgrade
from tests.conftest import NOW

print(asyncio.run(upgrade(sys.argv[1], backups=Path(sys.argv[2]), now=NOW)).after)
"""
    processes = [
        subprocess.Popen(  # noqa: ASYNC220 -- the program is ours, and nothing else runs
            [sys.executable, "-c", program, bare_database_url, str(tmp_path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    printed = [process.communicate()[0].decode().strip() for process in processes]

    assert printed == [head_revision()] * 2
    assert (await check(bare_database_url)).is_sound


async def test_an_upgrade_waits_for_another_but_not_for_ever(
    bare_database_url: str, tmp_path: Path
) -> None:
    async with upgrading(parse_address(bare_database_url)) as connection:
        await take_turn(connection)
        with pytest.raises(DatabaseLockedError):
            await upgrade(bare_database_url, backups=tmp_path, now=NOW, lock_timeout=0.1)

    await upgrade(bare_database_url, backups=tmp_path, now=NOW)


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(
    database_url: str, with_next: WithNext, tmp_path: Path
) -> None:
    scripts = with_next("def upgrade():\n    pass\n")
    await upgrade(database_url, backups=tmp_path, now=NOW, scripts=scripts)

    with pytest.raises(DatabaseNewerError) as caught:
        await upgrade(database_url, backups=tmp_path, now=NOW)

    assert (caught.value.found, caught.value.known) == (NEXT, head_revision())
    assert await revision_of(database_url) == NEXT
    assert not (await check(database_url)).is_sound


async def test_a_broken_migration_leaves_the_old_data_and_names_the_backup(
    database_url: str, with_next: WithNext, tmp_path: Path
) -> None:
    answer_id = await fill(database_url)
    scripts = with_next(BROKEN)

    with pytest.raises(MigrationFailedError) as caught:
        await upgrade(database_url, backups=tmp_path / "backups", now=NOW, scripts=scripts)

    assert str(caught.value) == "halfway"
    assert caught.value.backup is not None
    assert caught.value.backup.exists()
    assert (await check(database_url)).is_sound
    assert await has_opinion(database_url, answer_id)


async def test_an_upgrade_of_data_is_preceded_by_a_backup(
    database_url: str, with_next: WithNext, tmp_path: Path
) -> None:
    answer_id = await fill(database_url)
    scripts = with_next(COPYING)

    report = await upgrade(database_url, backups=tmp_path / "backups", now=NOW, scripts=scripts)

    assert (report.before, report.after) == (head_revision(), NEXT)
    assert report.backup.outcome is BackupOutcome.MADE
    assert report.backup.path is not None
    assert report.backup.path.stem == f"breed-20160608T080000000000Z-{head_revision()}"
    assert list((tmp_path / "backups").iterdir()) == [report.backup.path]
    assert await has_opinion(database_url, answer_id)


async def test_no_backup_on_sqlite_means_no_upgrade(
    sqlite_template: Path, with_next: WithNext, tmp_path: Path
) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'breed.sqlite3')}"
    await fill(url)
    in_the_way = tmp_path / "backups"
    touch(in_the_way)

    with pytest.raises(BackupFailedError):
        await upgrade(url, backups=in_the_way, now=NOW, scripts=with_next(COPYING))

    assert (await check(url)).is_sound


async def test_a_copied_table_keeps_what_refers_to_it(
    database_url: str, with_next: WithNext, tmp_path: Path
) -> None:
    answer_id = await fill(database_url)

    await upgrade(database_url, backups=tmp_path, now=NOW, scripts=with_next(COPYING))

    assert await has_opinion(database_url, answer_id)
    database = open_database(database_url)
    async with UnitsOfWork(database)() as work:
        assert await work.answers.get(answer_id) is not None
    await database.close()


async def test_rows_left_dangling_by_a_migration_undo_it(
    sqlite_template: Path, with_next: WithNext, tmp_path: Path
) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'breed.sqlite3')}"
    answer_id = await fill(url)
    scripts = with_next('def upgrade():\n    op.execute("DELETE FROM answers")\n')

    with pytest.raises(MigrationFailedError):
        await upgrade(url, backups=tmp_path / "backups", now=NOW, scripts=scripts)

    assert (await check(url)).is_sound
    assert await has_opinion(url, answer_id)


async def test_every_migration_can_be_taken_back(sqlite_template: Path, tmp_path: Path) -> None:
    program = """
import asyncio, json, sys
from alembic import command
from alembic.config import Config
from storage.address import parse_address
from storage.migrate import SCRIPTS, upgrading

def back(connection):
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    command.downgrade(config, "base")
    return connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ).scalars().all()

async def main():
    async with upgrading(parse_address(sys.argv[1])) as connection:
        print(json.dumps(await connection.run_sync(back)))

asyncio.run(main())
"""
    path = shutil.copy(sqlite_template, tmp_path / "breed.sqlite3")
    done = subprocess.run(  # noqa: ASYNC221 -- the program is ours, and nothing else runs
        [sys.executable, "-c", program, f"sqlite:///{path}"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == ["alembic_version"]
