"""Updates: `/update plaatsen`, `plannen`, `bewerken`, `intrekken`, `lijst` and `voorbeeld`."""

from typing import Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.checks import moderator_only
from bot.client import BreedBot
from bot.services.container import Services
from bot.services.progress.updates_errors import NoDraftError
from bot.services.progress.updates_planning import MAX_REPEAT, MAX_WHEN
from bot.services.progress.updates_states import STANDING, UNPUBLISHED
from bot.texts import digest as digest_texts
from bot.texts import updates as texts
from bot.texts.updates_list import choice
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.markdown import shortened
from bot.ui.progress.digest import show_preview
from bot.ui.progress.updates_forms import edit_update_form, new_update_form, withdrawal_form
from bot.ui.progress.updates_list import list_screen
from bot.ui.progress.updates_screens import planning_screen, update_screen
from storage.progress_records import UpdateState

_CHOICE: Final = 100  # characters of a name in autocomplete
_DRAFTS: Final = frozenset({UpdateState.DRAFT})


class ProgressUpdates(commands.Cog):
    """Writes, plans, corrects and takes back updates."""

    group = app_commands.Group(
        name="update",
        description=texts.GROUP_DESCRIPTION,
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, services: Services) -> None:
        """Use the use cases of `services`."""
        self._services = services

    @group.command(name="plaatsen", description=texts.POST_DESCRIPTION)
    @app_commands.rename(mine="mijn-concept")
    @app_commands.describe(mine=texts.MINE_DESCRIPTION)
    @moderator_only()
    async def post(self, interaction: discord.Interaction, mine: int | None = None) -> None:
        """Open the form for a new update, or the preview of a draft."""
        if mine is None:
            await interaction.response.send_modal(new_update_form(interaction.id))
            return

        async def preview(number: int) -> Screen:
            guild_id = interaction.guild_id or 0
            update = await self._services.updates.find(number, guild_id=guild_id)
            return await update_screen(self._services, update)

        screen = await in_time(interaction, preview(mine), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @group.command(name="plannen", description=texts.PLAN_DESCRIPTION)
    @app_commands.rename(when="wanneer", number="nummer", repeat="herhaal")
    @app_commands.describe(
        when=texts.WHEN_DESCRIPTION,
        number=texts.DRAFT_DESCRIPTION,
        repeat=texts.REPEAT_DESCRIPTION,
    )
    @moderator_only()
    async def plan(
        self,
        interaction: discord.Interaction,
        when: app_commands.Range[str, 1, MAX_WHEN],
        number: int | None = None,
        repeat: app_commands.Range[str, 1, MAX_REPEAT] | None = None,
    ) -> None:
        """Read when a draft is to be published, and ask whether that is meant."""

        async def understood() -> Screen:
            guild_id, by = interaction.guild_id or 0, interaction.user.id
            if number is not None:
                update = await self._services.updates.find(number, guild_id=guild_id)
            elif found := await self._services.update_list.draft_to_plan(guild_id, by=by):
                update = found
            else:
                raise NoDraftError
            return await planning_screen(
                self._services, update, when=when, repeat=repeat or "", by=by
            )

        screen = await in_time(interaction, understood(), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @group.command(name="bewerken", description=texts.EDIT_DESCRIPTION)
    @app_commands.rename(number="nummer")
    @app_commands.describe(number=texts.NUMBER_DESCRIPTION)
    @moderator_only()
    async def edit(self, interaction: discord.Interaction, number: int) -> None:
        """Open the form with the update as it is now."""
        guild_id = interaction.guild_id or 0
        update = await self._services.updates.find(number, guild_id=guild_id)
        await interaction.response.send_modal(edit_update_form(update))

    @group.command(name="intrekken", description=texts.WITHDRAW_DESCRIPTION)
    @app_commands.rename(number="nummer")
    @app_commands.describe(number=texts.NUMBER_DESCRIPTION)
    @moderator_only()
    async def withdraw(self, interaction: discord.Interaction, number: int) -> None:
        """Open the form that asks why."""
        guild_id = interaction.guild_id or 0
        update = await self._services.updates.find(number, guild_id=guild_id)
        await interaction.response.send_modal(withdrawal_form(update))

    @group.command(name="lijst", description=texts.LIST_DESCRIPTION)
    @moderator_only()
    async def all(self, interaction: discord.Interaction) -> None:
        """Show the first page of the list."""
        listing = list_screen(self._services, interaction.guild_id or 0)
        screen = await in_time(interaction, listing, ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @group.command(name="voorbeeld", description=digest_texts.PREVIEW_DESCRIPTION)
    @moderator_only()
    async def preview_digest(self, interaction: discord.Interaction) -> None:
        """Show the next weekly digest as it would be now."""
        await show_preview(interaction)

    @post.autocomplete("mine")
    async def drafts(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[int]]:
        """Offer drafts by number and title."""
        return await self._offered(interaction, typed, _DRAFTS)

    @plan.autocomplete("number")
    async def unpublished(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[int]]:
        """Offer drafts and planned updates by number and title."""
        return await self._offered(interaction, typed, UNPUBLISHED)

    @edit.autocomplete("number")
    @withdraw.autocomplete("number")
    async def standing(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[int]]:
        """Offer what is not withdrawn by number and title."""
        return await self._offered(interaction, typed, STANDING)

    async def _offered(
        self, interaction: discord.Interaction, typed: str, states: frozenset[UpdateState]
    ) -> list[app_commands.Choice[int]]:
        guild_id = interaction.guild_id or 0
        found = await self._services.update_list.offer(guild_id, typed, states=states)
        return [
            app_commands.Choice(
                name=shortened(choice(one.number, one.title, one.state), _CHOICE),
                value=one.number,
            )
            for one in found
        ]


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(ProgressUpdates(bot.services))
