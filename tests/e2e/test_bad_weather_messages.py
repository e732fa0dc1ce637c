"""A mention in bad weather: one reply in the end, never two; otherwise a sentence, or the log."""

from collections.abc import Callable

import pytest

from bot.sandbox import building, posting
from bot.sandbox.message_records import Message
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel
from tests.discord.faults import Faults
from tests.e2e.chat import Chat
from tests.e2e.weather import SEND, Log, at_rest, meanwhile

QUESTION = "wat adviseert Berenschot nou eigenlijk?"
ANSWER = "uitvoeringscoöperatie"


async def only_reply(chat: Chat, question: Message) -> Message:
    """Return the one reply to a question, once the bot has nothing more to say."""
    await chat.reply_to(question)
    await at_rest()
    (reply,) = chat.replies_to(question)
    assert chat.said(chat.stage.algemeen) == [reply]
    return reply


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.usefixtures("hasty")
async def test_an_error_of_discord_delays_a_reply(chat: Chat, status: int) -> None:
    fault = chat.faults.fail(SEND, status)
    reply = await only_reply(chat, chat.mention(chat.stage.anna, QUESTION))

    assert ANSWER in reply.content
    assert fault.met == 1


def lost(faults: Faults) -> None:
    faults.lose(SEND)


def lost_behind_a_proxy(faults: Faults) -> None:
    faults.lose_behind(SEND, 502)


def lost_while_unavailable(faults: Faults) -> None:
    faults.lose_behind(SEND, 503)


def cut(faults: Faults) -> None:
    faults.reset(SEND)


@pytest.mark.parametrize("happens", [lost, lost_behind_a_proxy, lost_while_unavailable, cut])
@pytest.mark.usefixtures("hasty")
async def test_a_reply_of_which_nobody_knows_what_became_stands_there_once(
    chat: Chat, log: Log, happens: Callable[[Faults], None]
) -> None:
    happens(chat.faults)
    reply = await only_reply(chat, chat.mention(chat.stage.anna, QUESTION))

    assert ANSWER in reply.content
    assert log.of("chat_failed") == []
    sent = [
        one for one in chat.faults.requests if one.endswith(f"{chat.stage.algemeen.id}/messages")
    ]
    assert len(sent) == 2


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_rate_limit_is_waited_out_and_doubles_nothing(
    chat: Chat, *, everywhere: bool
) -> None:
    fault = chat.faults.limit(SEND, retry_after=0.3, everywhere=everywhere)
    reply = await only_reply(chat, chat.mention(chat.stage.anna, QUESTION))

    assert ANSWER in reply.content
    assert fault.met == 1


async def test_when_a_reply_keeps_failing_the_member_gets_the_code_that_the_log_has(
    chat: Chat, log: Log
) -> None:
    chat.faults.fail(SEND, 503, times=2)
    reply = await only_reply(chat, chat.mention(chat.stage.anna, QUESTION))

    (line,) = log.of("chat_failed")
    assert f"code {line['code']}." in reply.content


async def test_when_not_even_the_sentence_can_be_sent_the_log_says_why(
    chat: Chat, log: Log
) -> None:
    fault = chat.faults.fail(SEND, 503, times=4)
    question = chat.mention(chat.stage.anna, QUESTION)
    line = await log.until("sentence_not_delivered")

    assert line["status"] == 503
    assert fault.met == 4
    assert chat.replies_to(question) == []
    next_one = await only_reply(chat, chat.mention(chat.stage.bram, QUESTION))
    assert ANSWER in next_one.content


def without_sending(chat: Chat) -> None:
    _deny(chat, Permission.SEND_MESSAGES)


def without_seeing(chat: Chat) -> None:
    _deny(chat, Permission.VIEW_CHANNEL)


def _deny(chat: Chat, right: Permission) -> None:
    role = building.bot_role(chat.stage.world, chat.stage.guild)
    building.set_overwrite(chat.stage.world, chat.stage.algemeen, role, deny=right)


@pytest.mark.parametrize(("taken", "code"), [(without_sending, 50013), (without_seeing, 50001)])
async def test_rights_taken_away_in_mid_answer_end_in_a_private_message_that_says_where(
    offline: Chat, log: Log, taken: Callable[[Chat], None], code: int
) -> None:
    anna = offline.stage.anna
    async with offline.running():
        meanwhile(offline.faults, SEND, lambda: taken(offline))
        offline.mention(anna, QUESTION)
        line = await log.until("reply_forbidden")
        await at_rest()

    assert line["discord_code"] == code
    assert line["channel_id"] == offline.stage.algemeen.id
    (told,) = offline.said(anna.dm_channel())
    assert f"<#{offline.stage.algemeen.id}>" in told.content
    assert "niet schrijven" in told.content
    assert [one.code for one in offline.server.violations] == [code]


