"""`/kennis` as moderators see it: documents added, changed, taken out and back, and terms."""

import pytest

from bot.sandbox import building
from bot.sandbox.asked import Asked
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from storage.document_records import DocumentVersion
from tests.builders import own_library
from tests.e2e.chat import Chat
from tests.services.knowledge.guild_scene import draft

QUESTION = "hoeveel tulpen groeien er in de kas van mijn buurvrouw"
TITLE = "Tulpen van de *buurvrouw*"
BODY = "In de kas van de buurvrouw groeien vijftig tulpen. @everyone"
MORE = "In de kas van de buurvrouw groeien zestig tulpen."
LONG = "Wie **v_e_e_l** typt is niets kwijt. " * 90
PATIENCE = 20.0  # seconds; a busy machine reads and indexes slowly


@pytest.fixture(autouse=True)
def managing(offline: Chat) -> None:
    """Let moderators see the commands, and let this test alone learn what is added."""
    offline.library = own_library()
    stage, rights = offline.stage, Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(stage.world, stage.guild, stage.moderator, rights)


@pytest.fixture
def second(offline: Chat) -> Person:
    """Return another moderator."""
    stage = offline.stage
    return Person.new(stage.world, "Mia", stage.guild, stage.lid, stage.moderator)


def used(chat: Chat, name: str, **options: str | bool) -> Asked:
    return chat.stage.marja.slash(chat.stage.algemeen, f"kennis {name}", options)


async def told(chat: Chat, name: str, **options: str | bool) -> Message:
    return await used(chat, name, **options).reply(timeout=PATIENCE)


async def added(chat: Chat) -> DocumentVersion:
    """Keep a document of the guild, by Marja."""
    text = draft(TITLE, BODY, QUESTION)
    return await chat.services.guild_documents.add(
        chat.stage.guild.id, text, actor_id=chat.stage.marja.id
    )


async def answer(chat: Chat, question: str = QUESTION) -> str:
    """Return what a visitor who asks reads now; not so soon after the last that it is too much."""
    chat.clock.forward(minutes=1)
    return (await chat.reply_to(chat.mention(chat.stage.bezoeker, question))).content


async def opened(chat: Chat, who: Person) -> Asked:
    """Have a moderator open the form of the only part of the document."""
    asked = who.slash(chat.stage.algemeen, "kennis bewerken", {"document": TITLE})
    form = who.choose(await asked.reply(), ["0"])
    await form.modal()
    return form


async def test_a_document_is_shown_taken_in_changed_in_a_form_and_put_back(
    offline: Chat,
) -> None:
    chat, marja = offline, offline.stage.marja
    async with chat.running():
        form = used(chat, "toevoegen")
        await form.modal()
    async with chat.running():
        typed = {
            "Titel": TITLE,
            "Tekst": BODY,
            "Hoe vragen mensen dit?": f"{QUESTION}\nbloemen tellen bij mijn buurvrouw",
            "Bron": "Telling van de kas",
        }
        preview = await marja.submit(form, typed).reply(timeout=PATIENCE)
        assert preview.is_ephemeral
        assert "vijftig tulpen" in preview.content
        assert "bestand" not in preview.content.lower(), "who typed it knows of none"
        assert "vijftig" not in await answer(chat)
        marja.click(preview, "Opnemen")
        await chat.stage.world.until(
            lambda: "is opgenomen" in preview.content or None, timeout=PATIENCE
        )
        assert "vijftig" in await answer(chat)

    async with chat.running():
        changed = await marja.submit(await opened(chat, marja), {"Tekst": MORE}).reply()
        assert "is bewaard als versie 2" in changed.content
        assert "~~vijftig~~" in changed.content
        assert "**zestig**" in changed.content
        assert "zestig" in await answer(chat)
        undone = await marja.click(changed, "Ongedaan maken").reply()
        assert "is bewaard als versie 3" in undone.content
        assert "vijftig" in await answer(chat)
    assert chat.server.violations == []
    assert chat.pings() == []


