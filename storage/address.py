"""Database addresses: what an operator writes, and the same in the form that the drivers want."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import UnsupportedDatabaseError

_SQLITE = frozenset({"sqlite", "sqlite+aiosqlite"})
_POSTGRESQL = frozenset({"postgres", "postgresql", "postgresql+asyncpg"})
# What asyncpg.connect takes from an address, apart from what the address has a place for.
_ASYNCPG_OPTIONS = frozenset(
    {"ssl", "passfile", "direct_tls", "timeout", "command_timeout", "target_session_attrs"}
)


@dataclass(frozen=True, slots=True)
class SqliteAddress:
    """A SQLite file, with an absolute path."""

    path: Path

    @property
    def url(self) -> URL:
        """The address for SQLAlchemy."""
        return URL.create("sqlite+aiosqlite", database=str(self.path))

    def uri(self, *, create: bool) -> str:
        """Return the address for SQLite; without `create` a missing file is an error.

        SQLite's own default would quietly put an empty database where the data used to be.
        """
        return f"{self.path.as_uri()}?mode={'rwc' if create else 'rw'}"


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """A PostgreSQL database."""

    url: URL


Address = SqliteAddress | PostgresAddress


def parse_address(url: str) -> Address:
    """Read `sqlite:///path` or `postgresql://…`, with or without the driver's name in it.

    Raises:
        UnsupportedDatabaseError: for other databases, for SQLite in memory (it would not outlive
            the process, and has no second connection to read with), and for what is no address.

    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise UnsupportedDatabaseError(scheme="", reason="not a database address") from error
    if parsed.drivername in _POSTGRESQL:
        return PostgresAddress(_for_asyncpg(parsed))
    if parsed.drivername not in _SQLITE:
        raise UnsupportedDatabaseError(
            scheme=parsed.drivername, reason="use sqlite:///… or postgresql://…"
        )
    path = parsed.database
    if not path or path == ":memory:" or path.startswith("file:") or parsed.query:
        raise UnsupportedDatabaseError(
            scheme=parsed.drivername, reason="name a file, as in sqlite:///data/breed.sqlite3"
        )
    return SqliteAddress(Path(path).absolute())


def _for_asyncpg(url: URL) -> URL:
    # libpq's name, which hosting companies print in their addresses; asyncpg calls it `ssl`.
    query = {"ssl" if name == "sslmode" else name: value for name, value in url.query.items()}
    unknown = sorted(query.keys() - _ASYNCPG_OPTIONS)
    if unknown:
        raise UnsupportedDatabaseError(
            scheme=url.drivername, reason=f"unknown option {', '.join(unknown)}"
        )
    return url.set(drivername="postgresql+asyncpg", query=query)
