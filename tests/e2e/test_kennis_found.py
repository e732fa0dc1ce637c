"""`/kennis` as moderators see it: files sent back, what is found, points to improve, releases."""

import pytest

from bot.sandbox import building
from bot.sandbox.message_records import Message
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import Upload
from tests.builders import BIBLIOTHEEK, SHELF, WATERNET, own_library
from tests.e2e.chat import Chat, Options
from tests.e2e.test_kennis import BODY, MORE, PATIENCE, QUESTION, TITLE, added, answer, told
from tests.services.knowledge.guild_scene import draft, library_of
from tests.services.knowledge.test_guild_documents import DEARER
from tests.services.knowledge.test_guild_notices import RELEASED

NOTHING = "qzxv wrtzk ploqj"


@pytest.fixture(autouse=True)
def managing(offline: Chat) -> None:
    """Let moderators see the commands, and let this test alone learn what is added."""
    offline.library = own_library()
    stage, rights = offline.stage, Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(stage.world, stage.guild, stage.moderator, rights)


async def sent(chat: Chat, name: str, content: bytes) -> str:
    """Have Marja send a file as the text of the document; return what she reads."""
    options: Options = {"document": TITLE, "bestand": Upload(name, content)}
    asked = chat.stage.marja.slash(chat.stage.algemeen, "kennis bewerken", options)
    return (await asked.reply(timeout=PATIENCE)).content


async def test_a_whole_text_is_sent_back_as_a_file(chat: Chat) -> None:
    stage = chat.stage
    await added(chat)
    shown = await told(chat, "bewerken", document=TITLE)
    file = (await stage.marja.click(shown, "Downloaden").reply()).attachments[0]
    text = stage.world.state.files[file.id].data.decode()
    saved = await sent(chat, file.name, text.replace("vijftig", "zestig").encode())
    older = await sent(chat, file.name, text.replace("vijftig", "tachtig").encode())
    found = await answer(chat)
    windows = await sent(
        chat, "anders.md", "\ufeff".encode() + draft(TITLE, MORE, QUESTION).encode()
    )

    assert file.name.endswith(".v1.md")
    assert "is bewaard als versie 2" in saved
    assert "~~vijftig~~ **zestig**" in saved
    assert older.startswith(f"<@{stage.marja.id}> was je voor: van **Tulpen")
    assert "staat versie 2 er nu" in older
    assert "zestig" in found
    assert "is bewaard als versie 3" in windows


async def test_a_file_that_cannot_be_used_changes_nothing(chat: Chat) -> None:
    version = await added(chat)
    text = draft(TITLE, BODY, QUESTION)
    undated = text.replace("date: 2016-06-03", "date: gisteren")
    unsound = await sent(chat, "x.md", undated.encode())
    bare = await sent(chat, "x.md", b"zomaar een zin")
    binary = await sent(chat, "x.md", b"\xff\xfe\x00\xd8")
    large = await sent(chat, "x.md", b"x" * (1_048_576 + 1))
    newest = await chat.services.guild_documents.newest(version.guild_id, version.document_id)

    assert unsound.startswith("Zo kan ik de tekst niet gebruiken:\n- Regel 3: ")
    assert bare.startswith("Zo kan ik de tekst niet gebruiken:\n- ")
    assert binary.startswith("Dit bestand is geen tekst (UTF-8).")
    assert large.startswith("Dit bestand is te groot.")
    assert newest is not None
    assert (newest.version, newest.text) == (1, version.text)


async def test_a_search_leads_to_the_document_or_says_that_there_is_nothing(chat: Chat) -> None:
    await added(chat)
    found = await told(chat, "zoeken", zoekwoorden="tulpen kas buurvrouw")
    nothing = await told(chat, "zoeken", zoekwoorden=NOTHING)
    document = await chat.stage.marja.choose(found, [TITLE]).reply()

    assert "**Tulpen van de \\*buurvrouw\\*** · van deze server" in found.content
    assert "@everyone" not in found.content
    assert nothing.content.startswith("Daar vind ik niets over.")
    assert "Versie 1 · eigen document" in document.content


async def test_points_to_improve_lead_to_the_document_and_name_nobody(chat: Chat) -> None:
    stage = chat.stage
    await added(chat)
    none = await told(chat, "verbeterpunten")
    shown = await chat.reply_to(chat.mention(stage.anna, QUESTION))
    form = stage.bram.click(shown, "👎")
    await form.modal()
    reason = {"Waarom hielp dit antwoord niet?": "Het zijn er **meer**."}
    await stage.bram.submit(form, reason).reply()
    for who in (stage.anna, stage.bram):
        await chat.reply_to(chat.mention(who, NOTHING))
    points = await told(chat, "verbeterpunten")
    document = await stage.marja.choose(points, [TITLE]).reply()

    assert none.content.startswith("Niets te verbeteren")
    assert f"- 1 keer: {QUESTION}\n-# Antwoord uit: Tulpen van de" in points.content
    assert "> Het zijn er \\*\\*meer\\*\\*." in points.content
    assert f"- 2 keer: {NOTHING}" in points.content
    assert "<@" not in points.content
    assert "Versie 1 · eigen document" in document.content


async def test_only_moderators_may(chat: Chat) -> None:
    stage = chat.stage
    await added(chat)
    shown = await told(chat, "bewerken", document=TITLE)
    form = stage.marja.choose(shown, ["0"])
    await form.modal()
    offered = (*stage.anna.commands(stage.algemeen), *stage.bezoeker.commands(stage.algemeen))
    building.set_permissions(stage.world, stage.guild, stage.moderator, Permission(0))
    pressed = await stage.marja.click(shown, "Uit de antwoorden halen").reply()
    submitted = await stage.marja.submit(form, {"Tekst": MORE}).reply()

    assert "kennis" not in {one.body.name for one in offered}
    assert pressed.content == "Dit kunnen alleen moderatoren."
    assert submitted.content.startswith("Dit kunnen alleen moderatoren.")
    assert "vijftig" in await answer(chat)


async def released(chat: Chat) -> Message:
    """Let moderators be told that a release changed what they have their own text of."""
    await chat.services.guild_notices.tick()
    await chat.delivered()
    return chat.said(chat.stage.moderators)[-1]


async def test_a_notice_of_a_release_leads_to_the_choice(offline: Chat) -> None:
    chat, stage = offline, offline.stage
    chat.library = library_of(SHELF)
    async with chat.running():
        documents = chat.services.guild_documents
        await documents.edit(
            stage.guild.id, WATERNET.id, DEARER, based_on=0, actor_id=stage.marja.id
        )
    chat.library = library_of((RELEASED, BIBLIOTHEEK))
    async with chat.running():
        notice = await released(chat)
    async with chat.running():
        shown = await stage.marja.click(notice, "Bekijk en kies").reply()
        other = await stage.marja.click(notice, "Bekijk en kies").reply()
        kept = await stage.marja.click(shown, "Onze tekst houden").reply()
        late = await stage.marja.click(other, "Nieuwe tekst nemen").reply()
        after = await stage.marja.click(notice, "Bekijk en kies").reply()

    assert "die bij de bot hoort, is veranderd" in notice.content
    assert shown.is_ephemeral
    assert "Kies welke blijft." in shown.content
    assert "is bewaard als versie 2" in kept.content
    assert "Dit document is intussen veranderd" in late.content
    assert "Kies welke blijft." not in after.content
    assert "Nieuwe tekst nemen" not in [one.label for one in after.buttons()]
    assert chat.server.violations == []
