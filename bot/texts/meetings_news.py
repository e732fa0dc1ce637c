"""What the channel and those who signed up read when a meeting is planned or changed."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from bot.texts.meetings import DEADLINES, stamp
from storage.meeting_records import ChangeKind, DeadlineKind

_WHAT: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.PLANNED: "Nieuw in de agenda",
    ChangeKind.CHANGED: "Gewijzigd",
    ChangeKind.CANCELLED: "Afgelast",
    ChangeKind.AGENDA: "De agenda is veranderd",
    ChangeKind.DEADLINE: "Een termijn is veranderd",
}
_DONE: Final[Mapping[str, str]] = {
    "added": "erbij",
    "changed": "veranderd",
    "removed": "vervallen",
}


def title(kind: ChangeKind, meeting: str) -> str:
    """Return the first line of the news; `meeting` is harmless already."""
    return f"**{_WHAT[kind]}: {meeting}**"


def moved(before: dt.datetime, after: dt.datetime) -> str:
    """Say that a meeting moved."""
    return f"De bijeenkomst is verplaatst van {stamp(before)} naar **{stamp(after)}**."


def other_place(place: str) -> str:
    """Say that the place changed."""
    return f"De plaats is nu: {place}." if place else "De plaats volgt nog."


def other_title(before: str) -> str:
    """Say how a meeting was called."""
    return f"De bijeenkomst heette eerst: {before}."


OTHER_LENGTH: Final = "De duur is veranderd."
OTHER_LINK: Final = "De link is veranderd."


def item(done: str, item_title: str) -> str:
    """Say what happened to an agenda item."""
    return f"Agendapunt {_DONE.get(done, done)}: {item_title}."


def deadline(done: str, kind: str, label: str, due: dt.datetime) -> str:
    """Say what happened to a deadline."""
    what = label or DEADLINES[DeadlineKind(kind)]
    until = "" if done == "removed" else f", tot {stamp(due)}"
    return f"Termijn {_DONE.get(done, done)}: {what}{until}."
