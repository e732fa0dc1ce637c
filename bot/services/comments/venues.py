"""Where comments of a guild go, and what it chose about them: looked up before a unit begins."""

from dataclasses import dataclass

from bot.services.directory import Channel
from bot.services.guild_settings import (
    COMMENTS_CHANNEL,
    COMMENTS_FIRST,
    COMMENTS_PER_HOUR,
    MODERATORS_CHANNEL,
    GuildSettings,
)
from bot.services.places import Places, channel_among


@dataclass(frozen=True, slots=True)
class Venue:
    """What holds in a guild now.

    `comments` is where placed comments go, `moderators` where cards go; None while there is no
    such channel, or this process is not connected for the guild. `checks_first`: a moderator
    looks before everybody can read. `per_hour` is how many comments a member may submit.
    """

    comments: Channel | None = None
    moderators: Channel | None = None
    checks_first: bool = True
    per_hour: int = 5


class CommentVenues:
    """Looks up where comments go."""

    def __init__(self, places: Places, settings: GuildSettings) -> None:
        self._places = places
        self._settings = settings

    async def of(self, guild_id: int) -> Venue:
        """Return what holds in a guild now."""
        choices = await self._settings.choices_of(guild_id)
        channels = self._places.directory.channels_of(guild_id)
        return Venue(
            comments=channel_among(channels, COMMENTS_CHANNEL, choices),
            moderators=channel_among(channels, MODERATORS_CHANNEL, choices),
            checks_first=choices.value_of(COMMENTS_FIRST),
            per_hour=choices.value_of(COMMENTS_PER_HOUR),
        )
