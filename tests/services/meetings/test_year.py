"""A year of twelve meetings at random, with the bot away now and then: every reminder by its rule.

The dispatcher, the planner and the texts are the real ones.
"""

import datetime as dt
import random
from typing import Final

import pytest

from bot.dates.rules import parse_rule
from bot.services.meetings.proposals import CancelProposal, ChangeProposal
from storage.meeting_records import Answer
from storage.unit_of_work import UnitsOfWork
from tests.seeds import dearest
from tests.services.meetings.stage import ZONE, MeetingStage, build_stage, details
from tests.services.meetings.year import (
    CHANNEL_RULES,
    DAY,
    PERSONAL_RULES,
    Planned,
    Post,
    Ruled,
    due_of,
    reminders_of,
)

BEGIN: Final = dt.datetime(2016, 1, 4, 9, 0, tzinfo=dt.UTC)
END: Final = BEGIN + 370 * DAY
MEETINGS: Final = 12
LIVES: Final = dearest(one_in=5, few=1)
MINUTE: Final = dt.timedelta(minutes=1)
LATE: Final = 10 * MINUTE


class Year:
    """One life: what happens when is drawn from `dice`."""

    def __init__(self, units: UnitsOfWork, dice: random.Random) -> None:
        self.stage: MeetingStage = build_stage(units, BEGIN)
        self.post = Post(self.stage)
        self.dice = dice
        self.meetings: list[Planned] = []
        self.awake: list[tuple[dt.datetime, dt.datetime]] = []

    @property
    def now(self) -> dt.datetime:
        return self.stage.clock.now()

    async def live(self) -> None:
        """Let the year pass."""
        acts = sorted(BEGIN + DAY * self.dice.uniform(0, 300) for _ in range(MEETINGS * 3))
        plans = set(self.dice.sample(range(len(acts)), MEETINGS))
        for number, moment in enumerate(acts):
            await self.pass_to(moment.replace(microsecond=0))
            if number in plans:
                await self.plan()
            else:
                await self.do_something()
        await self.pass_to(END)

    async def pass_to(self, until: dt.datetime) -> None:
        """Wake at every moment when something is due; sometimes nobody is there for days."""
        while self.now < until:
            dues = [due for one in self.meetings for due in one.dues() if due > self.now]
            target, early = min([until, *dues]), False
            if self.dice.random() < 0.1:
                target = min(until, target + DAY * self.dice.choice((0.02, 0.5, 3, 20)))
                self.post.restart()
            elif target - self.now > 30 * MINUTE and self.dice.random() < 0.2:
                target, early = target - 30 * MINUTE, True
            self.stage.clock.forward(seconds=max((target - self.now).total_seconds(), 1))
            for one in self.meetings:
                one.pass_to(self.now)
            await self.wake()
            if early:  # what comes within the hour is queued, and may be overtaken
                await self.do_something()

    async def wake(self) -> None:
        """Do what the jobs do."""
        await self.stage.meetings.planner.tick()
        await self.post.send()

    async def plan(self) -> None:
        """Plan a meeting, some of them over a clock change."""
        start = self.some_moment()
        meeting = await self.stage.plan(uid=str(len(self.meetings)), moment=start)
        ruled = [Ruled(one, None, self.now) for one in CHANNEL_RULES]
        for one in ruled:
            due = due_of(one.rule, start)
            if due <= self.now:
                one.done_for = start
        self.meetings.append(Planned(meeting.id, start, ruled))

    async def do_something(self) -> None:
        """Move or call off a meeting, sign up, or want to be reminded."""
        open_ones = [one for one in self.meetings if not one.is_off and one.start > self.now]
        if not open_ones:
            return
        one, services = self.dice.choice(open_ones), self.stage.meetings
        meeting = await services.shelf.get(one.id, guild_id=41)
        person = self.dice.randint(100, 109)
        match self.dice.choices(("move", "cancel", "sign", "remind"), (4, 1, 1, 8))[0]:
            case "move":
                start = self.some_moment()
                await self.stage.confirm(ChangeProposal(details(moment=start)), meeting)
                one.moved(start, self.now)
            case "cancel":
                await self.stage.confirm(CancelProposal("zaal dicht"), meeting)
                one.is_off = True
            case "sign":
                await services.attending.say(one.id, person, self.dice.choice(list(Answer)))
            case _:
                await self.remind(one, person)

    async def remind(self, one: Planned, person: int) -> None:
        """Keep a personal reminder; the same one is kept once."""
        rule = self.dice.choice(PERSONAL_RULES)
        due = due_of(rule, one.start)
        if not self.now < due < one.start:
            return
        kept = await self.stage.meetings.reminding.keep(one.id, parse_rule(rule), person=person)
        if kept.is_new:
            one.ruled.append(Ruled(rule, person, self.now))

    def some_moment(self) -> dt.datetime:
        day = (self.now + DAY * self.dice.randint(2, 60)).astimezone(ZONE)
        hour, minute = self.dice.choice(((19, 30), (11, 0), (14, 15), (9, 0)))
        local = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return local.astimezone(dt.UTC)


@pytest.mark.randomised
@pytest.mark.parametrize("seed", range(LIVES))
async def test_in_a_year_every_reminder_comes_by_its_rule_once(
    units: UnitsOfWork, seed: int
) -> None:
    year = Year(units, random.Random(seed))  # noqa: S311 # a seeded life, no secret
    await year.live()
    sent, missed = await reminders_of(year.stage, year.post)

    expected = {(one.meeting, one.person, one.due): one for m in year.meetings for one in m.came}
    came = [(one.meeting, one.person, one.due) for one in sent]
    recorded = [(one.meeting, one.person, one.due) for one in missed]
    assert len(set(came)) == len(came)
    assert sorted([*came, *recorded], key=str) == sorted(expected, key=str)
    for one in sent:
        wanted = expected[one.meeting, one.person, one.due]
        assert wanted.due <= one.at <= wanted.useful
        assert one.is_late is (one.at - one.due > LATE)
    for lost in missed:
        assert expected[lost.meeting, lost.person, lost.due].useful == lost.useful
    assert len(year.meetings) == MEETINGS
