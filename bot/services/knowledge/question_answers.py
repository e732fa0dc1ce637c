"""What moderators do about open questions: write, look at it, and send it to everybody who asked.

What is typed is kept before anything else. Of two moderators at once one closes the question; the
other is told who was first, and keeps their draft.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.services.knowledge.open_questions import GroupView, OpenQuestions
from bot.services.knowledge.question_errors import (
    AnswerProblem,
    DraftChangedError,
    DraftGoneError,
    NotYourDraftError,
    QuestionDoneError,
    UnknownOpenQuestionError,
    UnusableAnswerError,
)
from bot.services.knowledge.question_keeping import QuestionKeeping
from bot.services.knowledge.question_sending import queue_answers, show_again
from bot.services.ports import Clock
from storage.question_records import (
    AnswerDraft,
    Keeping,
    ModeratorAnswer,
    OpenQuestionState,
    QuestionGroup,
)
from storage.unit_of_work import UnitsOfWork

MAX_ANSWER: Final = 1_500
MAX_REASON: Final = 500
MAX_SOURCE: Final = 150
MAX_LINK: Final = 300
_LIMITS: Final[Mapping[OpenQuestionState, int]] = {
    OpenQuestionState.ANSWERED: MAX_ANSWER,
    OpenQuestionState.DECLINED: MAX_REASON,
}
_ADDRESS: Final = re.compile(r"https?://[^\s/<>\"\\@]+\.[^\s<>\"\\]+")
_LARGEST_ID: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent to how many people, and the group as it is since."""

    group: QuestionGroup
    people: int


class QuestionAnswers:
    """Closes open questions."""

    def __init__(
        self,
        units: UnitsOfWork,
        clock: Clock,
        questions: OpenQuestions,
        keeping: QuestionKeeping,
    ) -> None:
        """Change in `units` what `questions` shows; `keeping` makes knowledge of it."""
        self._units = units
        self._clock = clock
        self._questions = questions
        self._keeping = keeping

    async def write(
        self, group_id: int, typed: ModeratorAnswer, *, guild_id: int, by: int
    ) -> AnswerDraft:
        """Keep what a moderator typed, sound or not; the card shows who is writing.

        Raises:
            UnknownOpenQuestionError: when the guild has no such question.
            QuestionDoneError: when it is closed by now; the draft is kept all the same.

        """
        async with self._units() as work:
            group = await work.question_groups.lock(group_id) if group_id <= _LARGEST_ID else None
            if group is None or group.guild_id != guild_id:
                raise UnknownOpenQuestionError
            draft = await work.question_drafts.write(
                group.id, tidied(typed), author_id=by, at=self._clock.now()
            )
            if group.state is OpenQuestionState.OPEN:
                await show_again(work, group)
        if group.state is not OpenQuestionState.OPEN:
            raise QuestionDoneError(group)
        return draft

    async def draft(
        self, draft_id: int, *, guild_id: int, by: int
    ) -> tuple[AnswerDraft, GroupView]:
        """Return a draft of this moderator, and what it is about.

        Raises:
            DraftGoneError: when there is no such draft (any more).
            NotYourDraftError: when somebody else wrote it.
            UnknownOpenQuestionError: when the guild has no such question.

        """
        async with self._units.reading() as work:
            draft = await work.question_drafts.get(draft_id) if draft_id <= _LARGEST_ID else None
        if draft is None:
            raise DraftGoneError
        view = await self._questions.view(draft.group_id, guild_id=guild_id)
        if draft.author_id != by:
            raise NotYourDraftError
        return draft, view

    def own_draft(
        self, view: GroupView, state: OpenQuestionState, *, by: int
    ) -> ModeratorAnswer | None:
        """Return what this moderator typed about a question before, to go on with it."""
        found = (one for one in view.drafts if one.author_id == by and one.answer.state is state)
        draft = next(found, None)
        return None if draft is None else draft.answer

    async def send(
        self, draft_id: int, *, version: int, keep: bool, guild_id: int, by: int
    ) -> Sent:
        """Close the question with a draft, and send it to everybody who asked.

        `version` is that of the draft which was looked at; `keep`: it becomes knowledge, too. Sent
        twice it is as once.

        Raises:
            QuestionDoneError: when somebody else closed it.
            DraftChangedError: when the draft is another one by now.
            UnusableAnswerError: when it cannot be sent like this.
            DraftGoneError, NotYourDraftError, UnknownOpenQuestionError: as `draft` does.

        """
        draft, view = await self.draft(draft_id, guild_id=guild_id, by=by)
        check(draft.answer)
        now = self._clock.now()
        async with self._units() as work:
            group = await work.question_groups.lock(view.group.id)
            if group is None:
                raise UnknownOpenQuestionError
            questions = await work.open_questions.in_group(group.id)
            people = len({one.asker_id for one in questions})
            if group.state is not OpenQuestionState.OPEN:
                if group.closed_by == by and _says(group, draft.answer):
                    return Sent(group, people)
                raise QuestionDoneError(group)
            # What is sent is what was looked at.
            latest = await work.question_drafts.get(draft.id)
            if latest is None or latest.version != version or latest != draft:
                raise DraftChangedError(latest or draft)
            closed = replace(
                group,
                state=draft.answer.state,
                closed_at=now,
                closed_by=by,
                answer=draft.answer,
                keeping=_keeping(draft.answer, keep=keep),
            )
            closed = await show_again(work, closed)
            await queue_answers(work, questions, now=now)
        return Sent(await self._keeping.keep(closed), people)


def tidied(typed: ModeratorAnswer) -> ModeratorAnswer:
    """Return what was typed without blanks around it, an address with its scheme."""
    address = typed.source_url.strip()
    if address and "://" not in address:
        address = f"https://{address}"
    return replace(
        typed,
        text=typed.text.strip(),
        source_title=" ".join(typed.source_title.split()),
        source_url=address,
    )


def check(answer: ModeratorAnswer) -> None:
    """Do nothing for what can be sent.

    Raises:
        UnusableAnswerError: when something is missing, too long, or no address on the web.

    """
    if not answer.text:
        raise UnusableAnswerError(AnswerProblem.NO_TEXT)
    limit = _LIMITS.get(answer.state)
    if limit is not None and _length(answer.text) > limit:
        raise UnusableAnswerError(AnswerProblem.TOO_LONG, limit=limit)
    if len(answer.source_title) > MAX_SOURCE and answer.state is OpenQuestionState.ANSWERED:
        raise UnusableAnswerError(AnswerProblem.SOURCE_TOO_LONG, limit=MAX_SOURCE)
    if answer.state is not OpenQuestionState.ANSWERED or not answer.source_url:
        return
    if len(answer.source_url) > MAX_LINK or not _ADDRESS.fullmatch(answer.source_url):
        raise UnusableAnswerError(AnswerProblem.BAD_LINK, limit=MAX_LINK)


def _length(text: str) -> int:
    """Return how many characters Discord counts: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _says(group: QuestionGroup, answer: ModeratorAnswer) -> bool:
    """Whether a group was closed with this; what it became in the knowledge does not matter."""
    said = group.answer
    return said is not None and replace(said, document_id=answer.document_id) == answer


def _keeping(answer: ModeratorAnswer, *, keep: bool) -> Keeping:
    is_kept = keep and answer.state is not OpenQuestionState.DECLINED
    return Keeping.WANTED if is_kept else Keeping.NO
