"""Logging is set up by what these tests run, and is given back as it was."""

import logging
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
import structlog

from bot.folders import cache_in
from bot.terminal.answerer import library_of
from config.settings import Settings


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache with the index of the knowledge base, made once for all tests."""
    folder = tmp_path_factory.mktemp("index")
    library_of(Settings(data_dir=folder))
    return cache_in(folder)


@pytest.fixture
def indexed(index: Path, tmp_path: Path) -> None:
    """Let no process of a test make the index again."""
    shutil.copytree(index, cache_in(tmp_path / "data"))


@pytest.fixture(autouse=True)
def own_logging() -> Generator[None]:
    """Give logging back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    logging.getLogger("alembic").setLevel(logging.NOTSET)
    structlog.reset_defaults()
