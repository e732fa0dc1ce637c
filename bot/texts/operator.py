"""What the operator reads of `python -m bot run`, `check` and `db`."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.errors import (
    BreedError,
    CannotListenError,
    ChatEndedError,
    ChatUnreachableError,
    DataFolderUnusableError,
    ListenProblem,
    ShardsRefusedError,
    TokenRefusedError,
)
from storage.errors import (
    BackupFailedError,
    ConflictError,
    DatabaseCorruptError,
    DatabaseLockedError,
    DatabaseNewerError,
    DatabaseOutdatedError,
    DatabaseReadOnlyError,
    DatabaseUnavailableError,
    DataFolderInUseError,
    DiskFullError,
    MigrationFailedError,
    NaiveDatetimeError,
    StorageError,
    UnexpectedDatabaseError,
    UnsupportedDatabaseError,
)

HELP_RUN = "Start de bot: op Discord als er een token is, anders als gesprek in deze terminal."
HELP_CHECK = "Toon de instellingen en kijk of alles in orde is."
HELP_CHECK_ONLINE = "Vraag ook aan Discord of het token klopt."
HELP_DB = "De database beheren."
HELP_DB_UPGRADE = "Werk de database bij naar deze versie, na een reservekopie."
HELP_DB_BACKUP = "Maak nu een reservekopie."
HELP_DB_BACKUP_INTO = "De map voor de reservekopie."
HELP_DB_RESTORE = "Zet een reservekopie terug; de bot mag dan niet draaien."
HELP_DB_CHECK = "Kijk of de database heel is en bij deze versie past."

TOKEN_MISSING = (
    "Er is geen DISCORD_TOKEN, en zonder token start de bot hier niet: BREED_DATABASE_URL is gezet "
    "of BREED_SANDBOX staat op 0. Zet het token in .env of in de omgeving."
)


def unexpected(code: str) -> str:
    """Say that something went wrong that nobody expected."""
    return f"Er ging iets mis dat niet was voorzien. In het log staat meer, bij code {code}."


def start_problem(error: BreedError) -> str:
    """Say why the bot cannot start or go on, and what to do."""
    match error:
        case DataFolderUnusableError(folder=folder, variable=variable, reason=reason):
            return (
                f"In de map {folder} kan de bot niet schrijven ({reason}). Kies met {variable} een "
                "andere map, of pas de rechten aan."
            )
        case CannotListenError():
            return _cannot_listen(error)
        case TokenRefusedError():
            return (
                "Discord kent het DISCORD_TOKEN niet. Kopieer het opnieuw uit de Developer Portal, "
                "onder Bot."
            )
        case ShardsRefusedError():
            return (
                "Discord weigert deze shards. Verhoog BREED_SHARD_COUNT, of laat het weg: dan kiest "
                "Discord het aantal."
            )
        case ChatUnreachableError(reason=reason):
            return f"Discord is niet bereikbaar ({reason}). Kijk of er internet is en start opnieuw."
        case ChatEndedError(code=code):
            named = "" if code is None else f" (code {code})"
            return f"Discord heeft de verbinding beëindigd{named}. Start de bot opnieuw."
        case _:
            return f"De bot kan niet verder: {error}."


def _cannot_listen(error: CannotListenError) -> str:
    match error.problem:
        case ListenProblem.PORT_TAKEN:
            return (
                f"Poort {error.port} is al in gebruik. Kies met BREED_WEB_PORT een andere poort; "
                "bij 0 kiest de computer er een die vrij is."
            )
        case ListenProblem.NOT_ALLOWED:
            return (
                f"Poort {error.port} mag de bot niet gebruiken. Kies met BREED_WEB_PORT een poort "
                "vanaf 1024."
            )
        case ListenProblem.BAD_HOST:
            return (
                f"Op het adres {error.host} kan deze computer niet luisteren. Zet BREED_WEB_HOST op "
                "127.0.0.1, of op 0.0.0.0 voor alle netwerken."
            )


def storage_problem(error: StorageError) -> str:
    """Say what is wrong with the database or the data folder, and what to do."""
    for kind in type(error).__mro__:
        sentence = STORAGE_PROBLEMS.get(kind)
        if sentence is not None:
            return sentence(error)
    return _unforeseen(error)


def _in_use(error: StorageError) -> str:
    pid = error.pid if isinstance(error, DataFolderInUseError) else None
    folder = error.folder if isinstance(error, DataFolderInUseError) else "de map"
    process = f" (proces {pid})" if pid is not None else ""
    return (
        f"Er draait al een bot op de map {folder}{process}. Stop die eerst, of geef deze met "
        "BREED_DATA_DIR een eigen map."
    )


def _newer(error: StorageError) -> str:
    found = error.found if isinstance(error, DatabaseNewerError) else "?"
    return (
        f"De database is van een nieuwere versie van de bot (revisie {found}). Gebruik die versie, "
        "of zet een reservekopie van deze versie terug."
    )


def _migration_failed(error: StorageError) -> str:
    backup = error.backup if isinstance(error, MigrationFailedError) else None
    kept = f" De reservekopie staat in {backup}." if backup is not None else ""
    return f"Het bijwerken van de database is mislukt en teruggedraaid: {error}.{kept}"


def _unforeseen(error: StorageError) -> str:
    return f"De database gaf een fout die niet was voorzien: {error}."


# One sentence for every error of `storage.errors`; a test holds the two together.
STORAGE_PROBLEMS: Final[dict[type, Callable[[StorageError], str]]] = {
    UnsupportedDatabaseError: lambda error: (
        f"Deze database kan de bot niet gebruiken ({error}). Zet BREED_DATABASE_URL op een adres "
        "als sqlite:///data/breed.sqlite3 of postgresql://naam:wachtwoord@host/database."
    ),
    DatabaseReadOnlyError: lambda _: (
        "De database is alleen te lezen. Geef de bot schrijfrechten op het bestand en zijn map."
    ),
    DatabaseCorruptError: lambda error: (
        f"De database is beschadigd ({error}). Zet een reservekopie terug met "
        "python -m bot db restore."
    ),
    DatabaseUnavailableError: lambda error: (
        f"De database is niet bereikbaar ({error}). Kijk of hij draait en of BREED_DATABASE_URL "
        "klopt."
    ),
    DatabaseLockedError: lambda _: (
        "Een ander programma houdt de database bezet. Wacht even, of sluit dat programma, en "
        "probeer het opnieuw."
    ),
    DiskFullError: lambda _: "De schijf is vol. Maak ruimte vrij en probeer het opnieuw.",
    DatabaseOutdatedError: lambda _: (
        "De database is nog niet bijgewerkt. Doe dat met python -m bot db upgrade."
    ),
    DatabaseNewerError: _newer,
    MigrationFailedError: _migration_failed,
    BackupFailedError: lambda error: f"De reservekopie is niet gelukt ({error}).",
    DataFolderInUseError: _in_use,
    ConflictError: lambda error: f"De database weigert deze wijziging ({error}).",
    NaiveDatetimeError: _unforeseen,
    UnexpectedDatabaseError: _unforeseen,
}


def upgraded(*, before: str | None, after: str) -> str:
    """Say what upgrading the database did."""
    if before == after:
        return f"De database is al bij (revisie {after})."
    if before is None:
        return f"De database is ingericht (revisie {after})."
    return f"De database is bijgewerkt van revisie {before} naar {after}."


def backed_up(path: Path) -> str:
    """Say where the backup lies."""
    return f"De reservekopie staat in {path}."


def not_backed_up(reason: str) -> str:
    """Say that there was no backup before the upgrade."""
    return f"Let op: er is geen reservekopie gemaakt ({reason})."


def restored(backup: Path, aside: Path | None) -> str:
    """Say that a backup was put back."""
    kept = f" De oude database staat in {aside}." if aside is not None else ""
    return f"De reservekopie {backup} is teruggezet.{kept}"


UPGRADE_AFTER_RESTORE = "Bij het starten werkt de bot hem zo nodig bij."


def revision(found: str | None, *, head: str) -> str:
    """Say which revision a database has, and whether that is the latest."""
    if found is None:
        return f"leeg; bij het starten komt er revisie {head} in"
    if found == head:
        return f"revisie {found}, past bij deze versie"
    return f"revisie {found}; bij het starten wordt dat {head}"


def difference(found: str) -> str:
    """Say where tables and code disagree."""
    return f"Verschil met deze versie: {found}"


def damage(found: str) -> str:
    """Say what is damaged in a database."""
    return f"Schade: {found}"


DATABASE_SOUND = "De database is in orde."
DATABASE_UNSOUND = "De database is niet in orde."
