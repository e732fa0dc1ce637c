"""Fixtures that all tests share: databases, real ones, each test its own."""

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import hypothesis
import pytest
from sqlalchemy import make_url

from storage.address import PostgresAddress, parse_address
from storage.engine import Database, open_database, postgres_engine
from storage.migrate import upgrade
from storage.unit_of_work import UnitsOfWork

NOW: Final = datetime(2016, 6, 8, 8, 0, tzinfo=UTC)
POSTGRES_VARIABLE: Final = "BREED_TEST_POSTGRES_URL"

hypothesis.settings.register_profile(
    "breed", max_examples=int(os.environ.get("BREED_TEST_SEEDS", "20")), deadline=None
)
hypothesis.settings.load_profile("breed")


@pytest.fixture(
    scope="session",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def dialect(request: pytest.FixtureRequest) -> str:
    """Every test that uses a database runs on both."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """Return the address of a database on a server where tests may create others."""
    url = os.environ.get(POSTGRES_VARIABLE)
    if url:
        return url
    reason = f"{POSTGRES_VARIABLE} is not set"
    if os.environ.get("BREED_REQUIRE_POSTGRES"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated file that every test copies: migrating is what takes time."""
    folder = tmp_path_factory.mktemp("template")
    path = folder / "template.sqlite3"
    asyncio.run(upgrade(f"sqlite:///{path}", backups=folder, now=NOW))
    return path


@pytest.fixture(scope="session")
def postgres_template(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Generator[str]:
    """Return the name of a migrated database that every test copies."""
    name = _new_name()
    folder = tmp_path_factory.mktemp("backups")
    asyncio.run(_execute(postgres_server, f'CREATE DATABASE "{name}"'))
    asyncio.run(upgrade(_named(postgres_server, name), backups=folder, now=NOW))
    yield name
    asyncio.run(_execute(postgres_server, f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
def database_url(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> Generator[str]:
    """Return the address of a migrated, empty database."""
    if dialect == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "breed.sqlite3")
        yield f"sqlite:///{tmp_path / 'breed.sqlite3'}"
        return
    url: str = request.getfixturevalue("postgres_url")
    yield url


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Generator[str]:
    """Return the address of a migrated, empty PostgreSQL database."""
    with _postgres_database(postgres_server, template=postgres_template) as url:
        yield url


@pytest.fixture
def bare_database_url(
    dialect: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Generator[str]:
    """Return the address of a database without tables (on SQLite: without a file)."""
    if dialect == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.sqlite3'}"
        return
    server: str = request.getfixturevalue("postgres_server")
    with _postgres_database(server, template="template0") as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    """Return an open, migrated, empty database."""
    opened = open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def units(database: Database) -> UnitsOfWork:
    """Return units of work on an empty database."""
    return UnitsOfWork(database)


@contextmanager
def _postgres_database(server: str, *, template: str) -> Generator[str]:
    name = _new_name()
    asyncio.run(_execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    try:
        yield _named(server, name)
    finally:
        asyncio.run(_execute(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def _execute(server: str, statement: str) -> None:
    address = parse_address(server)
    assert isinstance(address, PostgresAddress)
    engine = postgres_engine(address).execution_options(isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.exec_driver_sql(statement)
    finally:
        await engine.dispose()


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _new_name() -> str:
    return f"breed_test_{uuid.uuid4().hex}"
