"""Comments of members: `/reactie`, and **Indienen als reactie** on a message."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands
from typing_extensions import override

from bot.client import BreedBot
from bot.texts import comments_own as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.comments import items, screens
from bot.ui.comments.opening import open_comment_form
from bot.ui.comments.pressing import require_commenter
from bot.ui.comments.walking import next_ballot
from storage.comment_records import CommentOrder
from storage.moderation_records import Round

_MENU: Final = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
_ORDERS: Final = {texts.NEWEST: CommentOrder.NEWEST, texts.SUPPORTED: CommentOrder.SUPPORTED}
_LABEL: Final = 100


@app_commands.guild_only()
class Comments(commands.GroupCog, group_name="reactie", group_description=texts.GROUP_DESCRIPTION):
    """Takes comments and votes of members, and lets everybody read."""

    def __init__(self, bot: BreedBot) -> None:
        """Keep them with the services of `bot`."""
        self._bot = bot
        self._comments = bot.services.comments
        self._menu = app_commands.ContextMenu(
            name="Indienen als reactie", callback=self.submit_message, allowed_contexts=_MENU
        )

    @override
    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._menu)

    @override
    async def cog_unload(self) -> None:
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name="plaats", description=texts.POST_DESCRIPTION)
    @app_commands.rename(topic="onderwerp")
    @app_commands.describe(topic=texts.TOPIC_DESCRIPTION)
    async def post(self, interaction: discord.Interaction[Any], topic: str | None = None) -> None:
        """Open the form for a comment."""
        of = await self._round(interaction, topic)
        await open_comment_form(interaction, round_id=of.id if of else None)

    @app_commands.command(name="mijn", description=texts.MINE_DESCRIPTION)
    async def mine(self, interaction: discord.Interaction[Any]) -> None:
        """Show one's own comments."""
        guild_id, author_id = interaction.guild_id or 0, interaction.user.id
        finding = screens.own_screen(self._bot.services, guild_id, author_id)
        await show(interaction, await in_time(interaction, finding, ephemeral=True), ephemeral=True)

    @app_commands.command(name="lijst", description=texts.LIST_DESCRIPTION)
    @app_commands.rename(topic="onderwerp", order="volgorde", search="zoek")
    @app_commands.describe(
        topic=texts.TOPIC_DESCRIPTION,
        order=texts.ORDER_DESCRIPTION,
        search=texts.SEARCH_DESCRIPTION,
    )
    @app_commands.choices(order=[app_commands.Choice(name=one, value=one) for one in _ORDERS])
    async def everybodys(
        self,
        interaction: discord.Interaction[Any],
        topic: str | None = None,
        order: str = texts.NEWEST,
        search: app_commands.Range[str, 1, 100] = "",
    ) -> None:
        """Show what everybody can read."""

        async def listed() -> Screen:
            return await screens.list_screen(
                self._bot.services,
                interaction.guild_id or 0,
                of=await self._round(interaction, topic),
                order=_ORDERS.get(order, CommentOrder.NEWEST),
                search=search,
            )

        screen = await in_time(interaction, listed(), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @app_commands.command(name="intrekken", description=texts.WITHDRAW_DESCRIPTION)
    @app_commands.rename(number="nummer")
    @app_commands.describe(number=texts.NUMBER_DESCRIPTION)
    async def withdraw(self, interaction: discord.Interaction[Any], number: int) -> None:
        """Ask whether a comment of one's own is to be taken back."""
        finding = self._comments.authoring.own(
            number, guild_id=interaction.guild_id or 0, author_id=interaction.user.id
        )
        comment = await in_time(interaction, finding, ephemeral=True)
        view = StoredButtons(items.sure(comment.id))
        question = Screen((texts.withdraw_question(comment.number),), view)
        await show(interaction, question, ephemeral=True)

    @app_commands.command(name="stemmen", description=texts.VOTE_DESCRIPTION)
    @app_commands.rename(topic="onderwerp")
    @app_commands.describe(topic=texts.TOPIC_DESCRIPTION)
    async def walk(self, interaction: discord.Interaction[Any], topic: str | None = None) -> None:
        """Walk through what one has not voted on."""

        async def first() -> Screen:
            await require_commenter(interaction)
            of = await self._round(interaction, topic)
            return await next_ballot(interaction, round_id=of.id if of else 0)

        screen = await in_time(interaction, first(), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @post.autocomplete("topic")
    @everybodys.autocomplete("topic")
    @walk.autocomplete("topic")
    async def topics(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the rounds of the guild."""
        offered = await self._comments.rounds.offer(interaction.guild_id or 0, typed)
        return [app_commands.Choice(name=one.title[:_LABEL], value=str(one.id)) for one in offered]

    @withdraw.autocomplete("number")
    async def own_numbers(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[int]]:
        """Offer one's own comments."""
        offered = await self._comments.reading.offer_own(
            interaction.guild_id or 0, interaction.user.id, typed
        )
        return [
            app_commands.Choice(
                name=f"{one.number}. {' '.join(one.text.body.split())}"[:_LABEL], value=one.number
            )
            for one in offered
        ]

    async def submit_message(
        self, interaction: discord.Interaction, message: discord.Message
    ) -> None:
        """Open the form with a message of one's own."""
        await require_commenter(interaction)
        if message.author.id != interaction.user.id:
            await show(interaction, Screen((texts.NOT_YOURS,)), ephemeral=True)
        elif not message.content.strip():
            await show(interaction, Screen((texts.NO_TEXT,)), ephemeral=True)
        else:
            await open_comment_form(interaction, body=message.content.strip())

    async def _round(
        self, interaction: discord.Interaction[Any], typed: str | None
    ) -> Round | None:
        if typed is None:
            return None
        return await self._comments.rounds.find(typed, guild_id=interaction.guild_id or 0)


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(Comments(bot))
