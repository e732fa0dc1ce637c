"""What people read when they ask how things are now: from updates, milestones and meetings."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from bot.texts.dates import day
from bot.texts.periods import period
from storage.milestone_records import MilestoneState

HAPPENED: Final = "**Laatste nieuws**"
UNDER_WAY: Final = "**Nu bezig**"
COMING: Final = "**Gepland**"
LAST_DONE: Final = "Er is nog geen update geplaatst. **Dit is als laatste afgerond:**"
NEXT: Final = "**De volgende mijlpaal**"

_STATES: Final[Mapping[MilestoneState, str]] = {
    MilestoneState.PLANNED: "gepland",
    MilestoneState.UNDER_WAY: "bezig",
    MilestoneState.DONE: "afgerond",
    MilestoneState.DROPPED: "vervallen",
    MilestoneState.UNKNOWN: "onbekend",
}


def update_title(number: int, title: str) -> str:
    """Return how an update is cited."""
    return f"Update {number}: {title}"


def told(title: str, text: str, *, on: dt.date, edited: dt.date | None) -> str:
    """Return an update in an answer: when it was told, and the beginning of what it says."""
    when = day(on) if edited is None or edited == on else f"{day(on)}, bijgewerkt op {day(edited)}"
    return f"**{title}** ({when})\n{text}"


def milestone(
    title: str, *, first: dt.date, last: dt.date, state: MilestoneState, note: str = ""
) -> str:
    """Return a milestone in an answer."""
    line = f"- {title}: {period(first, last)} ({_STATES[state]})"
    return f"{line}\n  {note}" if note else line


def meeting(title: str, *, on: dt.date, place: str) -> str:
    """Return a meeting in an answer."""
    return f"- {title}: {day(on)}{f', {place}' if place else ''}"


def countdown(date: dt.date) -> str:
    """Return how far away a day is, as everybody's own client writes it."""
    noon = dt.datetime.combine(date, dt.time(12), dt.UTC)
    return f"-# Dat is <t:{int(noon.timestamp())}:R>."


def nothing_new(part: str | None) -> str:
    """Say honestly that nothing was told yet, and how to hear of it."""
    about = f" over **{part}**" if part else ""
    topic = part or "alles"
    return f"Er is nog geen update{about} geplaatst. {_subscribe(topic)}"


def nothing_known(part: str | None) -> str:
    """Say honestly that there is neither an update nor a milestone."""
    about = f" over **{part}**" if part else ""
    topic = part or "alles"
    return (
        f"Er is nog geen update{about} geplaatst en er staat geen mijlpaal{about} in de planning. "
        f"{_subscribe(topic)}"
    )


def nothing_planned(part: str | None) -> str:
    """Say honestly that no milestone and no meeting is to come."""
    about = f" voor **{part}**" if part else ""
    topic = part or "alles"
    return f"Er staat nu niets gepland{about}. {_subscribe(topic)}"


def _subscribe(topic: str) -> str:
    return (
        f"Wil je het meteen horen? Zet in de server met `/abonnement aan` *{topic}* aan: dan krijg "
        "je elke nieuwe update als privébericht."
    )
