"""`/mijlpaal`: a moderator keeps the timeline, nothing by accident, nothing lost."""

import pytest

from bot.sandbox import building
from bot.sandbox.asked import Asked
from bot.sandbox.forms import Filled
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from storage.engine import Database
from tests.e2e.chat import Chat
from tests.e2e.turning import said, turned
from tests.failing_units import FailingUnits

TYPED: dict[str, Filled] = {
    "Titel": "Gemeenten stemmen over @everyone **het** voorstel",
    "Wanneer": "8 juni 2027",
    "Onderdeel": ["alv"],
    "Status": ["gepland"],
    "Toelichting of link": "Zie https://example.org/voorstel voor de stukken.",
}


@pytest.fixture(autouse=True)
def managing(offline: Chat) -> None:
    """Let Discord show the commands of moderators to the role."""
    stage, rights = offline.stage, Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(stage.world, stage.guild, stage.moderator, rights)


def milan(chat: Chat) -> Person:
    """Return a second moderator."""
    return Person.new(chat.stage.world, "Milan", chat.stage.guild, chat.stage.moderator)


async def opened(chat: Chat, person: Person, path: str, which: str = "") -> Asked:
    options = {"mijlpaal": which} if which else {}
    asked = person.slash(chat.stage.algemeen, f"mijlpaal {path}", options)
    await asked.modal()
    return asked


async def typed(chat: Chat, changes: dict[str, Filled] | None = None) -> Message:
    """Have Marja fill in the form; return the preview."""
    asked = await opened(chat, chat.stage.marja, "toevoegen")
    return await said(chat.stage.marja.submit(asked, {**TYPED, **(changes or {})}))


async def pressed(chat: Chat, person: Person, message: Message, button: str) -> Message:
    """Press what changes its own message; return the message as it stands then."""
    return await turned(chat, person.click(message, button), message)


async def test_a_form_and_a_preview_outlive_a_restart_and_nothing_typed_is_lost(
    offline: Chat,
) -> None:
    stage, marja = offline.stage, offline.stage.marja
    async with offline.running():
        asked = await opened(offline, marja, "toevoegen")
    async with offline.running():
        refused = await said(marja.submit(asked, {**TYPED, "Wanneer": "8 juni"}))
        adjusting = marja.click(refused, "Aanpassen")
        form = await adjusting.modal()
        again = marja.submit(adjusting, {"Wanneer": "augustus 2016"})
        preview = await turned(offline, again, refused)
    async with offline.running():
        saved = await pressed(offline, marja, preview, "Opslaan")
        shown = await said(stage.anna.slash(stage.algemeen, "voortgang", {"onderdeel": "alv"}))

    assert "Zet het jaar erbij" in refused.content
    assert form.title == "Nieuwe mijlpaal"
    assert preview.is_ephemeral
    assert "augustus 2016 (1 augustus 2016 tot en met 31 augustus 2016)" in preview.content
    assert "De mijlpaal staat op de tijdlijn" in saved.content
    assert saved.buttons() == []
    assert "**Volgende mijlpaal:**" in shown.content
    assert "augustus 2016, nog 122 dagen" in shown.content
    assert offline.server.violations == []
    assert offline.pings() == []


async def test_a_milestone_is_changed_removed_and_restored_and_its_history_tells_it(
    chat: Chat,
) -> None:
    stage, marja = chat.stage, chat.stage.marja
    await pressed(chat, marja, await typed(chat), "Opslaan")
    changing = await opened(chat, marja, "wijzigen", "stemmen over")
    change = await said(marja.submit(changing, {"Status": ["bezig"]}))
    changed = await pressed(chat, marja, change, "Opslaan")
    asking = marja.slash(stage.algemeen, "mijlpaal verwijderen", {"mijlpaal": "m1"})
    removed = await pressed(chat, marja, await said(asking), "Verwijderen")
    entries = await chat.services.milestones.shown(stage.guild.id)
    undone = await pressed(chat, marja, removed, "Ongedaan maken")
    latest = await said(marja.slash(stage.algemeen, "mijlpaal historie"))
    history = await said(marja.choose(latest, ["m1"]))

    assert "status: gepland → bezig" in change.content
    assert "gewijzigd" in changed.content
    assert "Verwijderd" in removed.content
    assert all(one.shipped for one in entries)
    assert "staat weer op de tijdlijn" in undone.content
    for words in ("toegevoegd", "gewijzigd", "verwijderd", "teruggezet", f"<@{marja.id}>"):
        assert words in latest.content
        assert words in history.content


