from pathlib import Path

import pytest

from storage.address import SqliteAddress, parse_address
from storage.engine import open_database
from storage.errors import UnsupportedDatabaseError


def test_addresses_are_read_with_and_without_the_driver(tmp_path: Path) -> None:
    path = tmp_path / "met spatie & %.sqlite3"
    assert parse_address(f"sqlite:///{path}") == SqliteAddress(path)
    assert parse_address(f"sqlite+aiosqlite:///{path}") == SqliteAddress(path)
    assert parse_address("postgres://u:p@h/d?sslmode=require") == parse_address(
        "postgresql+asyncpg://u:p@h/d?ssl=require"
    )


@pytest.mark.parametrize(
    "url",
    [
        "mysql://localhost/breed",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:breed?mode=memory&uri=true",
        "breed.sqlite3",
        "postgresql://localhost:poort/breed",
        "",
    ],
)
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(UnsupportedDatabaseError):
        open_database(url)


def test_an_option_that_the_driver_does_not_know_is_named() -> None:
    with pytest.raises(UnsupportedDatabaseError) as caught:
        parse_address("postgresql://breed@db/breed?sslmode=require&colour=red")

    assert caught.value.reason == "unknown option colour"
