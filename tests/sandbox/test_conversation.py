"""Real discord.py, over real HTTP and WebSocket, in conversation with people."""

import asyncio

import pytest

from bot.sandbox.enums import MessageFlag, MessageKind, ResponseKind
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.message_records import Message
from bot.sandbox.posting import Upload
from bot.sandbox.server import Server
from bot.sandbox.slash import OptionValue
from tests.discord.stage import Stage, running
from tests.sandbox.client import TestBot

pytestmark = pytest.mark.usefixtures("client")


async def reply_to(stage: Stage, message: Message) -> Message:
    def found() -> Message | None:
        channel = stage.world.channel(message.channel_id)
        replies = [one for one in stage.world.messages_in(channel) if one.reply_to == message.id]
        return replies[0] if replies else None

    return await stage.world.until(found, timeout=5)


async def test_a_deferred_answer_fills_the_waiting_message(stage: Stage, server: Server) -> None:
    asked = stage.anna.slash(stage.algemeen, "vraag", {"vraag": "wie?"})

    assert await asked.acknowledged() is ResponseKind.DEFERRED_MESSAGE
    reply = await asked.reply()
    assert reply.content == "antwoord op wie?"
    assert reply.kind is MessageKind.CHAT_INPUT_COMMAND
    assert stage.bram.sees(reply)
    assert server.violations == []


async def test_the_first_followup_keeps_the_visibility_of_the_deferral(stage: Stage) -> None:
    asked = stage.anna.slash(stage.algemeen, "vraag", {"vraag": "wie?", "openbaar": False})
    reply = await asked.reply()

    assert reply.is_ephemeral
    assert stage.anna.sees(reply)
    assert not stage.bram.sees(reply)


async def test_a_later_followup_chooses_its_own_visibility(stage: Stage) -> None:
    asked = stage.anna.slash(stage.algemeen, "vraag", {"vraag": "wie?"})
    later = await asked.followup()

    assert later.content == "en nog iets"
    assert later.is_ephemeral


async def test_autocomplete_suggests_while_typing(stage: Stage) -> None:
    typing = stage.anna.autocomplete(stage.algemeen, "vraag", "vraag", {"vraag": "regie"})

    assert [choice.name for choice in await typing.choices()] == ["Regiegroep"]


async def test_a_button_changes_its_message(stage: Stage) -> None:
    shown = await stage.anna.slash(stage.algemeen, "opties").reply()
    changed = await stage.bram.click(shown, "Bewerk").reply()

    assert changed is shown
    assert shown.content == "bewerkt"
    assert shown.components == []
    assert shown.edited_at is not None
    assert shown.versions[0].content == "kies"


async def test_a_dynamic_button_works_after_a_restart(
    stage: Stage, server: Server, client: TestBot
) -> None:
    shown = await stage.anna.slash(stage.algemeen, "opties").reply()
    await client.close()
    async with running(server, TestBot()):
        answer = await stage.bram.click(shown, "Eens").reply()

    assert answer.content == "stem op 7"
    assert answer.only_for == stage.bram.id


async def test_a_deferred_update_is_followed_up(stage: Stage) -> None:
    shown = await stage.anna.slash(stage.algemeen, "opties").reply()
    pressed = stage.bram.click(shown, "later")

    assert (await pressed.reply()).content == "achteraf"
    assert await pressed.acknowledged() is ResponseKind.DEFERRED_UPDATE


async def test_selects_give_values_and_roles(stage: Stage) -> None:
    shown = await stage.anna.slash(stage.algemeen, "opties").reply()
    topics = stage.anna.choose(shown, ["Regiegroep", "coöperatie"], custom_id="topic")
    role = stage.anna.choose(shown, [stage.lid], custom_id="role")

    assert (await topics.reply()).content == "gekozen: regiegroep, coöperatie"
    assert (await role.reply()).content == "rol lid"


async def test_a_modal_is_filled_in_by_its_labels(stage: Stage) -> None:
    shown = await stage.anna.slash(stage.algemeen, "opties").reply()
    opened = stage.anna.click(shown, "Formulier")
    assert (await opened.modal()).title == "Waarom?"

    sent = stage.anna.submit(
        opened,
        {"Uitleg": "te kort", "Soort": ["Fout"], "Bijlage": [Upload("stuk.txt", b"inhoud")]},
    )

    assert (await sent.reply()).content == "te kort|['Fout']|['stuk.txt']"


