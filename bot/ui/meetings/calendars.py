"""The calendar of a guild: a file, and the secret address of a subscription."""

import io
from dataclasses import dataclass
from typing import Any, Final

import discord

from bot.adapters.calendar import calendar_of
from bot.checks import standing_of
from bot.services.container import Services
from bot.services.places import Standing
from bot.texts import meetings as texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.meetings import items

FILENAME: Final = "bijeenkomsten.ics"


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar to send, with what is said about it."""

    content: bytes
    filename: str
    screen: Screen


async def calendar_for(
    services: Services, guild_id: int, guild: str, *, interaction: discord.Interaction[Any]
) -> CalendarFile:
    """Return the calendar of a guild; moderators may renew its address."""
    pages = await services.meetings.shelf.pages(guild_id)
    content = calendar_of(pages, name=texts.calendar_name(guild))
    return CalendarFile(content, FILENAME, await subscription_screen(services, interaction))


async def send_file(interaction: discord.Interaction[Any], content: bytes, filename: str) -> None:
    """Send a file behind an answer, to whoever asked alone."""
    file = discord.File(io.BytesIO(content), filename=filename)
    await interaction.followup.send(file=file, ephemeral=True)


async def subscription_screen(
    services: Services, interaction: discord.Interaction[Any], *, above: str = ""
) -> Screen:
    """Return the address to subscribe to, when the web pages can be reached from outside."""
    calendar = services.meetings.calendar
    lines = [above, texts.CALENDAR_FILE]
    if calendar.public_url is None:
        return Screen(("\n".join(one for one in lines if one),))
    secret = await calendar.secret_of(interaction.guild_id or 0)
    lines.append(texts.subscribe(calendar.address_of(secret)))
    may_renew = await standing_of(interaction) is Standing.MODERATOR
    view = StoredButtons(items.renew_button()) if may_renew else None
    return Screen(("\n\n".join(one for one in lines if one),), view)
