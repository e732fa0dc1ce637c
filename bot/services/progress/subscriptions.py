"""Subscriptions: who gets updates as private messages, until they do not arrive any more."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import structlog

from bot.services.ports import Clock
from storage.progress_records import Part
from storage.subscription_records import Subscription
from storage.unit_of_work import UnitsOfWork

INTERVAL: Final = dt.timedelta(minutes=1)
"""How often `review` is to be called."""
FAILURES: Final = 3
"""Private messages in a row that do not arrive before no more are sent."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Switched:
    """What switching came to: whether anything `changed`, and what somebody has since.

    `before` is what was on, `subscriptions` are all of now, stopped ones included.
    """

    part: Part | None
    changed: bool
    before: tuple[Part | None, ...]
    subscriptions: tuple[Subscription, ...]

    @property
    def on(self) -> tuple[Part | None, ...]:
        """What is on now."""
        return _on(self.subscriptions)

    @property
    def stopped(self) -> tuple[Subscription, ...]:
        """What was switched off because messages did not arrive."""
        return tuple(one for one in self.subscriptions if not one.is_on)


class Subscriptions:
    """The use case: on, off, and off by itself for whoever cannot be reached."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Keep them in `units`."""
        self._units = units
        self._clock = clock

    async def switch_on(self, guild_id: int, part: Part | None, *, person: int) -> Switched:
        """Send somebody every update about `part`, or all of them, from now on.

        Raises:
            StorageError: when it cannot be kept.

        """
        async with self._units() as work:
            before = await work.subscriptions.of_person(guild_id, person)
            changed = await work.subscriptions.switch_on(
                guild_id, part, user_id=person, at=self._clock.now()
            )
            after = await work.subscriptions.of_person(guild_id, person)
        return Switched(part, changed, _on(before), after)

    async def switch_off(self, guild_id: int, part: Part | None, *, person: int) -> Switched:
        """End one subscription; off for everything ends all that somebody has in the guild.

        Raises:
            StorageError: when it cannot be kept.

        """
        async with self._units() as work:
            before = await work.subscriptions.of_person(guild_id, person)
            if part is None:
                changed = await work.subscriptions.switch_all_off(guild_id, user_id=person)
            else:
                changed = await work.subscriptions.switch_off(guild_id, part, user_id=person)
            after = await work.subscriptions.of_person(guild_id, person)
        return Switched(part, changed, _on(before), after)

    async def of_person(self, guild_id: int, person: int) -> tuple[Subscription, ...]:
        """Return what somebody subscribed to, stopped ones included; everything comes first."""
        async with self._units.reading() as work:
            return await work.subscriptions.of_person(guild_id, person)

    async def review(self) -> None:
        """Switch off what nobody receives: three private messages in a row did not arrive.

        Raises:
            StorageError: when the database cannot be used; the next time tries again.

        """
        async with self._units.reading() as work:
            found = await work.subscriptions.unreachable(failures=FAILURES)
        if not found:
            return
        async with self._units() as work:
            # Looked up again: somebody may have switched on or off since.
            for guild_id, person in await work.subscriptions.unreachable(failures=FAILURES):
                if await work.subscriptions.stop(guild_id, user_id=person, at=self._clock.now()):
                    _log.info("subscriptions_stopped", guild=guild_id)


def _on(subscriptions: tuple[Subscription, ...]) -> tuple[Part | None, ...]:
    return tuple(one.part for one in subscriptions if one.is_on)
