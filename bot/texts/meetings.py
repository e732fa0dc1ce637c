"""What people read about meetings: when, where, who comes, and their reminders."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from bot.texts.dates import WEEKDAYS
from storage.meeting_records import Answer, Counts, DeadlineKind, MeetingKind, Mode

GROUP_DESCRIPTION: Final = "De ALV en andere bijeenkomsten: wanneer, waar, agenda en herinneringen."
INFO_DESCRIPTION: Final = "Wanneer en waar is de bijeenkomst, en wat moet ervóór binnen zijn?"
AGENDA_DESCRIPTION: Final = "De agenda van de bijeenkomst, met de stukken."
COME_DESCRIPTION: Final = "Laat weten of je komt, of geef iemand een volmacht."
REMIND_DESCRIPTION: Final = "Laat je in een privébericht herinneren aan de bijeenkomst."
LIST_DESCRIPTION: Final = "Zie je herinneringen, en stop ze."
CALENDAR_DESCRIPTION: Final = "De bijeenkomsten in je eigen agenda."
MEETING_DESCRIPTION: Final = "Welke bijeenkomst (zonder keuze: de volgende)"
WHEN_DESCRIPTION: Final = "Bijvoorbeeld: 3 dagen ervoor, de avond ervoor, vrijdag om half negen"

COME_LABEL: Final = "Ik kom"
MAYBE_LABEL: Final = "Misschien"
NOT_LABEL: Final = "Ik kom niet"
REMIND_LABEL: Final = "Herinner mij ook"
IN_PERSON_LABEL: Final = "Ik kom naar de zaal"
DIGITAL_LABEL: Final = "Ik doe digitaal mee"
PROXY_PLACEHOLDER: Final = "Volmacht geven: kies wie voor jou stemt"
TAKE_BACK_LABEL: Final = "Volmacht intrekken"
ACCEPT_LABEL: Final = "Volmacht aannemen"
DECLINE_LABEL: Final = "Weigeren"
SNOOZE_LABEL: Final = "Over een uur nog eens"
STOP_PLACEHOLDER: Final = "Stop een herinnering"
CHOOSE_PLACEHOLDER: Final = "Welk moment bedoel je?"
REMIND_TITLE: Final = "Herinner mij"
REMIND_FORM_LABEL: Final = "Wanneer?"
REMIND_PLACEHOLDER: Final = "de avond ervoor"
RENEW_LABEL: Final = "Nieuw adres maken"
AGENDA_HEADING: Final = "**Agenda**"
DEADLINES_HEADING: Final = "**Vóór die tijd**"
DECISIONS_HEADING: Final = "**Besluiten**"
PAPER_NAME: Final = "bijlage"
NO_AGENDA: Final = "De agenda is er nog niet."
NO_REMINDERS: Final = (
    "Je hebt geen herinneringen. Maak er een met /alv herinner, bijvoorbeeld: de avond ervoor."
)
REMINDER_STOPPED: Final = "Deze herinnering is gestopt."
CALENDAR_FILE: Final = (
    "Hier zijn de bijeenkomsten als bestand. Open het, dan staan ze in je agenda. Verandert er "
    "iets, vraag dan een nieuw bestand."
)
EARLIER: Final = "**Eerder**"

KINDS: Final[Mapping[MeetingKind, str]] = {
    MeetingKind.ALV: "ALV",
    MeetingKind.BALV: "BALV",
    MeetingKind.OTHER: "Bijeenkomst",
}
DEADLINES: Final[Mapping[DeadlineKind, str]] = {
    DeadlineKind.REGISTRATION: "aanmelden",
    DeadlineKind.MOTIONS: "moties indienen",
    DeadlineKind.AMENDMENTS: "amendementen indienen",
    DeadlineKind.OTHER: "indienen",
}
_MODES: Final[Mapping[Mode, str]] = {
    Mode.IN_PERSON: "je komt naar de zaal",
    Mode.DIGITAL: "je doet digitaal mee",
}
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR


def stamp(moment: dt.datetime, style: str = "F") -> str:
    """Return a moment as Discord shows it in everybody's own zone."""
    return f"<t:{int(moment.timestamp())}:{style}>"


