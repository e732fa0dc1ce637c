"""When reminders are queued: by their rule, once, moving with the meeting."""

import datetime as dt

import pytest

from bot.dates.rules import Rule, parse_rule
from bot.errors import NotYoursError
from bot.services.deliveries import transitions
from bot.services.guild_settings import REMINDER_DAYS_FIRST
from bot.services.meetings.errors import (
    DeadlineAfterMeetingError,
    PastMeetingError,
    ReminderGoneError,
)
from bot.services.meetings.proposals import CancelProposal, ChangeProposal, DeadlineProposal
from storage.delivery_records import ChannelTarget, DeliveryState, Problem
from storage.meeting_records import DeadlineKind
from tests.services.meetings.stage import (
    ANNA,
    BRAM,
    GUILD,
    MARJA,
    MODERATORS_CHANNEL,
    START,
    ZONE,
    MeetingStage,
    details,
)

HOURS = dt.timedelta(hours=12)
DAY = dt.timedelta(days=1)
REMINDERS = ("meeting_reminder", "personal_reminder")


async def test_the_channel_is_reminded_28_7_and_1_days_and_an_hour_before(
    stage: MeetingStage,
) -> None:
    await stage.plan()
    await stage.forward_to(START, step=HOURS)

    assert await stage.due(*REMINDERS) == [
        "2016-08-31 09:00 kanaal",
        "2016-09-21 09:00 kanaal",
        "2016-09-27 09:00 kanaal",
        "2016-09-28 18:30 kanaal",
    ]


async def test_nine_o_clock_stays_nine_o_clock_over_a_clock_change(stage: MeetingStage) -> None:
    start = dt.datetime(2016, 11, 2, 19, 30, tzinfo=ZONE)
    await stage.plan(moment=start)
    await stage.forward_to(start, step=HOURS)

    due = [one.due_at for one in await stage.deliveries("meeting_reminder")]
    assert [f"{one:%d-%m %H:%M}" for one in due] == [
        "05-10 07:00",
        "26-10 07:00",
        "01-11 08:00",
        "02-11 17:30",
    ]


async def test_what_is_past_when_a_meeting_is_planned_is_not_sent(stage: MeetingStage) -> None:
    await stage.plan(moment=stage.clock.now() + 3 * DAY)
    await stage.meetings.planner.tick()

    assert await stage.due(*REMINDERS) == []


async def test_a_guild_and_a_meeting_can_have_other_reminders(stage: MeetingStage) -> None:
    await stage.settings.choose(GUILD, REMINDER_DAYS_FIRST, 14, by=MARJA, at=stage.clock.now())
    meeting = await stage.plan()
    await stage.forward_to(START - 20 * DAY, step=HOURS)
    none_yet = await stage.due(*REMINDERS)
    changed = ChangeProposal(details(), reminders=("d2@10:00",))
    await stage.confirm(changed, meeting)
    await stage.forward_to(START, step=HOURS)

    assert none_yet == []
    assert await stage.due(*REMINDERS) == ["2016-09-26 10:00 kanaal"]


async def test_a_deadline_has_reminders_of_its_own(stage: MeetingStage) -> None:
    meeting = await stage.plan()
    deadline = DeadlineProposal(DeadlineKind.MOTIONS, "", "d28@09:00")
    await stage.confirm(deadline, meeting)
    await stage.forward_to(START - 27 * DAY, step=HOURS)

    assert await stage.due("meeting_reminder") == [
        "2016-08-03 09:00 kanaal",
        "2016-08-24 09:00 kanaal",
        "2016-08-30 09:00 kanaal",
        "2016-08-31 08:00 kanaal",
        "2016-08-31 09:00 kanaal",
    ]


async def test_reminders_at_one_moment_are_one_message(stage: MeetingStage) -> None:
    meeting = await stage.plan()
    await stage.confirm(DeadlineProposal(DeadlineKind.MOTIONS, "", "d21@09:00"), meeting)
    await stage.forward_to(START - 27 * DAY, step=HOURS)

    assert await stage.due("meeting_reminder") == [
        "2016-08-10 09:00 kanaal",
        "2016-08-31 09:00 kanaal",
    ]


