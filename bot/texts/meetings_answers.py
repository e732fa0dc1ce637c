"""Answers to questions about the next meeting, and the words by which those are known."""

import datetime as dt
from typing import Final

from bot.texts.dates import moment
from storage.meeting_records import DeadlineKind

SUBJECTS: Final = (
    ("algemene", "ledenvergadering"),
    ("algemene", "vergadering"),
    ("ledenvergadering",),
    ("alv",),
    ("balv",),
    ("bijeenkomst",),
    ("vergadering",),
)
WHEN: Final = (
    ("wanneer",),
    ("welke", "datum"),
    ("welke", "dag"),
    ("hoe", "laat"),
    ("datum",),
)
WHERE: Final = (("waar",), ("welke", "zaal"), ("locatie",), ("adres",))
UNTIL: Final = (("tot", "wanneer"), ("voor", "wanneer"), ("deadline",), ("tot", "hoe", "laat"))
HANDED_IN: Final = {
    DeadlineKind.MOTIONS: (("motie",), ("moties",)),
    DeadlineKind.AMENDMENTS: (("amendement",), ("amendementen",)),
    DeadlineKind.REGISTRATION: (("aanmelden",), ("inschrijven",), ("opgeven",)),
}
AROUND: Final = frozenset(
    "is de het een er op ook nu dan eigenlijk precies volgende eerstvolgende komende aankomende "
    "aanstaande weer begint start wordt gehouden plaats vindt plaatsvindt van voor onze jullie en "
    "wat in mij me kun je zeggen weet".split()
)
AROUND_HANDING_IN: Final = AROUND | frozenset(
    "kan kunnen kun moet moeten mag mogen ik je we men indienen ingediend inleveren binnen zijn "
    "worden uiterlijk nog sturen insturen ingestuurd".split()
)


def when(name: str, local: dt.datetime, place: str) -> str:
    """Say when a meeting is."""
    where = f", in {place}" if place else ""
    return f"{name} is op {moment(local)}{where}."


def where(name: str, local: dt.datetime, place: str, link: str) -> str:
    """Say where a meeting is."""
    if place:
        online = f" Meedoen kan ook via {link}." if link else ""
        return f"{name} op {moment(local)} is in {place}.{online}"
    if link:
        return f"{name} op {moment(local)} is online: {link}."
    return f"{name} is op {moment(local)}. De plaats is nog niet bekend."


def until(what: str, local: dt.datetime, name: str, *, is_open: bool) -> str:
    """Say until when something may be handed in."""
    verb = "kan" if is_open else "kon"
    return f"{what[:1].upper()}{what[1:]} voor {name} {verb} tot {moment(local)}."
