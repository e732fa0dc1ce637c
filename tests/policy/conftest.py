"""What the policies share."""

from collections.abc import Generator

import pytest

from tests.policy.source import tree_of


@pytest.fixture(scope="package", autouse=True)
def forget_trees() -> Generator[None]:
    """Give back the memory of what was parsed, once all policies were kept."""
    yield
    tree_of.cache_clear()
