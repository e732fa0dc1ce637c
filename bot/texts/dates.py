"""Dates as people read them outside Discord."""

import datetime as dt
from typing import Final

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


def day(date: dt.date) -> str:
    """Return "31 maart 2016"."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"
