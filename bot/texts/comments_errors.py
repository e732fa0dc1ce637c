"""What members and moderators read when something cannot be done with a comment, and what to do."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from bot.services.comments.errors import (
    AppealUsedError,
    BlockChangedError,
    BlockedError,
    CommentContentError,
    CommentDecidedError,
    CommentError,
    CommentStateError,
    ContentProblem,
    InGuildOnlyError,
    MembersOnlyError,
    NotVotableError,
    RoundClosedError,
    SameCommentError,
    SameModeratorError,
    TooManyCommentsError,
    UnknownBlockError,
    UnknownCommentError,
    UnknownRoundError,
)
from bot.texts import comments as texts
from bot.texts.comments_own import members_only
from storage.comment_records import CommentEvent, CommentState

_FIXED: Final[Mapping[type[CommentError], str]] = {
    InGuildOnlyError: "Reageren en stemmen kan alleen in een kanaal van de server.",
    UnknownCommentError: "Die reactie ken ik niet (meer). Kies er een uit de lijst.",
    UnknownRoundError: "Dat onderwerp ken ik niet (meer). Kies er een uit de lijst.",
    AppealUsedError: "Je hebt hiertegen al één keer bezwaar gemaakt. Meer kan niet.",
    SameCommentError: "Kies een andere reactie: een die geplaatst is of nog wacht.",
    NotVotableError: (
        "Op deze tekst kun je niet (meer) stemmen: hij is aangepast of weggehaald. Kijk met "
        "/reactie lijst wat er nu staat."
    ),
    UnknownBlockError: "Deze blokkade is er niet (meer).",
}
_CONTENT: Final[Mapping[ContentProblem, str]] = {
    ContentProblem.TOO_SHORT: "Je tekst is te kort: schrijf minstens {limit} tekens.",
    ContentProblem.TOO_LONG: "Je tekst is te lang: maak hem hoogstens {limit} tekens.",
    ContentProblem.NO_REASON: "Vul in waarom: die tekst lezen anderen.",
    ContentProblem.REASON_TOO_LONG: "Maak je uitleg hoogstens {limit} tekens lang.",
    ContentProblem.NO_TITLE: "Geef het onderwerp een naam.",
    ContentProblem.TITLE_TOO_LONG: "Maak de naam van het onderwerp hoogstens {limit} tekens lang.",
}
_STATES: Final[Mapping[CommentState, str]] = {
    CommentState.WAITING: "wacht nog op een moderator",
    CommentState.PLACED: "is al geplaatst",
    CommentState.REJECTED: "is afgewezen",
    CommentState.APPEALED: "wacht op een andere moderator, na bezwaar",
    CommentState.DUPLICATE: "telt mee bij een andere reactie",
    CommentState.WITHDRAWN: "is ingetrokken",
}
_EVENTS: Final[Mapping[CommentEvent, str]] = {
    CommentEvent.SUBMITTED: "ingestuurd",
    CommentEvent.POSTED: "ingestuurd",
    CommentEvent.EDITED: "gewijzigd",
    CommentEvent.REPOSTED: "gewijzigd",
    CommentEvent.CONSENTED: "gewijzigd",
    CommentEvent.PLACED: "geplaatst",
    CommentEvent.CHECKED: "bekeken",
    CommentEvent.REJECTED: "afgewezen",
    CommentEvent.REDACTED: "aangepast",
    CommentEvent.DUPLICATE: "dubbel genoemd",
    CommentEvent.APPEALED: "voorgelegd met een bezwaar",
    CommentEvent.UPHELD: "na bezwaar afgewezen",
    CommentEvent.WITHDRAWN: "ingetrokken",
}


def sentence(error: CommentError) -> str:
    """Return what somebody reads, and what to do about it."""
    match error:
        case CommentContentError(problem=problem, limit=limit):
            return _CONTENT[problem].format(limit=limit)
        case RoundClosedError(title=title):
            return f"Het onderwerp {title} is gesloten: reageren en stemmen kan niet meer."
        case TooManyCommentsError(limit=limit, again_at=again_at):
            many = "1 reactie" if limit == 1 else f"{limit} reacties"
            return f"Je kunt {many} per uur insturen. De volgende kan {_when(again_at)}."
        case CommentDecidedError():
            return _beaten(error)
        case CommentStateError(number=number, state=state):
            return f"Dit kan niet meer: reactie {number} {_STATES[state]}."
        case _:
            return _about_people(error)


def _about_people(error: CommentError) -> str:
    match error:
        case MembersOnlyError(forum_url=forum_url):
            return members_only(forum_url)
        case BlockedError(block=block):
            return texts.blocked(block.until)
        case SameModeratorError(may_be_alone=True):
            return (
                "Je hebt deze beslissing zelf genomen. Laat een andere moderator naar het bezwaar "
                "kijken, of zeg dat jij de enige bent."
            )
        case SameModeratorError():
            return "Je hebt deze beslissing zelf genomen. Laat een andere moderator kijken."
        case BlockChangedError(by=by):
            return f"{_who(by)} was je voor: de blokkade is intussen veranderd. Kijk opnieuw."
        case _:
            return _FIXED[type(error)]


def _beaten(error: CommentDecidedError) -> str:
    number = error.current.number
    if error.event is None or error.at is None:
        return f"Reactie {number} is intussen veranderd. Kijk opnieuw."
    return (
        f"{_who(error.by)} was je voor: reactie {number} is {_when(error.at)} "
        f"{_EVENTS[error.event]}. Kijk opnieuw."
    )


def _who(person: int | None) -> str:
    return "Iemand anders" if person is None else f"<@{person}>"


def _when(moment: dt.datetime) -> str:
    return f"<t:{int(moment.timestamp())}:R>"
