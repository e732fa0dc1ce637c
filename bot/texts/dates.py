"""Dates as people read them outside Discord."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from bot.dates.reading import Doubt, NotUnderstood, Problem

MONTHS: Final = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
WEEKDAYS: Final = (
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
)


_MORNING: Final = 6  # hours: until then it is night
_NOON: Final = 12
_EVENING: Final = 18
_WEEK: Final = 7
_YEAR: Final = 12
_LAST: Final = -1

_PROBLEMS: Final[Mapping[Problem, str]] = {
    Problem.EMPTY: "Je hebt geen moment ingevuld. Typ er een, zoals: morgen 9 uur.",
    Problem.TOO_LONG: "Dat is te lang voor een moment. Typ het kort, zoals: vrijdag 19.30 uur.",
    Problem.CONTROL_CHARACTERS: (
        "Er staan tekens in die ik niet kan lezen. Typ het moment opnieuw, zoals: morgen 9 uur."
    ),
    Problem.NO_DATE: "Ik zie geen dag. Zet erbij welke, zoals: vrijdag 9 uur.",
    Problem.NO_TIME: "Ik zie geen tijd. Zet erbij hoe laat, zoals: vrijdag 9 uur.",
    Problem.IMPOSSIBLE_DATE: "Die datum bestaat niet. Kijk hem na op de kalender.",
    Problem.IMPOSSIBLE_TIME: "Die tijd bestaat niet. Typ een tijd van 0.00 tot en met 24.00 uur.",
    Problem.GAP: "Die tijd bestaat niet: de klok gaat dan een uur vooruit. Kies een andere tijd.",
    Problem.PAST: "Dat moment is al voorbij. Kies een later moment.",
    Problem.TOO_FAR: "Dat is te ver weg. Kies een moment binnen tien jaar.",
    Problem.NEEDS_EVENT: (
        "Ik weet niet waarvóór dat is. Typ een dag en een tijd, zoals: vrijdag 9 uur."
    ),
    Problem.CONTRADICTION: "Dat spreekt zichzelf tegen. Typ één dag en één tijd.",
    Problem.WORDS: "Dat begrijp ik niet. Typ het moment anders, zoals: vrijdag 9 uur.",
}
_REPEAT_PROBLEMS: Final[Mapping[Problem, str]] = {
    Problem.TOO_LONG: "Dat is te lang voor een herhaling. Typ het kort, zoals: elke week.",
    Problem.TOO_FAR: "Zo vaak of zo weinig kan niet: kies elke 1 tot en met 100.",
    Problem.IMPOSSIBLE_DATE: "Die dag heeft een maand nooit: kies de eerste tot en met de vijfde.",
}
_REPEAT_UNKNOWN: Final = (
    "Die herhaling begrijp ik niet. Typ bijvoorbeeld: elke week, elke 2 weken, elke maand, of "
    "elke eerste maandag van de maand."
)
_DOUBTS: Final[Mapping[Doubt, str]] = {
    Doubt.CLOCK_CHANGE: "Die nacht gaat de klok terug: die tijd komt twee keer voor.",
    Doubt.HALF_OF_DAY: "Is dat voor of na de middag?",
    Doubt.MIDNIGHT: "Begint die dag dan, of is hij dan voorbij?",
    Doubt.NIGHT: "Is dat de nacht naar die dag toe, of de nacht erna?",
    Doubt.TODAY_OR_NEXT_WEEK: "Is dat vandaag, of over een week?",
    Doubt.NEXT_WEEKDAY: "Is dat de eerste die komt, of die van volgende week?",
    Doubt.WEEKDAY_OVER_WEEKS: "Tel je vanaf die dag, of vanaf vandaag?",
    Doubt.WHICH_DAY: "Welke dag van die tijd bedoel je?",
    Doubt.WEEKEND: "Is dat zaterdag of zondag?",
    Doubt.FEAST: "Dat feest duurt meer dan één dag. Welke dag bedoel je?",
    Doubt.YEAR_PASSED: "Die datum is dit jaar al geweest. Welk jaar bedoel je?",
    Doubt.DAY_PASSED: "Die tijd is vandaag al geweest. Welke dag bedoel je?",
    Doubt.TWO_DIGIT_YEAR: "Welk getal is het jaar?",
    Doubt.DAY_MONTH: "Welk getal is de dag, en welk de maand?",
    Doubt.DATE_OR_TIME: "Is dat een datum of een tijd?",
    Doubt.EVENT: "Tel je vanaf nu, of vanaf de bijeenkomst?",
}
_ORDINALS: Final = ("eerste", "tweede", "derde", "vierde", "vijfde")


def day(date: dt.date) -> str:
    """Return "31 maart 2016"."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def moment(local: dt.datetime) -> str:
    """Return "vrijdag 27 november 2026 om 09.00 uur" for what a wall clock shows."""
    return f"{WEEKDAYS[local.weekday()]} {day(local.date())} om {local:%H.%M} uur"


