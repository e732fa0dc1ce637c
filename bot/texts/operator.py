"""What the operator reads of `python -m bot run` and `python -m bot db`."""

from pathlib import Path

HELP_RUN = (
    "Start de bot: op Discord als er een token is, anders op een oefenserver op deze computer."
)
HELP_DB = "De database beheren."
HELP_DB_UPGRADE = "Werk de database bij naar deze versie, na een reservekopie."
HELP_DB_BACKUP = "Maak nu een reservekopie."
HELP_DB_BACKUP_INTO = "De map voor de reservekopie."
HELP_DB_RESTORE = "Zet een reservekopie terug; de bot mag dan niet draaien."
HELP_DB_CHECK = "Kijk of de database heel is en bij deze versie past."


def token_missing() -> str:
    """Say that a token is needed here."""
    return (
        "Er is geen DISCORD_TOKEN, en zonder token start de bot hier niet: BREED_DATABASE_URL is "
        "gezet of BREED_SANDBOX staat op 0. Zet het token in .env of in de omgeving."
    )


def sandbox_with_database() -> str:
    """Say that two settings exclude each other."""
    return (
        "BREED_SANDBOX=1 en BREED_DATABASE_URL gaan niet samen: de oefenserver heeft een eigen "
        "database. Haal een van de twee weg."
    )


def sandbox_started(address: str) -> str:
    """Say what runs, where, and how to go on."""
    return (
        "\nDe bot draait op de oefenserver: een nagemaakt Discord op deze computer. Er gaat niets "
        "naar buiten.\n"
        f"Open deze pagina in je browser:\n\n  {address}\n\n"
        "Stoppen doe je met Ctrl+C. Wat hier is gezegd, staat er de volgende keer nog.\n"
        "Naar het echte Discord? Zet een DISCORD_TOKEN in .env en start opnieuw.\n"
    )


def sandbox_only_here(host: str) -> str:
    """Say that the web address that was chosen does not count."""
    return f"BREED_WEB_HOST={host} telt hier niet: de oefenserver luistert alleen op 127.0.0.1."


def sandbox_set_aside(aside: Path) -> str:
    """Say that what was kept cannot be read."""
    return (
        f"Wat er van de oefenserver was bewaard, is niet te lezen. Het staat nu in {aside}; de "
        "oefenserver begint opnieuw."
    )


def unexpected(code: str) -> str:
    """Say that something went wrong that nobody expected."""
    return f"Er ging iets mis dat niet was voorzien. In het log staat meer, bij code {code}."


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
    later = "Bij het starten werkt de bot hem zo nodig bij."
    return f"De reservekopie {backup} is teruggezet.{kept} {later}"


def restore_with_pg_restore() -> str:
    """Say how a backup of PostgreSQL is put back."""
    return "Een reservekopie van PostgreSQL zet je terug met pg_restore; zie docs/operations.md."


def no_such_backup(path: Path) -> str:
    """Say that the file to restore is not there."""
    return f"Het bestand {path} bestaat niet."


def revision(found: str | None, *, head: str) -> str:
    """Say which revision a database has, and whether that is the latest."""
    if found is None:
        return f"leeg; bij het starten wordt revisie {head} ingericht"
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
