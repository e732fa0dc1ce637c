"""What members read about the options for collectivisation."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from bot.texts.answers import moment

OVERVIEW_DESCRIPTION: Final = "De opties voor collectivisering, of één optie helemaal."
OPTION_DESCRIPTION: Final = "Eén optie, met voordelen, nadelen en voorbeelden"
COMPARE_DESCRIPTION: Final = "Zet twee opties naast elkaar."
FIRST_DESCRIPTION: Final = "De ene optie"
SECOND_DESCRIPTION: Final = "De andere optie"
SELECT_PLACEHOLDER: Final = "Kies een optie om alles te lezen"

NO_OPTIONS: Final = "Er staan geen opties in de kennisbank."
WHAT_IT_IS: Final = "Wat het is"
NOTHING_KNOWN: Final = "Hierover staat niets in de kennisbank."
COMPARE_HINT: Final = "-# Lees een optie helemaal met /opties."


def overview(titles: Iterable[str]) -> str:
    """Return the list of all options, numbered from 1."""
    lines = [f"{number}. {title}" for number, title in enumerate(titles, start=1)]
    return "\n".join(
        [
            "**De opties voor collectivisering**",
            *lines,
            "-# Vergelijk er twee met /vergelijk.",
        ]
    )


def heading(number: int, title: str) -> str:
    """Return the heading of an option shown in full."""
    return f"## {number}. {title}"


def aspect(name: str, text: str) -> str:
    """Return one part of an option."""
    return f"**{name or WHAT_IT_IS}**\n{text}"


def sources(linked_titles: Iterable[str], *, date: dt.date) -> str:
    """Return where an option's text comes from."""
    return f"-# Bronnen: {'; '.join(linked_titles)} (opties, {moment(date)})"


def comparison(first: str, second: str) -> str:
    """Return the heading above two options."""
    return f"{first} naast {second}"


def compared(name: str, title: str) -> str:
    """Return the heading of one part of one of two options."""
    return f"{name or WHAT_IT_IS}: {title}"


def compared_sources(title: str, linked_titles: Iterable[str]) -> str:
    """Return the sources of one of two options."""
    return f"{title}: {'; '.join(linked_titles)}"


SOURCES: Final = "Bronnen"