def not_understood(reading: NotUnderstood, *, words: str = "") -> str:
    """Say why what was typed is no moment; `words` are those not understood, made harmless."""
    local = [one.replace(tzinfo=None) for one in reading.moments]
    match reading.problem, local:
        case Problem.GAP, [before, after]:
            return (
                f"Die tijd bestaat niet: op {day(after.date())} springt de klok van "
                f"{before:%H.%M} naar {after:%H.%M} uur. Kies een tijd ervoor of erna."
            )
        case Problem.PAST, [past]:
            return f"Dat moment is al voorbij: {moment(past)}. Kies een later moment."
        case Problem.TOO_FAR, [far]:
            return f"Dat is te ver weg: {moment(far)}. Kies een moment binnen tien jaar."
        case Problem.CONTRADICTION, _ if reading.weekday is not None:
            real = WEEKDAYS[reading.weekday]
            return f"Dag en datum passen niet bij elkaar: die datum is een {real}."
        case Problem.WORDS, _ if words:
            return f"Dit begrijp ik niet: {words}. Typ het moment anders, zoals: vrijdag 9 uur."
        case _:
            return _PROBLEMS[reading.problem]


def repeat_not_understood(reading: NotUnderstood) -> str:
    """Say why what was typed is no rule to repeat by."""
    return _REPEAT_PROBLEMS.get(reading.problem, _REPEAT_UNKNOWN)


def which_moment(doubts: Iterable[Doubt]) -> str:
    """Ask which of several moments is meant, with the reasons why it is not clear."""
    reasons = " ".join(_DOUBTS[one] for one in Doubt if one in set(doubts))
    return f"Dat kan meer dan één moment zijn. {reasons}"


def choice(local: dt.datetime, *, today: dt.date) -> str:
    """Explain a moment by how far away it is: "over 3 dagen, 's avonds"."""
    away = (local.date() - today).days
    near = {0: "vandaag", 1: "morgen", 2: "overmorgen"}
    return f"{near.get(away, f'over {away} dagen')}, {_part_of_day(local.hour)}"


def every(*, days: int = 0, months: int = 0, weekday: int | None = None, nth: int = 0) -> str:
    """Return a rule to repeat by; `weekday` 0 is Monday, `nth` counts in the month, -1 the last."""
    if weekday is not None and nth:
        which = "laatste" if nth == _LAST else _ORDINALS[nth - 1]
        return f"elke {which} {WEEKDAYS[weekday]} van de maand"
    if weekday is not None:
        return f"elke {WEEKDAYS[weekday]}"
    for size, one, more, count in (
        (_YEAR, "elk jaar", "jaar", months),
        (1, "elke maand", "maanden", months),
        (_WEEK, "elke week", "weken", days),
    ):
        if count and count % size == 0:
            return one if count == size else f"elke {count // size} {more}"
    return "elke dag" if days == 1 else f"elke {days} dagen"


def _part_of_day(hour: int) -> str:
    if hour < _MORNING:
        return "'s nachts"
    if hour < _NOON:
        return "'s ochtends"
    return "'s middags" if hour < _EVENING else "'s avonds"
