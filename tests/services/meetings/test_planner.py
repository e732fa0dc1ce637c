"""What the planner asks of the database while nothing is due."""

import datetime as dt

from sqlalchemy import event

from storage.engine import Database
from tests.services.meetings.stage import MeetingStage

WEEK = dt.timedelta(days=7)


async def test_the_planner_asks_as_much_for_many_meetings_as_for_one(
    stage: MeetingStage, database: Database
) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(database.reading.sync_engine, "before_cursor_execute", note)
    counts: list[int] = []
    for number in range(1, 6):
        await stage.plan(uid=str(number), moment=stage.clock.now() + 10 * number * WEEK)
        asked.clear()
        await stage.meetings.planner.tick()
        counts.append(len(asked))

    assert counts[0] == counts[-1] > 0
