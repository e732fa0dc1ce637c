"""Who is in which guild, asked of Discord: the bot keeps no members."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import discord

TRUSTED: Final = dt.timedelta(minutes=5)  # how long an answer of Discord holds for questions
MOST_GUILDS: Final = 25  # that are looked at for one person: the options of a select
_MOST_KEPT: Final = 10_000


@dataclass(frozen=True, slots=True)
class KnownGuild:
    """A guild that the bot and somebody share."""

    id: int
    name: str


class _Client(Protocol):
    @property
    def guilds(self) -> Sequence[discord.Guild]: ...

    def get_guild(self, id: int, /) -> discord.Guild | None: ...  # noqa: A002 # discord.py's name


class Membership:
    """Asks whether somebody is in a guild."""

    def __init__(self, client: _Client, now: Callable[[], dt.datetime]) -> None:
        """Ask through `client`."""
        self._client = client
        self._now = now
        self._known: dict[tuple[int, int], tuple[dt.datetime, bool]] = {}

    async def is_member(self, guild_id: int, person: int) -> bool:
        """Ask Discord now: for buttons.

        Raises:
            discord.HTTPException: when Discord does not answer the question.

        """
        return await self.member_of(guild_id, person) is not None

    async def member_of(self, guild_id: int, person: int) -> discord.Member | None:
        """Ask Discord now, and return what it tells; None for who is not in the guild.

        Raises:
            discord.HTTPException: when Discord does not answer the question.

        """
        guild = self._client.get_guild(guild_id)
        if guild is None:
            return None
        try:
            member = await guild.fetch_member(person)
        except discord.NotFound:
            member = None
        if len(self._known) >= _MOST_KEPT:
            del self._known[next(iter(self._known))]
        self._known[guild_id, person] = (self._now(), member is not None)
        return member

    async def was_member(self, guild_id: int, person: int) -> bool:
        """Return what Discord said at most five minutes ago, or ask: for questions."""
        known = self._known.get((guild_id, person))
        if known is not None and self._now() - known[0] < TRUSTED:
            return known[1]
        return await self.is_member(guild_id, person)

    async def guilds_of(self, person: int) -> tuple[KnownGuild, ...]:
        """Return the guilds that somebody is in, by name; of the bot's first 25 guilds."""
        guilds = sorted(self._client.guilds, key=lambda one: (one.name, one.id))[:MOST_GUILDS]
        found = await asyncio.gather(*(self.was_member(one.id, person) for one in guilds))
        return tuple(
            KnownGuild(guild.id, guild.name)
            for guild, is_member in zip(guilds, found, strict=True)
            if is_member
        )
