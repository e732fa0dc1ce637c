"""Fixtures that the tests of storage share."""

from pathlib import Path

import pytest

from tests.storage.next_migration import WithNext, write_scripts


@pytest.fixture
def with_next(tmp_path: Path) -> WithNext:
    """Return the migrations with one more, whose `upgrade` is given."""
    return lambda body: write_scripts(tmp_path / "scripts", body=body)
