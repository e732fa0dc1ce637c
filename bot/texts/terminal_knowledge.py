"""What the operator reads of `python -m bot knowledge import`, `export`, `list` and `remove`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.texts.dates import day
from bot.texts.importing import counted
from storage.import_records import Import

HELP_IMPORT: Final = (
    "Neem bestanden of mappen op in de kennisbank van een server, als één import: PDF, DOCX, HTML, "
    "Markdown en tekst."
)
HELP_EXPORT: Final = "Schrijf de eigen documenten van een server naar een map."
HELP_LIST: Final = "Toon de eigen documenten van een server, en de imports."
HELP_REMOVE: Final = "Haal alle documenten van een import weer uit de kennisbank."
HELP_GUILD: Final = "Het id van de server. Niet nodig als de database er maar één kent."
HELP_TITLE: Final = "Hoe het document heet; alleen bij één bestand."
HELP_SOURCE: Final = "Waar het vandaan komt: een naam, een webadres of allebei."
HELP_TRY: Final = "Lees alleen, en neem niets op."

ONE_TITLE: Final = "Geef --titel alleen bij één bestand."
NO_FILES: Final = "Hier staat niets om te importeren: geen PDF, DOCX, HTML, Markdown of tekst."
NOTHING: Final = "Er is niets opgenomen."
NO_GUILD: Final = (
    "De database kent nog geen server. Start de bot eerst, of noem de server met --guild."
)
NO_DOCUMENTS: Final = "Deze server heeft nog geen eigen documenten."
UPGRADE_FIRST: Final = (
    "De database is van een andere versie. Werk hem eerst bij: python -m bot db upgrade."
)
FILLED: Final = (
    "De map is niet leeg. Kies een lege of nieuwe map, zodat er niets door elkaar raakt."
)


def which_guild(guilds: Sequence[int]) -> str:
    """Ask which guild is meant."""
    return f"De database kent meer servers. Kies er een met --guild: {', '.join(map(str, guilds))}"


def reading(name: str, page: int, count: int) -> str:
    """Say how far the reading of one file is."""
    return f"{name}: pagina {page} van {count}"


def read_one(number: int, count: int, name: str) -> str:
    """Say how many files are read."""
    return f"{number} van {count} gelezen: {name}"


def file_read(name: str, *, documents: int, passages: int, known: int) -> str:
    """Say what a file becomes."""
    double = f", waarvan {known} al bekend" if known else ""
    return f"{name}: {counted(documents)}, {passages} passages{double}"


def not_read(name: str, why: str) -> str:
    """Say why a file is not taken in."""
    return f"{name}: {why}"


def unreadable(reason: str) -> str:
    """Say that the operating system does not give the file."""
    return f"niet te openen ({reason})"


def taken(made: Import) -> str:
    """Say what is in, and how to take it out."""
    return (
        f"Opgenomen als import {made.id}: {counted(made.documents)}. Weer verwijderen: "
        f"python -m bot knowledge remove {made.id}"
    )


def changed(count: int) -> str:
    """Say how many documents got another text."""
    return f"Bijgewerkt: {counted(count)}."


def unchanged(count: int) -> str:
    """Say how many documents were as they are in the file."""
    return f"Ongewijzigd: {counted(count)}."


def not_all(count: int) -> str:
    """Say how many files were not taken in."""
    return (
        "1 bestand is niet opgenomen." if count == 1 else f"{count} bestanden zijn niet opgenomen."
    )


def exported(count: int, folder: Path) -> str:
    """Say what was written where."""
    return f"{counted(count)} geschreven naar {folder}."


def document_line(document_id: str, title: str, *, version: int) -> str:
    """Return one document."""
    return f"  {document_id:<40} versie {version}  {title}"


def import_line(one: Import) -> str:
    """Return one import."""
    named = one.title or one.file_name
    return f"  import {one.id}: {named}, {counted(one.documents)}, {day(one.changed_at.date())}"


def documents_heading(count: int) -> str:
    """Open the list of documents."""
    return f"Eigen documenten: {count}"


def imports_heading(count: int) -> str:
    """Open the list of imports."""
    return f"Imports: {count}"


def removed(import_id: int) -> str:
    """Say that an import is out."""
    return f"Import {import_id} is weer verwijderd. De versies van zijn documenten blijven bewaard."


def several(count: int) -> str:
    """Return how an import of several files is called."""
    return f"{count} bestanden"
