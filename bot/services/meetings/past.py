"""Assemblies of before, as the public sources tell of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.texts.dates import day


@dataclass(frozen=True, slots=True)
class PastMeeting:
    """One assembly; empty fields and lists mean that no source tells."""

    kind: str
    date: dt.date
    time: str
    place: str
    decisions: tuple[str, ...]
    agenda: tuple[str, ...]
    source_title: str
    source_url: str
    note: str = ""

    @property
    def key(self) -> str:
        """What names it in a command: "d2016-06-08"; a number names a planned meeting."""
        return f"d{self.date.isoformat()}"

    @property
    def title(self) -> str:
        """Return "ALV van 8 juni 2016"."""
        return f"{self.kind} van {day(self.date)}"


def find_past(past: Sequence[PastMeeting], typed: str) -> PastMeeting | None:
    """Return the assembly that was chosen or typed by its title or day, or None."""
    wanted = typed.strip().casefold()
    return next(
        (one for one in past if wanted in {one.key, one.title.casefold(), one.date.isoformat()}),
        None,
    )


def offer_past(past: Sequence[PastMeeting], typed: str) -> tuple[PastMeeting, ...]:
    """Return the assemblies that fit what is typed so far."""
    wanted = typed.strip().casefold()
    return tuple(one for one in past if wanted in one.title.casefold())
