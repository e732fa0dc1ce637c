"""Meetings from the form to reminders, sign-ups and proxies, as people see them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox import building
from bot.sandbox.bodies.controls import StringSelect
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel
from storage.meeting_records import Answer, Meeting, MeetingState, ProxyState
from tests.e2e.chat import Chat, Options

ZONE = ZoneInfo("Europe/Amsterdam")
TYPED = {
    "Titel": "Voorjaar @everyone",
    "Plaats": "Hangar 32, Haarlemmermeer",
    "Link": "https://example.org/alv",
}


@pytest.fixture(autouse=True)
def managing(offline: Chat) -> None:
    """Let moderators see the commands: Discord shows them to Manage Server by default."""
    stage, rights = offline.stage, Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(stage.world, stage.guild, stage.moderator, rights)


@pytest.fixture
def alv(offline: Chat) -> Channel:
    return building.add_channel(offline.stage.world, offline.stage.guild, "alv")


async def preview(chat: Chat, who: Person, when: str = "8 juni 2016 11.00 uur") -> Message:
    options: Options = {"soort": "ALV", "wanneer": when, "duur": "anderhalf uur"}
    opened = who.slash(chat.stage.algemeen, "vergadering plannen", options)
    await opened.modal()
    return await who.submit(opened, TYPED).reply()


async def planned(chat: Chat) -> Meeting:
    shown = await preview(chat, chat.stage.marja)
    await chat.stage.marja.click(shown, "Opslaan en vertellen").reply()
    return await chat.services.meetings.shelf.find(chat.stage.guild.id, None)


def told(chat: Chat, channel: Channel) -> list[str]:
    return [embed.description or "" for one in chat.said(channel) for embed in one.embeds]


async def pass_until(chat: Chat, moment: dt.datetime) -> None:
    ahead = moment - chat.clock()
    chat.clock.forward(days=ahead.days, minutes=ahead.seconds / 60)
    await chat.services.meetings.planner.tick()
    await chat.delivered()


async def signed_up_digitally(chat: Chat, news: Message) -> None:
    place = await chat.stage.anna.click(news, "Ik kom").reply()
    assert place.is_ephemeral
    digital = await chat.stage.anna.click(place, "Ik doe digitaal mee").reply()
    assert "Genoteerd: je doet digitaal mee." in digital.content


async def called_off(chat: Chat, reason: str) -> None:
    marja = chat.stage.marja
    opened = marja.slash(chat.stage.algemeen, "vergadering afgelasten")
    await opened.modal()
    question = await marja.submit(opened, {"Reden": reason}).reply()
    await marja.click(question, "Opslaan en vertellen").reply()


async def test_a_meeting_goes_from_form_to_reminders_moved_and_called_off(
    alv: Channel, chat: Chat
) -> None:
    stage, marja = chat.stage, chat.stage.marja
    shown = await preview(chat, marja)
    assert "woensdag 8 juni 2016 om 11.00 uur" in shown.content
    assert f"Hier komt bericht van in <#{alv.id}>." in shown.content
    assert chat.said(alv) == []
    done = await marja.click(shown, "Opslaan en vertellen").reply()
    again = await marja.click(shown, "Opslaan en vertellen").reply()
    await chat.delivered()
    assert f"Bericht gaat naar <#{alv.id}>" in done.content
    assert "al verwerkt" in again.content
    assert len(told(chat, alv)) == 1
    assert "Hangar 32" in told(chat, alv)[0]

    await signed_up_digitally(chat, chat.said(alv)[0])
    await pass_until(chat, dt.datetime(2016, 5, 11, 9, 0, tzinfo=ZONE))
    assert len(told(chat, alv)) == 2
    assert told(chat, alv)[1].startswith("**Herinnering: ALV: Voorjaar")

    opened = marja.slash(
        stage.algemeen, "vergadering wijzigen", {"wanneer": "15 juni 2016 11.00 uur"}
    )
    await opened.modal()
    question = await marja.submit(opened, {}).reply()
    assert "- Verplaatst van woensdag 8 juni 2016 om 11.00 uur" in question.content
    assert "1 persoon per privébericht" in question.content
    await marja.click(question, "Opslaan en vertellen").reply()
    await chat.delivered()
    assert "verplaatst" in told(chat, alv)[2]
    assert "verplaatst" in told(chat, stage.anna.dm_channel())[0]
    assert "Hieronder staat hoe het nu is" in told(chat, alv)[1]

    await called_off(chat, "zaal dicht")
    await pass_until(chat, dt.datetime(2016, 6, 15, 10, 0, tzinfo=ZONE))
    assert "**Afgelast.** zaal dicht" in told(chat, alv)[-1]
    assert len(told(chat, alv)) == 4
    assert len(told(chat, stage.anna.dm_channel())) == 2


async def nobody_else_can_be_asked(chat: Chat, menu: Message) -> None:
    """Choose oneself, a visitor, a bot and a stranger."""
    stage = chat.stage
    stranger = building.add_person(stage.world, "Vreemd")
    for chosen, refusal in (
        (stage.anna.user, "jezelf geen volmacht geven"),
        (stage.bezoeker.user, "niet de rol van lid"),
        (stage.world.bot, "Een bot kan niet voor je stemmen"),
        (stranger, "niet in deze server"),
    ):
        refused = await stage.anna.choose(menu, [chosen]).reply()
        assert refusal in refused.content
    assert [one.code for one in chat.server.violations] == [10007]  # the stranger was asked for
    chat.server.violations.clear()


async def test_a_proxy_is_asked_taken_and_counted(alv: Channel, chat: Chat) -> None:
    stage = chat.stage
    meeting = await planned(chat)
    await chat.services.meetings.attending.say(meeting.id, stage.bram.id, Answer.YES)
    opened = await stage.anna.slash(alv, "alv deelname").reply()
    no = await stage.anna.click(opened, "Ik kom niet").reply()
    await nobody_else_can_be_asked(chat, no)
    given = await stage.anna.choose(no, [stage.bram.user]).reply()
    assert "gevraagd om voor je te stemmen" in given.content
    await chat.delivered()
    (question,) = chat.said(stage.bram.dm_channel())
    building.set_roles(stage.world, stage.guild, stage.bram.user, [])
    visitor = await stage.bram.click(question, "Volmacht aannemen").reply()
    assert "Dit kunnen alleen leden" in visitor.content
    building.set_roles(stage.world, stage.guild, stage.bram.user, [stage.lid])
    taken = await stage.bram.click(question, "Volmacht aannemen").reply()
    await chat.delivered()
    assert "Je stemt namens" in taken.content
    (answer,) = chat.said(stage.anna.dm_channel())
    assert "de volmacht is aangenomen" in answer.content
    people = await stage.marja.slash(alv, "vergadering deelnemers").reply()
    back = await stage.anna.slash(alv, "alv deelname").reply()
    await stage.anna.click(back, "Volmacht intrekken").reply()
    await chat.delivered()

    assert "1 geldige volmacht." in people.content
    async with chat.units.reading() as work:
        proxy = await work.attendance.proxy_of(meeting.id, stage.anna.id)
    assert proxy is not None
    assert proxy.state is ProxyState.WITHDRAWN
    assert "ingetrokken" in told(chat, stage.bram.dm_channel())[0]


async def test_a_personal_reminder_is_made_in_words_sent_snoozed_and_listed(
    alv: Channel, chat: Chat
) -> None:
    stage = chat.stage
    await planned(chat)
    unclear = await stage.anna.slash(
        alv, "alv herinner", {"wanneer": "vrijdag om half negen"}
    ).reply()
    assert "Is dat voor of na de middag?" in unclear.content
    wrong = await stage.anna.slash(alv, "alv herinner", {"wanneer": "banaan @here"}).reply()
    assert "Dit begrijp ik niet: banaan" in wrong.content
    kept = await stage.anna.slash(alv, "alv herinner", {"wanneer": "de avond ervoor"}).reply()
    assert kept.content.startswith("Afgesproken")
    await pass_until(chat, dt.datetime(2016, 6, 7, 19, 0, tzinfo=ZONE))
    (sent,) = chat.said(stage.anna.dm_channel())
    assert "Herinnering" in (sent.embeds[0].description or "")
    snoozed = await stage.anna.click(sent, "Over een uur nog eens").reply()
    assert snoozed.content.startswith("Afgesproken")
    listed = await stage.anna.slash(alv, "alv herinneringen").reply()
    (menu,) = listed.selects()
    assert isinstance(menu, StringSelect)
    stopped = await stage.anna.choose(listed, [menu.options[0].label]).reply()
    assert "gestopt" in stopped.content


async def test_agenda_and_deadlines_are_shown_with_the_meeting(alv: Channel, chat: Chat) -> None:
    stage, marja = chat.stage, chat.stage.marja
    await planned(chat)
    opened = marja.slash(alv, "vergadering agendapunt")
    await opened.modal()
    item = {"Titel": "Begroting", "Stukken, één per regel": "Stuk https://example.org/b.pdf"}
    question = await marja.submit(opened, item).reply()
    await marja.click(question, "Stil opslaan").reply()
    options = {"soort": "amendementen", "wanneer": "negen werkdagen ervoor om 12 uur"}
    question = await marja.slash(alv, "vergadering termijn", options).reply()
    assert "donderdag 26 mei 2016 om 12.00 uur" in question.content
    await marja.click(question, "Stil opslaan").reply()
    info = await stage.bezoeker.slash(alv, "alv info").reply()
    agenda = await stage.bezoeker.slash(alv, "alv agenda").reply()

    assert "amendementen indienen: tot <t:" in info.content
    assert "[Stuk](<https://example.org/b.pdf>)" in agenda.content
    assert (await chat.services.meetings.shelf.find(stage.guild.id, "1")).state is (
        MeetingState.PLANNED
    )


async def test_without_a_meeting_it_says_so_and_tells_of_earlier_ones(
    alv: Channel, chat: Chat
) -> None:
    stage = chat.stage
    nothing = await stage.anna.slash(alv, "alv info").reply()
    past = await stage.anna.slash(alv, "alv info", {"bijeenkomst": "d2016-06-08"}).reply()
    none = await stage.anna.slash(alv, "alv deelname").reply()
    refused = await stage.anna.slash(alv, "alv info", {"bijeenkomst": "banaan"}).reply()

    assert nothing.content.startswith("Er staat nu geen bijeenkomst gepland.")
    assert "ALV van 26 juni 2024" in nothing.content
    assert "Vaart maken met collectivisering" in past.content
    assert none.is_ephemeral
    assert "ken ik niet" in refused.content


async def test_the_calendar_comes_as_a_file(alv: Channel, chat: Chat) -> None:
    await planned(chat)
    asked = chat.stage.anna.slash(alv, "alv kalender")
    shown = await asked.reply()

    assert "Open het, dan staan ze in je agenda" in shown.content
    await chat.settled()
    files = [file.name for one in chat.said(alv) for file in one.attachments if one.is_ephemeral]
    assert files == ["bijeenkomsten.ics"]
