"""Meetings for moderators: `/vergadering plannen`, `wijzigen`, `afgelasten`, and so on."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.checks import moderator_only
from bot.client import BreedBot
from bot.services.container import Services
from bot.services.meetings.checking import minutes_of
from bot.texts import meetings_admin as texts
from bot.ui.acknowledging import in_time, show
from bot.ui.meetings import admin_choosing as choosing
from bot.ui.meetings.admin_asking import ask_change, ask_plan
from bot.ui.meetings.admin_forms import cancel_form
from bot.ui.meetings.calendars import send_file
from bot.ui.meetings.people import FILENAME, people_of
from storage.meeting_records import Meeting, MeetingPage

_WHEN = app_commands.Range[str, 1, 100]


class MeetingsForModerators(commands.Cog):
    """Plans, changes and calls off meetings."""

    group = app_commands.Group(
        name="vergadering",
        description=texts.GROUP_DESCRIPTION,
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, services: Services) -> None:
        """Use the use cases of `services`."""
        self._services = services

    @group.command(name="plannen", description=texts.PLAN_DESCRIPTION)
    @app_commands.rename(kind="soort", when="wanneer", length="duur")
    @app_commands.describe(
        kind=texts.KIND_OPTION, when=texts.WHEN_OPTION, length=texts.LENGTH_OPTION
    )
    @app_commands.choices(kind=choosing.KIND_CHOICES)
    @moderator_only()
    async def plan(
        self, interaction: discord.Interaction, kind: str, when: _WHEN, length: str = ""
    ) -> None:
        """Open the form for a new meeting."""
        now, minutes = self._services.clock.now(), minutes_of(length)
        number = choosing.KIND_NAMES.index(kind)  # Discord lets nobody type another
        await choosing.put(
            interaction, ask_plan(interaction, now, when, kind=number, minutes=minutes)
        )

    @group.command(name="wijzigen", description=texts.CHANGE_DESCRIPTION)
    @app_commands.rename(meeting="bijeenkomst", when="wanneer", length="duur")
    @app_commands.describe(
        meeting=texts.MEETING_OPTION, when=texts.WHEN_OPTION, length=texts.LENGTH_OPTION
    )
    @moderator_only()
    async def change(
        self,
        interaction: discord.Interaction,
        meeting: str | None = None,
        when: _WHEN | None = None,
        length: str | None = None,
    ) -> None:
        """Open the form with a meeting as it is."""
        minutes = 0 if length is None else minutes_of(length)
        one, now = await self._meeting(interaction, meeting), self._services.clock.now()
        await choosing.put(interaction, ask_change(one, now, when, minutes=minutes))

    @group.command(name="afgelasten", description=texts.CANCEL_DESCRIPTION)
    @app_commands.rename(meeting="bijeenkomst")
    @app_commands.describe(meeting=texts.MEETING_OPTION)
    @moderator_only()
    async def cancel(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Open the form that asks why."""
        await choosing.put(interaction, cancel_form(await self._meeting(interaction, meeting)))

    @group.command(name="agendapunt", description=texts.ITEM_DESCRIPTION)
    @app_commands.rename(
        meeting="bijeenkomst", number="punt", position="plek", paper="bijlage", remove="verwijderen"
    )
    @app_commands.describe(
        meeting=texts.MEETING_OPTION,
        number=texts.ITEM_OPTION,
        position=texts.POSITION_OPTION,
        paper=texts.PAPER_OPTION,
        remove=texts.REMOVE_OPTION,
    )
    @moderator_only()
    async def item(  # noqa: PLR0913 -- the options of the command
        self,
        interaction: discord.Interaction,
        meeting: str | None = None,
        number: int | None = None,
        position: app_commands.Range[int, 1, 25] | None = None,
        paper: discord.Attachment | None = None,
        *,
        remove: bool = False,
    ) -> None:
        """Open the form for an agenda item, or ask whether it has to go."""
        page = await self._page(interaction, meeting)
        chosen = choosing.Chosen(number, remove, position or 0, paper)
        asked = choosing.ask_item(self._services, page, chosen, by=interaction.user.id)
        await choosing.put(interaction, await asked)

    @group.command(name="termijn", description=texts.DEADLINE_DESCRIPTION)
    @app_commands.rename(
        kind="soort",
        when="wanneer",
        meeting="bijeenkomst",
        number="termijn",
        label="naam",
        remove="verwijderen",
    )
    @app_commands.describe(
        kind=texts.DEADLINE_KIND_OPTION,
        when=texts.DEADLINE_WHEN_OPTION,
        meeting=texts.MEETING_OPTION,
        number=texts.DEADLINE_OPTION,
        label=texts.LABEL_OPTION,
        remove=texts.REMOVE_OPTION,
    )
    @app_commands.choices(kind=choosing.DEADLINE_CHOICES)
    @moderator_only()
    async def deadline(  # noqa: PLR0913 -- the options of the command
        self,
        interaction: discord.Interaction,
        *,
        kind: str | None = None,
        when: _WHEN = "",
        meeting: str | None = None,
        number: int | None = None,
        label: app_commands.Range[str, 1, 60] = "",
        remove: bool = False,
    ) -> None:
        """Show what a deadline would be, or ask whether it has to go."""
        page = await self._page(interaction, meeting)
        asked = choosing.ask_deadline(
            self._services,
            page,
            choosing.Chosen(number, removed=remove),
            choosing.TypedDeadline(choosing.DEADLINE_KINDS[kind] if kind else None, when, label),
            by=interaction.user.id,
        )
        await show(interaction, await in_time(interaction, asked, ephemeral=True), ephemeral=True)

    @group.command(name="deelnemers", description=texts.PEOPLE_DESCRIPTION)
    @app_commands.rename(meeting="bijeenkomst")
    @app_commands.describe(meeting=texts.MEETING_OPTION)
    @moderator_only()
    async def people(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show who comes, with the whole list as a file."""
        one = await self._meeting(interaction, meeting)
        listing = people_of(self._services, one, interaction.guild)
        found = await in_time(interaction, listing, ephemeral=True)
        await show(interaction, found.screen, ephemeral=True)
        await send_file(interaction, found.content, FILENAME)

    @item.autocomplete("number")
    async def items(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[int]]:
        """Offer the items of the agenda."""
        page = await self._page(interaction, choosing.chosen_meeting(interaction))
        return choosing.choices(typed, [one.title for one in page.agenda])

    @deadline.autocomplete("number")
    async def deadlines(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[int]]:
        """Offer the deadlines of the meeting."""
        page = await self._page(interaction, choosing.chosen_meeting(interaction))
        return choosing.choices(typed, choosing.deadline_names(page))

    @change.autocomplete("meeting")
    @cancel.autocomplete("meeting")
    @item.autocomplete("meeting")
    @deadline.autocomplete("meeting")
    @people.autocomplete("meeting")
    async def meetings(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the meetings of this guild."""
        guild_id = interaction.guild_id or 0
        return choosing.offered(await self._services.meetings.shelf.offer(guild_id, typed))

    async def _meeting(self, interaction: discord.Interaction, typed: str | None) -> Meeting:
        return await self._services.meetings.shelf.find(interaction.guild_id or 0, typed)

    async def _page(self, interaction: discord.Interaction, typed: str | None) -> MeetingPage:
        shelf = self._services.meetings.shelf
        return await shelf.page((await self._meeting(interaction, typed)).id)


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(MeetingsForModerators(bot.services))
