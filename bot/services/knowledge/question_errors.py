"""What moderators ask of open questions that cannot be done; the Dutch is in `bot/texts`."""

import enum

from bot.errors import MemberError
from storage.question_records import AnswerDraft, QuestionGroup


class OpenQuestionError(MemberError):
    """Base of what cannot be done with an open question."""


class UnknownOpenQuestionError(OpenQuestionError):
    """The guild has no such question (any more): whoever asked it took it back, or it is old."""


class QuestionDoneError(OpenQuestionError):
    """Somebody else was first. `group` says who did what with it."""

    def __init__(self, group: QuestionGroup) -> None:
        super().__init__(group.state.value)
        self.group = group


class DraftChangedError(OpenQuestionError):
    """What was looked at is not what would be sent: `draft` is what it is now."""

    def __init__(self, draft: AnswerDraft) -> None:
        super().__init__("draft changed")
        self.draft = draft


class DraftGoneError(OpenQuestionError):
    """The draft was sent, or is not kept any more."""


class NotYourDraftError(OpenQuestionError):
    """Another moderator wrote it."""


class PassageGoneError(OpenQuestionError):
    """The passage to link to is not in the knowledge of the guild (any more)."""


class AnswerProblem(enum.Enum):
    """What is wrong with what a moderator typed."""

    NO_TEXT = "no text"
    TOO_LONG = "too long"
    BAD_LINK = "bad link"
    SOURCE_TOO_LONG = "source too long"


class UnusableAnswerError(OpenQuestionError):
    """What was typed cannot be sent like this; it is kept. `limit` is the most characters."""

    def __init__(self, problem: AnswerProblem, *, limit: int = 0) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.limit = limit
