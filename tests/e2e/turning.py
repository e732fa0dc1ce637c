"""Waiting for a message that changes in place, whether the bot was quick or asked to wait."""

from copy import copy

from bot.sandbox.asked import Asked
from bot.sandbox.message_records import Message
from tests.e2e.chat import Chat


async def turned(chat: Chat, asked: Asked, message: Message) -> Message:
    """Return `message` once it says something else than when it was pressed on."""
    before = message.content
    messages = chat.stage.world.state.messages[message.channel_id]

    def changed() -> Message | None:
        now = messages.get(message.id)
        return now if now is not None and now.content != before else None

    found = await chat.stage.world.until(changed, timeout=10)
    assert asked.interaction.response is not None
    return copy(found)


async def said(asked: Asked) -> Message:
    """Return the answer as it is now: messages change in place."""
    return copy(await asked.reply(timeout=30))
