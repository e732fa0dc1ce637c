import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.engine import Database
from storage.errors import ConflictError, DatabaseReadOnlyError, NaiveDatetimeError
from storage.records import NewAnswer
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.examples import ANSWERED, CHANNEL, GUILD, MEMBER


async def test_what_a_unit_wrote_is_there_for_the_next(units: UnitsOfWork) -> None:
    async with units() as work:
        await work.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)

    async with units.reading() as work:
        assert await work.dm_guilds.of(MEMBER) == GUILD


async def test_a_failure_between_two_writes_keeps_neither(units: UnitsOfWork) -> None:
    async def write_and_fail() -> None:
        async with units() as work:
            await work.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)
            raise KeyError

    with pytest.raises(KeyError):
        await write_and_fail()

    async with units.reading() as work:
        assert await work.dm_guilds.of(MEMBER) is None


async def test_a_cancelled_unit_keeps_nothing_and_frees_the_database(units: UnitsOfWork) -> None:
    written = asyncio.Event()

    async def write_and_wait() -> None:
        async with units() as work:
            await work.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_wait())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with units() as work:
        assert await work.dm_guilds.of(MEMBER) is None
        await work.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)


@given(steps=st.lists(st.integers(0, 60), min_size=1, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_units_cancelled_at_any_moment_write_all_or_nothing(
    units: UnitsOfWork, steps: list[int]
) -> None:
    async def write(number: int) -> None:
        async with units() as work:
            await work.dm_guilds.remember(user_id=2 * number, guild_id=number, at=NOW)
            await work.dm_guilds.remember(user_id=2 * number + 1, guild_id=number, at=NOW)

    tasks = [asyncio.create_task(write(number)) for number in range(len(steps))]
    for turn in range(max(steps) + 1):
        for task, step in zip(tasks, steps, strict=True):
            if step == turn:
                task.cancel()
        await asyncio.sleep(0)
    await asyncio.gather(*tasks, return_exceptions=True)

    async with units() as work:
        for number, task in enumerate(tasks):
            pair = {await work.dm_guilds.of(2 * number), await work.dm_guilds.of(2 * number + 1)}
            assert pair in ({number}, {None})
            assert task.cancelled() or pair == {number}
        for number in range(len(steps)):
            await work.dm_guilds.forget_guild(number)


async def test_a_reading_unit_cannot_write(units: UnitsOfWork) -> None:
    with pytest.raises(DatabaseReadOnlyError):
        async with units.reading() as work:
            await work.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)

    async with units() as work:
        await work.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)


async def test_readers_do_not_wait_for_a_writer(units: UnitsOfWork) -> None:
    async with units() as writer:
        await writer.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)

        async with units.reading() as reader:
            assert await reader.dm_guilds.of(MEMBER) is None


async def test_fifty_writers_at_once_all_write(units: UnitsOfWork) -> None:
    async def write(number: int) -> None:
        async with units() as work:
            await work.dm_guilds.remember(user_id=number, guild_id=GUILD, at=NOW)

    await asyncio.gather(*(write(number) for number in range(1, 51)))

    async with units.reading() as work:
        assert [await work.dm_guilds.of(number) for number in range(1, 51)] == [GUILD] * 50


async def test_a_moment_without_a_time_zone_is_refused(units: UnitsOfWork) -> None:
    with pytest.raises(NaiveDatetimeError):
        async with units() as work:
            await work.dm_guilds.remember(
                user_id=MEMBER, guild_id=GUILD, at=NOW.replace(tzinfo=None)
            )


async def test_an_error_says_nothing_of_what_the_row_held(units: UnitsOfWork) -> None:
    with pytest.raises(ConflictError) as caught:
        async with units() as work:
            await work.answers.add(
                NewAnswer(
                    place=CHANNEL, content=ANSWERED, private=False, created_at=NOW, question_id=404
                )
            )

    assert ANSWERED.question not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


async def test_a_conflict_can_be_caught_where_it_happens(units: UnitsOfWork) -> None:
    async with units() as work:
        answers = [
            await work.answers.add(
                NewAnswer(place=CHANNEL, content=ANSWERED, private=False, created_at=NOW)
            )
            for _ in range(2)
        ]
        await work.answers.placed(answers[0].id, message_id=1)
        with pytest.raises(ConflictError):
            await work.answers.placed(answers[1].id, message_id=1)


async def test_a_closed_database_opens_again_when_it_is_used(database: Database) -> None:
    await database.close()

    async with UnitsOfWork(database)() as work:
        assert await work.dm_guilds.of(MEMBER) is None


async def test_work_in_the_background_leaves_connections_to_others(units: UnitsOfWork) -> None:
    background = units.in_background(most=1)
    began: list[str] = []

    async def read(name: str) -> None:
        async with background.reading():
            began.append(name)

    async with background.reading():
        waiting = asyncio.create_task(read("background"))
        async with units.reading():
            began.append("foreground")
    await waiting
    assert began == ["foreground", "background"]
