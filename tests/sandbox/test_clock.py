import datetime as dt

import pytest

from bot.sandbox.clock import LAST, LONGEST_STEP, SandboxClock
from bot.sandbox.snowflakes import time_of
from bot.sandbox.world import World
from tests.discord.clock import START, HandClock

HOUR = dt.timedelta(hours=1)


def test_it_runs_with_the_machine_and_ahead_by_what_it_was_moved(clock: HandClock) -> None:
    sandbox = SandboxClock(clock)
    sandbox.forward(HOUR)
    clock.forward(seconds=5)

    assert sandbox.now() == START + HOUR + dt.timedelta(seconds=5)
    assert sandbox.offset == HOUR


def test_what_the_world_makes_carries_the_moved_time(clock: HandClock) -> None:
    sandbox = SandboxClock(clock)
    world = World(now=sandbox.now)

    sandbox.forward(LONGEST_STEP)

    assert time_of(world.new_id()) == START + LONGEST_STEP


def test_it_stands_nowhere_and_goes_on_when_the_machine_is_set_back(clock: HandClock) -> None:
    sandbox = SandboxClock(clock)
    before = sandbox.now()

    clock.forward(days=-1)
    first = sandbox.now()
    clock.forward(seconds=5)

    assert first == before
    assert sandbox.now() == before + dt.timedelta(seconds=5)


def test_it_goes_on_from_the_last_moment_that_was_known(clock: HandClock) -> None:
    assert SandboxClock(clock, not_before=START + HOUR).now() == START + HOUR


@pytest.mark.parametrize("step", [dt.timedelta(), -HOUR, LONGEST_STEP + dt.timedelta(seconds=1)])
def test_a_step_of_nothing_back_or_too_far_is_refused(clock: HandClock, step: dt.timedelta) -> None:
    sandbox = SandboxClock(clock)

    with pytest.raises(ValueError, match="not above zero and at most 400 days"):
        sandbox.forward(step)

    assert sandbox.now() == START


def test_it_goes_no_further_than_ids_can_say(clock: HandClock) -> None:
    sandbox = SandboxClock(clock, offset=LAST - START - HOUR)
    sandbox.forward(HOUR)

    with pytest.raises(ValueError, match="2150"):
        sandbox.forward(HOUR)

    assert time_of(World(now=sandbox.now).new_id()) == LAST
