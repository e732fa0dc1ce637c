"""`/moderatie exporteren` as a moderator sees it."""

import csv
import io

import pytest

from bot.sandbox import building
from bot.sandbox.message_records import Message
from bot.sandbox.permissions import Permission
from tests.e2e.chat import Chat
from tests.e2e.test_comments import BODY, placed


@pytest.fixture(autouse=True)
def managing(offline: Chat) -> None:
    """Let moderators see the commands: Discord shows them to Manage Server by default."""
    stage, rights = offline.stage, Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(stage.world, stage.guild, stage.moderator, rights)


async def exported(chat: Chat, form: str, **options: str) -> Message:
    marja, channel = chat.stage.marja, chat.stage.algemeen
    asked = marja.slash(channel, "moderatie exporteren", {"formaat": form, **options})
    reply = await asked.reply()
    await chat.stage.world.until(lambda: not reply.content.startswith("⏳") or None, timeout=20)
    return reply


async def test_a_moderator_gets_a_file_with_what_may_be_passed_on(chat: Chat) -> None:
    stage = chat.stage
    nothing = await exported(chat, "csv")
    assert "Er zijn nog geen geplaatste reacties" in nothing.content
    await placed(chat)
    withheld = await exported(chat, "csv")
    assert "1 geplaatste reactie staat er niet in" in withheld.content
    assert withheld.attachments == []
    message = await placed(chat, "Doorgeven aan de VNG")

    sent = await exported(chat, "csv", onderwerp="inzicht")
    assert sent.is_ephemeral
    assert sent.content.startswith("✅ 1 reactie in dit bestand.")
    (file,) = sent.attachments
    assert file.name.endswith(".csv")
    text = stage.world.state.files[file.id].data.decode("utf-8-sig")
    (_, row) = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert row[:4] == ["2", "inzicht", BODY, ""]
    assert (
        row[-1] == f"https://discord.com/channels/{stage.guild.id}/{stage.reacties.id}/{message.id}"
    )
    unknown = await exported(chat, "markdown", onderwerp="bestaat niet")
    assert "Dat onderwerp ken ik niet" in unknown.content
