import asyncio
import contextlib
import datetime as dt
import math
import random
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.deliveries.backoff import FIRST, LONGEST, Backoff
from bot.services.deliveries.pace import LIMIT, ON_ITS_WAY, Pace
from bot.services.deliveries.rendered import ActionButton, LinkButton, Mark, Rendered
from tests.fakes import FakeClock


class Watch:
    """A clock that moves on by sleeping."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.slept = 0.0

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.clock.forward(seconds=seconds)


class Way:
    """The way to Discord and back, by a clock that moves on by sleeping."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.pace = Pace(watch.clock, sleep=self.sleep)
        self.arrivals: list[dt.datetime] = []
        self._coming: list[tuple[dt.datetime, Callable[[], Awaitable[None]]]] = []

    async def sleep(self, seconds: float) -> None:
        """Sleep; what comes meanwhile is heard at its moment."""
        until = self.watch.clock.now() + dt.timedelta(seconds=seconds)
        for at, heard in sorted(self._coming, key=lambda one: one[0]):
            if at <= until:
                await self._pass_to(at)
                await heard()
        self._coming = [one for one in self._coming if one[0] > until]
        await self._pass_to(until)

    async def request(self, *, before: float, there: float, back: float) -> None:
        """Make a request: it leaves so many seconds after its turn, and so long are its ways."""
        stack = contextlib.AsyncExitStack()
        turn = await stack.enter_async_context(self.pace.turn())
        leaves = self.watch.clock.now() + dt.timedelta(seconds=before)
        arrives = leaves + dt.timedelta(seconds=there)
        self.arrivals.append(arrives)

        async def sent() -> None:
            turn.sent()

        self._coming.append((leaves, sent))
        self._coming.append((arrives + dt.timedelta(seconds=back), stack.aclose))

    async def _pass_to(self, moment: dt.datetime) -> None:
        await self.watch.sleep(max(0, (moment - self.watch.clock.now()).total_seconds()))


async def request(pace: Pace) -> None:
    async with pace.turn():
        pass


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
        await request(pace)
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
    await request(pace)
    watch.clock.forward(seconds=0.15)
    for _ in range(4_800):
        await request(pace)

    assert (watch.clock.now() - begun).total_seconds() < 100.1


@given(
    ways=st.lists(
        st.tuples(
            st.sampled_from((0.0, 0.02, 0.4)),
            st.floats(0, ON_ITS_WAY.total_seconds()),
            st.sampled_from((0.0, 0.01, 0.3, 30.0)),
        ),
        min_size=1,
        max_size=8,
    ),
    shortest=st.sampled_from((0.0, 0.2)),
    idle=st.sampled_from((0.0, 0.4, 2.0)),
)
async def test_however_requests_bunch_up_on_their_way_no_second_has_more_than_the_limit(
    ways: list[tuple[float, float, float]], shortest: float, idle: float
) -> None:
    way = Way(Watch())
    for at in range(160):
        before, there, back = ways[at * len(ways) // 160]  # many late ones, then many quick ones
        await way.request(before=before, there=shortest + there, back=back)
        if at % 60 == 0:
            await way.sleep(idle)

    arrivals = sorted(way.arrivals)
    assert all(
        later - earlier >= dt.timedelta(seconds=1)
        for earlier, later in zip(arrivals, arrivals[LIMIT:], strict=False)
    )


@pytest.mark.parametrize("back", [0.1, 30])
async def test_neither_a_long_way_nor_a_missing_answer_costs_rate(back: float) -> None:
    way = Way(Watch())
    begun = way.watch.clock.now()
    for _ in range(4_801):
        await way.request(before=0.001, there=0.1, back=back)

    assert (way.watch.clock.now() - begun).total_seconds() < 100.1


async def test_a_clock_that_was_set_back_is_not_waited_for() -> None:
    watch = Watch()
    pace = Pace(watch.clock, per_second=10, sleep=watch.sleep)
    pace.pause(30)
    await request(pace)
    watch.clock.forward(seconds=-3600)

    for _ in range(3):
        await request(pace)

    assert watch.slept < 30 + 1


async def test_many_at_once_are_spread() -> None:
    watch = Watch()
    pace = Pace(watch.clock, per_second=10, sleep=watch.sleep)

    await asyncio.gather(*(request(pace) for _ in range(5)))

    assert watch.slept > 0


async def test_a_pause_lets_nobody_through() -> None:
    watch = Watch()
    pace = Pace(watch.clock, sleep=watch.sleep)
    pace.pause(7)

    await request(pace)

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
