"""Many small units of work as few: a group commit, and the same for reading.

What comes in while a unit runs goes into the next one, so that fifty cost hardly more than one.
Nobody hears that something is kept before its transaction committed, and nobody is told what was
read before they asked.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from storage.errors import ConflictError, StorageError

MOST: Final = 100  # entries in one transaction

_Entry = TypeVar("_Entry")
_Outcome = TypeVar("_Outcome")


class Grouped(Generic[_Entry, _Outcome]):
    """Writes entries in groups, in the order in which they came."""

    def __init__(
        self,
        write: Callable[[Sequence[_Entry]], Awaitable[Sequence[_Outcome | Exception]]],
        *,
        name: str,
    ) -> None:
        """Let `write` keep a group in one unit of work.

        It returns an outcome for each entry; an exception there is raised to that entry's caller
        only. `name` is that of the task.
        """
        self._write = write
        self._name = name
        self._waiting: list[tuple[_Entry, asyncio.Future[_Outcome]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def put(self, entry: _Entry) -> _Outcome:
        """Write one entry, with whatever others there are; return what came of it.

        Raises:
            Exception: what `write` returned as its outcome, such as a MemberError.
            StorageError: when it cannot be kept.

        """
        kept: asyncio.Future[_Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, kept))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._run(), name=self._name)
        return await kept

    def abort(self) -> None:
        """Stop where it stands, as a crash would: nobody hears that anything more is kept."""
        if self._writing is not None:
            self._writing.cancel()

    async def settle(self) -> None:
        """Wait until nothing is being written any more."""
        if (writing := self._writing) is not None:
            await asyncio.wait((writing,))
            if self._writing is writing:  # what it died of holds on to the database
                self._writing = None

    async def _run(self) -> None:
        batch: list[tuple[_Entry, asyncio.Future[_Outcome]]] = []
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._settle(batch)
        finally:
            # Whatever ended this early: nobody waits for what nobody keeps.
            _fail((*batch, *self._waiting), StorageError(f"{self._name} stopped"))
            self._waiting = []

    async def _settle(self, batch: Sequence[tuple[_Entry, "asyncio.Future[_Outcome]"]]) -> None:
        try:
            outcomes = await self._write([entry for entry, _ in batch])
        except ConflictError as error:
            if len(batch) == 1:
                _fail(batch, error)
                return
            # One entry must not cost the others theirs.
            for one in batch:
                await self._settle([one])
        except StorageError as error:
            _fail(batch, error)
        else:
            for (_, kept), outcome in zip(batch, outcomes, strict=True):
                if kept.done():
                    continue
                if isinstance(outcome, Exception):
                    kept.set_exception(outcome)
                else:
                    kept.set_result(outcome)


def _fail(batch: Sequence[tuple[_Entry, "asyncio.Future[_Outcome]"]], error: StorageError) -> None:
    for _, kept in batch:
        if not kept.done():
            kept.set_exception(error)