async def test_with_private_messages_closed_as_well_the_log_says_so(
    offline: Chat, log: Log
) -> None:
    offline.stage.anna.close_dms()
    async with offline.running():
        meanwhile(offline.faults, SEND, lambda: without_sending(offline))
        offline.mention(offline.stage.anna, QUESTION)
        line = await log.until("private_message_refused")
        await at_rest()

    assert line["discord_code"] == 50007
    assert log.of("reply_forbidden")
    assert log.of("chat_failed") == []


async def test_a_private_message_that_fails_leaves_its_reason_in_the_log(
    offline: Chat, log: Log
) -> None:
    async with offline.running():
        meanwhile(offline.faults, SEND, lambda: without_sending(offline))
        offline.faults.reset("POST /users/@me/channels")
        offline.mention(offline.stage.anna, QUESTION)
        await log.until("private_message_refused")
        await at_rest()

    assert log.of("chat_failed") == []
    assert log.of("sentence_not_delivered") == []


async def test_a_channel_deleted_in_mid_answer_is_logged(offline: Chat, log: Log) -> None:
    stage = offline.stage
    async with offline.running():
        meanwhile(
            offline.faults, SEND, lambda: building.remove_channel(stage.world, stage.algemeen)
        )
        offline.mention(stage.anna, QUESTION)
        line = await log.until("reply_channel_gone")
        await at_rest()

    assert line["channel_id"] == stage.algemeen.id
    assert log.of("chat_failed") == []
    assert [one.code for one in offline.server.violations] == [10003]


async def test_a_question_deleted_in_mid_answer_is_logged_and_gets_no_reply(
    offline: Chat, log: Log
) -> None:
    stage = offline.stage
    async with offline.running():
        question = offline.mention(stage.anna, QUESTION)
        meanwhile(offline.faults, SEND, lambda: stage.anna.delete(question))
        line = await log.until("question_deleted")
        await at_rest()

    assert line["channel_id"] == stage.algemeen.id
    assert log.of("chat_failed") == []
    assert offline.said(stage.algemeen) == []


def lock(chat: Chat, thread: Channel) -> None:
    assert thread.thread is not None
    thread.thread.locked = True
    posting.tell_channel(chat.stage.world, "THREAD_UPDATE", thread)


async def test_a_thread_locked_in_mid_answer_ends_in_a_private_message(
    offline: Chat, log: Log
) -> None:
    stage = offline.stage
    thread = stage.anna.start_thread(stage.anna.say(stage.algemeen, "Hier."), "draad")
    async with offline.running():
        meanwhile(offline.faults, SEND, lambda: lock(offline, thread))
        offline.mention(stage.anna, QUESTION, where=thread)
        await log.until("reply_forbidden")
        await at_rest()

    (told,) = offline.said(stage.anna.dm_channel())
    assert f"<#{thread.id}>" in told.content


async def test_an_edit_after_the_reply_was_deleted_is_logged_and_brings_it_not_back(
    offline: Chat, log: Log
) -> None:
    stage = offline.stage
    async with offline.running():
        question = offline.mention(stage.anna, "wie heeft de verkenning uitgevoerd?")
        stage.marja.delete(await offline.reply_to(question))
        stage.anna.edit(question, f"{stage.world.bot_mention} {QUESTION}")
        line = await log.until("reply_deleted")
        await at_rest()

    assert line["channel_id"] == stage.algemeen.id
    assert log.of("chat_failed") == []
    assert offline.said(stage.algemeen) == []


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("status", [500, 503])
async def test_an_edit_that_discord_refuses_for_a_moment_still_changes_the_reply(
    chat: Chat, log: Log, status: int
) -> None:
    stage = chat.stage
    question = chat.mention(stage.anna, "wie heeft de verkenning uitgevoerd?")
    reply = await chat.reply_to(question)
    fault = chat.faults.fail("PATCH /channels/*/messages/*", status)
    stage.anna.edit(question, f"{stage.world.bot_mention} {QUESTION}")
    await stage.world.until(lambda: ANSWER in reply.content or None, timeout=5)
    await at_rest()

    assert fault.met == 1
    assert chat.said(stage.algemeen) == [reply]
    assert log.of("chat_failed") == []
