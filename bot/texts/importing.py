"""What moderators and the operator read about taking files into the knowledge base."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from bot.services.knowledge.importing.errors import (
    AttachmentGoneError,
    ImportDecidedError,
    ImportGoneError,
    NothingLeftError,
)
from bot.services.knowledge.importing.reading import (
    MAX_BYTES,
    MAX_PAGES,
    MAX_SECONDS,
    FileKind,
    ImportingError,
    ReadProblem,
    UnreadableFileError,
)
from bot.texts.dates import day
from storage.import_records import Import, ImportState

COMMAND: Final = "Neem een bestand op in de kennisbank: PDF, DOCX, HTML, Markdown of tekst."
FILE_OPTION: Final = "Het bestand, hoogstens 20 MB."
TITLE_OPTION: Final = "Hoe het heet. Laat je dit leeg, dan neem ik de titel uit het bestand."
SOURCE_OPTION: Final = "Waar het vandaan komt: een naam, een webadres of allebei."

TAKE: Final = "Opnemen"
TAKE_NEW: Final = "Zonder dubbele opnemen"
DROP: Final = "Annuleren"
REMOVE: Final = "Weer verwijderen"
REMOVE_BEFORE: Final = "Eerdere import verwijderen"

READING: Final = "Ik lees het bestand…"
TAKING: Final = "Ik neem het op in de kennisbank…"
DROPPING: Final = "Ik annuleer de import…"
STOPPED: Final = "Dit is niet gelukt."
DROPPED: Final = "Geannuleerd. Er is niets opgenomen."
WAITS: Final = (
    "Er staat nog niets van in de kennisbank. Je hebt een week om te kiezen; daarna vergeet ik "
    "het bestand."
)
TYPED_WAITS: Final = (
    "Er staat nog niets van in de kennisbank. Je hebt een week om te kiezen; daarna vergeet ik "
    "de tekst."
)
READY: Final = (
    "Dit is een kennisdocument: vraagvarianten, begrippen en bronnen uit het bestand gaan mee."
)

_MEGABYTES: Final = MAX_BYTES // 1_000_000
_KINDS: Final[Mapping[FileKind, str]] = {
    FileKind.PDF: "PDF",
    FileKind.DOCX: "DOCX",
    FileKind.HTML: "HTML",
    FileKind.MARKDOWN: "Markdown",
    FileKind.TEXT: "tekst",
}
_PROBLEMS: Final[Mapping[ReadProblem, str]] = {
    ReadProblem.UNSUPPORTED: (
        "Dit soort bestand kan ik niet lezen. Bewaar het als PDF, DOCX, HTML, Markdown of tekst."
    ),
    ReadProblem.TOO_LARGE: f"Het bestand is groter dan {_MEGABYTES} MB. Deel het op in kleinere.",
    ReadProblem.EMPTY: "Er staat geen tekst in dit bestand.",
    ReadProblem.ENCRYPTED: (
        "Het bestand is beveiligd met een wachtwoord. Bewaar het zonder wachtwoord en stuur het "
        "opnieuw."
    ),
    ReadProblem.SCANNED: (
        "Deze PDF bestaat uit plaatjes, zonder tekst. Maak er met tekstherkenning (OCR) een PDF "
        "met tekst van."
    ),
    ReadProblem.BROKEN: (
        "Het bestand is beschadigd of niet wat zijn naam zegt. Open het zelf, bewaar het opnieuw "
        "en stuur het dan."
    ),
    ReadProblem.TOO_MANY_PAGES: (
        f"Dit bestand heeft meer dan {MAX_PAGES} pagina’s. Deel het op en stuur de delen."
    ),
    ReadProblem.BOMB: (
        "Uitgepakt is dit bestand veel groter dan een document ooit is. Ik lees het niet; bewaar "
        "de tekst in een nieuw bestand."
    ),
    ReadProblem.TOO_LONG: "Er staat te veel tekst in dit bestand. Deel het op en stuur de delen.",
    ReadProblem.TOO_SLOW: (
        f"Het lezen duurt langer dan {MAX_SECONDS} seconden. Deel het bestand op en stuur de delen."
    ),
    ReadProblem.TOO_MUCH_MEMORY: (
        "Voor dit bestand is te veel geheugen nodig. Deel het op, of haal de plaatjes eruit."
    ),
}
_FIXED: Final[Mapping[type[ImportingError], str]] = {
    ImportGoneError: "Deze import bewaar ik niet meer. Stuur het bestand opnieuw.",
    AttachmentGoneError: "Ik kan het bestand niet ophalen bij Discord. Stuur het nog een keer.",
    NothingLeftError: "Alles uit dit bestand staat al in de kennisbank.",
}


def sentence(error: ImportingError) -> str:
    """Return what a moderator reads when an import cannot go on."""
    match error:
        case UnreadableFileError(problem=problem):
            return _PROBLEMS[problem]
        case ImportDecidedError(found=found):
            return decided(found)
        case _:
            return _FIXED[type(error)]


def page(number: int, count: int) -> str:
    """Say how far the reading is."""
    return f"Ik lees het bestand: pagina {number} van {count}."


def decided(found: Import) -> str:
    """Say who was first, and what they did."""
    who = person(found.actor_id)
    return {
        ImportState.WAITING: "Deze import wacht nog op een keuze.",
        ImportState.TAKING: f"Deze import wordt nu opgenomen door {who}.",
        ImportState.TAKEN: f"Deze import is opgenomen door {who}.",
        ImportState.DROPPED: f"Deze import is geannuleerd door {who}.",
        ImportState.REMOVED: f"Deze import is weer verwijderd door {who}.",
    }[found.state]


def person(user_id: int | None) -> str:
    """Return how somebody is named; the operator has no name in Discord."""
    return "de beheerder" if user_id is None else f"<@{user_id}>"


def file_line(name: str, kind: FileKind, *, pages: int) -> str:
    """Return which file it is."""
    long = f", {_pages(pages)}" if pages else ""
    return f"Bestand: {name} ({_KINDS[kind]}{long})"


def source_line(source: str, date: dt.date) -> str:
    """Return what answers will name as the source."""
    return f"Bron: {source}, {day(date)}"


def becomes(*, documents: int, passages: int) -> str:
    """Say what it becomes."""
    return f"Dit wordt: {counted(documents)}, {_passages(passages)}."


def first_passage(page: int | None) -> str:
    """Introduce the first passage."""
    return f"**Eerste passage**{_on_page(page)}"


def last_passage(page: int | None) -> str:
    """Introduce the last passage."""
    return f"**Laatste passage**{_on_page(page)}"


def known(titles: Sequence[tuple[str, int]], *, more: int) -> str:
    """Say what is known already: the documents that hold it, and how many others do."""
    named = ", ".join(f"{title} ({count})" for title, count in titles)
    others = f" en nog {counted(more)}" if more else ""
    return f"Al bekend, met het aantal passages: {named}{others}."


def left_out(count: int) -> str:
    """Say that some lines are not taken over."""
    if count == 1:
        return "Niet overgenomen: 1 regel opmaak (kopregels, paginanummers, inhoud, menu)."
    return f"Niet overgenomen: {count} regels opmaak (kopregels, paginanummers, inhoud, menu)."


def empty_pages(count: int) -> str:
    """Say that some pages hold no text."""
    if count == 1:
        return "Op 1 pagina staat geen tekst, misschien wel een plaatje."
    return f"Op {count} pagina’s staat geen tekst, misschien wel plaatjes."


def before(found: Import) -> str:
    """Say that the same file is in already."""
    return (
        f"Let op: ditzelfde bestand is al opgenomen op {day(found.changed_at.date())} door "
        f"{person(found.actor_id)}."
    )


def taken(title: str, *, documents: int) -> str:
    """Say that it is in."""
    return (
        f"**{title}** is opgenomen: {counted(documents)}. Wie er nu naar vraagt, krijgt er "
        "antwoord uit."
    )


def removed(title: str) -> str:
    """Say that it is out again."""
    return f"**{title}** is weer uit de kennisbank gehaald. Met /kennis importeren kan het terug."


def counted(documents: int) -> str:
    """Return a number of documents."""
    return "1 document" if documents == 1 else f"{documents} documenten"


def _passages(count: int) -> str:
    return "1 passage" if count == 1 else f"{count} passages"


def _pages(count: int) -> str:
    return "1 pagina" if count == 1 else f"{count} pagina’s"


def _on_page(page: int | None) -> str:
    return "" if page is None else f" (p. {page})"
