"""What could be better: answers that did not help, and questions without a good answer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.services.knowledge.question_grouping import same_question
from bot.services.ports import Clock
from storage.records import AnswerCitation, UnhelpfulAnswer
from storage.unit_of_work import UnitsOfWork

WITHIN: Final = dt.timedelta(days=90)
"""The time that is looked back over."""
_LOOKED_AT: Final = 200
_SHOWN: Final = 8
_REASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Unhelpful:
    """A question whose answer did not help, with the passage used; newest reasons first."""

    question: str
    citation: AnswerCitation | None
    times: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question without a good answer, in the words that were used most."""

    question: str
    times: int


@dataclass(frozen=True, slots=True)
class Points:
    """The most frequent first; nobody is named."""

    unhelpful: tuple[Unhelpful, ...]
    unanswered: tuple[Unanswered, ...]


class Improving:
    """Looks back over what people asked."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Look in `units`."""
        self._units = units
        self._clock = clock

    async def points(self, guild_id: int) -> Points:
        """Return what could be better in a guild, those alike as one."""
        since = self._clock.now() - WITHIN
        async with self._units.reading() as work:
            unhelpful = await work.feedback.unhelpful(guild_id, since, limit=_LOOKED_AT)
            asked = await work.questions.without_answer(guild_id, since, limit=_LOOKED_AT)
        return Points(_grouped(unhelpful), _alike(asked))


def _grouped(found: Sequence[UnhelpfulAnswer]) -> tuple[Unhelpful, ...]:
    groups: list[list[UnhelpfulAnswer]] = []
    for one in found:
        of = _document_of(one)
        group = next(
            (
                group
                for group in groups
                if _document_of(group[0]) == of and same_question(group[0].question, one.question)
            ),
            None,
        )
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    groups.sort(key=len, reverse=True)
    return tuple(
        Unhelpful(
            group[0].question,
            group[0].citations[0] if group[0].citations else None,
            len(group),
            tuple([one.reason for one in group if one.reason][:_REASONS]),
        )
        for group in groups[:_SHOWN]
    )


def _document_of(one: UnhelpfulAnswer) -> tuple[str, str] | None:
    return (one.citations[0].document, one.citations[0].section) if one.citations else None


def _alike(asked: Sequence[tuple[str, int]]) -> tuple[Unanswered, ...]:
    groups: list[tuple[str, int]] = []
    for text, times in asked:
        place = next((at for at, one in enumerate(groups) if same_question(one[0], text)), None)
        if place is None:
            groups.append((text, times))
        else:
            groups[place] = (groups[place][0], groups[place][1] + times)
    groups.sort(key=lambda one: -one[1])
    return tuple(Unanswered(text, times) for text, times in groups[:_SHOWN])
