"""What people read when something cannot be done with a meeting."""

from collections.abc import Mapping
from typing import Final

from bot.services.meetings.errors import (
    AskDecidedError,
    AskGoneError,
    BadDurationError,
    BadLinkError,
    BadRuleError,
    DeadlineAfterMeetingError,
    DraftGoneError,
    EmptyTitleError,
    MeetingError,
    MeetingOverError,
    NoDeadlineError,
    NoItemError,
    NoMeetingError,
    NoPaperError,
    OutdatedDraftError,
    PaperGoneError,
    PapersFullError,
    PastMeetingError,
    ProxyFullError,
    ProxyGiverGoneError,
    ProxyGoneError,
    ProxyToBotError,
    ProxyToSelfError,
    ProxyToStrangerError,
    ProxyToVisitorError,
    ReminderGoneError,
    TooManyError,
)
from bot.texts import meetings_events
from storage.meeting_records import MeetingState

_MEGABYTE: Final = 1024 * 1024

_FIXED: Final[Mapping[type[MeetingError], str]] = {
    DraftGoneError: "Dit voorstel is al verwerkt of vervallen. Begin zo nodig opnieuw.",
    PastMeetingError: "Dat moment is al voorbij. Kies een later moment.",
    EmptyTitleError: "Geef de bijeenkomst of het onderdeel een titel.",
    BadRuleError: (
        "Die herinneringen begrijp ik niet. Typ ze met komma's, bijvoorbeeld: 4 weken, 7 dagen om "
        "9 uur, 1 uur. Of typ: geen."
    ),
    BadLinkError: "De link klopt niet. Gebruik een webadres dat begint met https://.",
    BadDurationError: (
        "Die duur begrijp ik niet. Typ bijvoorbeeld: 2 uur, anderhalf uur of 90 minuten. Het kan "
        "van een kwartier tot twee dagen."
    ),
    NoItemError: "Dat agendapunt is er niet (meer). Kies er een uit de lijst.",
    NoDeadlineError: "Die termijn is er niet (meer). Kies er een uit de lijst.",
    DeadlineAfterMeetingError: "Dat is na het begin van de bijeenkomst. Kies een eerder moment.",
    ProxyToSelfError: "Je kunt jezelf geen volmacht geven. Kies een ander lid.",
    ProxyToBotError: "Een bot kan niet voor je stemmen. Kies een lid van deze server.",
    ProxyToStrangerError: "Die persoon is niet in deze server. Kies iemand die hier lid is.",
    ProxyToVisitorError: (
        "Die persoon heeft hier niet de rol van lid, en kan dus niet voor je stemmen. Kies een "
        "ander lid, of vraag een moderator om die rol te geven."
    ),
    ProxyGiverGoneError: (
        "Wie je deze volmacht gaf, is hier geen lid meer. Je kunt hem dus niet aannemen. Je hoeft "
        "niets te doen."
    ),
    ProxyGoneError: "Deze volmacht is ingetrokken of al beantwoord. Je hoeft niets te doen.",
    ReminderGoneError: "Deze herinnering is er niet meer.",
    AskGoneError: "Deze vraag over een evenement is er niet meer. Je hoeft niets te doen.",
    NoPaperError: (
        "Dat bestand hangt niet aan dit agendapunt. Laat een regel met 📎 staan zoals hij was, of "
        "haal hem weg. Een nieuw bestand stuur je mee als bijlage."
    ),
    PaperGoneError: (
        "Ik kan de bijlage niet ophalen. Er is niets opgeslagen: stuur het bestand opnieuw mee."
    ),
}


def sentence(error: MeetingError) -> str:
    """Return what a person reads, and what to do about it."""
    match error:
        case NoMeetingError(typed=typed):
            return _unknown(typed)
        case MeetingOverError(meeting=meeting):
            is_off = meeting.state is MeetingState.CANCELLED
            what = "afgelast" if is_off else "al begonnen of voorbij"
            return f"Deze bijeenkomst is {what}."
        case OutdatedDraftError(by=by):
            who = f"<@{by}>" if by else "Iemand anders"
            return (
                f"{who} heeft deze bijeenkomst intussen veranderd. Er is niets opgeslagen: bekijk "
                "hem met /alv info en begin opnieuw."
            )
        case AskDecidedError(ask=ask):
            return meetings_events.decided_already(ask.state, ask.decided_by)
        case _:
            return _limit(error) or _FIXED[type(error)]


def _limit(error: MeetingError) -> str:
    """Return what is too much, or too little; nothing for other errors."""
    match error:
        case TooManyError(limit=limit):
            return f"Meer dan {limit} kan niet. Haal er eerst een weg."
        case PapersFullError(most=most, count=count):
            return (
                f"Een bijeenkomst heeft plaats voor {count} bestanden van samen {most // _MEGABYTE}"
                " MB. Haal er een weg, maak het bestand kleiner, of zet er een link neer."
            )
        case ProxyFullError(limit=limit):
            number = "1 volmacht" if limit == 1 else f"{limit} volmachten"
            return (
                f"Iemand mag hier hoogstens {number} hebben, en dat aantal is bereikt. De volmacht "
                "kan wel naar een ander lid."
            )
        case _:
            return ""


def _unknown(typed: str | None) -> str:
    if typed is not None:
        return "Die bijeenkomst ken ik niet. Kies er een uit de lijst."
    return "Er staat nu geen bijeenkomst gepland. Zodra er een is, lees je dat met /alv info."
