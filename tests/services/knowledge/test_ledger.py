import asyncio
import datetime as dt

import pytest

from bot.services.knowledge.ledger import Entry, Ledger
from storage.errors import ConflictError, StorageError
from storage.records import (
    AnswerContent,
    AnswerStatus,
    ChannelPlace,
    DirectPlace,
    NewAnswer,
    NewQuestion,
    Place,
)
from storage.unit_of_work import UnitsOfWork
from tests.fakes import FakeClock

NOW = dt.datetime(2016, 6, 8, 8, 0, tzinfo=dt.UTC)


def entry(number: int, place: Place | None = None, *, person: int = 1) -> Entry:
    """Return a question that carries its number in its text."""
    where = place or ChannelPlace(guild_id=5, channel_id=6)
    text = f"vraag {number}"
    return Entry(
        person,
        NewQuestion(where, text, AnswerStatus.UNKNOWN, 0.5, NOW),
        NewAnswer(where, AnswerContent(AnswerStatus.UNKNOWN, text), private=False, created_at=NOW),
    )


@pytest.fixture
def ledger(units: UnitsOfWork) -> Ledger:
    return Ledger(units, FakeClock())


async def test_everybody_gets_their_own_answer_however_many_ask_at_once(
    ledger: Ledger, units: UnitsOfWork
) -> None:
    kept = await asyncio.gather(*(ledger.keep(entry(number)) for number in range(250)))

    assert [one.content.question for one in kept] == [f"vraag {n}" for n in range(250)]
    assert len({one.id for one in kept}) == 250
    async with units.reading() as work:
        for one in kept[::50]:
            assert one.question_id is not None
            question = await work.questions.get(one.question_id)
            assert question is not None
            assert question.text == one.content.question
            assert await work.answers.get(one.id) == one


async def test_the_guild_that_somebody_used_last_is_remembered(
    ledger: Ledger, units: UnitsOfWork
) -> None:
    await ledger.keep(entry(1, person=1))
    await asyncio.gather(
        ledger.keep(entry(2, ChannelPlace(guild_id=8, channel_id=9), person=1)),
        ledger.keep(entry(3, DirectPlace(), person=2)),
    )
    async with units.reading() as work:
        assert await work.dm_guilds.of(1) == 8
        assert await work.dm_guilds.of(2) is None


async def test_an_entry_that_cannot_be_kept_costs_the_others_nothing(ledger: Ledger) -> None:
    # A channel outside a guild: the tables forbid it.
    broken = entry(1, ChannelPlace(guild_id=None, channel_id=6))  # type: ignore[arg-type] # on purpose
    kept = await asyncio.gather(
        ledger.keep(entry(0)), ledger.keep(broken), ledger.keep(entry(2)), return_exceptions=True
    )

    assert isinstance(kept[1], ConflictError)
    assert [one for one in kept if isinstance(one, BaseException)] == [kept[1]]


async def test_an_asker_who_gives_up_costs_the_others_nothing(ledger: Ledger) -> None:
    first, second = (asyncio.create_task(ledger.keep(entry(number))) for number in range(2))
    await asyncio.sleep(0)
    first.cancel()

    assert (await second).content.question == "vraag 1"
    assert first.cancelled() or first.cancelling()


async def test_without_a_database_everybody_is_told(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_units: UnitsOfWork) -> object:
        raise StorageError

    with monkeypatch.context() as patch:
        patch.setattr(UnitsOfWork, "__call__", gone)
        results = await asyncio.gather(
            *(ledger.keep(entry(number)) for number in range(3)), return_exceptions=True
        )
        assert [type(one) for one in results] == [StorageError] * 3

    assert (await ledger.keep(entry(9))).content.question == "vraag 9"


async def test_a_failure_that_nobody_expected_leaves_nobody_waiting(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_units: UnitsOfWork) -> object:
        raise LookupError

    with monkeypatch.context() as patch:
        patch.setattr(UnitsOfWork, "__call__", broken)
        async with asyncio.timeout(5):
            results = await asyncio.gather(
                *(ledger.keep(entry(number)) for number in range(150)), return_exceptions=True
            )
        assert {type(one) for one in results} == {StorageError}
        writing = ledger._group._writing
        assert writing is not None
        assert isinstance(writing.exception(), LookupError)

    assert (await ledger.keep(entry(9))).content.question == "vraag 9"
