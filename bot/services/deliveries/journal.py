"""Writes down what couriers begin and what came of it: many copies in one transaction.

A courier hears that something is written when its transaction committed, as if it had one of its
own; couriers that come at one moment share one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.services.deliveries.lanes import LaneLeases, LeaseLostError
from bot.services.grouping import Grouped
from storage.delivery_records import Delivery, Lane
from storage.unit_of_work import UnitOfWork, UnitsOfWork

Change: TypeAlias = Callable[[Delivery], Delivery]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What becomes of a copy; with a lane, only while that is still ours, and renewing it."""

    found: Delivery
    change: Change
    lane: Lane | None = None


@dataclass(frozen=True, slots=True)
class _Done:
    """The copy after its entry; None when another process has gone on with it."""

    after: Delivery | None
    is_busy: bool = False  # somebody else holds the row: it has to be waited for alone


class Journal:
    """The only one that changes copies in the name of couriers; a process has one."""

    def __init__(self, units: UnitsOfWork, leases: LaneLeases) -> None:
        self._units = units
        self._leases = leases
        self._grouped: Grouped[_Entry, _Done] = Grouped(self._write, name="delivery journal")

    async def note(self, found: Delivery, change: Change) -> Delivery | None:
        """Write down an outcome; None, and nothing, when another process has gone on since.

        Raises:
            StorageError: when the database cannot be used.

        """
        return await self._put(_Entry(found, change))

    async def begin(self, found: Delivery, change: Change, lane: Lane) -> Delivery | None:
        """Write down that something is about to be done, and keep the lane in the same unit.

        Raises:
            LeaseLostError: when another process may have taken the lane; nothing is written.
            StorageError: when the database cannot be used.

        """
        return await self._put(_Entry(found, change, lane))

    def abort(self) -> None:
        """Stop where it stands, as a crash would."""
        self._grouped.abort()

    async def settle(self) -> None:
        """Wait until nothing is being written."""
        await self._grouped.settle()

    async def _put(self, entry: _Entry) -> Delivery | None:
        done = await self._grouped.put(entry)
        if not done.is_busy:
            return done.after
        async with self._units() as work:
            kept = await self._kept(work, [entry])
            known = await work.deliveries.lock(entry.found.id)
            (alone,) = await _written(work, [entry], kept, {entry.found.id: known})
            if isinstance(alone, Exception):
                raise alone
        return alone.after

    async def _write(self, entries: Sequence[_Entry]) -> list[_Done | Exception]:
        async with self._units() as work:
            kept = await self._kept(work, entries)
            # Waiting for one row while holding others is how deadlocks come about.
            known = await work.deliveries.lock_free({one.found.id for one in entries})
            return await _written(work, entries, kept, dict(known))

    async def _kept(self, work: UnitOfWork, entries: Sequence[_Entry]) -> frozenset[Lane]:
        lanes = {one.lane for one in entries if one.lane is not None}
        return await self._leases.renew_in(work, lanes) if lanes else frozenset()


def is_same(known: Delivery, found: Delivery) -> bool:
    """Whether a copy is where it was when it was found: nobody took it a step further."""
    return (known.state, known.attempts) == (found.state, found.attempts)


async def _written(
    work: UnitOfWork,
    entries: Sequence[_Entry],
    kept: frozenset[Lane],
    known: dict[int, Delivery | None],
) -> list[_Done | Exception]:
    outcomes: list[_Done | Exception] = []
    changed: dict[int, Delivery] = {}
    for one in entries:
        outcome = _outcome(one, kept, known)
        outcomes.append(outcome)
        if isinstance(outcome, _Done) and (after := outcome.after) is not None:
            if after is not known[after.id]:
                changed[after.id] = after
            known[after.id] = after
    await work.deliveries.put_all(list(changed.values()))
    return outcomes


def _outcome(
    entry: _Entry, kept: frozenset[Lane], known: dict[int, Delivery | None]
) -> _Done | Exception:
    if entry.lane is not None and entry.lane not in kept:
        return LeaseLostError()
    if entry.found.id not in known:
        return _Done(None, is_busy=True)
    now = known[entry.found.id]
    if now is None or not is_same(now, entry.found):
        return _Done(None)
    try:
        return _Done(entry.change(now))
    except Exception as error:  # noqa: BLE001 -- raised where the entry was made: a rule that one
        return error  # copy breaks must not stop the others
