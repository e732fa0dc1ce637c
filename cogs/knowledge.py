"""Questions: `/vraag`, **Vraag beantwoorden** on a message, mentions and private messages."""

from typing import Final

import discord
from discord import app_commands
from discord.ext import commands
from typing_extensions import override

from bot.client import BreedBot
from bot.services.container import Services
from bot.texts import answers as texts
from bot.ui.answering import answer_message, answer_slash
from bot.ui.conversing import Conversing
from bot.ui.editions import guild_of

_MENU: Final = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)


class Knowledge(commands.Cog):
    """Takes questions wherever they are asked."""

    def __init__(self, bot: BreedBot) -> None:
        """Answer with the services of `bot`."""
        self._bot = bot
        self._conversing = Conversing(bot)
        self._menu = app_commands.ContextMenu(
            name="Vraag beantwoorden", callback=self.answer_message, allowed_contexts=_MENU
        )

    @property
    def _services(self) -> Services:
        return self._bot.services

    @override
    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._menu)

    @override
    async def cog_unload(self) -> None:
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name="vraag", description=texts.ASK_DESCRIPTION)
    @app_commands.rename(question="vraag", public="openbaar")
    @app_commands.describe(question=texts.QUESTION_DESCRIPTION, public=texts.PUBLIC_DESCRIPTION)
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def ask(
        self, interaction: discord.Interaction, question: str, *, public: bool = True
    ) -> None:
        """Answer a question."""
        await answer_slash(interaction, question, public=public)

    @ask.autocomplete("question")
    async def known_questions(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer questions that the knowledge base knows."""
        guild_id = await guild_of(interaction)
        offered = self._services.autocomplete.offer(typed, guild_id=guild_id)
        return [app_commands.Choice(name=one, value=one) for one in offered]

    async def answer_message(
        self, interaction: discord.Interaction, message: discord.Message
    ) -> None:
        """Answer a message of somebody as if it were asked."""
        await answer_message(interaction, message)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot."""
        if self._bot.user is not None:
            await self._conversing.answer(message, me=self._bot.user)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Change the answer to a message that was edited."""
        if self._bot.user is not None:
            await self._conversing.answer_again(payload.message, me=self._bot.user)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a guild that the bot left."""
        await self._services.places.forget_guild(guild.id)


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(Knowledge(bot))
