"""Open questions from the button of whoever asks to the answer, as everybody sees them."""

import pytest

from bot.sandbox import building
from bot.sandbox.bodies.controls import StringSelect
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel
from tests.builders import own_library
from tests.e2e.chat import Chat

QUESTION = "hoeveel tulpen groeien er in de kas van mijn buurvrouw"
TYPED = {
    "Antwoord": "In die kas groeien **vijftig** tulpen. @everyone",
    "Bron": "Telling van de kas",
    "Link naar de bron": "example.org/kas",
}


@pytest.fixture(autouse=True)
def managing(offline: Chat) -> None:
    """Let moderators see the commands: Discord shows them to Manage Server by default."""
    stage, rights = offline.stage, Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(stage.world, stage.guild, stage.moderator, rights)


@pytest.fixture(autouse=True)
def learning(offline: Chat) -> None:
    """Keep what the guild learns out of other tests."""
    offline.library = own_library()


async def passed_on(chat: Chat, who: Person, *, where: Channel | None = None) -> Message:
    """Have somebody ask in public and press the button; return the bot's reply to them."""
    shown = await chat.reply_to(chat.mention(who, QUESTION, where=where))
    await who.click(shown, "Vraag een moderator").reply()
    return shown


async def passed_on_in_private(chat: Chat, who: Person) -> None:
    shown = await chat.reply_to(who.dm(QUESTION))
    await who.click(shown, "Vraag een moderator").reply()


async def tended(chat: Chat, *, times: int = 1) -> None:
    """Send what waits and follow it up, as the running bot does again and again."""
    for _ in range(times):
        await chat.delivered()
        await chat.services.open_answering.tending.tick()
    await chat.delivered()


def posted(chat: Chat, channel: Channel) -> list[Message]:
    """Return what the bot said there for all to read."""
    return [one for one in chat.said(channel) if not one.is_ephemeral]


def card_of(chat: Chat) -> Message:
    (card,) = posted(chat, chat.stage.moderators)
    return card


def text_of(message: Message) -> str:
    return "\n".join(f"{one.title}\n{one.description}" for one in message.embeds)


async def written(chat: Chat, card: Message, typed: dict[str, str] | None = None) -> Message:
    """Have Marja type an answer; return the preview."""
    marja = chat.stage.marja
    opened = marja.click(card, "Beantwoorden")
    await opened.modal()
    return await marja.submit(opened, typed or TYPED).reply()


async def check_what_is_known(chat: Chat, shown: Message) -> None:
    """The next who asks gets the answer; who asked before reads it again."""
    stage = chat.stage
    found = await chat.reply_to(chat.mention(stage.bezoeker, QUESTION))
    assert "vijftig" in found.content
    assert "antwoord van een moderator" in found.content
    again = await stage.anna.click(shown, "Vraag een moderator").reply()
    assert again.content.startswith("Een moderator heeft deze vraag op <t:")
    assert "vijftig" in text_of(again)


async def test_an_answer_reaches_everybody_and_the_next_who_asks_over_restarts(
    offline: Chat,
) -> None:
    chat, stage = offline, offline.stage
    async with chat.running():
        shown = await passed_on(chat, stage.anna)
        await passed_on_in_private(chat, stage.bram)
        await chat.delivered()
        card = card_of(chat)
        assert "❓ Open vraag (2 leden vragen dit)" in text_of(card)
        assert f"Gevraagd door <@{stage.anna.id}>, <@{stage.bram.id}>" in text_of(card)
        opened = stage.marja.click(card, "Beantwoorden")
        await opened.modal()
    async with chat.running():
        preview = await stage.marja.submit(opened, TYPED).reply()
        assert preview.is_ephemeral
        assert "**Voorbeeld**: dit krijgt 2 leden." in preview.content
        assert f"“{QUESTION}”" in preview.content
        assert "In die kas groeien **vijftig** tulpen. @\u200beveryone" in text_of(preview)
        assert "[Telling van de kas](<https://example.org/kas>)" in text_of(preview)
        looked_at = text_of(preview)  # the message itself shows something else later
        await chat.delivered()
        assert f"<@{stage.marja.id}> heeft een concept" in text_of(card_of(chat))
        assert posted(chat, stage.algemeen) == [shown]
    async with chat.running():
        told = await stage.marja.click(preview, "Versturen en bewaren").reply()
        assert told.content == "2 leden krijgen nu het antwoord. Bewaard als kennis."
        await tended(chat)
        (reply,) = chat.replies_to(shown)
        assert text_of(reply) == looked_at
        assert text_of(chat.said(stage.bram.dm_channel())[-1]) == looked_at
        closed = card_of(chat)
        assert "✅ Vraag: beantwoord (2 leden vragen dit)" in text_of(closed)
        assert f"**Beantwoord** door <@{stage.marja.id}>" in text_of(closed)
        assert "Bezorgd bij 2 van 2." in text_of(closed)
        assert closed.buttons() == []
        await check_what_is_known(chat, shown)
    assert chat.server.violations == []
    assert chat.pings() == []


