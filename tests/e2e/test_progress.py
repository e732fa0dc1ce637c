"""`/voortgang`: what everybody sees of milestones and news."""

from bot.sandbox import building
from bot.sandbox.message_records import Message
from tests.e2e.chat import Chat
from tests.e2e.turning import said, turned


def label(message: Message, start: str) -> str:
    """Return the label of the button that begins like this."""
    return next(one.label for one in message.buttons() if one.label and start in one.label)


async def test_anybody_sees_where_things_stand_and_pages_through_time(chat: Chat) -> None:
    stage = chat.stage
    shown = await said(stage.bezoeker.slash(stage.algemeen, "voortgang"))
    own = await said(stage.bram.click(shown, label(shown, "Eerder")))
    first = own.content
    earlier = await turned(chat, stage.bram.click(own, label(own, "Eerder")), own)
    second = earlier.content
    back = await turned(chat, stage.bram.click(earlier, "Vandaag"), earlier)
    part = await turned(chat, stage.bram.choose(back, ["kernadvies (1)"]), back)
    (picture,) = shown.attachments

    assert not shown.is_ephemeral
    assert "## Voortgang van de verkenning" in shown.content
    assert "**Volgende mijlpaal:**" in shown.content
    assert "Niet getoond: " in shown.content
    assert picture.name == "tijdlijn.png"
    assert picture.description is not None
    assert "vandaag" in picture.description
    assert own.is_ephemeral
    assert len({shown.content, first, second}) == 3
    assert earlier.id == own.id == back.id == part.id
    assert part.content.startswith("## Voortgang: onderdeel kernadvies")
    assert len(part.attachments) == 1


async def test_private_messages_are_about_the_guild_that_one_is_in(chat: Chat) -> None:
    stage = chat.stage
    there = stage.anna.dm_channel()
    shown = await said(stage.anna.slash(there, "voortgang", {"onderdeel": "alv"}))
    later = await turned(chat, stage.anna.click(shown, label(shown, "Later")), shown)

    assert "</abonnement aan:" in shown.content
    assert later.id == shown.id
    building.leave(stage.world, stage.guild, stage.anna.user)
    refused = await said(stage.anna.click(later, "Vandaag"))
    assert "Je bent geen lid meer" in refused.content
    # Discord says with an error that somebody is no member.
    chat.server.violations.clear()
