"""Updates from the form to every copy, as moderators and readers see them."""

import datetime as dt

import pytest

from bot.sandbox import building
from bot.sandbox.asked import Asked
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel
from bot.services.guild_settings import UPDATE_ROLE
from storage.progress_records import Part, Update, UpdateState
from tests.e2e.chat import Chat

TYPED = {
    "Titel": "Werkgroep begint",
    "Tekst": "De **werkgroep** @everyone begint vrijdag.",
    "Onderdeel": "kernadvies",
    "Link": "https://example.org/werkgroep#agenda",
}


@pytest.fixture(autouse=True)
def managing(offline: Chat) -> None:
    """Let moderators see the commands: Discord shows them to Manage Server by default."""
    stage, rights = offline.stage, Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(stage.world, stage.guild, stage.moderator, rights)


@pytest.fixture
def updates(offline: Chat) -> Channel:
    return building.add_channel(offline.stage.world, offline.stage.guild, "updates")


async def submitted(chat: Chat, who: Person, typed: dict[str, str] | None = None) -> Message:
    opened = who.slash(chat.stage.algemeen, "update plaatsen")
    await opened.modal()
    return await who.submit(opened, typed or TYPED).reply()


async def only_update(chat: Chat, number: int = 1) -> Update:
    return await chat.services.updates.find(number, guild_id=chat.stage.guild.id)


async def subscribed(chat: Chat, who: Person, part: Part | None = None) -> None:
    async with chat.units() as work:
        await work.subscriptions.switch_on(
            chat.stage.guild.id, part, user_id=who.id, at=chat.clock()
        )


def texts(chat: Chat, channel: Channel) -> list[str]:
    return [embed.description or "" for one in chat.said(channel) for embed in one.embeds]


async def changed(chat: Chat, command: str, typed: dict[str, str], yes: str) -> str:
    """Have Marja change update 1, and say yes; return what she was asked."""
    stage = chat.stage
    opened = stage.marja.slash(stage.algemeen, f"update {command}", {"nummer": 1})
    await opened.modal()
    question = await stage.marja.submit(opened, typed).reply()
    asked = question.content
    await stage.marja.click(question, yes).reply()
    await chat.delivered()
    return asked


async def test_a_preview_shows_what_is_published_to_the_channel_and_subscribers(
    updates: Channel, chat: Chat
) -> None:
    stage = chat.stage
    await subscribed(chat, stage.anna, Part.KERNADVIES)
    await subscribed(chat, stage.bram)
    preview = await submitted(chat, stage.marja)
    (shown,) = preview.embeds
    assert preview.is_ephemeral
    assert f"Kanaal: <#{updates.id}>" in preview.content
    assert "Privéberichten: 2 mensen" in preview.content
    labels = [one.label for one in preview.buttons()]
    assert labels == ["Publiceren", "Plannen", "Bewerken", "Annuleren", "Lees meer"]
    await chat.delivered()
    assert chat.said(updates) == []

    told = await stage.marja.click(preview, "Publiceren").reply()
    await chat.delivered()
    (copy,) = chat.said(updates)
    (embed,) = copy.embeds
    assert told.content.startswith(f"Update 1 gaat nu naar <#{updates.id}> en als privébericht")
    assert (embed.title, embed.description) == (shown.title, shown.description)
    assert embed.description == "De **werkgroep** @\u200beveryone begint vrijdag."
    assert [one.url or one.label for one in copy.buttons()] == [TYPED["Link"], "Reageren"]
    opened = stage.anna.click(copy, "Reageren")
    assert (await opened.modal()).title == "Je reactie"
    for person in (stage.anna, stage.bram):
        assert texts(chat, person.dm_channel()) == [embed.description]


