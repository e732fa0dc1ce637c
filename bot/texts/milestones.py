"""What moderators read while they keep the timeline: `/mijlpaal`."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from bot.dates.periods import FIRST_YEAR, LAST_YEAR, NotAPeriod, PeriodProblem
from bot.services.progress.milestones_errors import (
    MilestoneDraftGoneError,
    MilestoneError,
    TooManyMilestonesError,
    UnknownMilestoneError,
)
from bot.services.progress.milestones_typed import (
    MAX_NOTE,
    MAX_TITLE,
    NoteProblem,
    Problem,
    TitleProblem,
)
from bot.texts.dates import day
from storage.milestone_records import MilestoneAction

GROUP_DESCRIPTION: Final = "De mijlpalen op de tijdlijn."
ADD_DESCRIPTION: Final = "Zet een mijlpaal op de tijdlijn."
CHANGE_DESCRIPTION: Final = "Wijzig een mijlpaal, ook een die is meegeleverd."
REMOVE_DESCRIPTION: Final = "Haal een mijlpaal van de tijdlijn."
HISTORY_DESCRIPTION: Final = "Wie wat wanneer veranderde, en terugzetten."
WHICH_DESCRIPTION: Final = "Typ een stukje van de titel"
WHICH_HISTORY_DESCRIPTION: Final = "Eén mijlpaal; zonder keuze de laatste wijzigingen"

FORM_ADD: Final = "Nieuwe mijlpaal"
FORM_CHANGE: Final = "Mijlpaal wijzigen"
TITLE_LABEL: Final = "Titel"
TITLE_PLACEHOLDER: Final = "Bijvoorbeeld: ALV stemt over het voorstel"
WHEN_LABEL: Final = "Wanneer"
WHEN_DETAIL: Final = "Een dag, maand, kwartaal of jaar, of van … tot en met …"
WHEN_PLACEHOLDER: Final = "8 juni 2027, juni 2027 of maart tot en met juni 2027"
PART_LABEL: Final = "Onderdeel"
STATE_LABEL: Final = "Status"
NOTE_LABEL: Final = "Toelichting of link"
NOTE_PLACEHOLDER: Final = "Een of twee zinnen, of een webadres. Mag leeg blijven."

SAVE_LABEL: Final = "Opslaan"
SAVE_ANYWAY_LABEL: Final = "Toch opslaan"
ADJUST_LABEL: Final = "Aanpassen"
CANCEL_LABEL: Final = "Annuleren"
REMOVE_LABEL: Final = "Verwijderen"
HIDE_LABEL: Final = "Verbergen"
UNDO_LABEL: Final = "Ongedaan maken"
RESTORE_LABEL: Final = "Terugzetten"
RESET_LABEL: Final = "Terug naar de meegeleverde versie"
CHANGE_LABEL: Final = "Wijzigen"
HISTORY_PLACEHOLDER: Final = "Kies een mijlpaal om alles te zien"

PREVIEW_NEW: Final = "**Nieuwe mijlpaal. Zo komt hij op de tijdlijn:**"
PREVIEW_CHANGE: Final = "**Zo wordt de mijlpaal:**"
CHANGES: Final = "**Wat verandert:**"
NO_CHANGES: Final = "Er verandert niets. Pas iets aan, of annuleer."
NOT_YET: Final = "**Dit kan ik nog niet opslaan.** Je tekst is bewaard: druk op **Aanpassen**."
CANCELLED: Final = "Geannuleerd. Er is niets opgeslagen."
KEPT: Final = "Er is niets verwijderd."
ADDED: Final = "✅ **De mijlpaal staat op de tijdlijn.**"
CHANGED: Final = "✅ **De mijlpaal is gewijzigd.**"
REMOVED: Final = "🗑️ **Verwijderd van de tijdlijn.** Je kunt dit ongedaan maken."
HIDDEN: Final = "🗑️ **Verborgen voor deze community.** Je kunt dit ongedaan maken."
RESTORED: Final = "✅ **De mijlpaal staat weer op de tijdlijn.**"
RESET: Final = "✅ **De meegeleverde versie staat weer op de tijdlijn.**"
CONFIRM_REMOVE: Final = "**Deze mijlpaal verwijderen?**"
CONFIRM_HIDE: Final = (
    "**Deze meegeleverde mijlpaal verbergen?** Leden van deze community zien hem dan niet meer."
)
NOT_SHOWN: Final = "-# Deze mijlpaal staat nu niet op de tijdlijn."
SHIPPED: Final = "-# Meegeleverd met de bot."
OVERRIDDEN: Final = "-# Meegeleverd met de bot, hier aangepast."
NO_HISTORY: Final = "Er is nog niets veranderd aan deze mijlpaal."
NO_CHANGES_YET: Final = (
    "Er is nog niets aan de tijdlijn veranderd. Zet er een mijlpaal bij met /mijlpaal toevoegen."
)
LATEST_CHANGES: Final = "**De laatste wijzigingen aan de tijdlijn**"

_SOMEBODY: Final = "iemand van wie de gegevens zijn gewist"
_ACTIONS: Final = {
    MilestoneAction.ADDED: "toegevoegd",
    MilestoneAction.CHANGED: "gewijzigd",
    MilestoneAction.REMOVED: "verwijderd",
    MilestoneAction.RESTORED: "teruggezet",
    MilestoneAction.RESET: "teruggezet naar de meegeleverde versie",
}
FIELD_TITLE: Final = "titel"
FIELD_WHEN: Final = "wanneer"
FIELD_PART: Final = "onderdeel"
FIELD_STATE: Final = "status"
FIELD_NOTE: Final = "toelichting"
FIELD_LINK: Final = "link"
_NOTHING: Final = "(leeg)"

_ERRORS: Final[dict[type[MilestoneError], str]] = {
    UnknownMilestoneError: (
        "Die mijlpaal ken ik niet. Kies er een uit de lijst die verschijnt terwijl je typt."
    ),
    MilestoneDraftGoneError: (
        "Dit concept is er niet meer: het is al opgeslagen of geannuleerd, of ouder dan een week."
    ),
}
_ELSEWHERE: Final = (
    "Iemand anders veranderde deze mijlpaal net. Er is niets opgeslagen; probeer het nog eens."
)
_PERIODS: Final = {
    PeriodProblem.EMPTY: "Vul in wanneer, bijvoorbeeld 8 juni 2027 of juni 2027.",
    PeriodProblem.TOO_LONG: "Dat is te lang. Schrijf het korter, bijvoorbeeld juni 2027.",
    PeriodProblem.CONTROL_CHARACTERS: "Er staan onzichtbare tekens in. Typ het opnieuw.",
    PeriodProblem.NO_YEAR: "Zet het jaar erbij, bijvoorbeeld 8 juni 2027.",
    PeriodProblem.WORDS: (
        "Dat begrijp ik niet. Schrijf bijvoorbeeld 8 juni 2027, juni 2027, tweede kwartaal 2027, "
        "2027 of maart tot en met juni 2027."
    ),
    PeriodProblem.IMPOSSIBLE: "Die datum bestaat niet.",
    PeriodProblem.WEEKDAY: "Die datum valt op een andere dag van de week.",
    PeriodProblem.REVERSED: "Het einde ligt vóór het begin.",
    PeriodProblem.TIME: "Een mijlpaal heeft geen tijd. Laat het uur weg.",
    PeriodProblem.OUT_OF_RANGE: f"Kies een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}.",
}


def sentence(error: MilestoneError) -> str:
    """Return what a moderator reads, and what to do about it."""
    match error:
        case TooManyMilestonesError(limit=limit):
            return f"Deze community heeft al {limit} mijlpalen. Wijzig er een die er al is."
        case _:
            return _ERRORS.get(type(error), _ELSEWHERE)


def problem(found: Problem) -> str:
    """Return what is wrong with what was typed, and what would be right."""
    match found:
        case TitleProblem.NONE:
            return "- **Titel:** vul een titel in."
        case TitleProblem.TOO_LONG:
            return f"- **Titel:** maak hem hoogstens {MAX_TITLE} tekens."
        case NoteProblem.TOO_LONG:
            return f"- **Toelichting:** maak hem hoogstens {MAX_NOTE} tekens."
        case NotAPeriod():
            return f"- **Wanneer:** {_period(found)}"


def typed_period(text: str) -> str:
    """Quote what was typed as a period."""
    return f"-# Je typte: {text}"


def heading(shape: str, title: str) -> str:
    """Return the title of a milestone with the shape of its state."""
    return f"### {shape} {title}"


def facts(when: str, part: str, state: str) -> str:
    """Return what a milestone is besides its title."""
    return f"**Wanneer:** {when}\n**Onderdeel:** {part} · **Status:** {state}"


def whole_days(first: dt.date, last: dt.date) -> str:
    """Spell out which days a period has, so that nobody is surprised."""
    return f"{day(first)} tot en met {day(last)}"


def with_days(when: str, days: str) -> str:
    """Return a period with its days."""
    return f"{when} ({days})"


def source(link: str) -> str:
    """Return where it was read."""
    return f"-# Bron: {link}"


def changed_field(field: str, before: str, after: str) -> str:
    """Return one field before and after."""
    return f"- {field}: {before or _NOTHING} → {after or _NOTHING}"


def meanwhile(by: int | None, action: MilestoneAction, *, stamp: str) -> str:
    """Say that somebody else was there in the meantime."""
    return f"⚠️ **Ondertussen heeft {_person(by)} deze mijlpaal {_ACTIONS[action]}** ({stamp})."


def step(by: int | None, action: MilestoneAction, *, stamp: str) -> str:
    """Return one step of the history."""
    return f"- {stamp} {_person(by)}: {_ACTIONS[action]}"


def step_of(title: str, said: str) -> str:
    """Return one step with the milestone that it is about."""
    return f"{said} · {title}"


def history(title: str) -> str:
    """Return what stands above the history of one milestone."""
    return f"**Geschiedenis van {title}**"


def choice(title: str, when: str) -> str:
    """Return how a milestone is offered while typing."""
    return f"{when}: {title}"


def removed_choice(text: str) -> str:
    """Return how one that was removed is offered."""
    return f"(verwijderd) {text}"


def _person(by: int | None) -> str:
    return _SOMEBODY if by is None else f"<@{by}>"


def _period(found: NotAPeriod) -> str:
    if found.problem is PeriodProblem.AMBIGUOUS:
        return f"{_either(day(one) for one in found.days)}? Schrijf de datum helemaal uit."
    return _PERIODS[found.problem]


def _either(days: Iterable[str]) -> str:
    return " of ".join(days)
