"""`/vraag` and buttons in bad weather: the answer or a sentence with a code, never two answers."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace

import pytest

from bot.sandbox.asked import Asked
from bot.sandbox.message_records import Message
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.library import Library
from tests.builders import document, plain_model, searcher, section
from tests.discord.faults import Faults
from tests.e2e.chat import Chat
from tests.e2e.weather import CALLBACK, FOLLOW_UP, Log, at_rest, gate, meanwhile

QUESTION = "wat adviseert Berenschot nou eigenlijk?"
ANSWER = "uitvoeringscoöperatie"


def ask(chat: Chat) -> Asked:
    return chat.stage.anna.slash(chat.stage.algemeen, "vraag", {"vraag": QUESTION})


async def only_answer(chat: Chat, asked: Asked) -> Message:
    """Return the one answer, once the bot has nothing more to say."""
    await asked.reply()
    await at_rest()
    (answer,) = asked.messages()
    assert chat.said(chat.stage.algemeen) == [answer]
    return answer


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.usefixtures("hasty")
async def test_an_error_of_discord_delays_an_answer(chat: Chat, status: int) -> None:
    chat.faults.fail(CALLBACK, status)

    assert ANSWER in (await only_answer(chat, ask(chat))).content


async def test_a_rate_limit_delays_an_answer(chat: Chat) -> None:
    chat.faults.limit(CALLBACK, retry_after=0.1)

    assert ANSWER in (await only_answer(chat, ask(chat))).content


async def test_an_answer_whose_line_was_cut_is_given_after_all(chat: Chat, log: Log) -> None:
    chat.faults.reset(CALLBACK)

    assert ANSWER in (await only_answer(chat, ask(chat))).content
    assert log.of("chat_failed") == []


def lost(faults: Faults) -> None:
    faults.lose(CALLBACK)


def lost_behind_a_proxy(faults: Faults) -> None:
    faults.lose_behind(CALLBACK, 502)


LOST = pytest.mark.parametrize("happens", [lost, lost_behind_a_proxy])


@LOST
@pytest.mark.usefixtures("hasty")
async def test_an_answer_that_arrived_unnoticed_stands_there_once_and_without_an_apology(
    offline: Chat, log: Log, happens: Callable[[Faults], None]
) -> None:
    happens(offline.faults)
    async with offline.running():
        answer = await only_answer(offline, ask(offline))

    assert ANSWER in answer.content
    assert log.of("chat_failed") == []
    assert [one.code for one in offline.server.violations] == [40060]


@LOST
@pytest.mark.usefixtures("hasty")
async def test_an_answer_that_was_shared_unnoticed_is_not_shared_again(
    offline: Chat, happens: Callable[[Faults], None]
) -> None:
    stage = offline.stage
    asking: dict[str, str | bool] = {"vraag": QUESTION, "openbaar": False}
    async with offline.running():
        private = await stage.anna.slash(stage.algemeen, "vraag", asking).reply()
        happens(offline.faults)
        shared = await stage.anna.click(private, "Deel in kanaal").reply()
        await at_rest()
        again = await stage.anna.click(private, "Deel in kanaal").reply()

    assert ANSWER in shared.content
    assert again.is_ephemeral
    assert again.content == "Dit antwoord staat al in het kanaal."


async def test_a_callback_that_keeps_failing_ends_in_the_code_that_the_log_has(
    chat: Chat, log: Log
) -> None:
    chat.faults.reset(CALLBACK, times=2)
    sentence = await only_answer(chat, ask(chat))

    (line,) = log.of("chat_failed")
    assert f"code {line['code']}." in sentence.content
    assert sentence.is_ephemeral


@pytest.mark.usefixtures("hasty")
async def test_when_no_callback_arrives_at_all_the_log_says_why(chat: Chat, log: Log) -> None:
    chat.faults.fail(CALLBACK, 500, times=10)
    asked = ask(chat)
    line = await log.until("sentence_not_delivered")

    assert line["status"] == 500
    assert asked.messages() == []
    assert ANSWER in (await ask(chat).reply()).content


async def test_a_question_that_discord_gave_up_on_is_logged(offline: Chat, log: Log) -> None:
    async with offline.running():
        meanwhile(offline.faults, CALLBACK, lambda: offline.clock.forward(seconds=4))
        asked = ask(offline)
        line = await log.until("interaction_lost")
        await at_rest()

    assert (line["status"], line["discord_code"]) == (404, 10062)
    assert asked.messages() == []
    assert log.of("chat_failed") == []


LONG = document(
    "lang",
    "Het Langhuis",
    section(
        "Het Langhuis kost elk waterschap 40.000 euro per jaar. " + "Daar hoort veel bij. " * 150,
        questions=("wat kost het langhuis",),
    ),
)


@pytest.fixture
async def suggested(offline: Chat) -> AsyncGenerator[tuple[Chat, Message]]:
    """A suggestion of a topic whose passage does not fit in one message."""
    thresholds = Thresholds(answer=1.1, suggest=0.05)
    library = Library(searcher([LONG]), [LONG], model=plain_model(), thresholds=thresholds)
    chat = replace(offline, library=library)
    async with chat.running():
        asking = {"vraag": "wat kost het langhuis"}
        yield chat, await chat.stage.anna.slash(chat.stage.algemeen, "vraag", asking).reply()


@pytest.mark.usefixtures("hasty")
async def test_an_error_of_discord_delays_the_second_part(suggested: tuple[Chat, Message]) -> None:
    chat, answer = suggested
    fault = chat.faults.fail(FOLLOW_UP, 500)
    asked = chat.stage.anna.click(answer, LONG.title)
    second = await asked.followup()
    await at_rest()

    assert fault.met == 1
    assert asked.messages() == [await asked.reply(), second]


async def test_a_second_part_that_arrived_unnoticed_is_not_sent_again_and_a_code_follows(
    suggested: tuple[Chat, Message], log: Log
) -> None:
    chat, answer = suggested
    chat.faults.lose(FOLLOW_UP)
    asked = chat.stage.anna.click(answer, LONG.title)
    sentence = await asked.followup(1)
    await at_rest()

    (line,) = log.of("chat_failed")
    assert f"code {line['code']}." in sentence.content
    assert len(asked.messages()) == 3


async def test_stopping_finishes_the_answers_under_way_and_refuses_new_ones(chat: Chat) -> None:
    held = gate(chat.faults, CALLBACK)
    first = ask(chat)
    await held.reached.wait()
    stopping = asyncio.create_task(chat.services.answering.finish())
    bram, algemeen = chat.stage.bram, chat.stage.algemeen

    refusal = await bram.slash(algemeen, "vraag", {"vraag": QUESTION}).reply()
    mentioned = await chat.reply_to(chat.mention(chat.stage.marja, QUESTION))
    assert refusal.is_ephemeral
    assert "word net opnieuw gestart" in refusal.content
    assert "word net opnieuw gestart" in mentioned.content
    assert not stopping.done()

    held.may.set()
    assert ANSWER in (await first.reply()).content
    await stopping
    assert chat.services.answering.count == 0
