import pytest

from storage.unit_of_work import UnitsOfWork
from tests.services.forum.community import Community


@pytest.fixture
def community(units: UnitsOfWork) -> Community:
    return Community(units)
