"""What moderators read of what the bot cannot do by itself: notices and `/beheer controle`."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from bot.texts import admin_names as names
from storage.delivery_records import Problem

GROUP_DESCRIPTION: Final = "Voor moderatoren: kijken of alles loopt, en instellen."
CONTROL_DESCRIPTION: Final = "Laat zien wat aandacht vraagt, en wat je eraan kunt doen."
RETRY_LABEL: Final = "Opnieuw proberen"
SEND_LABEL: Final = "Toch versturen"
LEAVE_LABEL: Final = "Laat maar"
CONTROL_LABEL: Final = "Bekijk alles"
REFRESH_LABEL: Final = "Ververs"
EARLIER_LABEL: Final = "◀ Vorige"
LATER_LABEL: Final = "Volgende ▶"
RETRY_NOTICES_LABEL: Final = "Meldingen opnieuw"
NOTHING_LEFT: Final = "Dit is al gedaan: er is niets meer over om iets aan te doen."
ALL_WELL: Final = "## ✅ Alles loopt"
ATTENTION: Final = "## ⚠️ Dit vraagt aandacht"
DELIVERIES: Final = "Bezorgen"
SETUP: Final = "Inrichting"
JOBS: Final = "Taken"
SETUP_COMPLETE: Final = "Alle rollen en kanalen zijn er, en ik mag er schrijven."

_OWNER: Final = "Geef dit door aan wie de bot beheert: in het log staat waarom."
_PROBLEMS: Final[Mapping[Problem, tuple[str, str]]] = {
    Problem.UNKNOWN_CHANNEL: (
        "dit kanaal is er niet meer, of er kunnen geen berichten in.",
        (
            "Kies een ander kanaal met `/beheer instellingen`. Is dit kanaal er weer? Probeer het "
            "dan opnieuw."
        ),
    ),
    Problem.UNKNOWN_PERSON: (
        "Discord kent de ontvanger niet meer.",
        "Je hoeft niets te doen: kies **Laat maar**.",
    ),
    Problem.NO_RIGHTS: (
        "ik mag daar geen berichten plaatsen.",
        (
            "Geef mij in dat kanaal deze rechten: Kanaal bekijken, Berichten verzenden (in een "
            "thread: Berichten in threads verzenden), Links insluiten en Berichtgeschiedenis "
            "lezen. Probeer het daarna opnieuw."
        ),
    ),
    Problem.DM_CLOSED: (
        "de ontvanger neemt van mij geen privéberichten aan.",
        "Je hoeft niets te doen: de ontvanger kan privéberichten in Discord zelf weer toestaan.",
    ),
    Problem.LOCKED: (
        "de thread is op slot.",
        "Haal de thread van het slot en probeer het daarna opnieuw.",
    ),
    Problem.TAG: (
        "het forum vraagt om een label dat ik niet heb, of mijn label is er niet meer.",
        (
            "Zet bij het forum het verplichte label uit, of maak het label weer aan. Probeer het "
            "daarna opnieuw."
        ),
    ),
    Problem.MESSAGE_GONE: (
        "iemand heeft mijn eerdere bericht weggehaald, dus ik kan het niet aanpassen.",
        "Moet het er weer komen? Probeer het dan opnieuw. Anders: **Laat maar**.",
    ),
    Problem.INVALID: (
        "Discord weigert deze tekst.",
        "Pas de tekst aan: dan probeer ik het vanzelf opnieuw.",
    ),
    Problem.TOO_LARGE: (
        "het is te groot voor Discord.",
        "Maak de tekst of de bijlage kleiner: dan probeer ik het vanzelf opnieuw.",
    ),
    Problem.UNMARKED: ("ik kon het bericht niet maken.", _OWNER),
    Problem.RENDERING: ("ik kon het bericht niet maken.", _OWNER),
    Problem.CANNOT_LOOK: (
        "ik weet niet of het is aangekomen, en ik mag daar niet teruglezen.",
        (
            "Kijk zelf. Staat het er niet: **Toch versturen**. Staat het er al: **Laat maar**. Of "
            "geef mij het recht Berichtgeschiedenis lezen en kies **Opnieuw proberen**: dan kijk "
            "ik zelf."
        ),
    ),
    Problem.REFUSED: (
        "Discord weigert het, met een reden die ik niet ken.",
        f"Probeer het nog eens. Blijft het zo? {_OWNER}",
    ),
    Problem.CROSSPOST: (
        "het staat in het kanaal, maar Discord deelt het niet met de servers die het volgen.",
        "Kijk of ik in dat kanaal berichten mag verzenden en probeer het daarna opnieuw.",
    ),
    Problem.NO_PLACE: (
        "het moment is voorbij, en er is geen kanaal voor updates.",
        (
            "Maak een kanaal **updates**, of kies er een met `/beheer instellingen`. Dan plaats "
            "ik ze vanzelf. Hoeft het niet meer? Gebruik `/update intrekken`."
        ),
    ),
    Problem.PLACE_CLOSED: (
        "het moment is voorbij, en ik mag daar geen berichten plaatsen.",
        (
            "Geef mij in dat kanaal deze rechten: Kanaal bekijken, Berichten verzenden, Links "
            "insluiten en Berichtgeschiedenis lezen. Dan plaats ik ze vanzelf. Hoeft het niet "
            "meer? Gebruik `/update intrekken`."
        ),
    ),
    Problem.NOT_ALLOWED: (
        "de ontvanger is niet meer in de server, of mag de updates niet meer zien.",
        "Je hoeft niets te doen: het abonnement is uitgezet.",
    ),
    Problem.TOO_LATE: (
        "het kon pas worden verstuurd toen het geen zin meer had.",
        "Vertel het zelf als het nog van belang is, en kies **Laat maar**.",
    ),
}
_UNITS: Final = ((86_400, "dag", "dagen"), (3_600, "uur", "uur"), (60, "minuut", "minuten"))


def place(channel_id: int) -> str:
    """Return where; 0 is in private messages."""
    return f"in <#{channel_id}>" if channel_id else "als privébericht"


def failed(kinds: Iterable[str], count: int, *, channel_id: int, problem: Problem) -> str:
    """Say what did not arrive, where, why, and what to do."""
    why, remedy = _PROBLEMS[problem]
    verb = "is" if count == 1 else "zijn"
    outcome = "niet gedeeld" if problem is Problem.CROSSPOST else "niet bezorgd"
    if problem is Problem.CANNOT_LOOK:
        outcome = "misschien niet bezorgd"
    return (
        f"**{names.things(kinds, count)} {verb} {outcome}** {place(channel_id)}\n"
        f"Waarom: {why}\n"
        f"Wat je kunt doen: {remedy}"
    )


WAITING_SOLVED: Final = "✅ **Opgelost**: er wacht geen geplande update meer op een kanaal."


def waiting(count: int, *, channel_id: int) -> str:
    """Say how many planned updates wait for a channel, and what to do; 0 is without any channel."""
    what = "1 geplande update wacht" if count == 1 else f"{count} geplande updates wachten"
    why, remedy = _PROBLEMS[Problem.PLACE_CLOSED] if channel_id else _PROBLEMS[Problem.NO_PLACE]
    where = f" op <#{channel_id}>" if channel_id else ""
    return f"**{what}{where}**\nWaarom: {why}\nWat je kunt doen: {remedy}"


def retrying(kinds: Iterable[str], count: int, *, channel_id: int) -> str:
    """Say what is being tried again."""
    return f"Ik probeer opnieuw: {names.things(kinds, count)} {place(channel_id)}."


def solved(kinds: Iterable[str], *, channel_id: int) -> str:
    """Say that nothing of a trouble is left."""
    return f"✅ **Opgelost**: {names.several(kinds)} {place(channel_id)}"


def retried(count: int) -> str:
    """Say what a press on "try again" began."""
    what = "1 bericht" if count == 1 else f"{count} berichten"
    return f"Ik probeer {what} opnieuw. In de melding zie je of het lukt."


def released(count: int) -> str:
    """Say what a press on "send after all" began."""
    return "Ik verstuur het bericht." if count == 1 else f"Ik verstuur de {count} berichten."


def dismissed(count: int) -> str:
    """Say what a press on "let it be" did."""
    what = "1 bericht" if count == 1 else f"{count} berichten"
    return f"Goed: ik laat {what} rusten."


def deliveries_attention(count: int) -> str:
    """Say how many problems of deliveries there are, which stand below."""
    what = "1 probleem" if count == 1 else f"{count} problemen"
    return f"{what} met bezorgen: hieronder staat wat je kunt doen."


def own_notices_failed(count: int) -> str:
    """Say that notices themselves could not be posted."""
    what = "1 melding" if count == 1 else f"{count} meldingen"
    return (
        f"Ik kon {what} niet plaatsen. Kijk of ik in het kanaal van de moderatoren mag schrijven, "
        f"en kies **{RETRY_NOTICES_LABEL}**."
    )


NO_PLACE_FOR_NOTICES: Final = (
    "Er is geen besloten kanaal voor moderatoren: meldingen staan tot die tijd alleen hier. Maak "
    "een kanaal **moderators** dat niet iedereen kan lezen, of kies er een met "
    "`/beheer instellingen`."
)


def backlog(waiting: int, *, due: int, oldest: dt.timedelta | None) -> str:
    """Say what is still to be sent, and how late the first is."""
    if not waiting:
        return "Er wacht niets om verstuurd te worden."
    late = "" if oldest is None else f", de oldste al {duration(oldest)}"
    now = f" Nu aan de beurt: {due}{late}." if due else " Nu is er niets aan de beurt."
    what = "Er wacht 1 bericht." if waiting == 1 else f"Er wachten {waiting} berichten."
    return what + now


def backlog_late(oldest: dt.timedelta) -> str:
    """Say that sending is far behind."""
    return (
        f"Het bezorgen loopt {duration(oldest)} achter. Even wachten is genoeg als Discord net een "
        f"storing had. {_OWNER}"
    )


def channel_rights(channel_id: int, rights: Iterable[str]) -> str:
    """Say what the bot may not do in a channel that it is to use."""
    return f"Geef mij in <#{channel_id}> deze rechten: {', '.join(rights)}."


def job(name: str, *, success: str | None, duration: str) -> str:
    """Say when a job last succeeded, as Discord shows moments, and how long it took."""
    named = names.job(name)
    if success is None:
        return f"{named}: nog niet gelukt sinds de start"
    return f"{named}: gelukt {success}, in {duration}"


def job_failed(name: str, *, when: str, code: str, is_database: bool) -> str:
    """Say that a job failed the last time, and what to do."""
    why = "de database deed het niet" if is_database else "er ging iets mis dat niet was voorzien"
    named = names.job(name)
    return (
        f"{named} is {when} mislukt: {why} (code {code}). Het wordt vanzelf opnieuw geprobeerd. "
        f"Blijft dit staan? {_OWNER}"
    )


def job_late(name: str, late: dt.timedelta) -> str:
    """Say that a job should have run before."""
    return f"{names.job(name)} had {duration(late)} geleden moeten beginnen. {_OWNER}"


def seconds(count: float) -> str:
    """Return how long something took: "0,3 s"."""
    return f"{count:.1f} s".replace(".", ",")


def page(number: int, pages: int) -> str:
    """Return which page this is."""
    return f"-# Bladzijde {number} van {pages}"


def duration(length: dt.timedelta) -> str:
    """Return a length of time in its largest whole unit: "3 minuten"."""
    seconds = int(length.total_seconds())
    for size, one, many in _UNITS:
        if (count := seconds // size) > 0:
            return f"{count} {one if count == 1 else many}"
    return f"{seconds} {'seconde' if seconds == 1 else 'seconden'}"
