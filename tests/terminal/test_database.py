import sqlite3
from pathlib import Path
from typing import Final

import pytest

from bot.texts.failures import STORAGE_PROBLEMS, storage_problem
from storage import errors
from storage.migrate import head_revision
from tests.terminal.processes import SERVING, ended, line_with, ran, started

BACKUP: Final = Path("data/backups/one.sqlite3")


def _all_storage_errors(base: type[errors.StorageError]) -> set[type[errors.StorageError]]:
    below = set(base.__subclasses__())
    return below.union(*(_all_storage_errors(one) for one in below))


def test_every_error_of_storage_has_its_own_sentence() -> None:
    assert set(STORAGE_PROBLEMS) == _all_storage_errors(errors.StorageError)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (errors.UnsupportedDatabaseError(scheme="mysql", reason="no"), "mysql"),
        (errors.DatabaseNewerError(found="0099", known="0001"), "0099"),
        (errors.MigrationFailedError("no such table", backup=BACKUP), "one.sqlite3"),
        (errors.MigrationFailedError("no such table", backup=None), "no such table"),
        (errors.BackupFailedError(path=BACKUP, reason="disk"), "one.sqlite3"),
        (errors.DataFolderInUseError(folder=Path("data"), pid=1234), "proces 1234"),
        (errors.DataFolderInUseError(folder=Path("data"), pid=None), "map data."),
        (errors.DatabaseLockedError("locked"), "bezet"),
        (errors.DiskFullError("full"), "vol"),
        (errors.DatabaseReadOnlyError("readonly"), "alleen te lezen"),
    ],
)
def test_a_sentence_names_what_the_error_knows(error: errors.StorageError, told: str) -> None:
    assert told in storage_problem(error)


async def test_upgrading_makes_the_tables_once(tmp_path: Path, bare_database_url: str) -> None:
    first = await ran("db", "upgrade", folder=tmp_path, BREED_DATABASE_URL=bare_database_url)
    second = await ran("db", "upgrade", folder=tmp_path, BREED_DATABASE_URL=bare_database_url)
    checked = await ran("db", "check", folder=tmp_path, BREED_DATABASE_URL=bare_database_url)

    head = head_revision()
    assert (first.code, first.out) == (0, f"De database is ingericht (revisie {head}).\n")
    assert (second.code, second.out) == (0, f"De database is al bij (revisie {head}).\n")
    assert checked.code == 0
    assert "De database is in orde." in checked.out


async def test_a_backup_brings_back_what_was_there(tmp_path: Path) -> None:
    await ran("db", "upgrade", folder=tmp_path)
    _remember(tmp_path, 1)
    backup = await ran("db", "backup", "--into", str(tmp_path / "safe"), folder=tmp_path)
    _remember(tmp_path, 2)
    kept = next((tmp_path / "safe").iterdir())

    restored = await ran("db", "restore", str(kept), folder=tmp_path)

    assert (backup.code, backup.out) == (0, f"De reservekopie staat in {kept}.\n")
    assert restored.code == 0
    assert _remembered(tmp_path / "data" / "breed.sqlite3") == [1]
    aside = next((tmp_path / "data").glob("breed.sqlite3.replaced-*Z"))
    assert str(aside) in restored.out
    assert _remembered(aside) == [1, 2]


@pytest.mark.usefixtures("indexed")
async def test_restoring_waits_for_nobody_and_refuses_while_the_bot_serves(tmp_path: Path) -> None:
    process = await started("idle", folder=tmp_path, program=SERVING)
    await line_with(process.stderr, '"serving"')
    backup = await ran("db", "backup", "--into", str(tmp_path / "safe"), folder=tmp_path)
    kept = next((tmp_path / "safe").iterdir())

    refused = await ran("db", "restore", str(kept), folder=tmp_path)

    process.terminate()
    await ended(process)
    assert backup.code == 0, "a backup may be made meanwhile"
    assert refused.code == 2
    assert "Er draait al een bot" in refused.err


async def test_a_backup_that_is_not_sound_is_not_put_back(tmp_path: Path) -> None:
    await ran("db", "upgrade", folder=tmp_path)
    _remember(tmp_path, 1)
    (tmp_path / "broken.sqlite3").write_bytes(b"not a database" * 100)

    broken = await ran("db", "restore", "broken.sqlite3", folder=tmp_path)
    absent = await ran("db", "restore", "absent.sqlite3", folder=tmp_path)

    assert (broken.code, absent.code) == (1, 1)
    assert "broken.sqlite3" in broken.err
    assert "absent.sqlite3 bestaat niet" in absent.err
    assert "Traceback" not in broken.err + absent.err
    assert _remembered(tmp_path / "data" / "breed.sqlite3") == [1]


async def test_postgresql_is_restored_with_its_own_program(tmp_path: Path) -> None:
    done = await ran(
        "db",
        "restore",
        "some.dump",
        folder=tmp_path,
        BREED_DATABASE_URL="postgresql://u:p@127.0.0.1:1/b",
    )

    assert done.code == 1
    assert "pg_restore" in done.err


@pytest.mark.parametrize("command", ["upgrade", "backup", "check"])
async def test_a_damaged_file_is_said_in_a_sentence(tmp_path: Path, command: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "breed.sqlite3").write_bytes(b"no database at all" * 100)

    done = await ran("db", command, folder=tmp_path)

    assert done.code == 1
    assert "De database is beschadigd" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", ["upgrade", "backup", "check"])
async def test_a_server_that_is_gone_is_said_in_a_sentence(tmp_path: Path, command: str) -> None:
    url = "postgresql://u:geheim1@127.0.0.1:1/b"

    done = await ran("db", command, folder=tmp_path, BREED_DATABASE_URL=url)

    assert done.code == 1
    assert "De database is niet bereikbaar" in done.err
    assert "Traceback" not in done.err
    assert "geheim1" not in done.err


async def test_tables_that_somebody_changed_are_named(tmp_path: Path) -> None:
    await ran("db", "upgrade", folder=tmp_path)
    with sqlite3.connect(tmp_path / "data" / "breed.sqlite3") as connection:
        connection.execute("ALTER TABLE dm_guilds ADD COLUMN extra TEXT")
    connection.close()

    done = await ran("db", "check", folder=tmp_path)

    assert done.code == 1
    assert "extra" in done.out
    assert "De database is niet in orde." in done.out


async def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    await ran("db", "upgrade", folder=tmp_path)
    with sqlite3.connect(tmp_path / "data" / "breed.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    done = await ran("db", "upgrade", folder=tmp_path)

    assert done.code == 1
    assert "nieuwere versie" in done.err
    assert "9999" in done.err


def _remember(folder: Path, user_id: int) -> None:
    with sqlite3.connect(folder / "data" / "breed.sqlite3") as connection:
        connection.execute(
            "INSERT INTO dm_guilds (user_id, guild_id, used_at) VALUES (?, 1, ?)",
            (user_id, "2016-06-08 08:00:00.000000"),
        )
    connection.close()


def _remembered(path: Path) -> list[int]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT user_id FROM dm_guilds ORDER BY user_id").fetchall()
    connection.close()
    return [int(row[0]) for row in rows]
