"""Mentions and private messages: one conversation, with follow-ups and corrections."""

import datetime as dt

from bot.sandbox import building
from bot.sandbox.people import NO_REPLY_PING
from storage.records import ChannelPlace, DirectPlace
from tests.e2e.chat import Chat, Options

FIRST = "wie heeft de verkenning uitgevoerd?"
FOLLOW_UP = "en wanneer is die aangeboden?"


async def test_a_mention_gets_a_reply_with_the_questions_id_in_its_nonce(chat: Chat) -> None:
    question = chat.mention(chat.stage.anna, FIRST)
    reply = await chat.reply_to(question)

    assert "Berenschot" in reply.content
    assert str(reply.nonce).startswith(str(question.id))
    assert [one.label for one in reply.buttons()] == ["Bronnen", "👍", "👎"]


async def test_a_follow_up_uses_what_went_before_for_a_quarter_of_an_hour(chat: Chat) -> None:
    await chat.reply_to(chat.mention(chat.stage.anna, FIRST))
    follow_up = await chat.reply_to(chat.mention(chat.stage.anna, FOLLOW_UP))
    assert "31 maart" in follow_up.content

    chat.clock.forward(minutes=16)
    alone = chat.library.answerer.reply(FOLLOW_UP)
    later = await chat.reply_to(chat.mention(chat.stage.anna, FOLLOW_UP))
    assert ("31 maart" in later.content) == ("31 maart" in getattr(alone, "text", ""))


async def test_a_private_question_does_not_continue_a_public_conversation(chat: Chat) -> None:
    stage = chat.stage
    await chat.reply_to(chat.mention(stage.anna, "wat kostte Dimpact in 2014?"))
    options: Options = {"vraag": "en wie richtte dat op?", "openbaar": False}
    private = await stage.anna.slash(stage.algemeen, "vraag", options).reply()
    alone = chat.library.answerer.reply("en wie richtte dat op?")

    assert getattr(alone, "text", "") in private.content


async def test_a_reply_to_the_bot_that_pings_it_is_a_question(chat: Chat) -> None:
    stage = chat.stage
    answer = await chat.reply_to(chat.mention(stage.anna, FIRST))
    asked = stage.anna.say(stage.algemeen, FOLLOW_UP, reply_to=answer)

    assert "31 maart" in (await chat.reply_to(asked)).content


async def test_a_reply_without_a_ping_and_talk_among_people_are_left_alone(chat: Chat) -> None:
    stage = chat.stage
    answer = await chat.reply_to(chat.mention(stage.anna, FIRST))
    quiet = stage.anna.say(stage.algemeen, FOLLOW_UP, reply_to=answer, allowed=NO_REPLY_PING)
    talk = stage.bram.say(stage.algemeen, FIRST)
    await chat.settled()

    assert chat.replies_to(quiet) == []
    assert chat.replies_to(talk) == []


async def test_the_bots_role_is_told_how_to_ask(chat: Chat) -> None:
    stage = chat.stage
    role = building.bot_role(stage.world, stage.guild)
    reply = await chat.reply_to(stage.anna.say(stage.algemeen, f"<@&{role.id}> wat is de alv?"))

    assert "Typ @ met mijn eigen naam" in reply.content


async def test_a_question_in_a_thread_is_answered_there(chat: Chat) -> None:
    stage = chat.stage
    thread = stage.anna.start_thread(stage.bram.say(stage.algemeen, "Zullen we?"), "Plan")
    reply = await chat.reply_to(chat.mention(stage.anna, FIRST, where=thread))

    assert reply.channel_id == thread.id
    assert "Berenschot" in reply.content


async def test_a_private_message_is_answered_without_a_mention_and_stores_no_channel(
    chat: Chat,
) -> None:
    reply = await chat.reply_to(chat.stage.anna.dm(FIRST))
    async with chat.units.reading() as work:
        question, answer = await work.questions.get(1), await work.answers.get(1)

    assert "Berenschot" in reply.content
    assert question is not None
    assert answer is not None
    assert question.place == answer.place == DirectPlace(chat.stage.guild.id)
    assert answer.message_id is None


async def test_a_question_edited_within_a_minute_gets_its_reply_edited(chat: Chat) -> None:
    stage = chat.stage
    question = chat.mention(stage.anna, "wat is een stichtnig")
    reply = await chat.reply_to(question)
    before = reply.content
    chat.clock.forward(seconds=50)
    stage.anna.edit(question, f"{stage.world.bot_mention} wat is een centrumgemeente?")
    await stage.world.until(lambda: reply.versions or None, timeout=5)

    assert reply.versions[0].content == before
    assert "centrumgemeente" in reply.content
    assert chat.replies_to(question) == [reply]
    async with chat.units.reading() as work:
        kept = await work.questions.get(1)
        assert kept is not None
        assert kept.text == "wat is een centrumgemeente?"
        assert await work.questions.get(2) is None
        assert isinstance(kept.place, ChannelPlace)


async def test_a_question_edited_later_keeps_its_reply(chat: Chat) -> None:
    stage = chat.stage
    question = chat.mention(stage.anna, "wat is een stichting?")
    reply = await chat.reply_to(question)
    chat.clock.forward(seconds=61)
    stage.anna.edit(question, f"{stage.world.bot_mention} wat is een centrumgemeente?")
    await chat.settled()

    assert reply.versions == []


async def test_empty_mentions_and_emoji_get_a_helpful_sentence(chat: Chat) -> None:
    stage = chat.stage
    empty = await chat.reply_to(chat.mention(stage.anna, ""))
    emoji = await chat.reply_to(chat.mention(stage.anna, "👍"))
    too_long = await chat.reply_to(chat.mention(stage.bram, "lang " * 150))

    assert "vraag" in empty.content
    assert "alleen emoji" in emoji.content
    assert "500" in too_long.content


async def test_asking_too_much_is_said_aloud_once_a_minute(chat: Chat) -> None:
    stage = chat.stage
    for _ in range(3):
        await chat.reply_to(chat.mention(stage.anna, FIRST))
    told = await chat.reply_to(chat.mention(stage.anna, FIRST))
    silent = chat.mention(stage.anna, FIRST)
    await chat.settled()

    assert "Over 10 seconden" in told.content
    assert chat.replies_to(silent) == []


async def test_a_private_message_from_two_guilds_asks_which_one_and_remembers(chat: Chat) -> None:
    stage = chat.stage
    other = building.add_guild(stage.world, "Andere gemeenten")
    building.join(stage.world, other, stage.anna.user)
    reply = await chat.reply_to(stage.anna.dm(FIRST))
    (select,) = reply.selects()
    chosen = await stage.anna.choose(reply, ["Andere gemeenten"]).reply()

    assert "Berenschot" in reply.content
    assert "Kies je community" in str(select)
    assert chosen.content == "Vanaf nu gaan je privéberichten over Andere gemeenten."
    chat.clock.forward(seconds=30)
    later = await chat.reply_to(stage.anna.dm(FOLLOW_UP))
    assert later.selects() == []
    assert await chat.services.places.guild_of(stage.anna.id) == other.id


async def test_days_are_shown_as_discord_timestamps(chat: Chat) -> None:
    reply = await chat.reply_to(chat.mention(chat.stage.anna, FIRST))
    stamp = int(reply.content.rsplit("<t:", 1)[1].split(":", 1)[0])

    assert dt.datetime.fromtimestamp(stamp, dt.UTC).hour == 12
