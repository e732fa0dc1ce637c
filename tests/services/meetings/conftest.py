import datetime as dt

import pytest

from storage.unit_of_work import UnitsOfWork
from tests.services.meetings.board import FakeBoard
from tests.services.meetings.stage import GUILD, ZONE, MeetingStage, build_stage


@pytest.fixture
def stage(units: UnitsOfWork) -> MeetingStage:
    """The services on 8 June 2016 at ten in the morning."""
    return build_stage(units, dt.datetime(2016, 6, 8, 10, 0, tzinfo=ZONE).astimezone(dt.UTC))


@pytest.fixture
def board(stage: MeetingStage) -> FakeBoard:
    """The events of the guild, kept by the stage."""
    made = FakeBoard((GUILD,))
    stage.meetings.events.attach(made)
    return made
