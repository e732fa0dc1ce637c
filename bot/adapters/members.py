"""The Members port: asked of Discord, at the pace of what the bot says by itself."""

from typing import Any, Final, cast

import discord
from discord.http import Route

from bot import discord_codes as codes
from bot.adapters.one_try import OneTry
from bot.services.deliveries.outcomes import NotNowError, RefusedError

_NOT_THERE: Final = frozenset({codes.UNKNOWN_MEMBER, codes.UNKNOWN_USER})
_NO_GUILD: Final = "guild not available"
_NO_ANSWER: Final = "member not told"


class DiscordMembers:
    """Looks somebody up in a guild of a client; see `bot.services.directory.Members`."""

    def __init__(self, client: discord.Client, requests: OneTry) -> None:
        """Ask through `requests`; guilds and channels are those that `client` keeps."""
        self._client = client
        self._requests = requests

    async def may_read(self, guild_id: int, person: int, channel_id: int | None) -> bool:
        """See `Members`."""
        guild = self._client.get_guild(guild_id)
        if guild is None or guild.unavailable:
            raise NotNowError(_NO_GUILD)
        route = Route(
            "GET", "/guilds/{guild_id}/members/{user_id}", guild_id=guild_id, user_id=person
        )
        try:
            told = cast("dict[str, Any]", await self._requests.ask(route))
        except RefusedError as error:
            if error.code in _NOT_THERE:
                return False
            raise NotNowError(_NO_ANSWER) from error
        channel = None if channel_id is None else guild.get_channel_or_thread(channel_id)
        return channel is None or _may_read(guild, channel, person, told)


def _may_read(
    guild: discord.Guild,
    channel: discord.abc.GuildChannel | discord.Thread,
    person: int,
    told: dict[str, Any],
) -> bool:
    """Compute the right to view a channel as Discord documents it.

    https://discord.com/developers/docs/topics/permissions#permission-overwrites
    """
    ids = {guild.id, *(int(one) for one in told["roles"])}
    roles = [role for role in guild.roles if role.id in ids]
    if person == guild.owner_id or any(role.permissions.administrator for role in roles):
        return True
    may = any(role.permissions.view_channel for role in roles)
    place = channel.parent if isinstance(channel, discord.Thread) else channel
    if place is None:
        return may
    default = place.overwrites_for(guild.default_role).view_channel
    may = may if default is None else default
    chosen = [place.overwrites_for(role).view_channel for role in roles if role.id != guild.id]
    may = (may and False not in chosen) or True in chosen
    own = place.overwrites_for(discord.Object(person, type=discord.Member)).view_channel
    return may if own is None else own