def name(kind: MeetingKind, title: str) -> str:
    """Return how a meeting is called; a title that says its kind is not made to say it twice."""
    word = KINDS[kind]
    return title if word.casefold() in title.casefold() else f"{word}: {title}"


def heading(text: str, *, number: int) -> str:
    """Return the first line about a meeting."""
    return f"**{text}** (nummer {number})"


def when(start: dt.datetime, end: dt.datetime) -> str:
    """Say when a meeting is, and how far away that is."""
    return f"{stamp(start)} tot {stamp(end, 't')}, {stamp(start, 'R')}"


def where(place: str, link: str) -> str:
    """Say where a meeting is; both are made harmless already, and may be empty."""
    parts = [one for one in (place, link) if one]
    return f"Plaats: {' of '.join(parts)}" if parts else "De plaats volgt nog."


def paper_file(name: str) -> str:
    """Return a paper that is a file; `name` is harmless already."""
    return f"📎 {name}"


def called_off(reason: str) -> str:
    """Say that a meeting does not take place."""
    return f"**Afgelast.** {reason}" if reason else "**Afgelast.**"


def deadline(kind: DeadlineKind, label: str, due: dt.datetime, *, is_open: bool) -> str:
    """Return one deadline."""
    what = label or DEADLINES[kind]
    until = f"tot {stamp(due)} ({stamp(due, 'R')})" if is_open else f"kon tot {stamp(due, 'D')}"
    return f"- {what}: {until}"


def counts(found: Counts) -> str:
    """Say how many people come."""
    parts = [_coming(found.yes)]
    if found.digital:
        parts[0] += f" ({found.digital} digitaal)"
    if found.maybe:
        parts.append(f"{found.maybe} misschien")
    if found.proxies:
        parts.append("1 volmacht" if found.proxies == 1 else f"{found.proxies} volmachten")
    return ", ".join(parts) + "."


def _coming(count: int) -> str:
    if count == 1:
        return "1 persoon komt"
    return f"{count} mensen komen" if count else "Nog niemand komt"


def your_answer(answer: Answer, mode: Mode) -> str:
    """Say what somebody said about coming."""
    match answer:
        case Answer.YES:
            return f"Genoteerd: {_MODES[mode]}."
        case Answer.MAYBE:
            return "Genoteerd: je komt misschien."
        case Answer.NO:
            return "Genoteerd: je komt niet. Wil je dat iemand voor je stemt? Geef een volmacht."


def no_answer() -> str:
    """Ask whether somebody comes."""
    return "Je hebt nog niet gezegd of je komt."


def follows() -> str:
    """Say what somebody hears who signed up."""
    return "-# Verandert er iets, dan krijg je een privébericht."


def proxy_given(holder: str, *, accepted: bool) -> str:
    """Say who votes for somebody, or was asked to."""
    if accepted:
        return f"{holder} stemt voor je: de volmacht is aangenomen."
    return f"Je hebt {holder} gevraagd om voor je te stemmen. Je hoort van mij wat het antwoord is."


def proxies_held(givers: Sequence[str]) -> str:
    """Say for whom somebody votes."""
    return f"Je stemt ook voor {', '.join(givers)}."


PROXY_TAKEN_BACK: Final = "Je volmacht is ingetrokken."


def proxy_asked(giver: str, meeting: str, start: dt.datetime) -> str:
    """Ask somebody to vote for another."""
    return (
        f"{giver} kan niet naar **{meeting}**, {stamp(start)}, en vraagt of jij ook namens "
        f"{giver} wilt stemmen. Neem je de volmacht aan?"
    )


def proxy_accepted(giver: str, meeting: str) -> str:
    """Say that somebody votes for another."""
    return f"Je stemt namens {giver} op **{meeting}**. Fijn dat je dit doet."


