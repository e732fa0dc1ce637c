"""What Discord tells of scheduled events: somebody may have changed one of a meeting."""

import discord
from discord.ext import commands

from bot.client import BreedBot
from bot.services.container import Services


class MeetingEvents(commands.Cog):
    """Passes on that an event was changed or removed; the job looks what became of it."""

    def __init__(self, services: Services) -> None:
        """Tell `services`."""
        self._services = services

    @commands.Cog.listener()
    async def on_scheduled_event_update(
        self, before: discord.ScheduledEvent, after: discord.ScheduledEvent
    ) -> None:
        """Hear of a change, the bot's own included."""
        del before
        await self._services.meetings.events.notice(after.id)

    @commands.Cog.listener()
    async def on_scheduled_event_delete(self, event: discord.ScheduledEvent) -> None:
        """Hear that an event was deleted."""
        await self._services.meetings.events.notice(event.id)


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(MeetingEvents(bot.services))
