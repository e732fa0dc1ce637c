"""Fixtures that all tests share: databases, real ones, each test its own."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator, Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import hypothesis
import pytest

from storage.engine import Database, open_database
from storage.migrate import upgrade
from storage.unit_of_work import UnitsOfWork
from tests.postgres import Databases, create, drop, named
from tests.seeds import SEEDS

NOW: Final = datetime(2016, 6, 8, 8, 0, tzinfo=UTC)
TESTS: Final = Path(__file__).parent
POSTGRES_VARIABLE: Final = "BREED_TEST_POSTGRES_URL"

hypothesis.settings.register_profile("breed", max_examples=SEEDS, deadline=None)
hypothesis.settings.load_profile("breed")

# Coverage more than doubles the time of what it looks at. It learns next to nothing from the
# hundredth example, nothing from tests of the house rules, and outside the storage nothing from
# the same test on the other database.
UNCOVERED: Final = ("hypothesis", "randomised")
UNCOVERED_FOLDERS: Final = ("benchmarks", "policy")
COVERED_TWICE: Final = "storage"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out of the figures of coverage what would cost it most and yield least."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0] if item.path.is_relative_to(TESTS) else ""
        uncovered = UNCOVERED if folder == COVERED_TWICE else (*UNCOVERED, "postgres")
        if folder in UNCOVERED_FOLDERS or any(map(item.get_closest_marker, uncovered)):
            item.add_marker("no_cover")


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
def postgres_databases(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Databases]:
    """Return migrated databases: migrating one and making another both take time."""
    folder = tmp_path_factory.mktemp("backups")
    name = asyncio.run(create(postgres_server, template="template0"))
    asyncio.run(upgrade(named(postgres_server, name), backups=folder, now=NOW))
    databases = Databases(postgres_server, template=name)
    yield databases
    databases.close()
    asyncio.run(drop(postgres_server, name))


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
def postgres_url(postgres_databases: Databases) -> Generator[str]:
    """Return the address of a migrated, empty PostgreSQL database."""
    with postgres_databases.one() as url:
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
    name = asyncio.run(create(server, template="template0"))
    yield named(server, name)
    asyncio.run(drop(server, name))


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
