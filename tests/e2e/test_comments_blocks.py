"""Two moderators and one block: how long it lasts, and the appeal against it."""

import pytest

from bot.sandbox import building
from bot.sandbox.asked import Asked
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from tests.e2e.chat import Chat

WHY, LONG = "Waarom?", "Hoe lang?"


@pytest.fixture(autouse=True)
def managing(offline: Chat) -> None:
    """Let moderators see the commands: Discord shows them to Manage Server by default."""
    stage, rights = offline.stage, Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(stage.world, stage.guild, stage.moderator, rights)


@pytest.fixture
def mia(offline: Chat) -> Person:
    """Return another moderator."""
    stage = offline.stage
    return Person.new(stage.world, "Mia", stage.guild, stage.lid, stage.moderator)


async def blocked(chat: Chat, who: Person) -> Message:
    """Return Bram's block as a moderator sees it."""
    stage = chat.stage
    return await who.slash(stage.algemeen, "moderatie blokkeren", {"lid": stage.bram.user}).reply()


async def changing(chat: Chat, who: Person) -> Asked:
    """Open the form for another end or reason."""
    opened = who.click(await blocked(chat, who), "Andere duur of reden")
    await opened.modal()
    return opened


async def card(chat: Chat) -> Message:
    await chat.delivered()
    return chat.said(chat.stage.moderators)[-1]


async def test_of_two_moderators_at_once_one_decides_about_a_block_and_the_other_hears_who(
    mia: Person, chat: Chat
) -> None:
    stage, marja, bram = chat.stage, chat.stage.marja, chat.stage.bram
    blocking = marja.slash(
        stage.algemeen, "moderatie blokkeren", {"lid": bram.user, "duur": "3 dagen"}
    )
    await blocking.modal()
    await marja.submit(blocking, {WHY: "Schelden"}).reply()

    of_mia, of_marja = await changing(chat, mia), await changing(chat, marja)
    odd = await mia.submit(of_mia, {LONG: "nog een poosje", WHY: "Schelden"}).reply()
    assert "begrijp ik niet: nog een poosje" in odd.content
    done = await mia.submit(of_mia, {LONG: "2 weken", WHY: "Schelden, weer"}).reply()
    until = int(chat.clock().timestamp()) + 14 * 24 * 3_600
    assert f"<@{bram.id}> kan tot <t:{until}:f>" in done.content
    late = await marja.submit(of_marja, {LONG: "", WHY: "Voor altijd"}).reply()
    assert f"<@{mia.id}> was je voor" in late.content
    opened = await changing(chat, marja)
    endless = await marja.submit(opened, {LONG: "", WHY: "Schelden, weer"}).reply()
    assert "tot je dat opheft" in endless.content

    await chat.delivered()
    appeal = bram.click(chat.said(bram.dm_channel())[-1], "Bezwaar maken")
    await appeal.modal()
    await bram.submit(appeal, {"Waarom ben je het er niet mee eens?": "Nu niet meer"}).reply()
    shown = await card(chat)
    own = await marja.click(shown, "Blokkade houden").reply()
    assert "zelf genomen" in own.content  # she set its last end
    lifted = await mia.click(shown, "Opheffen").reply()
    assert "is opgeheven" in lifted.content
    beaten = await marja.click(shown, "Opheffen").reply()
    assert f"<@{mia.id}> was je voor" in beaten.content
    await chat.delivered()
    assert shown.buttons() == []
