"""Where a guild hears of its meetings, and what is queued to tell it."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.services.directory import MESSAGE_KINDS, Channel, ChannelKind
from bot.services.guild_settings import MEETINGS_CHANNEL, MODERATORS_CHANNEL
from bot.services.places import Places
from storage.delivery_records import ChannelTarget, DmTarget, NewDelivery, Target, ThreadTarget
from storage.meeting_records import Change, Meeting

REMINDER: Final = "meeting_reminder"
PERSONAL: Final = "personal_reminder"
NOTICE: Final = "meeting_notice"
PROXY: Final = "meeting_proxy"
PROXY_ANSWER: Final = "meeting_proxy_answer"


@dataclass(frozen=True, slots=True)
class Announcement:
    """The channel for what all hear. `is_instead`: the moderators', as there is no other."""

    target: Target
    channel_id: int
    is_instead: bool


async def announcement_of(places: Places, guild_id: int) -> Announcement | None:
    """Return where a guild hears of its meetings, or None when there is no such place at all."""
    for setting in (MEETINGS_CHANNEL, MODERATORS_CHANNEL):
        channel = await places.channel_for(guild_id, setting)
        if channel is not None and channel.can_send and channel.kind in MESSAGE_KINDS:
            is_instead = setting is MODERATORS_CHANNEL
            return Announcement(_target(channel), channel.id, is_instead=is_instead)
    return None


def notices(
    meeting: Meeting,
    change: Change,
    *,
    where: Announcement | None,
    followers: tuple[int, ...],
    until: dt.datetime,
) -> list[NewDelivery]:
    """Return the copies that tell of a change: to the channel, and to each who signed up."""
    targets: list[Target] = [where.target] if where else []
    targets += [DmTarget(one) for one in followers]
    return [
        NewDelivery(
            key=f"meeting-notice:{change.id}:{_name(target)}",
            guild_id=meeting.guild_id,
            target=target,
            kind=NOTICE,
            subject_id=change.id,
            due_at=change.at,
            useful_until=until,
        )
        for target in targets
    ]


def _target(channel: Channel) -> Target:
    if channel.kind is ChannelKind.THREAD:
        return ThreadTarget(channel.id)
    return ChannelTarget(channel.id)


def _name(target: Target) -> str:
    return f"u{target.user_id}" if isinstance(target, DmTarget) else str(target.channel_id)
