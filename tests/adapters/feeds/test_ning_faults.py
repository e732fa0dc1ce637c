from collections.abc import AsyncGenerator

import pytest

from bot.services.forum.feeds import FeedError, FeedProblem, Validators
from tests.forum.ning import Fault
from tests.forum.ning_web import KEY
from tests.forum.reading import Network, network

BLOG = "/profiles/blog/feed?xn_auth=no"
FORUM = "/forum/topic/list?feed=yes&sort=mostRecent&xn_auth=no"
ACTIVITY = "/activity/log/list?fmt=rss"


@pytest.fixture
async def here() -> AsyncGenerator[Network]:
    async with network(seconds=0.3) as found:
        yield found


async def problem(here: Network, path: str = BLOG) -> FeedProblem:
    with pytest.raises(FeedError) as caught:
        await here.read(path)
    return caught.value.problem


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.FORBIDDEN, FeedProblem.FORBIDDEN),
        (Fault.BUSY, FeedProblem.BUSY),
        (Fault.SLOW, FeedProblem.TOO_SLOW),
        (Fault.CUT, FeedProblem.BROKEN),
        (Fault.HTML, FeedProblem.NO_FEED),
        (Fault.EMPTY, FeedProblem.BROKEN),
    ],
)
async def test_every_fault_has_its_problem(
    here: Network, fault: Fault, expected: FeedProblem
) -> None:
    here.ning.post()
    here.ning.switches.faults.add(fault)

    assert await problem(here) is expected


async def test_bytes_of_latin_1_are_read(here: Network) -> None:
    here.ning.post("Eén café")
    here.ning.switches.faults.add(Fault.LATIN)

    assert (await here.read(BLOG)).items[0].title == "Eén café"


async def test_a_burst_of_503_passes(here: Network) -> None:
    here.ning.switches.busy_answers = 2
    problems = [await problem(here) for _ in range(2)]

    assert problems == [FeedProblem.BUSY] * 2
    assert (await here.read(BLOG)).items == ()


async def test_a_private_network_is_not_read(here: Network) -> None:
    here.ning.post()
    here.ning.switches.is_private = True

    assert await problem(here) is FeedProblem.FORBIDDEN
    assert await problem(here, FORUM) is FeedProblem.SIGN_IN
    assert len((await here.read(f"{BLOG}&key={KEY}")).items) == 1


async def test_the_activity_of_a_private_network_is_not_read_though_it_answers(
    here: Network,
) -> None:
    here.ning.post()
    here.ning.switches.is_private = True

    assert await problem(here, ACTIVITY) is FeedProblem.SIGN_IN
    assert ACTIVITY not in here.web.asked


async def test_a_validator_is_used_once_one_was_given(here: Network) -> None:
    here.ning.switches.has_validators = True
    here.ning.post()
    first = await here.feeds.fetch(here.address(BLOG), Validators())

    assert first is not None
    assert await here.feeds.fetch(here.address(BLOG), first.validators) is None


async def test_a_forum_that_answers_with_a_page_is_no_feed(here: Network) -> None:
    assert await problem(here, "/forum?feed=yes") is FeedProblem.NO_FEED
    assert await problem(here, "/forum/topics/weg?feed=yes") is FeedProblem.NOT_FOUND
