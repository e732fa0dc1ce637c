"""What moderators read while they plan, change and call off meetings."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from storage.meeting_records import Answer, Counts, DeadlineKind, Mode

GROUP_DESCRIPTION: Final = "Plan bijeenkomsten, met agenda, termijnen en herinneringen."
PLAN_DESCRIPTION: Final = "Plan een ALV, BALV of andere bijeenkomst."
CHANGE_DESCRIPTION: Final = "Verplaats een bijeenkomst, of verander titel, plaats of link."
CANCEL_DESCRIPTION: Final = "Gelast een bijeenkomst af; wie zich aanmeldde krijgt bericht."
ITEM_DESCRIPTION: Final = "Zet een punt op de agenda, of verander, verplaats of verwijder het."
DEADLINE_DESCRIPTION: Final = "Tot wanneer moet iets binnen zijn? Ook in werkdagen ervoor."
PEOPLE_DESCRIPTION: Final = "Wie komt er, wie gaf een volmacht, en is het quorum gehaald?"
KIND_OPTION: Final = "ALV, BALV of iets anders"
WHEN_OPTION: Final = "Bijvoorbeeld: 8 juni 2027 19.30 uur, of: volgende week dinsdag 14 uur"
LENGTH_OPTION: Final = "Bijvoorbeeld: 2 uur, anderhalf uur, 90 minuten"
MEETING_OPTION: Final = "Welke bijeenkomst (zonder keuze: de volgende)"
ITEM_OPTION: Final = "Welk agendapunt je wilt veranderen (zonder keuze: een nieuw)"
PAPER_OPTION: Final = "Een stuk als bestand; het komt onder de agenda te staan"
POSITION_OPTION: Final = "Op welke plek van de agenda"
REMOVE_OPTION: Final = "Ja: haal dit weg"
DEADLINE_KIND_OPTION: Final = "Waarvoor de termijn is"
DEADLINE_WHEN_OPTION: Final = "Bijvoorbeeld: 9 werkdagen ervoor om 12.00, of: 1 juni 2027 12.00 uur"
DEADLINE_OPTION: Final = "Welke termijn je wilt veranderen (zonder keuze: een nieuwe)"
LABEL_OPTION: Final = "Hoe de termijn heet, bijvoorbeeld: kandidaten voordragen"

KIND_NAMES: Final = ("ALV", "BALV", "anders")
DEADLINE_NAMES: Final[Mapping[DeadlineKind, str]] = {
    DeadlineKind.REGISTRATION: "aanmelden",
    DeadlineKind.MOTIONS: "moties",
    DeadlineKind.AMENDMENTS: "amendementen",
    DeadlineKind.OTHER: "anders",
}
PLAN_TITLE: Final = "Bijeenkomst plannen"
CHANGE_TITLE: Final = "Bijeenkomst wijzigen"
CANCEL_TITLE: Final = "Bijeenkomst afgelasten"
ITEM_TITLE: Final = "Agendapunt"
TITLE_LABEL: Final = "Titel"
PLACE_LABEL: Final = "Plaats"
LINK_LABEL: Final = "Link"
REASON_LABEL: Final = "Reden"
TEXT_LABEL: Final = "Toelichting"
PAPERS_LABEL: Final = "Stukken, één per regel"
PAPERS_PLACEHOLDER: Final = "Begroting https://…"
LINK_PLACEHOLDER: Final = "https://…"
YES_LABEL: Final = "Opslaan en vertellen"
QUIET_LABEL: Final = "Stil opslaan"
NO_LABEL: Final = "Niet doen"
DROPPED: Final = "Er is niets veranderd."
NOTHING_CHANGED: Final = "Er is niets veranderd, dus er valt niets op te slaan."
NOBODY: Final = "Er heeft nog niemand gereageerd."

_ANSWERS: Final[Mapping[Answer, str]] = {
    Answer.YES: "komt",
    Answer.MAYBE: "misschien",
    Answer.NO: "komt niet",
}
_MODES: Final[Mapping[Mode, str]] = {Mode.IN_PERSON: "zaal", Mode.DIGITAL: "digitaal"}
COLUMNS: Final = ("lid", "antwoord", "manier", "volmacht aan", "volmacht aangenomen")


def planned_preview(written: str, stamped: str) -> str:
    """Echo what a new meeting would be."""
    return f"Klopt dit? De bijeenkomst is dan op **{written}** ({stamped})."


def change_preview(lines: Sequence[str]) -> str:
    """Echo what would change."""
    return "\n".join(("Klopt dit?", *lines))


def moves(before: str, after: str) -> str:
    """Say that a meeting would move."""
    return f"- Verplaatst van {before} naar **{after}**"


def becomes(what: str, value: str) -> str:
    """Say what a part would become."""
    return f"- {what}: {value or '(leeg)'}"


def new_reminders(rules: str) -> str:
    """Say which reminders the channel would get."""
    return f"- Herinneringen in het kanaal: {rules or 'geen'}"


def cancel_preview(meeting: str, reason: str) -> str:
    """Echo that a meeting would be called off."""
    return f"Wil je **{meeting}** afgelasten? Dit kun je niet terugdraaien.\nReden: {reason}"


def item_preview(title: str, *, removed: bool, is_new: bool, position: int | None) -> str:
    """Echo what would happen to an agenda item."""
    if removed:
        return f"Agendapunt **{title}** van de agenda halen?"
    where = f" op plek {position}" if position is not None else ""
    return f"Agendapunt **{title}** {'toevoegen' if is_new else 'opslaan'}{where}?"


def deadline_preview(what: str, written: str, stamped: str, *, removed: bool) -> str:
    """Echo what would happen to a deadline."""
    if removed:
        return f"De termijn voor **{what}** weghalen?"
    return f"Klopt dit? **{what}** kan dan tot **{written}** ({stamped})."


def tells(channel: str, followers: int, *, instead: bool) -> str:
    """Say who hears of a change."""
    people = "1 persoon" if followers == 1 else f"{followers} mensen"
    if not channel:
        verb = "krijgt" if followers == 1 else "krijgen"
        told = (
            f"Hier {verb} {people} bericht van."
            if followers
            else "Niemand krijgt hier bericht van."
        )
        missing = "Er is nog geen kanaal voor bijeenkomsten: maak er een met de naam **alv**."
        return f"-# {told} {missing}"
    note = " (er is nog geen kanaal voor bijeenkomsten)" if instead else ""
    also = f", en {people} per privébericht" if followers else ""
    return f"-# Hier komt bericht van in {channel}{note}{also}."


def done(meeting: str, number: int, *, channel: str, followers: int) -> str:
    """Say what was done, and who hears of it."""
    people = "1 persoon" if followers == 1 else f"{followers} mensen"
    told = [one for one in (channel, f"{people} per privébericht" if followers else "") if one]
    hears = f" Bericht gaat naar {' en '.join(told)}." if told else " Ik vertel het niemand."
    return f"Opgeslagen: **{meeting}** (nummer {number}).{hears}"


def people(found: Counts, quorum: int) -> str:
    """Say how many come, and whether that is enough."""
    verb = "komt" if found.yes == 1 else "komen"
    coming = f"**{found.yes} {verb}** (digitaal: {found.digital}), {found.maybe} misschien"
    lines = [f"{coming}, {found.no} niet, {_valid_proxies(found.proxies)}."]
    if quorum:
        reached = quorum_reached(reached=found.represented >= quorum)
        lines.append(f"Quorum {reached}: {found.represented} van {quorum} vertegenwoordigd.")
    return "\n".join(lines)


def quorum_reached(*, reached: bool) -> str:
    """Return whether enough members are there or represented."""
    return "gehaald" if reached else "nog niet gehaald"


def _valid_proxies(count: int) -> str:
    return "1 geldige volmacht" if count == 1 else f"{count} geldige volmachten"


def person(who: str, answer: Answer | None, mode: Mode | None) -> str:
    """Return one line of the list of people."""
    if answer is None:
        return f"- {who}"
    how = f", {_MODES[mode]}" if mode is not None and answer is Answer.YES else ""
    return f"- {who}: {_ANSWERS[answer]}{how}"


def proxy(giver: str, holder: str, *, accepted: bool) -> str:
    """Return one line of the list of proxies."""
    return f"- {giver} → {holder}{'' if accepted else ' (nog niet aangenomen)'}"


PROXIES_SUM: Final = "geldige volmachten"
REPRESENTED_SUM: Final = "vertegenwoordigd"
QUORUM_SUM: Final = "quorum"
PROXIES_HEADING: Final = "**Volmachten**"


def more(count: int) -> str:
    """Say that there are more people than the message holds."""
    return f"… en nog {count}. De hele lijst staat in het bestand."


def answer_word(answer: Answer) -> str:
    """Return an answer as the list for a spreadsheet has it."""
    return _ANSWERS[answer]


def mode_word(mode: Mode) -> str:
    """Return a way to take part as the list for a spreadsheet has it."""
    return _MODES[mode]


YES: Final = "ja"
NO: Final = "nee"
LENGTH_LABEL: Final = "Duur"
REMINDERS_LABEL: Final = "Herinneringen in het kanaal"
REMINDERS_PLACEHOLDER: Final = "Leeg laten: zoals het was. 4 weken, 1 dag om 9 uur, 1 uur"


def length(minutes: int) -> str:
    """Return a duration."""
    hours, rest = divmod(minutes, 60)
    parts = ([f"{hours} uur"] if hours else []) + ([f"{rest} minuten"] if rest else [])
    return " en ".join(parts)


def hours_before(count: int) -> str:
    """Return a rule that counts hours."""
    return f"{count} uur"


def days_before(count: int, time: dt.time | None) -> str:
    """Return a rule that counts days."""
    at = f" om {time:%H.%M} uur" if time else ""
    return f"{count} {'dag' if count == 1 else 'dagen'}{at}"
