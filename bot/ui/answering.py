"""Questions that come in as interactions: `/vraag`, the menu of a message, an example."""

from typing import Any

import discord

from bot.services.knowledge.asking import Asked, Given
from bot.services.knowledge.conversations import Thread
from bot.texts import answers as texts
from bot.ui.acknowledging import in_time, show
from bot.ui.answer_buttons import answer_screen
from bot.ui.answer_text import question_line
from bot.ui.guild_menus import Home, home_of
from bot.ui.host import channel_place, host_of, may_write, thread_of
from storage.records import DirectPlace


async def answer_slash(interaction: discord.Interaction[Any], text: str, *, public: bool) -> None:
    """Answer `/vraag`. Whoever may not write in a channel gets the answer alone.

    Raises:
        MemberError: when it is not answered; StoppingError when the bot is stopping.

    """
    in_guild = interaction.guild_id is not None
    is_private = in_guild and not (public and may_write(interaction))
    question = host_of(interaction).services.asking.admit(text, person=interaction.user.id)
    await _answer(
        interaction,
        question,
        is_private=is_private,
        above="" if is_private else question_line(question),
        thread=thread_of(interaction, is_private=is_private),
    )


async def answer_message(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Answer somebody's message, in public and with a link to it."""
    question = host_of(interaction).services.asking.admit(
        message.content, person=interaction.user.id
    )
    await _answer(
        interaction,
        question,
        is_private=interaction.guild_id is not None and not may_write(interaction),
        above=texts.answers_message(message.jump_url),
        thread=None,
    )


async def answer_example(interaction: discord.Interaction[Any], question: str) -> None:
    """Answer one of the bot's own questions, for whoever pressed it; it costs no token."""
    is_private = interaction.guild_id is not None
    await _answer(
        interaction,
        question,
        is_private=is_private,
        above=question_line(question),
        thread=thread_of(interaction, is_private=is_private),
    )


async def _answer(
    interaction: discord.Interaction[Any],
    question: str,
    *,
    is_private: bool,
    above: str,
    thread: Thread | None,
) -> None:
    async with host_of(interaction).services.answering() as running:
        looking_up = _looked_up(interaction, question, is_private=is_private, thread=thread)
        given, home = await in_time(interaction, looking_up, ephemeral=is_private)
        screen = answer_screen(given, above=above, guilds=home.choices)
        await show(interaction, screen, ephemeral=is_private)
        running.gave(given.reply)


async def _looked_up(
    interaction: discord.Interaction[Any],
    question: str,
    *,
    is_private: bool,
    thread: Thread | None,
) -> tuple[Given, Home]:
    host, person = host_of(interaction), interaction.user.id
    asking, channel, home = host.services.asking, channel_place(interaction), Home()
    if channel is None:
        home = await home_of(host, person)
    place = channel or DirectPlace(home.guild_id)
    if thread is None:
        asked = Asked(question, person, place, is_private)
    else:
        asked = asking.in_conversation(question, thread=thread, place=place)
    return await asking.answer(asked), home