async def test_a_move_takes_along_what_was_not_sent_and_fires_nothing_past(
    stage: MeetingStage,
) -> None:
    meeting = await stage.plan()
    await stage.meetings.reminding.keep(meeting.id, parse_rule("d3@20:00"), person=ANNA)
    await stage.forward_to(dt.datetime(2016, 9, 21, 8, 30, tzinfo=ZONE), step=HOURS)
    queued = await stage.due(*REMINDERS)
    await stage.confirm(ChangeProposal(details(moment=START - 5 * DAY)), meeting)
    cancelled = await stage.due(*REMINDERS)
    await stage.forward_to(START, step=HOURS)

    assert queued == ["2016-08-31 09:00 kanaal", "2016-09-21 09:00 kanaal"]
    assert cancelled == ["2016-08-31 09:00 kanaal"]
    assert await stage.due(*REMINDERS) == [
        "2016-08-31 09:00 kanaal",
        "2016-09-22 09:00 kanaal",
        "2016-09-23 18:30 kanaal",
    ]


async def test_moved_back_and_forth_a_reminder_is_still_sent(stage: MeetingStage) -> None:
    meeting = await stage.plan()
    await stage.forward_to(dt.datetime(2016, 9, 21, 8, 30, tzinfo=ZONE), step=HOURS)
    moved = await stage.confirm(ChangeProposal(details(moment=START + DAY)), meeting)
    await stage.confirm(ChangeProposal(details()), moved.meeting)
    await stage.meetings.planner.tick()

    assert (await stage.due("meeting_reminder"))[-1] == "2016-09-21 09:00 kanaal"


async def test_what_was_sent_comes_again_only_when_the_meeting_moved_far_enough(
    stage: MeetingStage,
) -> None:
    meeting = await stage.plan()
    await stage.forward_to(dt.datetime(2016, 9, 27, 12, 0, tzinfo=ZONE), step=HOURS)
    before = len(await stage.due("meeting_reminder"))
    moved = details(moment=START + 9 * DAY)
    await stage.confirm(ChangeProposal(moved), meeting)
    await stage.forward_to(START + 9 * DAY, step=HOURS)

    assert (await stage.due("meeting_reminder"))[before:] == [
        "2016-09-30 09:00 kanaal",
        "2016-10-06 09:00 kanaal",
        "2016-10-07 18:30 kanaal",
    ]


async def test_a_meeting_that_is_called_off_reminds_nobody(stage: MeetingStage) -> None:
    meeting = await stage.plan()
    await stage.meetings.reminding.keep(meeting.id, parse_rule("d3@20:00"), person=ANNA)
    await stage.confirm(CancelProposal("zaal dicht"), meeting)
    await stage.forward_to(START, step=HOURS)

    assert await stage.due(*REMINDERS) == []


async def test_two_planners_queue_once(stage: MeetingStage) -> None:
    meeting = await stage.plan()
    await stage.meetings.reminding.keep(meeting.id, parse_rule("d28@09:00"), person=ANNA)
    stage.clock.forward(seconds=(START - 28 * DAY - stage.clock.now()).total_seconds())
    for _ in range(3):
        await stage.meetings.planner.tick()

    due = await stage.due(*REMINDERS)
    assert sorted(due) == ["2016-08-31 09:00 kanaal", "2016-08-31 09:00 u101"]


async def test_after_downtime_the_last_one_helps_until_the_next_and_no_longer(
    stage: MeetingStage,
) -> None:
    await stage.plan()
    stage.clock.forward(seconds=(START - DAY / 4 - stage.clock.now()).total_seconds())
    await stage.meetings.planner.tick()

    found = await stage.deliveries("meeting_reminder")
    useful = [one.useful_until is None or one.useful_until > stage.clock.now() for one in found]
    assert useful == [False, False, True]


