"""What happens to files on a disk, in one word each."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

_PAGE = 4096


def files_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def read(path: Path) -> bytes:
    return path.read_bytes()


def delete(path: Path) -> None:
    path.unlink()


def touch(path: Path) -> None:
    path.touch()


def make_folder(path: Path) -> None:
    path.mkdir()


def overwrite(path: Path) -> None:
    """Replace the contents by something that is no database."""
    path.write_bytes(b"geen database, maar wel lang genoeg om te lezen" * 100)


def damage(path: Path) -> None:
    """Spoil two pages of a database that hold an index each; what describes the tables stays."""
    with closing(sqlite3.connect(path)) as connection:
        pages = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'questions'"
        ).fetchmany(2)
    content = bytearray(path.read_bytes())
    for (page,) in pages:
        content[(page - 1) * _PAGE : page * _PAGE] = b"\xff" * _PAGE
    path.write_bytes(content)


def break_a_rule(path: Path) -> None:
    """Put a row into a database that its constraints forbid."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(
            "INSERT INTO questions (text, status, confidence, asked_at)"
            " VALUES ('', 'maybe', 0, '2016-06-08 08:00:00.000000')"
        )


def put_in_place(source: Path, *, of: Path) -> None:
    """Replace a file by a copy of another: a new file under the same name."""
    copy = of.with_name(f"{of.name}.copy")
    shutil.copy(source, copy)
    copy.replace(of)
