"""A question that takes long in bad weather: the bot is seen thinking, and always comes back."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest
from typing_extensions import override

from bot.sandbox import building
from bot.sandbox.enums import ResponseKind
from storage.engine import Database
from storage.unit_of_work import UnitOfWork, UnitsOfWork
from tests.discord.faults import Faults
from tests.e2e.chat import Chat
from tests.e2e.test_bad_weather_commands import ANSWER, LOST, ask, only_answer
from tests.e2e.weather import FILL, Log, at_rest, gate


class SlowUnits(UnitsOfWork):
    """A database that writes only once it `may`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.may = asyncio.Event()

    @override
    def __call__(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._later()

    @asynccontextmanager
    async def _later(self) -> AsyncGenerator[UnitOfWork]:
        await self.may.wait()
        async with super().__call__() as work:
            yield work


@pytest.fixture
async def slow(
    offline: Chat, database: Database, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[tuple[Chat, SlowUnits]]:
    """A bot whose database takes its time, and which does not wait half a second for it."""
    monkeypatch.setattr("bot.ui.acknowledging.DEFER_AFTER", 0.01)
    units = SlowUnits(database)
    chat = replace(offline, units=units)
    units.may.set()
    async with chat.running():
        units.may.clear()
        yield chat, units
        units.may.set()


async def test_a_slow_database_makes_the_member_see_that_the_bot_is_thinking(
    slow: tuple[Chat, SlowUnits],
) -> None:
    chat, units = slow
    asked = ask(chat)
    assert await asked.acknowledged() is ResponseKind.DEFERRED_MESSAGE

    units.may.set()
    assert ANSWER in (await only_answer(chat, asked)).content


@LOST
@pytest.mark.usefixtures("hasty")
async def test_a_deferral_that_arrived_unnoticed_is_filled(
    slow: tuple[Chat, SlowUnits], log: Log, happens: Callable[[Faults], None]
) -> None:
    chat, units = slow
    happens(chat.faults)
    asked = ask(chat)
    assert await asked.acknowledged() is ResponseKind.DEFERRED_MESSAGE

    units.may.set()
    assert ANSWER in (await only_answer(chat, asked)).content
    assert log.of("chat_failed") == []


def failing(faults: Faults) -> None:
    faults.fail(FILL, 500)


def unnoticed(faults: Faults) -> None:
    faults.lose(FILL)


def unnoticed_behind_a_proxy(faults: Faults) -> None:
    faults.lose_behind(FILL, 502)


def cut(faults: Faults) -> None:
    faults.reset(FILL)


@pytest.mark.parametrize("happens", [failing, unnoticed, unnoticed_behind_a_proxy, cut])
@pytest.mark.usefixtures("hasty")
async def test_filling_the_waiting_message_is_repeated(
    slow: tuple[Chat, SlowUnits], log: Log, happens: Callable[[Faults], None]
) -> None:
    chat, units = slow
    happens(chat.faults)
    asked = ask(chat)
    await asked.acknowledged()
    units.may.set()

    assert ANSWER in (await only_answer(chat, asked)).content
    assert log.of("chat_failed") == []


async def test_a_waiting_message_that_cannot_be_filled_makes_way_for_the_sentence(
    slow: tuple[Chat, SlowUnits], log: Log
) -> None:
    chat, units = slow
    chat.faults.reset(FILL, times=2)
    asked = ask(chat)
    await asked.acknowledged()
    units.may.set()
    sentence = await asked.followup()
    await at_rest()

    (line,) = log.of("chat_failed")
    assert f"code {line['code']}." in sentence.content
    assert sentence.is_ephemeral
    assert asked.messages() == [sentence]


async def test_an_answer_later_than_a_quarter_of_an_hour_is_logged(
    slow: tuple[Chat, SlowUnits], log: Log
) -> None:
    chat, units = slow
    await ask(chat).acknowledged()
    chat.clock.forward(minutes=16)
    units.may.set()
    line = await log.until("interaction_lost")

    assert (line["status"], line["discord_code"]) == (401, 50027)
    assert log.of("chat_failed") == []


async def test_a_channel_deleted_while_an_answer_was_looked_up_is_logged(
    slow: tuple[Chat, SlowUnits], log: Log
) -> None:
    chat, units = slow
    held = gate(chat.faults, FILL)
    await ask(chat).acknowledged()
    units.may.set()
    await held.reached.wait()
    building.remove_channel(chat.stage.world, chat.stage.algemeen)
    held.may.set()
    await at_rest()

    (line,) = log.of("sentence_not_delivered")
    assert line["discord_code"] in {10003, 10008}