async def test_without_a_channel_the_moderators_get_it_and_without_both_it_waits(
    stage: MeetingStage,
) -> None:
    await stage.plan()
    channels = stage.directory.channels_of(GUILD)
    stage.directory.channels[GUILD] = ()
    await stage.forward_to(START - 28 * DAY, step=DAY)
    waiting = await stage.deliveries("meeting_reminder")
    stage.directory.channels[GUILD] = channels[1:]
    await stage.meetings.planner.tick()

    (found,) = await stage.deliveries("meeting_reminder")
    assert waiting == []
    assert found.target == ChannelTarget(MODERATORS_CHANNEL)


async def test_a_personal_reminder_is_kept_once_listed_snoozed_and_stopped(
    stage: MeetingStage,
) -> None:
    meeting = await stage.plan()
    reminding = stage.meetings.reminding
    first = await reminding.keep(meeting.id, parse_rule("d3@20:00"), person=ANNA)
    again = await reminding.keep(meeting.id, parse_rule("d3@20:00"), person=ANNA)
    with pytest.raises(NotYoursError):
        await reminding.stop(first.reminder.id, person=BRAM)
    snoozed = await reminding.snooze(first.reminder.id, person=ANNA, by=dt.timedelta(hours=1))
    listed = await reminding.of_person(GUILD, ANNA)
    await reminding.stop(first.reminder.id, person=ANNA)

    assert (first.is_new, again.is_new) == (True, False)
    assert [one.reminder.id for one in listed] == [snoozed.reminder.id, first.reminder.id]
    assert [one.reminder.id for one in await reminding.of_person(GUILD, ANNA)] == [
        snoozed.reminder.id
    ]
    with pytest.raises(ReminderGoneError):
        await reminding.stop(first.reminder.id, person=ANNA)


async def test_a_personal_reminder_is_neither_past_nor_after_the_start(
    stage: MeetingStage,
) -> None:
    meeting = await stage.plan()
    for rule, error in (
        ("d200", PastMeetingError),
        ("=2016-09-29T09:00", DeadlineAfterMeetingError),
    ):
        with pytest.raises(error):
            await stage.meetings.reminding.keep(meeting.id, parse_rule(rule), person=ANNA)
    assert isinstance(parse_rule("d2"), Rule)


async def test_a_reminder_whose_channel_is_gone_goes_to_the_moderators_once(
    stage: MeetingStage,
) -> None:
    await stage.plan()
    due = START.replace(hour=9, minute=0) - 28 * DAY
    stage.clock.forward(seconds=(due - HOURS / 24 - stage.clock.now()).total_seconds())
    await stage.meetings.planner.tick()
    queued = await stage.deliveries("meeting_reminder")
    stage.directory.channels[GUILD] = stage.directory.channels_of(GUILD)[1:]
    async with stage.units() as work:
        refused = transitions.failed(queued[0], Problem.UNKNOWN_CHANNEL, code=10003)
        await work.deliveries.put(refused)
    for _ in range(2):
        await stage.meetings.planner.tick()

    (found,) = await stage.deliveries("meeting_reminder")
    async with stage.units.reading() as work:
        old = await work.deliveries.get(queued[0].id)
    assert found.target == ChannelTarget(MODERATORS_CHANNEL)
    assert (found.due_at, found.useful_until) == (queued[0].due_at, queued[0].useful_until)
    assert old is not None
    assert (old.state, old.problem) == (DeliveryState.FAILED, None)


async def test_a_refused_reminder_waits_for_another_place_while_it_is_of_use(
    stage: MeetingStage,
) -> None:
    await stage.plan()
    due = START.replace(hour=9, minute=0) - 28 * DAY
    stage.clock.forward(seconds=(due - stage.clock.now()).total_seconds())
    await stage.meetings.planner.tick()
    (queued,) = await stage.deliveries("meeting_reminder")
    async with stage.units() as work:
        await work.deliveries.put(transitions.failed(queued, Problem.NO_RIGHTS, code=50013))
    channels = stage.directory.channels_of(GUILD)
    stage.directory.channels[GUILD] = ()
    await stage.meetings.planner.tick()
    nowhere = await stage.deliveries("meeting_reminder")
    stage.directory.channels[GUILD] = channels[1:]
    await stage.meetings.planner.tick()

    assert nowhere == []
    assert len(await stage.deliveries("meeting_reminder")) == 1
