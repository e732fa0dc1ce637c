"""What the operator reads of `python -m bot check`."""

from pathlib import Path

HELP_CHECK = "Toon de instellingen en kijk of alles in orde is."
HELP_CHECK_ONLINE = "Vraag ook aan Discord of het token klopt."

SETTINGS_IN_FORCE = "Instellingen die gelden:"
CHECKED = "Controle:"
ALL_SOUND = "Alles is in orde."
IS_SET = "gezet"
IS_NOT_SET = "niet gezet"
HIDDEN = "***"


def setting(variable: str, value: str, *, is_default: bool) -> str:
    """Return one setting with what it is."""
    default = " (standaard)" if is_default else ""
    return f"  {variable:<28} {value}{default}"


def switch(*, is_on: bool) -> str:
    """Return a switch as the operator writes it."""
    return "1" if is_on else "0"


def sound(text: str) -> str:
    """Return a part that is in order."""
    return f"  goed    {text}"


def notable(text: str) -> str:
    """Return a part that works, with something to know of it."""
    return f"  let op  {text}"


def wrong(text: str) -> str:
    """Return a part that is not in order."""
    return f"  FOUT    {text}"


def conclusion(count: int) -> str:
    """Return the closing line of a check that found something wrong."""
    return "1 fout gevonden." if count == 1 else f"{count} fouten gevonden."


def database(text: str) -> str:
    """Say something of the database."""
    return f"database: {text}"


def database_absent() -> str:
    """Say that there is no SQLite file yet."""
    return "bestaat nog niet; bij het starten wordt hij gemaakt"


def database_reached(revision: str) -> str:
    """Say that the database answers, and what revision it has."""
    return f"bereikbaar, {revision}"


def token(text: str) -> str:
    """Say something of the token."""
    return f"token: {text}"


def token_absent() -> str:
    """Say that there is no token, where that is allowed."""
    return "niet gezet; de bot draait dan op de oefenserver, op deze computer"


def token_shaped() -> str:
    """Say that the token looks like one."""
    return "heeft de vorm van een token (met --online vraagt de bot het na bij Discord)"


def token_misshapen() -> str:
    """Say that the token does not look like one."""
    return "dit is geen token; kopieer het opnieuw uit de Developer Portal, onder Bot"


def token_of(name: str) -> str:
    """Say whose token it is."""
    return f"klopt, en is van {name}"


def knowledge(text: str) -> str:
    """Say something of the knowledge base."""
    return f"kennisbank: {text}"


def knowledge_holds(*, documents: int, passages: int) -> str:
    """Say how much the knowledge base holds."""
    return f"{documents} documenten, {passages} passages"


def timeline(text: str) -> str:
    """Say something of the timeline that ships."""
    return f"tijdlijn: {text}"


def timeline_holds(milestones: int) -> str:
    """Say how much the timeline holds."""
    return f"{milestones} mijlpalen"


def data_folder(text: str) -> str:
    """Say something of the data folder."""
    return f"gegevensmap: {text}"


def room(folder: Path, *, free_bytes: int) -> str:
    """Say that a folder can be used, and how much room there is."""
    return f"{folder} is te gebruiken, {_gigabytes(free_bytes)} vrij"


def hardly_room(folder: Path, *, free_bytes: int) -> str:
    """Say that there is hardly room left."""
    return f"op de schijf van {folder} is nog maar {_gigabytes(free_bytes)} vrij"


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB".replace(".", ",")