async def test_every_copy_is_corrected_and_taken_back_and_the_history_tells_it(
    updates: Channel, chat: Chat
) -> None:
    stage = chat.stage
    await subscribed(chat, stage.anna)
    await stage.marja.click(await submitted(chat, stage.marja), "Publiceren").reply()
    await chat.delivered()
    places = (updates, stage.anna.dm_channel())
    asked = await changed(chat, "bewerken", {"Tekst": "Het is maandag."}, "Overal bijwerken")
    assert "Dit verbetert 2 berichten" in asked
    for place in places:
        assert texts(chat, place)[0].startswith("Het is maandag.\n-# Bijgewerkt op <t:")

    asked = await changed(chat, "intrekken", {"Reden": "Klopt niet."}, "Ja, intrekken")
    assert "Dit streept 2 berichten door" in asked
    for place in places:
        (text,) = texts(chat, place)
        assert text.startswith("**Ingetrokken op <t:")
        assert text.endswith("Klopt niet.\n~~Het is maandag.~~")
    listed = await stage.marja.slash(stage.algemeen, "update lijst").reply()
    assert "**1. Werkgroep begint** (ingetrokken)" in listed.content
    assert f"<#{updates.id}> ✓, 1 van 1 privéberichten" in listed.content
    full = await stage.marja.choose(listed, ["1"]).reply()
    for event in ("geschreven", "geplaatst", "bewerkt", "ingetrokken"):
        assert f"{event} door <@{stage.marja.id}>" in full.content


async def test_a_plan_is_read_back_confirmed_and_kept_at_its_moment(
    updates: Channel, chat: Chat
) -> None:
    stage = chat.stage
    preview = await submitted(chat, stage.marja)
    opened = stage.marja.click(preview, "Plannen")
    await opened.modal()
    wrong = await stage.marja.submit(opened, {"Wanneer": "blurpdag @here"}).reply()
    assert "Dit begrijp ik niet: blurpdag" in wrong.content

    again = stage.marja.click(wrong, "Andere tijd")
    await again.modal()
    unclear = await stage.marja.submit(
        again, {"Wanneer": "maandag half acht", "Herhaal": "elke week"}
    ).reply()
    assert "Is dat voor of na de middag?" in unclear.content
    (menu,) = unclear.selects()
    question = await stage.marja.choose(unclear, ["maandag 4 april 2016 om 19.30 uur"]).reply()
    assert "maandag 4 april 2016 om 19.30 uur" in question.content
    assert "daarna **elke week**" in question.content
    assert (await only_update(chat)).state is UpdateState.DRAFT
    done = await stage.marja.click(question, "Ja, plannen").reply()
    assert done.content.startswith("Gepland: update 1 wordt geplaatst op maandag 4 april 2016")
    assert menu.custom_id.startswith("b1:upd-pick:1:")

    await chat.services.planned_updates.tick()
    await chat.delivered()
    assert chat.said(updates) == []
    chat.clock.forward(days=3, minutes=8 * 60 + 31)
    await chat.services.planned_updates.tick()
    await chat.delivered()
    await chat.services.planned_updates.tick()
    await chat.delivered()
    assert len(chat.said(updates)) == 1
    copy, series = await only_update(chat, 2), await only_update(chat)
    assert (copy.state, copy.series_id) == (UpdateState.PUBLISHED, series.id)
    assert series.planned_for == dt.datetime(2016, 4, 11, 17, 30, tzinfo=dt.UTC)


async def test_buttons_and_forms_of_updates_outlive_a_restart(
    updates: Channel, offline: Chat
) -> None:
    stage = offline.stage
    async with offline.running():
        opened = stage.marja.slash(stage.algemeen, "update plaatsen")
        await opened.modal()
    async with offline.running():
        preview = await stage.marja.submit(opened, TYPED).reply()
        again = await stage.marja.submit(opened, TYPED).reply()
    async with offline.running():
        told = await stage.marja.click(preview, "Publiceren").reply()
        late = await stage.marja.click(again, "Publiceren").reply()
        await offline.delivered()
        async with offline.units.reading() as work:
            assert await work.updates.count(stage.guild.id) == 1

    assert told.content.startswith("Update 1 gaat nu naar")
    assert late.content.startswith(f"Update 1 is al geplaatst door <@{stage.marja.id}>")
    assert len(offline.said(updates)) == 1
    assert offline.server.violations == []
    assert offline.pings() == []


async def test_a_stale_preview_says_so_and_shows_the_new_one(updates: Channel, chat: Chat) -> None:
    stage = chat.stage
    preview = await submitted(chat, stage.marja)
    opened = stage.marja.click(preview, "Bewerken")
    other = stage.marja.click(preview, "Bewerken")
    for one in (opened, other):
        await one.modal()
    await stage.marja.submit(opened, {"Tekst": "Nieuwer."}).reply()
    stale = await stage.marja.click(preview, "Publiceren").reply()
    question = await stage.marja.submit(other, {"Tekst": "Van mij."}).reply()

    assert "heeft update 1 intussen veranderd" in stale.content
    assert stale.embeds[0].description == "Nieuwer."
    assert "Jouw tekst vervangt die" in question.content
    assert question.embeds[0].description == "Van mij."
    assert (await only_update(chat)).text == "Nieuwer."
    assert chat.said(updates) == []


