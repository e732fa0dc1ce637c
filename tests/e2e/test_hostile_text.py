"""Hostile text in everything that takes text: no crash, no ping, always an answer."""

from collections.abc import AsyncGenerator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.enums import InteractionKind
from bot.sandbox.wire import Payload
from bot.texts import errors as errors_texts
from tests.e2e.chat import Chat
from tests.e2e.hostile import Siege, besieged, keeps_the_bot, texts

ASKING = 6_000  # characters that Discord lets through in an option of a command
SAYING = 1_900  # in a message, with a mention before it

pytestmark = pytest.mark.randomised


@pytest.fixture
async def siege(offline: Chat) -> AsyncGenerator[Siege]:
    async with besieged(offline) as made:
        yield made


@keeps_the_bot
@given(text=texts, public=st.booleans())
async def test_any_question_is_answered_to_those_who_may_see_it(
    siege: Siege, text: str, *, public: bool
) -> None:
    stage, words = siege.chat.stage, siege.aimed(text, longest=ASKING)
    asked = stage.anna.slash(stage.algemeen, "vraag", {"vraag": words, "openbaar": public})
    reply = await siege.answered(asked)

    assert public or not stage.bram.sees(reply)
    assert "://kwaad" not in reply.content
    assert all(stage.bram.sees(one) == public for one in asked.messages() if one.buttons())
    siege.unharmed()


@keeps_the_bot
@given(text=texts)
async def test_autocomplete_offers_choices_for_anything(siege: Siege, text: str) -> None:
    stage, words = siege.chat.stage, siege.aimed(text, longest=ASKING)
    fields = (("vraag", "vraag"), ("opties", "optie"), ("vergelijk", "eerste"))
    for command, focused in (*fields, ("vergelijk", "tweede")):
        typing = stage.anna.autocomplete(stage.algemeen, command, focused, {focused: words})
        choices = await typing.choices()
        assert len(choices) <= 25
    siege.unharmed()


@keeps_the_bot
@given(first=texts, second=texts | st.sampled_from(("1", "2", "waterschapshuis")))
async def test_any_option_is_shown_or_refused(siege: Siege, first: str, second: str) -> None:
    stage = siege.chat.stage
    one, other = (siege.aimed(text, longest=ASKING) for text in (first, second))
    await siege.answered(stage.anna.slash(stage.algemeen, "opties", {"optie": one}))
    both = {"eerste": one, "tweede": other}
    await siege.answered(stage.anna.slash(stage.algemeen, "vergelijk", both))
    siege.unharmed()


@keeps_the_bot
@given(topic=texts | st.sampled_from(("vragen", "VRAGEN", "0", "__class__")))
async def test_any_topic_of_the_help_is_explained_or_refused(siege: Siege, topic: str) -> None:
    stage = siege.chat.stage
    option: Payload = {"name": "onderwerp", "type": 3, "value": topic}
    data: Payload = {"name": "help", "options": [option]}
    reply = await siege.answered(siege.use(stage.anna, stage.algemeen, data))

    assert reply.is_ephemeral
    await siege.answered(stage.anna.slash(stage.algemeen, "voorwaarden"))
    siege.unharmed()


@keeps_the_bot
@given(text=texts)
async def test_the_menu_answers_any_message(siege: Siege, text: str) -> None:
    stage = siege.chat.stage
    words = siege.aimed(text, longest=SAYING)
    said = stage.bram.say(stage.algemeen, words if words.strip() else "x")
    reply = await siege.answered(stage.anna.menu(stage.algemeen, "Vraag beantwoorden", said))

    assert "://kwaad" not in reply.content
    siege.unharmed()


@keeps_the_bot
@given(text=texts, edited=texts)
async def test_any_mention_and_private_message_is_answered_and_follows_its_edit(
    siege: Siege, text: str, edited: str
) -> None:
    chat, stage = siege.chat, siege.chat.stage
    chat.clock.forward(minutes=2)  # hints on how to ask are given a few times a minute
    words, other = (siege.aimed(one, longest=SAYING) for one in (text, edited))
    mention = chat.mention(stage.anna, words)
    private = stage.bram.dm(words if words.strip() else "x")
    replies = [await chat.reply_to(one) for one in (mention, private)]
    assert "://kwaad" not in "".join(one.content for one in replies)

    stage.anna.edit(mention, f"{stage.world.bot_mention} {other}")
    stage.bram.edit(private, other if other.strip() else "x")
    await siege.quiet()
    assert chat.replies_to(mention)
    assert chat.replies_to(private)
    siege.unharmed()


KNOWN = ("vraag", "opties", "vergelijk")
option_values = st.fixed_dictionaries(
    {
        "name": st.sampled_from(("vraag", "optie", "eerste", "x")) | texts,
        "type": st.just(3),
        "value": texts,
    }
)


@keeps_the_bot
@given(
    name=st.sampled_from((*KNOWN, "weg", "Vraag beantwoorden")) | texts,
    options=st.lists(option_values, max_size=3),
)
async def test_a_command_of_another_version_gets_a_sentence(
    siege: Siege, name: str, options: list[Payload]
) -> None:
    stage = siege.chat.stage
    data: Payload = {"name": name, "options": options}
    reply = await siege.answered(siege.use(stage.anna, stage.algemeen, data))

    assert name in KNOWN or reply.content == errors_texts.COMMAND_CHANGED
    siege.unharmed()


@keeps_the_bot
@given(name=st.sampled_from(("weg", "Vraag beantwoorden")) | texts, typed=texts)
async def test_autocomplete_of_a_command_that_is_gone_offers_nothing(
    siege: Siege, name: str, typed: str
) -> None:
    stage = siege.chat.stage
    option: Payload = {"name": "vraag", "type": 3, "value": typed, "focused": True}
    data: Payload = {"name": name, "options": [option]}
    asked = siege.use(stage.anna, stage.algemeen, data, kind=InteractionKind.AUTOCOMPLETE)

    assert await asked.choices() == []
    siege.unharmed()


@keeps_the_bot
@given(text=texts)
async def test_what_the_gateway_repeats_is_answered_once(siege: Siege, text: str) -> None:
    chat, stage = siege.chat, siege.chat.stage
    chat.clock.forward(minutes=2)
    question, said = (siege.aimed(text, longest=longest) for longest in (ASKING, SAYING))
    with siege.recorded() as events:
        asked = stage.anna.slash(stage.algemeen, "vraag", {"vraag": question})
        mention = chat.mention(stage.anna, said)
    await siege.answered(asked)
    await chat.reply_to(mention)
    await siege.quiet()
    before = asked.messages(), chat.replies_to(mention), await siege.kept()
    await siege.repeat(events)

    assert (asked.messages(), chat.replies_to(mention), await siege.kept()) == before
    siege.unharmed()
