"""What people think of answers: one opinion a person and answer, which they may change."""

from typing import Final

from bot.errors import AnswerGoneError
from bot.services.ports import Clock
from storage.records import FeedbackValue
from storage.unit_of_work import UnitsOfWork

MAX_REASON: Final = 500  # characters


class AnswerFeedback:
    """Thumbs up and down, and why."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Keep opinions in `units`."""
        self._units = units
        self._clock = clock

    async def give(self, value: FeedbackValue, *, answer_id: int, person: int) -> None:
        """Keep an opinion, over the earlier one of the same person.

        Raises:
            AnswerGoneError: when the answer is not kept any more.

        """
        async with self._units() as work:
            kept = await work.feedback.give(
                answer_id=answer_id, user_id=person, value=value, at=self._clock.now()
            )
        if kept is None:
            raise AnswerGoneError

    async def explain(self, reason: str, *, answer_id: int, person: int) -> None:
        """Add why the answer did not help; an empty reason adds nothing.

        Raises:
            AnswerGoneError: when the opinion is not kept any more.

        """
        words = reason.strip()[:MAX_REASON]
        if not words:
            return
        async with self._units() as work:
            kept = await work.feedback.explain(answer_id=answer_id, user_id=person, reason=words)
        if not kept:
            raise AnswerGoneError
