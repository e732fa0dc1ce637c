"""Places as two columns: a place in private messages has no channel, and never gets one."""

from storage.records import ChannelPlace, DirectPlace, Place


def columns_of(place: Place) -> dict[str, int | None]:
    """Return the values of `guild_id` and `channel_id`."""
    channel_id = place.channel_id if isinstance(place, ChannelPlace) else None
    return {"guild_id": place.guild_id, "channel_id": channel_id}


def place_of(*, guild_id: int | None, channel_id: int | None) -> Place:
    """Return the place that the two columns stand for."""
    if guild_id is not None and channel_id is not None:
        return ChannelPlace(guild_id=guild_id, channel_id=channel_id)
    return DirectPlace(guild_id=guild_id)
