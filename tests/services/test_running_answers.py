import asyncio
from datetime import date

import pytest

from bot.search.documents import Part, Source
from bot.services.knowledge.answers import Answered, Citation, Reply, Suggested, Topic, Unknown
from bot.services.knowledge.running import Outcome, RunningAnswers, StoppingError

CITATION = Citation(
    title="t",
    part=Part.ALV,
    date=date(2016, 6, 8),
    source=Source(title="s"),
    quote="q",
    document="d",
    section=0,
)


class Seen:
    """Remembers what ended."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.seconds: list[float] = []

    def ended(self, outcome: Outcome, *, seconds: float) -> None:
        self.outcomes.append(outcome)
        self.seconds.append(seconds)


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Answered("q", (CITATION,), 0.9), Outcome.ANSWERED),
        (Suggested((Topic("t", "q", "d", 0),), 0.4), Outcome.SUGGESTED),
        (Unknown(), Outcome.UNKNOWN),
    ],
)
async def test_every_answer_is_counted_by_what_it_was(reply: Reply, outcome: Outcome) -> None:
    seen = Seen()
    answering = RunningAnswers(seen)

    async with answering() as running:
        running.gave(reply)

    assert seen.outcomes == [outcome]
    assert seen.seconds[0] >= 0


async def test_an_answer_that_fails_counts_as_failed_and_is_over() -> None:
    seen = Seen()
    answering = RunningAnswers(seen)

    with pytest.raises(RuntimeError):
        async with answering():
            raise RuntimeError

    assert seen.outcomes == [Outcome.FAILED]
    await answering.finish()


async def test_finishing_waits_for_every_answer_and_refuses_new_ones() -> None:
    answering = RunningAnswers(Seen())
    may_end = [asyncio.Event(), asyncio.Event()]

    async def answer(until: asyncio.Event) -> None:
        async with answering():
            await until.wait()

    answers = [asyncio.create_task(answer(until)) for until in may_end]
    await asyncio.sleep(0)
    finishing = asyncio.create_task(answering.finish())
    await asyncio.sleep(0)
    may_end[0].set()
    await answers[0]

    assert answering.is_stopping
    assert answering.count == 1
    assert not finishing.done()
    with pytest.raises(StoppingError):
        async with answering():
            pass
    may_end[1].set()
    await asyncio.gather(finishing, answers[1])
    assert answering.count == 0


async def test_with_nothing_running_it_is_finished_at_once() -> None:
    answering = RunningAnswers(Seen())

    await answering.finish()

    assert answering.is_stopping
