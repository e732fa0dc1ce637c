"""What is read once for all who are reminded at one moment."""

import asyncio

from bot.dates.rules import parse_rule
from bot.services.meetings.errors import NoMeetingError
from tests.services.meetings.stage import ANNA, BRAM, GUILD, MeetingStage


async def test_who_stopped_a_reminder_just_now_gets_none_and_the_others_of_that_moment_do(
    stage: MeetingStage,
) -> None:
    meeting = await stage.plan()
    for person in (ANNA, BRAM):
        await stage.meetings.reminding.keep(meeting.id, parse_rule("d3@20:00"), person=person)
    async with stage.units() as work:
        (stopped,) = await work.meeting_reminders.of_person(GUILD, ANNA)
        (kept,) = await work.meeting_reminders.of_person(GUILD, BRAM)
        await work.meeting_reminders.remove(stopped.id)

    of_anna, of_bram = await asyncio.gather(
        *(stage.meetings.shelf.page_of_reminder(one.id) for one in (stopped, kept)),
        return_exceptions=True,
    )

    assert isinstance(of_anna, NoMeetingError)
    assert of_bram == await stage.meetings.shelf.page(meeting.id)
