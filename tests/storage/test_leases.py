import asyncio
import itertools
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from storage.engine import Database, open_database
from storage.records import Lease
from storage.unit_of_work import UnitOfWork, UnitsOfWork
from tests.conftest import NOW

_Result = TypeVar("_Result")
_TTL = timedelta(seconds=30)
_OWNERS = st.sampled_from(["one", "two", "three"])
_NAMES = st.sampled_from(["feed", "channel"])
_RUNS = itertools.count()


async def _acquire(
    units: UnitsOfWork, *, owner: str, name: str = "feed", now: datetime = NOW
) -> Lease | None:
    async with units() as work:
        return await work.leases.acquire(name, owner=owner, now=now, lasting=_TTL)


async def test_a_lease_in_force_is_refused_to_others(units: UnitsOfWork) -> None:
    taken = await _acquire(units, owner="one")

    assert taken == Lease(name="feed", owner="one", expires_at=NOW + _TTL)
    assert await _acquire(units, owner="two") is None
    assert await _acquire(units, owner="two", name="other") is not None


async def test_a_lease_is_free_from_the_moment_it_expires(units: UnitsOfWork) -> None:
    await _acquire(units, owner="one")
    moment_before = NOW + _TTL - timedelta(microseconds=1)

    assert await _acquire(units, owner="two", now=moment_before) is None
    assert await _acquire(units, owner="two", now=NOW + _TTL) is not None


async def test_of_many_processes_at_once_exactly_one_gets_the_lease(database_url: str) -> None:
    databases = [open_database(database_url) for _ in range(8)]
    try:
        outcomes = await asyncio.gather(
            *(
                _acquire(UnitsOfWork(database), owner=str(number))
                for number, database in enumerate(databases)
            )
        )
    finally:
        for database in databases:
            await database.close()

    assert len([lease for lease in outcomes if lease is not None]) == 1


class LeaseMachine(RuleBasedStateMachine):
    """Leases in the database beside a dictionary that says how they ought to behave."""

    url: str

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._database: Database = open_database(self.url)
        self._units = UnitsOfWork(self._database)
        self._run = next(_RUNS)
        self._now = NOW
        self._model: dict[str, Lease] = {}

    @rule(seconds=st.integers(0, 40))
    def time_passes(self, seconds: int) -> None:
        self._now += timedelta(seconds=seconds)

    @rule(name=_NAMES, owner=_OWNERS, seconds=st.integers(1, 60))
    def acquire(self, name: str, owner: str, seconds: int) -> None:
        name, lasting = self._own(name), timedelta(seconds=seconds)
        found = self._do(
            lambda work: work.leases.acquire(name, owner=owner, now=self._now, lasting=lasting)
        )
        holder = self._holder(name)
        expected = None
        if holder is None or holder.owner == owner:
            expected = Lease(name=name, owner=owner, expires_at=self._now + lasting)
            self._model[name] = expected
        assert found == expected

    @rule(names=st.sets(_NAMES), owner=_OWNERS, seconds=st.integers(1, 60))
    def renew_some(self, names: set[str], owner: str, seconds: int) -> None:
        names, lasting = {self._own(name) for name in names}, timedelta(seconds=seconds)
        found = self._do(
            lambda work: work.leases.renew(names, owner=owner, now=self._now, lasting=lasting)
        )
        held = {name: self._holder(name) for name in names}
        expected = {name for name, holder in held.items() if holder and holder.owner == owner}
        self._note(expected, owner, lasting)
        assert found == expected

    @rule(names=st.sets(_NAMES, min_size=1), owner=_OWNERS, seconds=st.integers(1, 60))
    def acquire_some(self, names: set[str], owner: str, seconds: int) -> None:
        names, lasting = {self._own(name) for name in names}, timedelta(seconds=seconds)
        found = self._do(
            lambda work: work.leases.acquire_all(names, owner=owner, now=self._now, lasting=lasting)
        )
        held = {name: self._holder(name) for name in names}
        expected = {name for name, holder in held.items() if not holder or holder.owner == owner}
        self._note(expected, owner, lasting)
        assert found == expected

    @rule(name=_NAMES, owner=_OWNERS)
    def release(self, name: str, owner: str) -> None:
        name = self._own(name)
        released = self._do(lambda work: work.leases.release(name, owner=owner))
        expected = name in self._model and self._model[name].owner == owner
        if expected:
            del self._model[name]
        assert released == expected

    @invariant()
    def nobody_else_holds_it(self) -> None:
        for name in ("feed", "channel"):
            assert self._stored_holder(self._own(name)) == self._holder(self._own(name))

    def teardown(self) -> None:
        self._runner.run(self._database.close())
        self._runner.close()

    def _note(self, names: set[str], owner: str, lasting: timedelta) -> None:
        for name in names:
            self._model[name] = Lease(name=name, owner=owner, expires_at=self._now + lasting)

    def _own(self, name: str) -> str:
        return f"{self._run}:{name}"

    def _holder(self, name: str) -> Lease | None:
        lease = self._model.get(name)
        return lease if lease is not None and lease.expires_at > self._now else None

    def _stored_holder(self, name: str) -> Lease | None:
        return self._do(lambda work: work.leases.holder_of(name, now=self._now))

    def _do(self, step: Callable[[UnitOfWork], Coroutine[None, None, _Result]]) -> _Result:
        async def in_a_unit() -> _Result:
            async with self._units() as work:
                return await step(work)

        return self._runner.run(in_a_unit())


@pytest.mark.randomised
def test_whatever_happens_a_name_never_has_two_owners(database_url: str) -> None:
    class OnThisDatabase(LeaseMachine):
        url = database_url

    run_state_machine_as_test(OnThisDatabase, settings=settings(stateful_step_count=20))
