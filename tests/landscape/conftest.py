from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_limits


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Do sums as the child process does: on a busy machine more threads wait for each other."""
    with threadpool_limits(1):
        yield