def proxy_declined(giver: str) -> str:
    """Say that somebody does not vote for another."""
    return f"Je hebt de volmacht van {giver} geweigerd. Dat laat ik weten."


def proxy_withdrawn(giver: str, meeting: str) -> str:
    """Say that a proxy ended."""
    return f"{giver} heeft de volmacht voor **{meeting}** ingetrokken. Je hoeft niets te doen."


def proxy_answered(holder: str, meeting: str, *, accepted: bool) -> str:
    """Tell who gave a proxy what came of it."""
    if accepted:
        return f"{holder} stemt namens jou op **{meeting}**: de volmacht is aangenomen."
    return (
        f"{holder} kan niet namens jou stemmen op **{meeting}**. Vraag iemand anders met "
        "/alv deelname."
    )


def reminder_set(due: dt.datetime, meeting: str, *, is_new: bool, moves: bool) -> str:
    """Say when somebody is reminded."""
    first = "Afgesproken" if is_new else "Dat stond er al"
    follows_meeting = " Verschuift de bijeenkomst, dan schuift dit mee." if moves else ""
    return f"{first}: ik herinner je op {stamp(due)} aan **{meeting}**.{follows_meeting}"


def own_reminder(due: dt.datetime, meeting: str) -> str:
    """Return one line of somebody's reminders."""
    return f"- {stamp(due)} ({stamp(due, 'R')}): {meeting}"


def reminder_option(local: dt.datetime, meeting: str) -> str:
    """Return a reminder where Discord shows no timestamps."""
    return f"{WEEKDAYS[local.weekday()][:2]} {local:%d-%m-%Y %H.%M}: {meeting}"


def reminder(meeting: str, *, late: dt.datetime | None) -> str:
    """Return the title of a reminder; `late`: when it should have come."""
    note = f"\n-# Verlaat: dit bericht had er op {stamp(late)} moeten zijn." if late else ""
    return f"**Herinnering: {meeting}**{note}"


MOVED_SINCE: Final = "-# Na deze herinnering is er iets veranderd. Hieronder staat hoe het nu is."
INSTEAD: Final = (
    "-# Dit staat hier omdat er geen kanaal voor bijeenkomsten is waar ik mag schrijven. Kies er "
    "een, of maak een kanaal met de naam **alv**."
)
STARTED: Final = "De bijeenkomst is begonnen of voorbij."


def nothing_planned(*, moderator: str) -> str:
    """Say that nothing is planned, and what then; `moderator` is how the command shows."""
    return (
        "Er staat nu geen bijeenkomst gepland. Zodra er een is, lees je dat hier en in het kanaal "
        f"voor bijeenkomsten. Ben je moderator? Plan er een met {moderator}."
    )


def past_meeting(kind: str, day: str, place: str) -> str:
    """Return the first line about an earlier assembly."""
    return f"**{kind} van {day}**" + (f", {place}" if place else "")


def source(link: str) -> str:
    """Return where something was read; `link` is a link already."""
    return f"-# Bron: {link}"


def subscribe(address: str) -> str:
    """Say how a calendar stays up to date by itself."""
    return (
        f"Liever een agenda die zichzelf bijwerkt? Voeg dit adres toe als abonnement:\n{address}\n"
        "-# Het adres is geheim: deel het alleen met leden."
    )


RENEWED: Final = "Er is een nieuw adres. Het oude werkt niet meer."


def calendar_name(guild: str) -> str:
    """Return what the calendar of a guild is called."""
    return f"Bijeenkomsten {guild}".strip()


def calendar_deadline(what: str, meeting: str) -> str:
    """Return the title of a deadline in a calendar."""
    return f"Laatste moment voor {what}: {meeting}"


def calendar_called_off(what: str) -> str:
    """Return the title of what does not take place, or the reason of it, in a calendar."""
    return f"Afgelast: {what}" if what else "Afgelast"


def calendar_alarm(meeting: str) -> str:
    """Return what a calendar shows before a meeting."""
    return f"Herinnering: {meeting}"
