"""What members read when something cannot be done, or failed."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from bot.errors import (
    AlreadySharedError,
    AnswerGoneError,
    ElsewhereError,
    MemberError,
    NoSharingError,
    NotAMemberError,
    NotAModeratorError,
    NotInGuildError,
    NotYoursError,
    QuestionProblem,
    RoleNamedError,
    SameOptionError,
    StaleComponentError,
    TooManyQuestionsError,
    UnknownOptionError,
    UnusableQuestionError,
)
from bot.services.admin.errors import AdminError
from bot.services.comments.errors import CommentError
from bot.services.forum.refusals import ForumError
from bot.services.knowledge.documents_errors import DocumentError
from bot.services.knowledge.importing.reading import ImportingError
from bot.services.knowledge.question_errors import OpenQuestionError
from bot.services.meetings.errors import MeetingError
from bot.services.progress.milestones_errors import MilestoneError
from bot.services.progress.updates_errors import UpdateError
from bot.texts import (
    admin_errors,
    comments_errors,
    forum_problems,
    guild_knowledge,
    importing,
    meetings_errors,
    milestones,
    open_questions_errors,
    updates_errors,
)
from bot.texts.knowledge import EMPTY_QUESTION, too_long

STOPPING: Final = "Ik word net opnieuw gestart. Probeer het over een minuut nog eens."
COMMAND_CHANGED: Final = "Dit commando is vernieuwd. Herlaad Discord en probeer het nog eens."
GUILD_ONLY: Final = "Dit kan alleen in een kanaal, niet in een privébericht."
ONLY_EMOJI: Final = (
    "Ik zie alleen emoji. Stel je vraag in woorden, bijvoorbeeld: wat is collectivisering?"
)
ONLY_MENTIONS: Final = "Zet je vraag achter mijn naam, bijvoorbeeld: wat adviseert Berenschot?"

_FIXED: Final[dict[type[MemberError], str]] = {
    RoleNamedError: (
        "Ik zie je vraag niet als je mijn rol noemt. Typ @ met mijn eigen naam en dan je vraag, of "
        "gebruik /vraag."
    ),
    AnswerGoneError: "Dit antwoord bewaar ik niet meer. Stel je vraag opnieuw met /vraag.",
    ElsewhereError: "Deze knop hoort bij een antwoord op een andere plek. Hier doet hij niets.",
    NotInGuildError: "Je bent geen lid meer van de community waar dit over ging.",
    NoSharingError: "Je mag in dit kanaal geen berichten plaatsen, dus delen kan hier niet.",
    AlreadySharedError: "Dit antwoord staat al in het kanaal.",
    SameOptionError: "Kies twee verschillende opties om te vergelijken.",
    StaleComponentError: (
        "Deze knop of dit formulier werkt niet meer. Stel je vraag opnieuw met /vraag."
    ),
    NotAMemberError: "Dit kunnen alleen leden. Vraag een moderator om de rol van lid.",
    NotAModeratorError: "Dit kunnen alleen moderatoren.",
    NotYoursError: "Deze knop is van iemand anders. Voor jou doet hij niets.",
}

_FEATURES: Final = cast(
    "Mapping[type[MemberError], Callable[[Any], str]]",
    {
        AdminError: admin_errors.sentence,
        CommentError: comments_errors.sentence,
        DocumentError: guild_knowledge.sentence,
        ForumError: forum_problems.refusal,
        ImportingError: importing.sentence,
        MeetingError: meetings_errors.sentence,
        MilestoneError: milestones.sentence,
        OpenQuestionError: open_questions_errors.sentence,
        UpdateError: updates_errors.sentence,
    },
)
"""The base of a feature's errors, and what has their sentences."""


def sentence(error: MemberError) -> str:
    """Return what a member reads of something that cannot be done."""
    match error:
        case UnusableQuestionError(problem=problem, limit=limit):
            return _unusable(problem, limit)
        case TooManyQuestionsError(seconds=seconds):
            return too_many_questions(seconds)
        case UnknownOptionError():
            return "Deze optie ken ik niet. Kies er een uit de lijst, of bekijk ze met /opties."
        case _:
            return _of_feature(error)


def too_many_questions(seconds: float) -> str:
    """Say when the next question can be asked."""
    whole = max(math.ceil(seconds), 1)
    wait = "1 seconde" if whole == 1 else f"{whole} seconden"
    return f"Je vraagt wel erg veel achter elkaar. Over {wait} kan ik je weer antwoorden."


def unexpected(code: str) -> str:
    """Say that something failed; the operator finds the rest under the code."""
    return f"Dat lukte niet, code {code}. Probeer het later nog eens of noem deze code."


def _unusable(problem: QuestionProblem, limit: int) -> str:
    match problem:
        case QuestionProblem.EMPTY:
            return EMPTY_QUESTION
        case QuestionProblem.TOO_LONG:
            return too_long(limit)
        case QuestionProblem.ONLY_EMOJI:
            return ONLY_EMOJI
        case QuestionProblem.ONLY_MENTIONS:
            return ONLY_MENTIONS


def _of_feature(error: MemberError) -> str:
    """Return the sentence of a feature that has its own errors, or a fixed one."""
    for kind, sentence_of in _FEATURES.items():
        if isinstance(error, kind):
            return sentence_of(error)
    return _FIXED[type(error)]
