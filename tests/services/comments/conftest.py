import pytest

from storage.unit_of_work import UnitsOfWork
from tests.services.comments.scene import Scene, scene_of


@pytest.fixture
def scene(units: UnitsOfWork) -> Scene:
    return scene_of(units)
