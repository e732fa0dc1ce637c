"""What moderators read when something cannot be done with an open question."""

from collections.abc import Mapping
from typing import Final

from bot.services.knowledge.question_errors import (
    AnswerProblem,
    DraftChangedError,
    DraftGoneError,
    NotYourDraftError,
    OpenQuestionError,
    PassageGoneError,
    QuestionDoneError,
    UnknownOpenQuestionError,
    UnusableAnswerError,
)
from bot.texts.open_questions import done_by

_FIXED: Final[Mapping[type[OpenQuestionError], str]] = {
    UnknownOpenQuestionError: (
        "Deze vraag is er niet meer. Kijk met /kennis openstaand wat er nog wacht."
    ),
    DraftGoneError: (
        "Dit concept bewaar ik niet meer. Open de vraag opnieuw met /kennis openstaand."
    ),
    NotYourDraftError: "Dit concept is van een andere moderator. Schrijf een eigen antwoord.",
    DraftChangedError: "Je concept is intussen veranderd. Bekijk het voorbeeld nog eens.",
    PassageGoneError: (
        "Deze passage staat niet meer in de kennisbank. Kies een andere, of zoek opnieuw."
    ),
}
_PROBLEMS: Final[Mapping[AnswerProblem, str]] = {
    AnswerProblem.NO_TEXT: "Er staat nog geen tekst. Vul die in en probeer het opnieuw.",
    AnswerProblem.TOO_LONG: "De tekst is te lang: maak hem hoogstens {limit} tekens.",
    AnswerProblem.SOURCE_TOO_LONG: "De bron is te lang: maak hem hoogstens {limit} tekens.",
    AnswerProblem.BAD_LINK: (
        "De link klopt niet. Gebruik een webadres dat begint met https://, hoogstens {limit} "
        "tekens."
    ),
}


def sentence(error: OpenQuestionError) -> str:
    """Return what a moderator reads, and what to do about it."""
    match error:
        case UnusableAnswerError(problem=problem, limit=limit):
            return _PROBLEMS[problem].format(limit=limit)
        case QuestionDoneError(group=group):
            at = group.closed_at or group.asked_at
            return done_by(group.state, group.closed_by, at)
        case _:
            return _FIXED[type(error)]