async def test_what_arrives_nowhere_is_seen_on_the_card(offline: Chat) -> None:
    chat, stage = offline, offline.stage
    kas = building.add_channel(stage.world, stage.guild, "kas")
    async with chat.running():
        await passed_on(chat, stage.anna, where=kas)
        await passed_on_in_private(chat, stage.bram)
        await passed_on(chat, stage.bezoeker, where=kas)
        await chat.delivered()
        preview = await written(chat, card_of(chat))
        # Before it is sent: the channel goes, Bram closes his messages, the visitor leaves.
        building.remove_channel(stage.world, kas)
        stage.bram.close_dms()
        building.leave(stage.world, stage.guild, stage.bezoeker.user)
        told = await stage.marja.click(preview, "Alleen versturen").reply()
        assert told.content == "3 leden krijgen nu het antwoord. Niet bewaard als kennis."
        await tended(chat, times=3)

        assert "vijftig" in text_of(chat.said(stage.anna.dm_channel())[-1])
        card = next(one for one in posted(chat, stage.moderators) if "✅" in text_of(one))
        assert "Bezorgd bij 1 van 3." in text_of(card)
        assert f"⚠️ Niet bezorgd bij <@{stage.bram.id}>, <@{stage.bezoeker.id}>" in text_of(card)
        assert chat.pings() == []


async def test_the_list_leads_to_a_passage_that_answers_or_to_a_reason_for_none(
    chat: Chat,
) -> None:
    stage = chat.stage
    empty = await stage.marja.slash(stage.algemeen, "kennis openstaand").reply()
    assert empty.content == "Er wacht geen vraag op een moderator. 🎉"
    await passed_on(chat, stage.anna)
    listed = await stage.marja.slash(stage.algemeen, "kennis openstaand").reply()
    assert "**Er wacht 1 vraag op een moderator**" in listed.content
    assert f"1. {QUESTION}\n-# 1 vrager, <t:" in listed.content

    opened = await stage.marja.choose(listed, ["1"]).reply()
    labels = [one.label for one in opened.buttons()]
    linking = "Koppelen aan bestaand antwoord"
    posting = "Kaart opnieuw plaatsen"
    assert labels == ["Beantwoorden", linking, "Niet beantwoorden", "Naar de lijst", posting]
    await chat.delivered()
    old = card_of(chat)
    told = [await stage.marja.click(opened, posting).reply() for _ in range(2)]
    await chat.delivered()
    assert card_of(chat).id != old.id
    assert "opnieuw" in told[0].content
    assert told[1].content == "De kaart is zojuist al opnieuw geplaatst."
    nothing = await stage.marja.click(opened, linking).reply()
    form = stage.marja.click(nothing, "Anders zoeken")
    await form.modal()
    offered = await stage.marja.submit(form, {"Zoekwoorden": "wat is een centrumgemeente"}).reply()
    (menu,) = offered.selects()
    assert isinstance(menu, StringSelect)
    preview = await stage.marja.choose(offered, [menu.options[0].value]).reply()
    assert "Een moderator vond het antwoord" in text_of(preview)
    assert f"ook te vinden met: “{QUESTION}”" in preview.content
    assert [one.label for one in preview.buttons()] == [
        "Versturen",
        "Versturen en vraag toevoegen",
        "Terug",
    ]
    await check_a_decline(chat, opened, preview)


async def check_a_decline(chat: Chat, opened: Message, preview: Message) -> None:
    """Marja declines in one window, and is told so in the other."""
    stage = chat.stage
    again = stage.marja.click(opened, "Niet beantwoorden")
    await again.modal()
    declining = await stage.marja.submit(again, {"Reden": "Dit gaat niet over BREED."}).reply()
    assert "Daarna is de vraag gesloten." in declining.content
    told = await stage.marja.click(declining, "Versturen").reply()
    assert told.content == "1 lid krijgt nu de reden."
    lost = await stage.marja.click(preview, "Versturen").reply()
    assert lost.content.startswith("Deze vraag is al afgehandeld (niet beantwoord)")
    await tended(chat)
    reply = posted(chat, stage.algemeen)[-1]
    assert "Een moderator schrijft: Dit gaat niet over BREED." in text_of(reply)


async def test_a_bad_link_keeps_what_was_typed(chat: Chat) -> None:
    stage = chat.stage
    await passed_on(chat, stage.anna)
    await chat.delivered()
    problem = await written(chat, card_of(chat), {**TYPED, "Link naar de bron": "geen adres"})
    assert problem.content.startswith("De link klopt niet.")
    assert problem.content.endswith("Wat je typte is bewaard als concept.")
    opened = stage.marja.click(problem, "Verder schrijven")
    form = await opened.modal()
    assert TYPED["Antwoord"] in str(form)

    preview = await stage.marja.submit(opened, TYPED).reply()
    assert "**Voorbeeld**: dit krijgt 1 lid." in preview.content


async def test_moderators_are_reminded_and_open_the_list_from_there(chat: Chat) -> None:
    stage = chat.stage
    await passed_on(chat, stage.anna)
    chat.clock.forward(days=3)
    await tended(chat)
    _card, reminder = posted(chat, stage.moderators)
    assert reminder.content.startswith(
        "⏰ **1 vraag wacht al langer dan 2 dagen op een moderator.**"
    )
    listed = await stage.marja.click(reminder, "Bekijk de vragen").reply()
    assert listed.is_ephemeral
    assert "**Er wacht 1 vraag op een moderator**" in listed.content
