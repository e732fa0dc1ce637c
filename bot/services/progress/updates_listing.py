"""Updates as moderators look them up: in pages, by number or title, with what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.services.progress.updates_sending import KIND
from storage.delivery_records import Delivery, DeliveryState, DmTarget, Problem
from storage.progress_records import Update, UpdateChange, UpdateState
from storage.unit_of_work import UnitsOfWork

PER_PAGE: Final = 5
_OFFERED: Final = 25
_LOOKED_THROUGH: Final = 200


@dataclass(frozen=True, slots=True)
class Copies:
    """What became of an update's copies: those in channels, and those in private messages."""

    channels: tuple[Delivery, ...] = ()
    people: tuple[Delivery, ...] = ()

    @property
    def people_reached(self) -> int:
        """How many people have it."""
        return sum(one.state is DeliveryState.SENT for one in self.people)

    @property
    def people_refused(self) -> tuple[Delivery, ...]:
        """The private messages that did not arrive and will not by themselves."""
        troubled = {DeliveryState.FAILED, DeliveryState.HELD, DeliveryState.MISSED}
        return tuple(one for one in self.people if one.state in troubled)

    @property
    def people_left(self) -> int:
        """How many subscribers had left, or might not see the updates any more."""
        return sum(one.problem is Problem.NOT_ALLOWED for one in self.people)

    @property
    def standing(self) -> int:
        """How many copies are there, or may be."""
        there = {DeliveryState.SENT, DeliveryState.ATTEMPTING, DeliveryState.HELD}
        return sum(one.state in there for one in (*self.channels, *self.people))

    @property
    def unsent(self) -> int:
        """How many copies still have to be sent."""
        both = (*self.channels, *self.people)
        return sum(one.state is DeliveryState.WAITING for one in both)


@dataclass(frozen=True, slots=True)
class Page:
    """Some updates with their copies, the newest first; `number` and `count` are of pages."""

    items: tuple[tuple[Update, Copies], ...]
    number: int
    count: int


class UpdateList:
    """Looks updates up."""

    def __init__(self, units: UnitsOfWork) -> None:
        """Look in `units`."""
        self._units = units

    async def page(self, guild_id: int, *, number: int = 1) -> Page:
        """Return a page of a guild's updates; one that does not exist becomes the nearest."""
        async with self._units.reading() as work:
            count = max(1, -(-await work.updates.count(guild_id) // PER_PAGE))
            number = min(max(number, 1), count)
            offset = (number - 1) * PER_PAGE
            found = await work.updates.of_guild(guild_id, offset=offset, limit=PER_PAGE)
            copies = [_sorted(await work.deliveries.of_subject(KIND, one.id)) for one in found]
        return Page(tuple(zip(found, copies, strict=True)), number, count)

    async def copies_of(self, update: Update) -> Copies:
        """Return what became of an update's copies."""
        async with self._units.reading() as work:
            return _sorted(await work.deliveries.of_subject(KIND, update.id))

    async def subscribers_of(self, update: Update) -> int:
        """Count who would get a private message of it now."""
        async with self._units.reading() as work:
            return len(await work.subscriptions.of_part(update.guild_id, update.part))

    async def history_of(self, update: Update) -> tuple[UpdateChange, ...]:
        """Return all that happened to it, the oldest first, proposals included."""
        async with self._units.reading() as work:
            return await work.updates.history_of(update.id)

    async def offer(
        self, guild_id: int, typed: str, *, states: frozenset[UpdateState]
    ) -> tuple[Update, ...]:
        """Return updates in these states whose number or title fits, the newest first."""
        wanted = typed.strip().lstrip("#").casefold()
        async with self._units.reading() as work:
            known = await work.updates.of_guild(guild_id, limit=_LOOKED_THROUGH)
        fitting = [
            one
            for one in known
            if one.state in states
            and (str(one.number).startswith(wanted) or wanted in one.title.casefold())
        ]
        return tuple(fitting[:_OFFERED])

    async def draft_to_plan(self, guild_id: int, *, by: int) -> Update | None:
        """Return the newest draft of a moderator, else the newest of all; None without any."""
        async with self._units.reading() as work:
            drafts = await work.updates.drafts(guild_id)
        own = [one for one in drafts if one.author_id == by]
        return next(iter((*own, *drafts)), None)


def _sorted(deliveries: Sequence[Delivery]) -> Copies:
    return Copies(
        channels=tuple(one for one in deliveries if not isinstance(one.target, DmTarget)),
        people=tuple(one for one in deliveries if isinstance(one.target, DmTarget)),
    )