async def refused(asked: Asked) -> str:
    return (await asked.reply()).content


async def test_only_moderators_and_only_with_a_channel(chat: Chat) -> None:
    stage = chat.stage
    empty = await stage.marja.slash(stage.algemeen, "update lijst").reply()
    preview = await submitted(chat, stage.marja)
    building.set_roles(stage.world, stage.guild, stage.marja.user, [stage.lid])

    assert "Er zijn nog geen updates" in empty.content
    assert "Er is nog geen kanaal voor updates" in preview.content
    assert "Publiceren" not in [one.label for one in preview.buttons()]
    only = "Dit kunnen alleen moderatoren."
    assert await refused(stage.marja.click(preview, "Annuleren")) == only


async def test_the_role_is_mentioned_only_when_it_is_chosen(
    updates: Channel, offline: Chat
) -> None:
    stage = offline.stage
    news = building.add_role(stage.world, stage.guild, "Nieuws", permissions=Permission.NONE)
    async with offline.running():
        settings = offline.services.guild_settings
        await settings.choose(stage.guild.id, UPDATE_ROLE, news.id, by=1, at=offline.clock())
        await subscribed(offline, stage.anna)
        await submitted(offline, stage.marja, {**TYPED, "Titel": f"<@&{stage.lid.id}> @here"})
        preview = await submitted(offline, stage.marja)
        assert "Rol **Nieuws**: wordt niet genoemd" in preview.content
        chosen = await stage.marja.click(preview, "Rol noemen").reply()
        assert "Rol **Nieuws**: wordt genoemd" in chosen.content
        other = stage.marja.slash(stage.algemeen, "update plaatsen", {"mijn-concept": 1})
        for one in (chosen, await other.reply()):
            await stage.marja.click(one, "Publiceren").reply()
        await offline.delivered()

    first, second = offline.said(updates)
    assert [first.content, second.content] == [f"<@&{news.id}>", ""]
    assert len(offline.said(stage.anna.dm_channel())) == 2
    assert {one.id for one in offline.pings()} <= {first.id}
    assert offline.server.violations == []


async def test_what_was_typed_is_given_back_when_it_cannot_be_kept(chat: Chat) -> None:
    stage = chat.stage
    opened = stage.marja.slash(stage.algemeen, "update plaatsen")
    await opened.modal()
    kept = await stage.marja.submit(opened, {**TYPED, "Link": "javascript:x"}).reply()
    assert "De link klopt niet." in kept.content
    assert (await only_update(chat)).link is None

    edit = stage.marja.click(kept, "Bewerken")
    await edit.modal()
    typed = {"Tekst": "lang ``` " * 300, "Link": "ftp://x.nl"}
    refused = stage.marja.submit(edit, typed)
    reply = await refused.reply()
    await refused.followup(2)
    assert "Je eigen tekst" in reply.content
    assert sum(one.content.count("lang") for one in refused.messages()) == 300
    assert (await only_update(chat)).text == TYPED["Tekst"]


async def test_numbers_are_offered_with_their_titles(updates: Channel, chat: Chat) -> None:
    stage = chat.stage
    await submitted(chat, stage.marja)
    await submitted(chat, stage.marja, {**TYPED, "Titel": "Tweede"})
    for path, option in (("plannen", "nummer"), ("bewerken", "nummer"), ("intrekken", "nummer")):
        typing = stage.marja.autocomplete(stage.algemeen, f"update {path}", option, {option: "twe"})
        (choice,) = await typing.choices()
        assert (choice.name, choice.value) == ("2. Tweede (concept)", 2)
    plan = stage.marja.slash(
        stage.algemeen, "update plannen", {"wanneer": "morgen 9.00 uur", "herhaal": "elke maand"}
    )
    question = await plan.reply()
    assert question.content.startswith(
        "Update 2 plaatsen op **zaterdag 2 april 2016 om 09.00 uur**"
    )
    unknown = stage.marja.slash(stage.algemeen, "update bewerken", {"nummer": 9})
    assert (await unknown.reply()).content.startswith("Die update ken ik niet.")
    del updates
