import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import TooManyQuestionsError
from bot.services.knowledge.rate_limit import MOST, RateLimit
from tests.fakes import FakeClock

ANNA, BRAM = 1, 2


@given(
    burst=st.integers(1, 10),
    per_minute=st.floats(0.5, 60),
    pauses=st.lists(st.floats(0, 120), max_size=60),
)
def test_no_more_is_let_through_than_burst_plus_refill(
    burst: int, per_minute: float, pauses: list[float]
) -> None:
    clock = FakeClock()
    limit = RateLimit(clock, burst=burst, per_minute=per_minute)
    passed = 0
    for pause in pauses:
        clock.forward(seconds=pause)
        passed += limit.has_room(ANNA)

    assert passed <= math.floor(burst + sum(pauses) * per_minute / 60 + 1e-6)


@given(burst=st.integers(1, 10), per_minute=st.floats(0.5, 60))
def test_whoever_waits_as_long_as_told_is_let_through(burst: int, per_minute: float) -> None:
    clock = FakeClock()
    limit = RateLimit(clock, burst=burst, per_minute=per_minute)
    for _ in range(burst):
        limit.take(ANNA)
    with pytest.raises(TooManyQuestionsError) as refused:
        limit.take(ANNA)
    limit.take(BRAM)
    clock.forward(seconds=refused.value.seconds + 1e-3)

    limit.take(ANNA)
    assert not limit.has_room(ANNA)


def test_a_clock_that_is_set_back_takes_nothing_away() -> None:
    clock = FakeClock()
    limit = RateLimit(clock, burst=2, per_minute=6)
    limit.take(ANNA)
    clock.forward(minutes=-60)

    assert limit.has_room(ANNA)
    assert not limit.has_room(ANNA)


def test_a_refusal_is_said_once_a_minute() -> None:
    clock = FakeClock()
    limit = RateLimit(clock, burst=1, per_minute=6)

    assert limit.may_tell(ANNA)
    assert not limit.may_tell(ANNA)
    assert limit.may_tell(BRAM)
    clock.forward(seconds=61)
    assert limit.may_tell(ANNA)


def test_many_people_take_bounded_memory_and_the_impatient_stay_limited() -> None:
    clock = FakeClock()
    limit = RateLimit(clock, burst=1, per_minute=6)
    clock.forward(minutes=1)
    for person in range(MOST - 1):
        limit.take(person)
        clock.forward(seconds=0.001)
    clock.forward(minutes=1)
    limit.take(-1)
    limit.take(-2)

    assert not limit.has_room(-1)
    assert len(limit._buckets) <= MOST
