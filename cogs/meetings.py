"""Meetings for everybody: `/alv info`, `agenda`, `deelname`, `herinner`, and so on."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.adapters import meetings_file
from bot.client import BreedBot
from bot.services.container import Services
from bot.services.meetings.errors import NoMeetingError
from bot.services.meetings.past import find_past, offer_past
from bot.texts import meetings as texts
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.markdown import shortened
from bot.ui.meetings import calendars, screens
from bot.ui.meetings.forms import MAX_WHEN, remind
from bot.ui.meetings.paper_files import Agenda, agenda_of, send_files

_CHOICE = 100  # characters of a name in autocomplete
_CHOICES = 25


class MeetingsForAll(commands.Cog):
    """Tells about meetings, signs people up and reminds them."""

    group = app_commands.Group(name="alv", description=texts.GROUP_DESCRIPTION, guild_only=True)

    def __init__(self, bot: BreedBot) -> None:
        """Use the use cases of `bot`."""
        self._bot = bot

    @property
    def _services(self) -> Services:
        return self._bot.services

    @group.command(name="info", description=texts.INFO_DESCRIPTION)
    @app_commands.rename(meeting="bijeenkomst")
    @app_commands.describe(meeting=texts.MEETING_DESCRIPTION)
    async def info(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show a meeting, an earlier assembly, or that nothing is planned."""

        async def found() -> Screen:
            past = meetings_file.shipped()
            if meeting and (earlier := find_past(past, meeting)):
                return screens.past_screen(earlier)
            shelf = self._services.meetings.shelf
            try:
                one = await shelf.find(interaction.guild_id or 0, meeting)
            except NoMeetingError as error:
                if error.typed is not None:
                    raise
                return screens.nothing_screen(past, self._bot.command_mentions)
            return screens.info_screen(await shelf.page(one.id), self._services.clock.now())

        screen = await in_time(interaction, found(), ephemeral=False)
        await show(interaction, screen, ephemeral=False)

    @group.command(name="agenda", description=texts.AGENDA_DESCRIPTION)
    @app_commands.rename(meeting="bijeenkomst")
    @app_commands.describe(meeting=texts.MEETING_DESCRIPTION)
    async def agenda(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show the agenda of a meeting, or of an earlier assembly."""

        async def found() -> Agenda:
            if meeting and (earlier := find_past(meetings_file.shipped(), meeting)):
                return Agenda(screens.past_screen(earlier))
            shelf = self._services.meetings.shelf
            one = await shelf.find(interaction.guild_id or 0, meeting)
            return await agenda_of(self._services, one)

        agenda = await in_time(interaction, found(), ephemeral=False)
        await show(interaction, agenda.screen, ephemeral=False)
        await send_files(interaction, agenda.files, ephemeral=False)

    @group.command(name="deelname", description=texts.COME_DESCRIPTION)
    @app_commands.rename(meeting="bijeenkomst")
    @app_commands.describe(meeting=texts.MEETING_DESCRIPTION)
    async def attend(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show where one stands, with what one can change."""

        async def found() -> Screen:
            meetings = self._services.meetings
            one = await meetings.shelf.find(interaction.guild_id or 0, meeting)
            place = await meetings.attending.place_of(one.id, interaction.user.id)
            return screens.place_screen(place)

        screen = await in_time(interaction, found(), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @group.command(name="herinner", description=texts.REMIND_DESCRIPTION)
    @app_commands.rename(when="wanneer", meeting="bijeenkomst")
    @app_commands.describe(when=texts.WHEN_DESCRIPTION, meeting=texts.MEETING_DESCRIPTION)
    async def remind(
        self,
        interaction: discord.Interaction,
        when: app_commands.Range[str, 1, MAX_WHEN],
        meeting: str | None = None,
    ) -> None:
        """Keep a reminder."""

        async def kept() -> Screen:
            one = await self._services.meetings.shelf.find(interaction.guild_id or 0, meeting)
            return await remind(self._services, one, when, person=interaction.user.id)

        screen = await in_time(interaction, kept(), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @group.command(name="herinneringen", description=texts.LIST_DESCRIPTION)
    async def reminders(self, interaction: discord.Interaction) -> None:
        """List one's reminders, with a menu to stop one."""

        async def found() -> Screen:
            reminding = self._services.meetings.reminding
            kept = await reminding.of_person(interaction.guild_id or 0, interaction.user.id)
            return screens.reminders_screen(kept)

        screen = await in_time(interaction, found(), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @group.command(name="kalender", description=texts.CALENDAR_DESCRIPTION)
    async def calendar(self, interaction: discord.Interaction) -> None:
        """Send the calendar as a file, and where to subscribe."""
        name = interaction.guild.name if interaction.guild else ""
        making = calendars.calendar_for(
            self._services, interaction.guild_id or 0, name, interaction=interaction
        )
        found = await in_time(interaction, making, ephemeral=True)
        await show(interaction, found.screen, ephemeral=True)
        await calendars.send_file(interaction, found.content, found.filename)

    @attend.autocomplete("meeting")
    @remind.autocomplete("meeting")
    async def planned(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the meetings of this guild."""
        return await self._planned(interaction, typed)

    @info.autocomplete("meeting")
    @agenda.autocomplete("meeting")
    async def planned_and_past(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the meetings of this guild, and the assemblies of before."""
        past = offer_past(meetings_file.shipped(), typed)
        earlier = [app_commands.Choice(name=one.title, value=one.key) for one in past]
        return [*await self._planned(interaction, typed), *earlier][:_CHOICES]

    async def _planned(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        found = await self._services.meetings.shelf.offer(interaction.guild_id or 0, typed)
        return [
            app_commands.Choice(
                name=shortened(f"#{one.number} {one.details.title}", _CHOICE),
                value=str(one.number),
            )
            for one in found
        ]


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(MeetingsForAll(bot))
