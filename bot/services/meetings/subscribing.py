"""The secret address of a guild's calendar."""

import secrets
from typing import Final

from bot.services.ports import Clock
from storage.unit_of_work import UnitsOfWork

_BYTES: Final = 24
LENGTH: Final = 32  # characters of a secret: 24 bytes in base64


class CalendarSubscription:
    """One address a guild; a new one ends the old one."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Keep the secrets in `units`."""
        self._units = units
        self._clock = clock
        self.public_url: str | None = None
        """Where people reach the web pages; the composition root sets it. None: nowhere."""

    def address_of(self, secret: str) -> str:
        """Return the address that people subscribe to."""
        return f"{(self.public_url or '').rstrip('/')}/kalender/{secret}.ics"

    async def secret_of(self, guild_id: int) -> str:
        """Return the secret of a guild; the first time it is made."""
        async with self._units.reading() as work:
            known = await work.calendar_secrets.secret_of(guild_id)
        return known or await self._make(guild_id, only_first=True)

    async def renew(self, guild_id: int) -> str:
        """Make a new secret: whoever has the old address gets nothing any more."""
        return await self._make(guild_id, only_first=False)

    async def guild_of(self, secret: str) -> int | None:
        """Return whose calendar a secret opens, or None."""
        if len(secret) != LENGTH or not secret.isascii():
            return None
        async with self._units.reading() as work:
            return await work.calendar_secrets.guild_of_secret(secret)

    async def _make(self, guild_id: int, *, only_first: bool) -> str:
        secret = secrets.token_urlsafe(_BYTES)
        async with self._units() as work:
            known = await work.calendar_secrets.secret_of(guild_id)
            if known is not None and only_first:
                return known
            await work.calendar_secrets.put_secret(guild_id, secret, at=self._clock.now())
        return secret
