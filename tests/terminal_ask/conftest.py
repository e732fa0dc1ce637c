"""The commands as click runs them, with a data folder of their own and one cache for all tests."""

import logging
from collections.abc import Generator
from pathlib import Path

import pytest
import structlog


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that all tests share: the index in it is made once."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(autouse=True)
def _own_settings(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[None]:
    """Run in an empty folder without a token, and leave the logging as it was."""
    for name in ("DISCORD_TOKEN", "BREED_DISCORD_TOKEN", "BREED_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BREED_DATA_DIR", str(data_folder))
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level, configured = root.handlers, root.level, structlog.get_config()
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.configure(**configured)
