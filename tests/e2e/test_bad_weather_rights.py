"""A bot that lacks rights: it answers in another way, says where, and the log names what lacks."""

import pytest

from bot.sandbox import building, posting
from bot.sandbox.enums import MessageKind
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel, Role
from tests.e2e.chat import Chat
from tests.e2e.weather import SEND, Log, at_rest, meanwhile

QUESTION = "wat adviseert Berenschot nou eigenlijk?"
ANSWER = "uitvoeringscoöperatie"


def own_role(chat: Chat) -> Role:
    return building.bot_role(chat.stage.world, chat.stage.guild)


def deny(chat: Chat, rights: Permission) -> None:
    building.set_overwrite(chat.stage.world, chat.stage.algemeen, own_role(chat), deny=rights)


async def test_where_the_bot_may_not_write_a_mention_is_answered_in_private(
    offline: Chat, log: Log
) -> None:
    stage = offline.stage
    deny(offline, Permission.SEND_MESSAGES)
    async with offline.running():
        offline.mention(stage.anna, QUESTION)
        await log.until("reply_forbidden")
        await at_rest()
        (told,) = offline.said(stage.anna.dm_channel())
        asked = stage.anna.dm(QUESTION)
        answer = await offline.reply_to(asked)

    assert f"<#{stage.algemeen.id}>" in told.content
    assert ANSWER in answer.content
    assert offline.said(stage.algemeen) == []


async def test_a_command_is_answered_where_the_bot_may_not_write(chat: Chat) -> None:
    deny(chat, Permission.SEND_MESSAGES)
    asked = chat.stage.anna.slash(chat.stage.algemeen, "vraag", {"vraag": QUESTION})

    assert ANSWER in (await asked.reply()).content


async def test_without_the_right_to_embed_links_the_answer_is_the_same(chat: Chat) -> None:
    before = await chat.reply_to(chat.mention(chat.stage.anna, QUESTION))
    deny(chat, Permission.EMBED_LINKS)
    after = await chat.reply_to(chat.mention(chat.stage.anna, QUESTION))

    assert after.content == before.content
    assert "Bron: [" in after.content


async def test_without_the_right_to_read_history_the_answer_is_no_reply(chat: Chat) -> None:
    deny(chat, Permission.READ_MESSAGE_HISTORY)
    chat.mention(chat.stage.anna, QUESTION)
    await chat.stage.world.until(lambda: chat.said(chat.stage.algemeen) or None, timeout=5)
    await at_rest()

    (answer,) = chat.said(chat.stage.algemeen)
    assert answer.kind is MessageKind.DEFAULT
    assert ANSWER in answer.content


async def test_that_right_taken_away_in_mid_answer_makes_it_no_reply_either(
    offline: Chat, log: Log
) -> None:
    async with offline.running():
        meanwhile(offline.faults, SEND, lambda: deny(offline, Permission.READ_MESSAGE_HISTORY))
        offline.mention(offline.stage.anna, QUESTION)
        await log.until("reply_without_reference")
        await at_rest()

    (answer,) = offline.said(offline.stage.algemeen)
    assert answer.kind is MessageKind.DEFAULT
    assert ANSWER in answer.content
    assert [one.code for one in offline.server.violations] == [160002]


@pytest.mark.parametrize("locked", [False, True])
async def test_in_a_thread_that_was_archived_in_mid_answer_the_answer_or_a_word_in_private_arrives(
    offline: Chat, log: Log, *, locked: bool
) -> None:
    stage = offline.stage
    thread = stage.anna.start_thread(stage.anna.say(stage.algemeen, "Hier."), "draad")
    async with offline.running():
        meanwhile(offline.faults, SEND, lambda: archive(offline, thread, locked=locked))
        offline.mention(stage.anna, QUESTION, where=thread)
        if locked:
            await log.until("reply_forbidden")
        else:
            await stage.world.until(lambda: offline.said(thread) or None, timeout=5)
        await at_rest()

    told = offline.said(stage.anna.dm_channel())
    assert [f"<#{thread.id}>" in one.content for one in told] == [True] * locked
    assert [ANSWER in one.content for one in offline.said(thread)] == [True] * (not locked)


def archive(chat: Chat, thread: Channel, *, locked: bool) -> None:
    assert thread.thread is not None
    thread.thread.archived, thread.thread.locked = True, locked
    posting.tell_channel(chat.stage.world, "THREAD_UPDATE", thread)


async def test_at_the_start_the_log_names_what_the_bot_lacks_in_each_channel(
    offline: Chat, log: Log
) -> None:
    deny(offline, Permission.SEND_MESSAGES | Permission.EMBED_LINKS)
    async with offline.running():
        line = await log.until("rights_missing")
        seen = await log.until("rights_seen")

    assert line["guild_id"] == offline.stage.guild.id
    assert line["channel_id"] == offline.stage.algemeen.id
    assert line["names"] == ("send_messages", "embed_links")
    assert seen["channels_with_rights_missing"] == 1


async def test_rights_taken_away_and_given_back_in_a_channel_are_logged(
    chat: Chat, log: Log
) -> None:
    deny(chat, Permission.READ_MESSAGE_HISTORY)
    taken = await log.until("rights_missing")
    deny(chat, Permission.NONE)
    given = await log.until("rights_complete")

    assert taken["channel_id"] == given["channel_id"] == chat.stage.algemeen.id
    assert taken["names"] == ("read_message_history",)


async def test_a_channel_that_changes_in_another_way_is_not_logged(chat: Chat, log: Log) -> None:
    chat.stage.algemeen.name = "anders"
    posting.tell_channel(chat.stage.world, "CHANNEL_UPDATE", chat.stage.algemeen)
    await chat.settled()
    await at_rest()

    assert log.of("rights_missing") == log.of("rights_complete") == []


async def test_rights_taken_away_from_the_bots_role_are_logged(chat: Chat, log: Log) -> None:
    stage = chat.stage
    everyone = stage.guild.roles[stage.guild.id]
    less = everyone.permissions & ~Permission.EMBED_LINKS
    building.set_permissions(stage.world, stage.guild, own_role(chat), less)
    await log.until("rights_seen")
    building.set_permissions(stage.world, stage.guild, everyone, less)
    line = await log.until("rights_missing")

    assert line["names"] == ("embed_links",)
