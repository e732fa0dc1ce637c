"""The gateway in bad weather: cut, resumed, begun anew, repeating itself, refusing the token."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.client import BreedBot
from bot.discord_chat import DiscordChat
from bot.errors import ChatEndedError, TokenRefusedError
from bot.sandbox.gateway.connection import Close
from tests.discord.faults import ask_to_reconnect, close_gateway, cut_gateway, invalidate
from tests.e2e.chat import Chat
from tests.e2e.weather import CALLBACK, SEND, Log, at_rest, gate

QUESTION = "wat adviseert Berenschot nou eigenlijk?"
ANSWER = "uitvoeringscoöperatie"

pytestmark = pytest.mark.usefixtures("hasty")
Happens = Callable[[Chat], Awaitable[object]]


async def resumed(chat: Chat) -> None:
    cut_gateway(chat.server)


async def begun_anew(chat: Chat) -> None:
    cut_gateway(chat.server, resumable=False)


async def asked_to_reconnect(chat: Chat) -> None:
    ask_to_reconnect(chat.server)


async def invalidated(chat: Chat) -> None:
    invalidate(chat.server, resumable=False)


async def invalidated_for_a_moment(chat: Chat) -> None:
    invalidate(chat.server, resumable=True)


async def closed(chat: Chat) -> None:
    await close_gateway(chat.server, Close.UNKNOWN_ERROR)


INTERRUPTED = pytest.mark.parametrize(
    "happens",
    [
        resumed,
        begun_anew,
        asked_to_reconnect,
        invalidated,
        invalidated_for_a_moment,
        closed,
    ],
)


@asynccontextmanager
async def interrupted(chat: Chat, happens: Happens) -> AsyncGenerator[None]:
    """Let it happen, and leave the block once the bot is connected again."""
    with chat.stage.world.events.observe() as observer:
        await happens(chat)
        yield
        while (await observer.next()).name != "SESSION_READY":
            pass


@INTERRUPTED
async def test_an_answer_under_way_arrives_once_and_the_next_question_gets_one(
    chat: Chat, happens: Happens
) -> None:
    stage = chat.stage
    replying, answering = gate(chat.faults, SEND), gate(chat.faults, CALLBACK)
    question = chat.mention(stage.anna, QUESTION)
    asked = stage.bram.slash(stage.algemeen, "vraag", {"vraag": QUESTION})
    await replying.reached.wait()
    await answering.reached.wait()
    async with interrupted(chat, happens):
        replying.may.set()
        answering.may.set()

    assert ANSWER in (await chat.reply_to(question)).content
    assert ANSWER in (await asked.reply()).content
    later = chat.mention(stage.marja, QUESTION)
    assert ANSWER in (await chat.reply_to(later)).content
    await at_rest()
    assert len(chat.said(stage.algemeen)) == 3


@pytest.mark.parametrize("happens", [resumed, asked_to_reconnect, invalidated_for_a_moment])
async def test_what_was_asked_while_the_line_was_down_is_answered_once_it_is_back(
    chat: Chat, happens: Happens
) -> None:
    stage = chat.stage
    async with interrupted(chat, happens):
        question = chat.mention(stage.anna, QUESTION)
        asked = stage.bram.slash(stage.algemeen, "vraag", {"vraag": QUESTION})

    assert ANSWER in (await chat.reply_to(question)).content
    assert ANSWER in (await asked.reply()).content
    await at_rest()
    assert len(chat.said(stage.algemeen)) == 2


async def test_a_session_begun_anew_logs_the_rights_of_a_guild_no_second_time(
    chat: Chat, log: Log
) -> None:
    async with interrupted(chat, begun_anew):
        pass
    await log.until("discord_ready")

    assert log.of("rights_seen") == []


async def test_everything_that_discord_tells_twice_is_answered_once(chat: Chat) -> None:
    stage = chat.stage
    question = chat.mention(stage.anna, QUESTION)
    await chat.reply_to(question)
    answer = await stage.bram.slash(stage.algemeen, "vraag", {"vraag": QUESTION}).reply()
    opinion = stage.bram.click(answer, "👍")
    await opinion.reply()
    form = stage.bram.click(answer, "👎")
    await form.modal()
    thanks = stage.bram.submit(form, {"Waarom hielp dit antwoord niet?": "Verouderd."})
    await thanks.reply()

    chat.clock.forward(minutes=6)  # by then Discord knows no nonce any more
    assert repeat(chat, "MESSAGE_CREATE", "INTERACTION_CREATE") >= 5
    await chat.settled()
    await at_rest()
    assert len(chat.replies_to(question)) == 1
    assert [len(one.messages()) for one in (opinion, thanks)] == [1, 1]
    assert len([one for one in chat.said(stage.algemeen) if not one.is_ephemeral]) == 2


def repeat(chat: Chat, *names: str) -> int:
    """Tell the bot again what it was told under these names; return how much that was."""
    (session,) = chat.server.gateway.sessions.values()
    texts = [text for _, text in session.kept if json.loads(text)["t"] in names]
    assert session.connection is not None
    for text in texts:
        session.connection.send_text(text)
    return len(texts)


@asynccontextmanager
async def connected(offline: Chat) -> AsyncGenerator[DiscordChat]:
    """Run the bot as the program does, and stop it."""
    bot = BreedBot(offline._services(), guild_ready_timeout=0.05)
    chat = DiscordChat(bot, token=offline.server.token)
    await chat.start()
    try:
        await offline.server.bot_ready()
        await bot.wait_until_ready()
        yield chat
    finally:
        await chat.stop()


async def test_a_token_revoked_while_running_ends_the_chat(offline: Chat) -> None:
    async with connected(offline) as chat:
        await close_gateway(offline.server, Close.AUTHENTICATION_FAILED)
        with pytest.raises(TokenRefusedError):
            await chat.ended()


async def test_a_token_revoked_while_the_line_was_down_ends_the_chat(offline: Chat) -> None:
    async with connected(offline) as chat:
        revoke(offline)
        cut_gateway(offline.server)
        with pytest.raises(TokenRefusedError):
            await chat.ended()


async def test_any_other_end_by_discord_ends_the_chat_with_its_code(offline: Chat) -> None:
    async with connected(offline) as chat:
        await close_gateway(offline.server, Close.INVALID_INTENTS)
        with pytest.raises(ChatEndedError) as caught:
            await chat.ended()

    assert caught.value.code == Close.INVALID_INTENTS


async def test_an_answer_that_a_revoked_token_prevents_is_logged(offline: Chat, log: Log) -> None:
    async with offline.running():
        revoke(offline)
        offline.mention(offline.stage.anna, QUESTION)
        line = await log.until("sentence_not_delivered")

    assert line["status"] == 401
    assert offline.said(offline.stage.algemeen) == []


def revoke(chat: Chat) -> None:
    chat.server.token = chat.server.gateway._token = "sandbox.another-token-than-the-bot-has"
