"""What the operator reads when the bot cannot start, or its database fails."""

from collections.abc import Callable
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


def start_problem(error: BreedError) -> str:
    """Say why the bot cannot start or go on, and what to do."""
    match error:
        case DataFolderUnusableError(folder=folder, variable=variable, reason=reason):
            text = (
                f"In de map {folder} kan de bot niet schrijven ({reason}). Kies met {variable} een "
                "andere map, of pas de rechten aan."
            )
        case CannotListenError():
            text = _cannot_listen(error)
        case TokenRefusedError():
            text = (
                "Discord kent het DISCORD_TOKEN niet. Kopieer het opnieuw uit de Developer Portal, "
                "onder Bot."
            )
        case ShardsRefusedError():
            text = (
                "Discord weigert deze shards. Verhoog BREED_SHARD_COUNT, of laat het weg: dan "
                "kiest Discord het aantal."
            )
        case ChatUnreachableError(reason=reason):
            text = (
                f"Discord is niet bereikbaar ({reason}). Kijk of er internet is en start opnieuw."
            )
        case ChatEndedError(code=code):
            named = "" if code is None else f" (code {code})"
            text = f"Discord heeft de verbinding beëindigd{named}. Start de bot opnieuw."
        case _:
            text = f"De bot kan niet verder: {error}."
    return text


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
                f"Op het adres {error.host} kan deze computer niet luisteren. Zet BREED_WEB_HOST "
                "op 127.0.0.1, of op 0.0.0.0 voor alle netwerken."
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
