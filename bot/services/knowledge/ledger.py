"""Questions and answers on their way to the database: many at once in one transaction.

What comes in while a transaction runs goes into the next one, so that fifty askers cost hardly more
than one. An answer is kept before it is shown, as the buttons below it carry its id.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.services.grouping import Grouped
from bot.services.ports import Clock
from storage.records import NewAnswer, NewQuestion, ShownAnswer
from storage.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of one question of `person`; both are about the same place."""

    person: int
    question: NewQuestion
    answer: NewAnswer


class Ledger:
    """Keeps questions and answers."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Keep them in `units`."""
        self._units = units
        self._clock = clock
        self._group = Grouped(self._written, name="ledger")

    async def keep(self, entry: Entry) -> ShownAnswer:
        """Keep a question with its answer, and remember the guild that the person uses.

        Raises:
            StorageError: when it cannot be kept.

        """
        return await self._group.put(entry)

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
