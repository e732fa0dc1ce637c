"""Meetings among Discord's events, changed there and by moderators, as people see them."""

import datetime as dt

import pytest

from bot.sandbox import building, scheduling
from bot.sandbox.message_records import Message
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import Upload
from bot.sandbox.records import Channel, ScheduledEvent
from tests.e2e.chat import Chat
from tests.e2e.test_meetings import planned, told

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def managing(offline: Chat) -> None:
    """Let moderators see the commands, and the bot make events."""
    stage, world = offline.stage, offline.stage.world
    rights = Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(world, stage.guild, stage.moderator, rights)
    own = building.bot_role(world, stage.guild)
    building.set_permissions(world, stage.guild, own, own.permissions | Permission.CREATE_EVENTS)


@pytest.fixture
def alv(offline: Chat) -> Channel:
    return building.add_channel(offline.stage.world, offline.stage.guild, "alv")


@pytest.fixture
def staff(offline: Chat) -> Channel:
    return offline.stage.moderators


async def tend(chat: Chat, *, minutes: float = 1) -> None:
    """Let the jobs run after a while."""
    chat.clock.forward(minutes=minutes)
    await chat.delivered()
    await chat.services.meetings.events.tick()
    await chat.delivered()


async def noticed(chat: Chat) -> None:
    """Wait until the bot heard that an event was changed, and let it look."""
    for _ in range(5):  # what the bot heard it looks up before it is noted
        await chat.settled()
        if chat.stage.guild.id in chat.services.meetings.events.noticed:
            break
    await tend(chat)


def event_of(chat: Chat) -> ScheduledEvent:
    (event,) = chat.stage.guild.events.values()
    return event


async def changed_and_asked(chat: Chat, staff: Channel) -> Message:
    """Return what moderators are asked when somebody moved the event of a new meeting."""
    stage = chat.stage
    await planned(chat)
    await tend(chat)
    event = event_of(chat)
    assert (event.name, event.location) == ("ALV: Voorjaar @everyone", "Hangar 32, Haarlemmermeer")
    scheduling.change_by_hand(stage.world, stage.guild, event, moved_by=HOUR, location="Ede")
    await noticed(chat)
    (question,) = chat.said(staff)
    assert "- Tijd: woensdag 8 juni 2016 om 11.00 uur tot 12.30" in question.content
    assert "- Plaats: Hangar 32, Haarlemmermeer → **Ede**" in question.content
    return question


async def test_an_event_that_was_changed_is_taken_over_after_a_restart(
    alv: Channel, staff: Channel, offline: Chat
) -> None:
    stage = offline.stage
    async with offline.running():
        question = await changed_and_asked(offline, staff)
    async with offline.running():
        shown = await stage.marja.click(question, "Overnemen").reply()
        await stage.marja.click(shown, "Opslaan en vertellen").reply()
        late = await stage.marja.click(question, "Zo laten").reply()
        await tend(offline)
        after = (await offline.services.meetings.shelf.find(stage.guild.id, None)).details

    assert "Verplaatst van woensdag 8 juni 2016 om 11.00 uur" in shown.content
    assert "was je voor en heeft dit overgenomen" in late.content
    assert (after.place, event_of(offline).location) == ("Ede", "Ede")
    assert "verplaatst" in told(offline, alv)[-1]
    assert "heeft dit overgenomen" in told(offline, staff)[0]
    assert offline.server.violations == []
    assert offline.pings() == []


async def test_an_event_that_was_removed_comes_back_or_the_meeting_is_called_off(
    alv: Channel, staff: Channel, chat: Chat
) -> None:
    stage, guild, marja = chat.stage, chat.stage.guild, chat.stage.marja
    await planned(chat)
    await tend(chat)
    scheduling.cancel_by_hand(stage.world, guild, event_of(chat))
    await noticed(chat)
    question = chat.said(staff)[-1]
    assert "geannuleerd of verwijderd" in question.content
    back = await marja.click(question, "Terugzetten").reply()
    await tend(chat)
    assert "Ik zet het evenement terug" in back.content
    scheduling.delete_by_hand(stage.world, guild, event_of(chat))
    await noticed(chat)
    form = marja.click(chat.said(staff)[-1], "Overnemen")
    await form.modal()
    preview = await marja.submit(form, {"Reden": "zaal dicht"}).reply()
    await marja.click(preview, "Opslaan en vertellen").reply()
    await tend(chat)

    assert guild.events == {}
    assert "**Afgelast.** zaal dicht" in told(chat, alv)[-1]


async def test_without_the_right_moderators_are_told_and_a_gone_channel_loses_no_reminder(
    alv: Channel, staff: Channel, offline: Chat
) -> None:
    chat, stage, world = offline, offline.stage, offline.stage.world
    async with chat.running():
        own = building.bot_role(world, stage.guild)
        building.set_permissions(
            world, stage.guild, own, own.permissions & ~Permission.CREATE_EVENTS
        )
        await planned(chat)
        await tend(chat)
        assert "Ik mag hier geen evenementen maken" in told(chat, staff)[0]
        building.set_permissions(
            world, stage.guild, own, own.permissions | Permission.CREATE_EVENTS
        )
        await chat.settled()
        await tend(chat)
        assert "Opgelost" in told(chat, staff)[0]

        planner = chat.services.meetings.planner
        ahead = dt.datetime(2016, 5, 11, 6, 30, tzinfo=dt.UTC) - chat.clock()
        chat.clock.forward(days=ahead.days, minutes=ahead.seconds / 60)
        await planner.tick()
        building.remove_channel(world, alv)
        await chat.settled()
        await tend(chat, minutes=30)
        await planner.tick()
        await chat.delivered()
        assert "**Herinnering: ALV" in told(chat, staff)[-1]
        assert "Dit staat hier omdat er geen kanaal" in told(chat, staff)[-1]


async def test_a_paper_is_sent_along_kept_and_shown_below_the_agenda(
    alv: Channel, chat: Chat
) -> None:
    stage, marja = chat.stage, chat.stage.marja
    meeting = await planned(chat)
    paper = Upload("Begroting 2016.pdf", b"%PDF-1.4 cijfers", "application/pdf")
    opened = marja.slash(alv, "vergadering agendapunt", {"bijlage": paper})
    await opened.modal()
    question = await marja.submit(opened, {"Titel": "Begroting"}).reply()
    assert "📎 Begroting 2016.pdf" in question.content
    await marja.click(question, "Stil opslaan").reply()
    shown = await stage.anna.slash(alv, "alv agenda").reply()
    await chat.settled()
    files = [one for message in chat.said(alv) for one in message.attachments]
    world_files = chat.stage.world.state.files

    assert "📎 Begroting 2016.pdf" in shown.content
    assert [one.name for one in files] == ["Begroting_2016.pdf"] or [one.name for one in files] == [
        "Begroting 2016.pdf"
    ]
    assert [world_files[one.id].data for one in files] == [b"%PDF-1.4 cijfers"]

    form = marja.slash(alv, "vergadering agendapunt", {"punt": 1})
    await form.modal()
    wrong = await marja.submit(form, {"Stukken, één per regel": "📎 ander.pdf"}).reply()
    form = marja.slash(alv, "vergadering agendapunt", {"punt": 1})
    await form.modal()
    without = await marja.submit(form, {"Stukken, één per regel": ""}).reply()
    await marja.click(without, "Stil opslaan").reply()
    agenda = (await chat.services.meetings.shelf.page(meeting.id)).agenda

    assert "hangt niet aan dit agendapunt" in wrong.content
    assert [one.papers for one in agenda] == [()]
