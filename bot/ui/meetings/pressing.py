"""What every button of a meeting begins with: which meeting it is, and whether one may."""

from typing import Any, Final

import discord

from bot.adapters.directory import role_facts
from bot.errors import NotInGuildError
from bot.services.meetings.voters import Voter
from bot.ui.host import host_of
from storage.meeting_records import Meeting

_LARGEST_ID: Final = 2**63 - 1


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


async def voter_in(interaction: discord.Interaction[Any], guild_id: int, person: int) -> Voter:
    """Return what Discord tells now of somebody in a guild.

    Raises:
        discord.HTTPException: when Discord does not answer the question.

    """
    host = host_of(interaction)
    exists = 0 < person <= _LARGEST_ID  # what is no id of anybody is not asked for
    member = await host.membership.member_of(guild_id, person) if exists else None
    if member is None:
        return Voter(person, None)
    standing = await host.services.places.standing(
        guild_id,
        roles=[role_facts(role) for role in member.roles],
        manages_guild=member.guild_permissions.manage_guild,
    )
    return Voter(person, standing, is_bot=member.bot)


async def require_member(interaction: discord.Interaction[Any], guild_id: int) -> None:
    """Refuse whoever is not in a guild (any more), asking Discord.

    Raises:
        NotInGuildError: when that is so.

    """
    if interaction.guild_id == guild_id:
        return
    if not await host_of(interaction).membership.is_member(guild_id, interaction.user.id):
        raise NotInGuildError