async def test_a_modal_does_not_close_when_a_required_field_is_empty(stage: Stage) -> None:
    shown = await stage.anna.slash(stage.algemeen, "opties").reply()
    opened = stage.anna.click(shown, "Formulier")
    await opened.modal()

    with pytest.raises(NotPossibleError, match="required"):
        stage.anna.submit(opened, {"Soort": ["Fout"]})
    with pytest.raises(NotPossibleError, match="0 to 50"):
        stage.anna.submit(opened, {"Uitleg": "x" * 51})


async def test_a_context_menu_sees_the_text_without_the_privileged_intent(stage: Stage) -> None:
    said = stage.bram.say(stage.algemeen, "wat is een regiegroep?")
    reply = await stage.anna.menu(stage.algemeen, "Vraag beantwoorden", said).reply()

    assert reply.content == "over: wat is een regiegroep?"
    assert reply.kind is MessageKind.CONTEXT_MENU_COMMAND


async def test_options_refer_to_people_and_channels(stage: Stage) -> None:
    owner = stage.world.user(stage.guild.owner_id)
    beheerder = type(stage.anna)(stage.world, owner)
    options: dict[str, OptionValue] = {"wie": stage.anna.user, "waar": stage.reacties, "hoeveel": 3}
    reply = await beheerder.slash(stage.algemeen, "kennis zoeken", options).reply()

    assert reply.content == "Anna reacties 3"


async def test_a_mention_arrives_with_its_text(stage: Stage, client: TestBot) -> None:
    said = stage.anna.say(stage.algemeen, f"{stage.world.bot_mention} wie adviseert?")
    reply = await reply_to(stage, said)

    assert reply.content.endswith("wie adviseert?")
    assert reply.pings.users == [stage.anna.id]
    assert reply.nonce == str(said.id)
    assert (await client.hear()).clean_content.startswith("@BREED")


async def test_other_messages_arrive_without_text(stage: Stage, client: TestBot) -> None:
    said = stage.anna.say(stage.algemeen, "niet voor de bot")
    role = stage.guild.roles[stage.guild.members[client.application_id or 0].roles[0]]
    asked = stage.anna.say(stage.algemeen, f"<@&{role.id}> hallo?")
    first, second = await client.hear(), await client.hear()

    assert (first.id, first.content) == (said.id, "")
    assert (second.id, second.content) == (asked.id, "")
    assert [one.id for one in second.role_mentions] == [role.id]


async def test_a_reply_to_the_bot_counts_as_a_mention(stage: Stage) -> None:
    first = await reply_to(stage, stage.anna.say(stage.algemeen, stage.world.bot_mention))
    again = stage.anna.say(stage.algemeen, "en wanneer?", reply_to=first)

    assert (await reply_to(stage, again)).content == "gelezen: en wanneer?"


async def test_a_dm_is_a_conversation_of_its_own(stage: Stage) -> None:
    said = stage.anna.dm("wat is BREED?")
    reply = await reply_to(stage, said)

    assert reply.content == "gelezen: wat is BREED?"
    assert not stage.bram.sees(reply)


async def test_an_answer_of_the_second_generation_carries_its_file(stage: Stage) -> None:
    reply = await stage.anna.slash(stage.algemeen, "paneel").reply()

    assert reply.flags & MessageFlag.COMPONENTS_V2
    assert reply.text.splitlines() == ["# Overzicht", "tekst"]
    assert reply.attachments[0].description == "Een grafiek"
    assert [one.id for one in reply.parts()] == [1, 2, 3, 4, 5, 6, 7]


async def test_an_answer_can_be_edited_and_taken_away(stage: Stage, server: Server) -> None:
    with stage.world.events.observe() as seen:
        asked = stage.anna.slash(stage.algemeen, "weg")
        async with asyncio.timeout(5):
            names = [(await seen.next()).name for _ in range(5)]

    assert names == [
        "INTERACTION_CREATE",
        "MESSAGE_CREATE",
        "INTERACTION_SUCCESS",
        "MESSAGE_UPDATE",
        "MESSAGE_DELETE",
    ]
    assert asked.messages() == []
    assert server.violations == []


async def test_the_bot_works_in_threads_and_forum_posts(stage: Stage) -> None:
    thread = stage.anna.start_thread(stage.bram.say(stage.algemeen, "overleg"), "Overleg")
    post, _first = stage.anna.post(stage.forum, "Hoe verder?", "Wie weet het?")

    for place in (thread, post):
        said = stage.anna.say(place, f"{stage.world.bot_mention} hier")
        assert (await reply_to(stage, said)).channel_id == place.id
