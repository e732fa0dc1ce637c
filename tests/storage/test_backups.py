import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage.backup import KEPT_BACKUPS
from storage.check import check
from storage.engine import open_database
from storage.errors import (
    BackupFailedError,
    DatabaseUnavailableError,
    UnsupportedDatabaseError,
)
from storage.migrate import back_up, head_revision
from storage.restore import restore
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.disk import break_a_rule, damage, read
from tests.storage.examples import GUILD, MEMBER, OTHER_MEMBER

# https://www.sqlite.org/fileformat.html: 2 for files with a write-ahead log, 1 for those without.
_FORMAT_VERSIONS = slice(18, 20)
_WITHOUT_LOG = b"\x01\x01"


@pytest.fixture
def path(sqlite_template: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "data" / "breed.sqlite3"
    copy.parent.mkdir()
    copy.write_bytes(sqlite_template.read_bytes())
    return copy


async def _remember(path: Path, user_id: int) -> None:
    database = open_database(f"sqlite:///{path}")
    async with UnitsOfWork(database)() as work:
        await work.dm_guilds.remember(user_id=user_id, guild_id=GUILD, at=NOW)
    await database.close()


def _users(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT user_id FROM dm_guilds ORDER BY user_id")
        return [int(row[0]) for row in rows]


async def test_a_backup_made_while_somebody_writes_holds_what_was_committed(path: Path) -> None:
    database = open_database(f"sqlite:///{path}")
    units = UnitsOfWork(database)
    async with units() as work:
        await work.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)
    async with units() as work:
        await work.dm_guilds.remember(user_id=OTHER_MEMBER, guild_id=GUILD, at=NOW)
        backup = await back_up(f"sqlite:///{path}", into=path.parent / "backups", now=NOW)
    await database.close()

    assert backup.name == f"breed-20160608T080000000000Z-{head_revision()}.sqlite3"
    assert _users(backup) == [MEMBER]
    assert read(backup)[_FORMAT_VERSIONS] == _WITHOUT_LOG
    assert list(backup.parent.iterdir()) == [backup]
    assert backup.stat().st_mode & 0o077 == 0


async def test_the_last_ten_backups_are_kept(path: Path) -> None:
    made = [
        await back_up(
            f"sqlite:///{path}", into=path.parent / "backups", now=NOW + timedelta(days=day)
        )
        for day in range(KEPT_BACKUPS + 2)
    ]

    assert sorted((path.parent / "backups").iterdir()) == made[2:]


@pytest.mark.parametrize("spoil", [damage, break_a_rule])
async def test_a_backup_of_damaged_data_fails_and_leaves_no_file(
    path: Path, spoil: Callable[[Path], None]
) -> None:
    await _remember(path, MEMBER)
    spoil(path)

    with pytest.raises(BackupFailedError):
        await back_up(f"sqlite:///{path}", into=path.parent / "backups", now=NOW)

    assert list((path.parent / "backups").iterdir()) == []


async def test_a_folder_that_cannot_be_made_fails_the_backup(path: Path) -> None:
    (path.parent / "backups").write_text("een bestand staat in de weg")

    with pytest.raises(BackupFailedError):
        await back_up(f"sqlite:///{path}", into=path.parent / "backups", now=NOW)


async def test_what_does_not_exist_cannot_be_backed_up(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailableError):
        await back_up(f"sqlite:///{tmp_path / 'absent'}", into=tmp_path, now=NOW)


async def test_a_backup_put_back_replaces_everything_and_keeps_the_old(path: Path) -> None:
    url = f"sqlite:///{path}"
    await _remember(path, MEMBER)
    backup = await back_up(url, into=path.parent / "backups", now=NOW)
    await _remember(path, OTHER_MEMBER)

    aside = await restore(url, backup=backup, now=NOW)

    assert _users(path) == [MEMBER]
    assert aside is not None
    assert _users(aside) == [OTHER_MEMBER, MEMBER]
    assert (await check(url)).is_sound


async def test_a_log_left_by_a_crash_goes_aside_with_its_database(path: Path) -> None:
    url = f"sqlite:///{path}"
    backup = await back_up(url, into=path.parent / "backups", now=NOW)
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"bladzijden van het oude bestand")

    aside = await restore(url, backup=backup, now=NOW)

    assert aside is not None
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"bladzijden van het oude bestand"
    assert not log.exists()
    assert (await check(url)).is_sound


async def test_a_damaged_backup_is_refused_and_the_database_stays(path: Path) -> None:
    url = f"sqlite:///{path}"
    await _remember(path, MEMBER)
    nonsense = path.parent / "backup.sqlite3"
    nonsense.write_bytes(b"geen database " * 1000)

    with pytest.raises(BackupFailedError):
        await restore(url, backup=nonsense, now=NOW)

    assert _users(path) == [MEMBER]
    assert sorted(one.name for one in path.parent.iterdir()) == [nonsense.name, path.name]


async def test_a_backup_can_be_put_where_nothing_is(path: Path, tmp_path: Path) -> None:
    backup = await back_up(f"sqlite:///{path}", into=tmp_path / "backups", now=NOW)

    assert await restore(f"sqlite:///{tmp_path / 'new.sqlite3'}", backup=backup, now=NOW) is None
    assert (await check(f"sqlite:///{tmp_path / 'new.sqlite3'}")).is_sound


async def test_postgresql_is_put_back_with_its_own_program(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedDatabaseError):
        await restore("postgresql://localhost/breed", backup=tmp_path / "a.dump", now=NOW)