async def test_of_two_moderators_the_second_sees_what_changed(chat: Chat) -> None:
    stage = chat.stage
    marja, other = stage.marja, milan(chat)
    await pressed(chat, marja, await typed(chat), "Opslaan")
    hers = await opened(chat, marja, "wijzigen", "m1")
    his = await opened(chat, other, "wijzigen", "m1")
    await pressed(chat, other, await said(other.submit(his, {"Wanneer": "9 juni 2027"})), "Opslaan")
    warned = await said(marja.submit(hers, {"Titel": "Stemming"}))
    saved = await pressed(chat, marja, warned, "Toch opslaan")

    assert f"<@{other.id}> deze mijlpaal gewijzigd" in warned.content
    assert "wanneer: 8 juni 2027 → 9 juni 2027" in warned.content
    assert "Stemming" in saved.content


async def test_a_preview_that_is_out_of_date_comes_back_renewed(chat: Chat) -> None:
    stage = chat.stage
    marja, other = stage.marja, milan(chat)
    await pressed(chat, marja, await typed(chat), "Opslaan")
    hers = await opened(chat, marja, "wijzigen", "m1")
    preview = await said(marja.submit(hers, {"Titel": "Stemming"}))
    question = await said(other.slash(stage.algemeen, "mijlpaal verwijderen", {"mijlpaal": "m1"}))
    gone = await pressed(chat, other, question, "Verwijderen")
    renewed = await pressed(chat, marja, preview, "Opslaan")
    late = await pressed(chat, other, gone, "Ongedaan maken")

    assert f"<@{other.id}> deze mijlpaal verwijderd" in renewed.content
    assert "staat weer op de tijdlijn" in late.content


async def test_what_ships_can_be_overridden_hidden_and_restored(chat: Chat) -> None:
    stage, marja = chat.stage, chat.stage.marja
    changing = await opened(chat, marja, "wijzigen", "s1")
    await pressed(
        chat, marja, await said(marja.submit(changing, {"Titel": "Het begin"})), "Opslaan"
    )
    overridden = await said(marja.slash(stage.algemeen, "mijlpaal historie", {"mijlpaal": "s1"}))
    reset = await pressed(chat, marja, overridden, "Terug naar de meegeleverde versie")
    question = await said(marja.slash(stage.algemeen, "mijlpaal verwijderen", {"mijlpaal": "s1"}))
    hidden = await pressed(chat, marja, question, "Verbergen")

    assert "titel: De VNG wordt opgericht → Het begin" in overridden.content
    assert "De VNG wordt opgericht" in reset.content
    assert "Verborgen voor deze community" in hidden.content
    entries = await chat.services.milestones.shown(stage.guild.id)
    assert all(str(one.target) != "s1" for one in entries)


async def test_what_was_typed_comes_back_when_the_database_does_not_keep_it(
    offline: Chat, database: Database
) -> None:
    stage, marja = offline.stage, offline.stage.marja
    units = offline.units = FailingUnits(database)
    async with offline.running():
        asked = await opened(offline, marja, "toevoegen")
        units.fails = True
        refused = await said(marja.submit(asked, {**TYPED, "Titel": "Een ``` titel"}))
        units.fails = False
        preview = await typed(offline)
        adjusting = marja.click(preview, "Aanpassen")
        await adjusting.modal()
        units.fails = True
        again = await said(marja.submit(adjusting, {"Titel": "Anders"}))
        failed = await said(marja.click(preview, "Opslaan"))
        units.fails = False
        saved = await pressed(offline, marja, preview, "Opslaan")

    for told, title in ((refused, "Een ''' titel"), (again, "Anders")):
        assert told.is_ephemeral
        assert "code" in told.content
        for words in (title, TYPED["Wanneer"], TYPED["Toelichting of link"]):
            assert str(words) in told.content + "".join(
                one.content for one in offline.said(stage.algemeen)
            )
    assert "code" in failed.content
    assert "De mijlpaal staat op de tijdlijn" in saved.content


async def test_milestones_are_offered_and_only_moderators_change_them(chat: Chat) -> None:
    stage = chat.stage
    typing = stage.marja.autocomplete(
        stage.algemeen, "mijlpaal wijzigen", "mijlpaal", {"mijlpaal": "fonds ggu"}
    )
    first, *_ = await typing.choices()
    preview = await typed(chat)
    await pressed(chat, stage.marja, preview, "Opslaan")
    again = await said(
        stage.marja.slash(stage.algemeen, "mijlpaal wijzigen", {"mijlpaal": "bestaat niet"})
    )

    assert "Fonds GGU" in first.name
    assert "Die mijlpaal ken ik niet" in again.content