async def test_of_two_who_change_a_part_the_second_is_told_and_chooses(
    offline: Chat, second: Person
) -> None:
    chat, marja = offline, offline.stage.marja
    async with chat.running():
        await added(chat)
        theirs, mine = await opened(chat, second), await opened(chat, marja)
        await second.submit(theirs, {"Tekst": f"{MORE}\n\nZe zijn rood."}).reply()
        told = await marja.submit(
            mine, {"Tekst": f"{BODY}\n\n{LONG}", "Hoe vragen mensen dit?": "wie telt de bollen"}
        ).reply()
        assert f"<@{second.id}> was je voor: " in told.content
        assert "~~vijftig~~ **zestig**" in told.content
        shown = told.content
    async with chat.running():  # the message and its text outlive a restart
        edited = await marja.slash(
            chat.stage.algemeen, "kennis bewerken", {"document": TITLE}
        ).reply()
        assert "een tekst liggen" in edited.content
        looked = await marja.click(edited, "Bekijk mijn tekst").reply()
        assert looked.content == shown
        joining = marja.click(looked, "Samen verder bewerken")
        form = str(await joining.modal())
        assert "zestig" in form
        assert "Ze zijn rood." in form
        assert "wie telt de bollen" in form
        assert LONG.strip()[-300:] in form
        await second.submit(await opened(chat, second), {"Tekst": "Nog eens anders."}).reply()
        again = await marja.submit(joining, {"Tekst": f"{MORE} Samen."}).reply()
        assert "versie 3 er nu" in again.content
        saved = await marja.click(again, "Mijn tekst opnemen").reply()
        late = await marja.click(told, "Laat staan zoals het is").reply()
        assert "is bewaard als versie 4" in saved.content
        assert "bewaar ik niet meer" in late.content
        assert "zestig tulpen. Samen." in await answer(chat, "wie telt de bollen")
    assert chat.server.violations == []
    assert chat.pings() == []


async def test_what_is_taken_out_answers_no_more_until_it_is_put_back(chat: Chat) -> None:
    marja = chat.stage.marja
    await added(chat)
    before = await answer(chat)
    gone = await told(chat, "verwijderen", document=TITLE)
    without = await answer(chat)
    shown = await told(chat, "bewerken", document=TITLE)
    back = await marja.click(gone, "Ongedaan maken").reply()
    late = await marja.click(shown, "Terugzetten").reply()
    unknown = await told(chat, "verwijderen", document="Iets anders")

    assert "vijftig" in before
    assert "geeft geen antwoorden meer" in gone.content
    assert "vijftig" not in without
    assert "niet in de antwoorden" in shown.content
    assert "doet weer mee, als versie 3" in back.content
    assert late.content == "Dit is al zo: er hoeft niets te veranderen."
    assert "vijftig" in await answer(chat)
    assert unknown.content == "Dit document is er niet (meer). Zoek het op in de lijst."


async def test_a_history_shows_who_did_what_and_leads_back_to_any_version(chat: Chat) -> None:
    stage, marja = chat.stage, chat.stage.marja
    await added(chat)
    await marja.submit(await opened(chat, marja), {"Tekst": MORE}).reply()
    offered = await marja.autocomplete(
        stage.algemeen, "kennis historie", "document", {"document": "tulp"}
    ).choices()
    listed = await told(chat, "historie", document=str(offered[0].value))
    newest = await marja.choose(listed, ["2"]).reply()
    first = await marja.choose(listed, ["1"]).reply()
    reverted = await marja.click(first, "Terug naar deze versie").reply()
    shipped = await told(chat, "historie", document="Het geld voor de Digitale Agenda 2020")

    assert [one.name for one in offered] == [TITLE]
    assert f"**Versie 2** · gewijzigd door <@{marja.id}>" in listed.content
    assert f"**Versie 1** · toegevoegd door <@{marja.id}>" in listed.content
    assert "**Versie 2**, vergeleken met versie 1:" in newest.content
    assert "~~vijftig~~ **zestig**" in newest.content
    assert "@\u200beveryone" in first.content
    assert "is bewaard als versie 3" in reverted.content
    assert "vijftig" in await answer(chat)
    assert shipped.content.endswith("**Versie 0** · hoort bij de bot")


async def test_a_term_is_known_at_once_changed_taken_out_and_put_back(chat: Chat) -> None:
    marja, asking = chat.stage.marja, "wat is KTB?"
    form = used(chat, "begrip", begrip="KTB")
    await form.modal()
    typed = {
        "Wat betekent het?": "de Kring van Tulpenbollen",
        "Andere namen, met komma's ertussen": "",
    }
    kept = await marja.submit(form, typed).reply()
    known = await answer(chat, asking)
    again = used(chat, "begrip", begrip="ktb")
    shown = await again.modal()
    await marja.submit(again, {"Wat betekent het?": "de Kas vol Tulpenbollen"}).reply()
    changed = await answer(chat, asking)
    gone = await told(chat, "begrip", begrip="KTB", verwijderen=True)
    without = await answer(chat, asking)
    none = await told(chat, "begrip", begrip="KTB", verwijderen=True)
    await marja.click(gone, "Ongedaan maken").reply()

    assert "**KTB** is bewaard." in kept.content
    assert "Kring van Tulpenbollen" in known
    assert "de Kring van Tulpenbollen" in str(shown)
    assert "Kas vol Tulpenbollen" in changed
    assert "Het begrip **KTB** is weg." in gone.content
    assert "Tulpenbollen" not in without
    assert "staat niet in jullie lijst" in none.content
    assert "Kas vol Tulpenbollen" in await answer(chat, asking)
