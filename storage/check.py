"""Whether a database is sound, and agrees with the tables that this version of the bot expects."""

from dataclasses import dataclass

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from storage.address import parse_address
from storage.errors import DatabaseCorruptError
from storage.migrate import current_revision, head_revision, inspecting
from storage.models import Base


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found: `differences` between tables and code, `damage` in the file itself.

    `revision` is None when no migration ever ran; `head` is what this version works with.
    """

    revision: str | None
    head: str
    differences: tuple[str, ...]
    damage: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the bot can work with the database as it is."""
        return self.revision == self.head and not self.differences and not self.damage


async def check(url: str) -> CheckReport:
    """Look at everything, change nothing.

    Raises:
        DatabaseCorruptError: when the file is too damaged to look at.
        StorageError: when it cannot be opened.

    """
    async with inspecting(parse_address(url)) as connection:
        return await connection.run_sync(_report)


def _report(connection: Connection) -> CheckReport:
    return CheckReport(
        revision=current_revision(connection),
        head=head_revision(),
        differences=tuple(_differences(connection)),
        damage=tuple(_damage(connection)) if connection.dialect.name == "sqlite" else (),
    )


def _differences(connection: Connection) -> list[str]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "target_metadata": Base.metadata}
    )
    return [repr(one) for one in compare_metadata(context, Base.metadata)]


def _damage(connection: Connection) -> list[str]:
    try:
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    except DatabaseCorruptError as error:
        return [str(error)]
    damage = [str(problem) for problem in found if problem != "ok"]
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if dangling:
        damage.append(f"{len(dangling)} rows refer to rows that are gone")
    return damage
