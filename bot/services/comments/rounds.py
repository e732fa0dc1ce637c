"""Rounds: what members can comment on. Every onderdeel has one; moderators open and close them."""

from dataclasses import dataclass, replace

import structlog

from bot.services.comments import sending
from bot.services.comments.content import title_of
from bot.services.comments.errors import UnknownRoundError
from bot.services.ports import Clock
from storage.moderation_records import ModerationEvent, NewModeration, Round, RoundCounts
from storage.unit_of_work import UnitOfWork, UnitsOfWork

_OFFERED = 25
_LARGEST_ID = 2**63 - 1
_log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class RoundChange:
    """A round as it is now; `changed` is False when it was so already."""

    round: Round
    changed: bool


class Rounds:
    """The use case. Whoever calls `open` or `close` checked that `by` is a moderator."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Keep rounds in `units`."""
        self._units = units
        self._clock = clock

    async def of_guild(self, guild_id: int) -> tuple[Round, ...]:
        """Return the rounds of a guild, closed ones too: those of an onderdeel come first."""
        async with self._units.reading() as work:
            found = await work.rounds.of_guild(guild_id)
        if any(one.part is not None for one in found):
            return found
        async with self._units() as work:
            await work.rounds.ensure_defaults(guild_id)
            return await work.rounds.of_guild(guild_id)

    async def open_in(self, guild_id: int) -> tuple[Round, ...]:
        """Return those that members can comment on now."""
        return tuple(one for one in await self.of_guild(guild_id) if one.is_open)

    async def counts(self, guild_id: int) -> dict[int, RoundCounts]:
        """Return how many comments wait and are placed, by round; no entry where there are none."""
        async with self._units.reading() as work:
            return dict(await work.rounds.counts(guild_id))

    async def get(self, round_id: int, *, guild_id: int) -> Round:
        """Return a round by its id.

        Raises:
            UnknownRoundError: when the guild has none.

        """
        async with self._units.reading() as work:
            found = await work.rounds.get(round_id) if 0 < round_id <= _LARGEST_ID else None
        if found is None or found.guild_id != guild_id:
            raise UnknownRoundError
        return found

    async def find(self, typed: str, *, guild_id: int) -> Round:
        """Return the round that is meant: by its id, as autocomplete gives it, or by its title.

        Raises:
            UnknownRoundError: when the guild has none.

        """
        wanted = _key(typed)
        for one in await self.of_guild(guild_id):
            if wanted in {str(one.id), _key(one.title)}:
                return one
        raise UnknownRoundError

    async def offer(
        self, guild_id: int, typed: str, *, only_open: bool = False
    ) -> tuple[Round, ...]:
        """Return the rounds whose title holds what is typed; at most as many as a list shows."""
        wanted = _key(typed)
        found = [
            one
            for one in await self.of_guild(guild_id)
            if wanted in _key(one.title) and (one.is_open or not only_open)
        ]
        return tuple(found[:_OFFERED])

    async def open(self, title: str, *, guild_id: int, by: int) -> RoundChange:
        """Open a round with this title: a new one, or one that was closed.

        Raises:
            CommentContentError: when there is no title, or it is too long.

        """
        title = title_of(title)
        await self.of_guild(guild_id)
        async with self._units() as work:
            await work.comments.lock_guilds({guild_id})  # two with one title become one
            found = await work.rounds.called(guild_id, _key(title))
            if found is None:
                made = await work.rounds.add(guild_id, title, title_key=_key(title))
                await self._log(work, made, ModerationEvent.ROUND_OPENED, by=by)
                return RoundChange(made, changed=True)
        return await self._set(found.id, guild_id, is_open=True, by=by)

    async def close(self, round_id: int, *, guild_id: int, by: int) -> RoundChange:
        """Close a round: no new comments, changes or votes; reading and deciding stay.

        Raises:
            UnknownRoundError: when the guild has none.

        """
        return await self._set(round_id, guild_id, is_open=False, by=by)

    async def _set(self, round_id: int, guild_id: int, *, is_open: bool, by: int) -> RoundChange:
        async with self._units() as work:
            found = await work.rounds.lock(round_id) if 0 < round_id <= _LARGEST_ID else None
            if found is None or found.guild_id != guild_id:
                raise UnknownRoundError
            if found.is_open == is_open:
                return RoundChange(found, changed=False)
            after = replace(found, is_open=is_open, version=found.version + 1)
            await work.rounds.put(after)
            opened, closed = ModerationEvent.ROUND_OPENED, ModerationEvent.ROUND_CLOSED
            await self._log(work, after, opened if is_open else closed, by=by)
            await work.deliveries.revise(sending.ROUND_KIND, after.id, version=after.version)
        return RoundChange(after, changed=True)

    async def _log(self, work: UnitOfWork, of: Round, event: ModerationEvent, *, by: int) -> None:
        now = self._clock.now()
        await work.moderation.log(NewModeration(of.guild_id, event, now, by, round_id=of.id))
        _log.info("round_changed", round=of.id, change=event.value, by=by)


def _key(title: str) -> str:
    return " ".join(title.split()).casefold()[:200]
