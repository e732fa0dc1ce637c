"""Lives of meetings at random: planned, moved, called off, with the bot away in between."""

import datetime as dt
import random
from typing import Final

import pytest

from bot.dates.rules import moment_by, parse_rule
from bot.services.meetings.proposals import CancelProposal, ChangeProposal
from storage.delivery_records import DeliveryState
from storage.meeting_records import Meeting, MeetingState
from tests.seeds import SEEDS
from tests.services.meetings.stage import ZONE, MeetingStage, details

LIVES: Final = max(5, SEEDS // 4)
RULES: Final = ("d28@09:00", "d7@09:00", "d1@09:00", "m60")
DAY: Final = dt.timedelta(days=1)


@pytest.mark.randomised
async def test_every_reminder_comes_by_its_rule_once(stage: MeetingStage) -> None:
    for seed in range(LIVES):
        dice = random.Random(seed)  # noqa: S311 # a seeded life, no secret
        await _live(stage, dice, seed)


async def _live(stage: MeetingStage, dice: random.Random, seed: int) -> None:
    start = _evening(stage.clock.now() + dice.randint(3, 60) * DAY)
    meeting = await stage.plan(uid=str(seed), moment=start)
    settled = stage.clock.now()
    for _ in range(dice.randint(0, 4)):
        ahead = meeting.details.starts_at - stage.clock.now()
        if ahead < DAY:
            break
        await _pass(stage, ahead * dice.uniform(0.05, 0.6), dice)
        moved = _evening(stage.clock.now() + dice.randint(1, 50) * DAY)
        meeting = (await stage.confirm(ChangeProposal(details(moment=moved)), meeting)).meeting
        settled = stage.clock.now()
    if dice.random() < 0.2:
        meeting = (await stage.confirm(CancelProposal("zaal dicht"), meeting)).meeting
        settled = stage.clock.now()
    await _pass(stage, meeting.details.starts_at - stage.clock.now(), dice)
    await _check(stage, meeting, settled, f"seed {seed}")


async def _pass(stage: MeetingStage, length: dt.timedelta, dice: random.Random) -> None:
    """Let time pass: sometimes the planner ticks every few hours, sometimes nobody is there."""
    until = stage.clock.now() + length
    while stage.clock.now() < until:
        step = min(until - stage.clock.now(), dt.timedelta(hours=dice.choice((7, 19, 200))))
        stage.clock.forward(seconds=step.total_seconds())
        await stage.meetings.planner.tick()


async def _check(stage: MeetingStage, meeting: Meeting, settled: dt.datetime, life: str) -> None:
    async with stage.units.reading() as work:
        copies = await work.deliveries.of_subject("meeting_reminder", meeting.id)
    wanted = [one for one in copies if one.state is not DeliveryState.CANCELLED]
    last = sorted(one.due_at for one in wanted if one.due_at > settled)
    expected = sorted(moment_by(parse_rule(rule), _local(meeting), ZONE) for rule in RULES)
    is_off = meeting.state is MeetingState.CANCELLED
    # A reminder that was sent for an earlier day, near enough, does not come again.
    to_come = [] if is_off else [one for one in expected if one > settled]
    assert len(set(last)) == len(last), life
    assert set(last) <= set(to_come), life
    earlier = len([one for one in wanted if one.due_at <= settled])
    assert earlier or last == to_come, life
    if is_off:
        assert last == [], life


def _local(meeting: Meeting) -> dt.datetime:
    return meeting.details.local_start


def _evening(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(ZONE).replace(hour=19, minute=30, second=0, microsecond=0)
