import asyncio
import datetime as dt
import math
import random

from hypothesis import given
from hypothesis import strategies as st

from bot.services.deliveries.backoff import FIRST, LONGEST, Backoff
from bot.services.deliveries.pace import Pace
from bot.services.deliveries.rendered import ActionButton, LinkButton, Mark, Rendered
from tests.fakes import FakeClock


class Watch:
    """A clock that moves on by sleeping; notes when turns were given."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.slept = 0.0

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.clock.forward(seconds=seconds)


@given(
    gaps=st.lists(st.sampled_from((0.0, 0.001, 0.02, 0.06, 0.5)), min_size=1, max_size=80),
    processes=st.integers(1, 4),
)
async def test_no_second_has_more_turns_than_the_share_allows(
    gaps: list[float], processes: int
) -> None:
    watch = Watch()
    pace = Pace(watch.clock, per_second=20, sleep=watch.sleep)
    pace.share(processes)
    given_at: list[dt.datetime] = []
    for gap in gaps:
        watch.clock.forward(seconds=gap)
        await pace.turn()
        given_at.append(watch.clock.now())

    for moment in given_at:
        end = moment + dt.timedelta(seconds=1)
        most = math.ceil(20 / processes * 49 / 48) + 1
        assert sum(moment <= one < end for one in given_at) <= most


async def test_the_rate_is_reached_although_turns_come_late() -> None:
    watch, rng = Watch(), random.Random(1)  # noqa: S311 # a test's luck, no secret

    async def late(seconds: float) -> None:
        await watch.sleep(seconds + rng.uniform(0, 0.015))

    pace = Pace(watch.clock, per_second=48, sleep=late)
    begun = watch.clock.now()
    await pace.turn()
    watch.clock.forward(seconds=0.15)
    for _ in range(4_800):
        await pace.turn()

    assert (watch.clock.now() - begun).total_seconds() < 100.1


async def test_a_clock_that_was_set_back_is_not_waited_for() -> None:
    watch = Watch()
    pace = Pace(watch.clock, per_second=10, sleep=watch.sleep)
    pace.pause(30)
    await pace.turn()
    watch.clock.forward(seconds=-3600)

    for _ in range(3):
        await pace.turn()

    assert watch.slept < 30 + 1


async def test_many_at_once_are_spread() -> None:
    watch = Watch()
    pace = Pace(watch.clock, per_second=10, sleep=watch.sleep)

    await asyncio.gather(*(pace.turn() for _ in range(5)))

    assert watch.slept > 0


async def test_a_pause_lets_nobody_through() -> None:
    watch = Watch()
    pace = Pace(watch.clock, sleep=watch.sleep)
    pace.pause(7)

    await pace.turn()

    assert watch.slept == 7


@given(failures=st.integers(0, 5000), at_least=st.floats(0, 1e4), seed=st.integers())
def test_the_wait_is_jittered_capped_and_never_shorter_than_told(
    failures: int, at_least: float, seed: int
) -> None:
    backoff = Backoff(random.Random(seed))  # noqa: S311 # jitter, no secret

    wait = backoff.wait(failures, at_least=at_least).total_seconds()

    longest = min(LONGEST, FIRST * 2 ** min(failures, 30))
    assert at_least - 1e-6 <= wait <= at_least + longest + 1e-6


def test_a_mark_is_found_on_what_carries_it_and_on_nothing_else() -> None:
    mark, other = Mark(12), Mark(2)
    button = ActionButton("x", mark.on_custom_id("b1:x:1"))
    embed = {"url": mark.on_url("https://example.org/a#b")}

    assert (button.custom_id, embed["url"]) == ("b1:x:1:d12", "https://example.org/a#d12")
    assert Rendered(buttons=(button,)).carries(mark)
    assert Rendered(embeds=({}, embed)).carries(mark)
    assert not Rendered(buttons=(button,), embeds=(embed,)).carries(other)
    assert not Rendered(buttons=(LinkButton("x", "https://example.org"),)).carries(mark)
