"""The EventBoard port over discord.py."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, TypeAlias, cast

import discord
from discord.http import Route

from bot import discord_codes as codes
from bot.adapters.one_try import OneTry
from bot.services.deliveries.outcomes import NotNowError, RefusedError
from bot.services.meetings.event_board import EventChange, FoundEvent
from storage.delivery_records import Problem
from storage.meeting_event_records import EventFacts, EventPlan

_PRIVACY: Final = discord.PrivacyLevel.guild_only.value
_EXTERNAL: Final = discord.EntityType.external.value
_CANCELLED: Final = discord.EventStatus.canceled.value
_OPEN: Final = frozenset({discord.EventStatus.scheduled.value, discord.EventStatus.active.value})
_EVENTS: Final = "/guilds/{guild_id}/scheduled-events"
_EVENT: Final = "/guilds/{guild_id}/scheduled-events/{event_id}"
_GONE: Final = "event gone"

_Payload: TypeAlias = Mapping[str, Any]  # JSON as Discord sends it


class GuildEvents:
    """Asks through a client that is logged in; rights come from its cache."""

    def __init__(self, client: discord.Client, requests: OneTry) -> None:
        """Ask with `requests`."""
        self._client = client
        self._requests = requests

    def guild_ids(self) -> tuple[int, ...]:
        """See `EventBoard`."""
        return tuple(one.id for one in self._client.guilds if not one.unavailable)

    def may_keep(self, guild_id: int) -> bool:
        """See `EventBoard`."""
        guild = self._client.get_guild(guild_id)
        if guild is None:
            return False
        rights = guild.me.guild_permissions
        return rights.create_events or rights.manage_events

    async def all_of(self, guild_id: int) -> tuple[FoundEvent, ...]:
        """See `EventBoard`."""
        found = await self._requests.ask(Route("GET", _EVENTS, guild_id=guild_id))
        own_id = self._client.user.id if self._client.user else 0
        return tuple(
            _found(one, own_id) for one in cast("list[_Payload]", found) if one["status"] in _OPEN
        )

    async def create(self, guild_id: int, plan: EventPlan) -> int:
        """See `EventBoard`."""
        facts = plan.facts
        body: dict[str, Any] = {
            "name": facts.name,
            "description": plan.description,
            "privacy_level": _PRIVACY,
            **_times(facts.starts_at, facts.ends_at),
            **_placed(facts.place),
        }
        # An unknown outcome comes back as "not now": the keeper looks before it asks again.
        route = Route("POST", _EVENTS, guild_id=guild_id)
        made = await self._requests.ask(route, json=body)
        return int(cast("_Payload", made)["id"])

    async def change(self, guild_id: int, event_id: int, change: EventChange) -> None:
        """See `EventBoard`."""
        body: dict[str, Any] = {}
        if change.name is not None:
            body["name"] = change.name
        if change.description is not None:
            body["description"] = change.description
        if change.times is not None:
            body |= _times(*change.times)
        if change.place is not None:
            body |= {**_placed(change.place), "channel_id": None}
        if body:
            await self._patch(guild_id, event_id, body)

    async def cancel(self, guild_id: int, event_id: int) -> None:
        """See `EventBoard`. One that began before its time cannot be cancelled and is deleted."""
        try:
            await self._patch(guild_id, event_id, {"status": _CANCELLED})
        except NotNowError as error:
            if error.reason != _GONE:
                raise
        except RefusedError as error:
            if error.problem is not Problem.INVALID:
                raise
            route = Route("DELETE", _EVENT, guild_id=guild_id, event_id=event_id)
            await self._requests.ask(route)

    async def _patch(self, guild_id: int, event_id: int, body: Mapping[str, object]) -> None:
        route = Route("PATCH", _EVENT, guild_id=guild_id, event_id=event_id)
        try:
            await self._requests.ask(route, json=body)
        except RefusedError as error:
            if error.code != codes.UNKNOWN_EVENT:
                raise
            raise NotNowError(_GONE) from error  # the next look finds that


def _found(event: _Payload, own_id: int) -> FoundEvent:
    starts_at = _moment(event["scheduled_start_time"])
    ends = event.get("scheduled_end_time")
    metadata = cast("_Payload", event.get("entity_metadata") or {})
    facts = EventFacts(
        name=str(event["name"]),
        starts_at=starts_at,
        ends_at=_moment(ends) if ends else starts_at,
        place=str(metadata.get("location") or ""),
    )
    is_ours = int(event.get("creator_id") or 0) == own_id
    return FoundEvent(int(event["id"]), is_ours, facts, str(event.get("description") or ""))


def _times(start: dt.datetime, end: dt.datetime) -> dict[str, str]:
    return {"scheduled_start_time": start.isoformat(), "scheduled_end_time": end.isoformat()}


def _placed(place: str) -> dict[str, object]:
    return {"entity_type": _EXTERNAL, "entity_metadata": {"location": place}}


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    return moment.replace(second=0, microsecond=0)
