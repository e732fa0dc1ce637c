"""What every button of a meeting begins with: which meeting it is, and whether one may."""

from typing import Any

import discord

from bot.errors import NotInGuildError
from bot.ui.host import host_of
from storage.meeting_records import Meeting


async def meeting_behind(interaction: discord.Interaction[Any], meeting_id: int) -> Meeting:
    """Return the meeting that a button is about, for the person who pressed it.

    Raises:
        NoMeetingError: when there is none in this guild.
        NotInGuildError: in private messages, when they are not in its guild.

    """
    host = host_of(interaction)
    meeting = await host.services.meetings.shelf.get(meeting_id, guild_id=interaction.guild_id)
    if interaction.guild_id is None:
        await require_member(interaction, meeting.guild_id)
    return meeting


async def require_member(interaction: discord.Interaction[Any], guild_id: int) -> None:
    """Refuse whoever is not in a guild (any more), asking Discord.

    Raises:
        NotInGuildError: when that is so.

    """
    if interaction.guild_id == guild_id:
        return
    if not await host_of(interaction).membership.is_member(guild_id, interaction.user.id):
        raise NotInGuildError
