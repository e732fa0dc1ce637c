"""Questions about the next meeting, answered from what its guild's moderators planned.

A question is one of these only when, beside the words that ask and the subject, it holds nothing
but words that may stand around them: one word more and the knowledge base answers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.search.analysis import tokens
from bot.search.documents import Origin, Part, Source
from bot.services.knowledge.answers import Answered, Citation
from bot.services.ports import Clock
from bot.texts import meetings as meeting_texts
from bot.texts import meetings_answers as texts
from storage.meeting_records import Deadline, DeadlineKind, Meeting, MeetingKind
from storage.unit_of_work import UnitsOfWork

_LONGEST: Final = 16  # words
_BALV: Final = "balv"

_Phrases = Iterable[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class MeetingQuestion:
    """What is asked of the next meeting: until when of `deadline`, else where, else when."""

    where: bool = False
    deadline: DeadlineKind | None = None
    kind: MeetingKind | None = None


def meeting_asked(text: str) -> MeetingQuestion | None:
    """Return what a question asks about the next meeting; None when it is another question."""
    words = tokens(text)
    if not 0 < len(words) <= _LONGEST:
        return None
    kind = MeetingKind.BALV if _BALV in words else None
    rest, has_subject = _without(words, texts.SUBJECTS)
    for deadline, phrases in texts.HANDED_IN.items():
        others, is_handed_in = _without(rest, phrases)
        left, is_asked = _without(others, (*texts.UNTIL, *texts.WHEN))
        if is_handed_in and is_asked and texts.AROUND_HANDING_IN.issuperset(left):
            return MeetingQuestion(deadline=deadline, kind=kind)
    if not has_subject:
        return None
    if _is_only(rest, texts.WHERE):
        return MeetingQuestion(where=True, kind=kind)
    return MeetingQuestion(kind=kind) if _is_only(rest, texts.WHEN) else None


def _is_only(words: Sequence[str], asking: _Phrases) -> bool:
    """Whether words ask in one of these ways, and hold nothing else that matters."""
    left, is_asked = _without(words, asking)
    return is_asked and texts.AROUND.issuperset(left)


class MeetingAnswers:
    """Answers from the meetings of one guild, read afresh every time."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        """Read from `units`."""
        self._units = units
        self._clock = clock

    async def reply(self, text: str, *, guild_id: int | None) -> Answered | None:
        """Return the answer with the meeting as its source; None when it cannot give one.

        Raises:
            StorageError: when it cannot be looked up.

        """
        question = meeting_asked(text)
        if question is None or guild_id is None:
            return None
        now = self._clock.now()
        async with self._units.reading() as work:
            for meeting in await work.meetings.upcoming(guild_id, now):
                if question.kind not in {None, meeting.details.kind}:
                    continue
                if question.deadline is None:
                    return _answer(meeting, _told(meeting, question))
                for one in await work.meetings.deadlines_of(meeting.id):
                    if one.kind is question.deadline:
                        is_open = one.due_at > now
                        return _answer(meeting, _until(meeting, one, is_open=is_open))
        return None


def _told(meeting: Meeting, question: MeetingQuestion) -> str:
    details = meeting.details
    if question.where:
        return texts.where(_name(meeting), details.local_start, details.place, details.link)
    return texts.when(_name(meeting), details.local_start, details.place)


def _until(meeting: Meeting, deadline: Deadline, *, is_open: bool) -> str:
    what = deadline.label or meeting_texts.DEADLINES[deadline.kind]
    return texts.until(what, deadline.local, _name(meeting), is_open=is_open)


def _name(meeting: Meeting) -> str:
    return meeting_texts.name(meeting.details.kind, meeting.details.title)


def _answer(meeting: Meeting, text: str) -> Answered:
    title = _name(meeting)
    citation = Citation(
        title=title,
        part=Part.ALV,
        date=meeting.changed_at.date(),
        source=Source(title, meeting.details.link),
        quote=text,
        document=f"meeting-{meeting.id}",
        section=meeting.version,
        origin=Origin.MODERATOR,
    )
    return Answered(text, (citation,), confidence=1.0)


def _without(words: Sequence[str], phrases: _Phrases) -> tuple[list[str], bool]:
    """Return the words without the phrases, the longest first, and whether there was any."""
    rest, found = list(words), False
    for phrase in sorted(phrases, key=len, reverse=True):
        size = len(phrase)
        for start in range(len(rest) - size, -1, -1):
            if tuple(rest[start : start + size]) == phrase:
                del rest[start : start + size]
                found = True
    return rest, found
