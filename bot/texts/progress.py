"""What everybody reads of `/voortgang`: where the verkenning stands."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from bot.texts.dates import day
from storage.milestone_records import MilestoneState

DESCRIPTION: Final = "Waar de verkenning staat: mijlpalen, tijdlijn en het laatste nieuws."
PART_DESCRIPTION: Final = "Alleen dit onderdeel"
PART_PLACEHOLDER: Final = "Kies een onderdeel"
ALL_PARTS: Final = "alles"
TODAY_LABEL: Final = "Vandaag"

NO_PICTURE: Final = "-# De tijdlijn tekenen lukte nu niet. Alles staat in de tekst."
CHOOSE_GUILD: Final = (
    "-# Je zit in meer dan één community. Kies er een om ook haar eigen mijlpalen en nieuws te "
    "zien."
)
NO_MILESTONES: Final = "Er staan nog geen mijlpalen op de tijdlijn."
NO_NEXT: Final = "Er is nu geen volgende mijlpaal met een datum."

STATES: Final = {
    MilestoneState.PLANNED: "gepland",
    MilestoneState.UNDER_WAY: "bezig",
    MilestoneState.DONE: "afgerond",
    MilestoneState.DROPPED: "vervallen",
    MilestoneState.UNKNOWN: "onbekend",
}
# What stands before a state in text: as in the picture, a shape of its own for each.
SHAPES: Final = {
    MilestoneState.PLANNED: "○",
    MilestoneState.UNDER_WAY: "◐",
    MilestoneState.DONE: "✔",
    MilestoneState.DROPPED: "✖",
    MilestoneState.UNKNOWN: "?",
}
_HEADINGS: Final = {
    MilestoneState.UNDER_WAY: "Nu bezig",
    MilestoneState.PLANNED: "Gepland",
    MilestoneState.DONE: "Afgerond",
    MilestoneState.DROPPED: "Vervallen",
    MilestoneState.UNKNOWN: "Onbekend",
}
_COUNTED: Final = (
    MilestoneState.DONE,
    MilestoneState.UNDER_WAY,
    MilestoneState.PLANNED,
    MilestoneState.DROPPED,
)


def heading(part: str | None) -> str:
    """Return what stands above everything."""
    return f"## Voortgang: onderdeel {part}" if part else "## Voortgang van de verkenning"


def counts(found: dict[MilestoneState, int]) -> str:
    """Say how many there are of each state; nothing of those without any."""
    return " · ".join(f"{found[one]} {STATES[one]}" for one in _COUNTED if found.get(one))


def no_milestones(part: str | None) -> str:
    """Say that there is nothing to show."""
    return f"Er staan nog geen mijlpalen bij het onderdeel {part}." if part else NO_MILESTONES


def how_to_add(command: str) -> str:
    """Say who can put something on the timeline."""
    return f"-# Een moderator zet hier mijlpalen bij met {command}."


def how_to_follow(command: str) -> str:
    """Say how to hear of it."""
    return f"-# Bericht krijgen als er nieuws is? Gebruik {command}."


def upcoming(title: str, when: str, *, countdown: str, stamp: str) -> str:
    """Return the next milestone, with how long it takes in words and as Discord counts."""
    return f"**Volgende mijlpaal:** {title}\n{when}, {countdown} ({stamp})"


def running(title: str, when: str, *, countdown: str, stamp: str) -> str:
    """Return the milestone that goes on today."""
    return f"**Loopt nu:** {title}\n{when}, {countdown} ({stamp})"


def days_left(days: int) -> str:
    """Say how long it takes until a day."""
    if days <= 0:
        return "dat is vandaag"
    return "morgen" if days == 1 else f"nog {days} dagen"


def days_to_end(days: int) -> str:
    """Say how long something goes on."""
    if days <= 0:
        return "de laatste dag is vandaag"
    return "nog 1 dag" if days == 1 else f"nog {days} dagen"


def section(state: MilestoneState, lines: Iterable[str]) -> str:
    """Return the milestones of one state."""
    return "\n".join((f"**{SHAPES[state]} {_HEADINGS[state]}**", *lines))


def line(title: str, when: str, *, remark: str) -> str:
    """Return one milestone; `remark` may be empty."""
    said = f"- {when}: {title}"
    return f"{said} ({remark})" if remark else said


def note(text: str) -> str:
    """Return what explains the milestone above it."""
    return f"-# {text}"


def overdue(state: str) -> str:
    """Say of a state that it was to be over by now."""
    return f"{state}, datum voorbij"


OVERDUE: Final = "de datum is voorbij"


def left_out(*, earlier: int, later: int) -> str:
    """Say how many are not shown."""
    both = [before(earlier)] if earlier else []
    both += [after(later)] if later else []
    return f"-# Niet getoond: {' en '.join(both)}. Blader met de knoppen."


def before(count: int) -> str:
    """Return how many come before."""
    return "1 eerdere mijlpaal" if count == 1 else f"{count} eerdere mijlpalen"


def after(count: int) -> str:
    """Return how many come after."""
    return "1 latere mijlpaal" if count == 1 else f"{count} latere mijlpalen"


def updates(lines: Iterable[str]) -> str:
    """Return the latest updates."""
    return "\n".join(("**Laatste nieuws**", *lines))


def update(number: int, title: str, *, stamp: str) -> str:
    """Return one update."""
    return f"- {stamp} {title} (update {number})"


def earlier_label(count: int) -> str:
    """Return the label of the button back in time."""
    return f"◀ Eerder ({count})"


def later_label(count: int) -> str:
    """Return the label of the button on in time."""
    return f"Later ({count}) ▶"


def part_option(part: str, count: int) -> str:
    """Return one option of the menu."""
    return f"{part} ({count})"


def picture_heading(part: str | None) -> str:
    """Return what stands in the picture above everything."""
    return f"Tijdlijn: onderdeel {part}" if part else "Tijdlijn van de verkenning"


def today(date: dt.date) -> str:
    """Return what stands on the line of today."""
    return f"vandaag · {day(date)}"


def next_one(state: str) -> str:
    """Return the state of the milestone that comes next."""
    return f"{state} · volgende"


def alt_row(when: str, state: str, title: str) -> str:
    """Return one milestone of the picture in words."""
    return f"{when}, {state}: {title}."


def alt_more(text: str) -> str:
    """Return how many more there are, in words."""
    return f"Nog {text}."


def alt_today(text: str) -> str:
    """Return the line of today in words."""
    return f"({text})"
