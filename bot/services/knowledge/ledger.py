"""Questions and answers on their way to the database: many at once in one transaction.

What comes in while a transaction runs goes into the next one, so that fifty askers cost hardly more
than one. An answer is kept before it is shown, as the buttons below it carry its id.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.services.ports import Clock
from storage.errors import ConflictError, StorageError
from storage.records import NewAnswer, NewQuestion, ShownAnswer
from storage.unit_of_work import UnitsOfWork

MOST: Final = 100  # entries in one transaction


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of one question of `person`; both are about the same place."""

    person: int
    question: NewQuestion
    answer: NewAnswer


_Waiting = tuple[Entry, "asyncio.Future[ShownAnswer]"]


class Ledger:
    """Keeps questions and answers."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Keep them in `units`."""
        self._units = units
        self._clock = clock
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, entry: Entry) -> ShownAnswer:
        """Keep a question with its answer, and remember the guild that the person uses.

        Raises:
            StorageError: when it cannot be kept.

        """
        kept: asyncio.Future[ShownAnswer] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, kept))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(), name="ledger")
        return await kept

    async def _write(self) -> None:
        batch: list[_Waiting] = []
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._settle(batch)
        finally:
            # Whatever ended this early: nobody waits for an answer that nobody keeps.
            _fail((*batch, *self._waiting), StorageError("the ledger stopped"))
            self._waiting = []

    async def _settle(self, batch: Sequence[_Waiting]) -> None:
        try:
            answers = await self._written([entry for entry, _ in batch])
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
            for (_, kept), answer in zip(batch, answers, strict=True):
                if not kept.done():
                    kept.set_result(answer)

    async def _written(self, entries: Sequence[Entry]) -> list[ShownAnswer]:
        guilds = {
            entry.person: entry.question.place.guild_id
            for entry in entries
            if entry.question.place.guild_id is not None
        }
        async with self._units() as work:
            question_ids = await work.questions.add_all([entry.question for entry in entries])
            new = [
                replace(entry.answer, question_id=question_id)
                for entry, question_id in zip(entries, question_ids, strict=True)
            ]
            answer_ids = await work.answers.add_all(new)
            await work.dm_guilds.remember_all(guilds, at=self._clock.now())
        return [
            _shown(answer, answer_id) for answer, answer_id in zip(new, answer_ids, strict=True)
        ]


def _shown(answer: NewAnswer, answer_id: int) -> ShownAnswer:
    return ShownAnswer(
        id=answer_id,
        place=answer.place,
        content=answer.content,
        private=answer.private,
        created_at=answer.created_at,
        question_id=answer.question_id,
        message_id=None,
    )


def _fail(batch: Sequence[_Waiting], error: StorageError) -> None:
    for _, kept in batch:
        if not kept.done():
            kept.set_exception(error)
