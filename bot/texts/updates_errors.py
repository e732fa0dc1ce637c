"""What moderators read when something cannot be done with an update."""

from collections.abc import Mapping
from typing import Final

from bot.services.progress.updates_errors import (
    ContentProblem,
    NoDraftError,
    NoUpdatesChannelError,
    PlanPassedError,
    ProposalGoneError,
    UnknownUpdateError,
    UpdateChangedError,
    UpdateContentError,
    UpdateDoneError,
    UpdateError,
    UpdatesChannelRightsError,
)
from bot.texts.help import missing_rights
from bot.texts.updates import changed_meanwhile, stamp
from storage.progress_records import UpdateState

_FIXED: Final[Mapping[type[UpdateError], str]] = {
    NoUpdatesChannelError: (
        "Er is nog geen kanaal voor updates. Maak een kanaal met de naam **updates**, dan kan ik "
        "daar plaatsen. Je tekst blijft bewaard als concept."
    ),
    NoDraftError: "Er is geen concept om te plannen. Schrijf er eerst een met /update plaatsen.",
    ProposalGoneError: "Dit voorstel ken ik niet meer. Begin opnieuw met /update lijst.",
    PlanPassedError: "Dat moment is intussen voorbij. Kies een andere tijd met /update plannen.",
    UnknownUpdateError: (
        "Die update ken ik niet. Kies er een uit de lijst, of kijk met /update lijst."
    ),
}
_STATES: Final[Mapping[UpdateState, str]] = {
    UpdateState.PUBLISHED: "al geplaatst",
    UpdateState.WITHDRAWN: "al ingetrokken",
    UpdateState.PLANNED: "al gepland",
    UpdateState.DRAFT: "nog een concept",
}
_CONTENT: Final[Mapping[ContentProblem, str]] = {
    ContentProblem.NO_TITLE: "Een update heeft een titel nodig. Vul die in en probeer het opnieuw.",
    ContentProblem.NO_TEXT: "Een update heeft tekst nodig. Vul die in en probeer het opnieuw.",
    ContentProblem.TITLE_TOO_LONG: "De titel is te lang: maak hem hoogstens {limit} tekens.",
    ContentProblem.TEXT_TOO_LONG: "De tekst is te lang: maak hem hoogstens {limit} tekens.",
    ContentProblem.BAD_LINK: (
        "De link klopt niet. Gebruik een webadres dat begint met https://, hoogstens {limit} "
        "tekens."
    ),
    ContentProblem.NO_REASON: "Vul een reden in: die lezen de mensen die de update al zagen.",
    ContentProblem.REASON_TOO_LONG: "De reden is te lang: maak hem hoogstens {limit} tekens.",
}


def sentence(error: UpdateError) -> str:
    """Return what a moderator reads, and what to do about it."""
    match error:
        case UpdateContentError(problem=problem, limit=limit):
            return _CONTENT[problem].format(limit=limit)
        case UpdateDoneError():
            return _done(error)
        case UpdateChangedError(current=current, by=by):
            return changed_meanwhile(current.number, by=by)
        case UpdatesChannelRightsError(channel_id=channel_id, missing=missing):
            return f"In <#{channel_id}> mag ik niet schrijven. {missing_rights(missing)}"
        case _:
            return _FIXED[type(error)]


def _done(error: UpdateDoneError) -> str:
    who = f" door <@{error.by}>" if error.by is not None else ""
    when = f", {stamp(error.at)}" if error.at is not None else ""
    what = _STATES[error.state]
    return f"Update {error.number} is {what}{who}{when}. Bekijk hem met /update lijst."
