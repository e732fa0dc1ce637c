"""What all tables share: names for constraints, and column types that behave alike everywhere."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from storage.errors import NaiveDatetimeError

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: stored in UTC, comes back aware; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware moment into UTC.

        Raises:
            NaiveDatetimeError: when the moment has no time zone.

        """
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment needs a time zone"
            raise NaiveDatetimeError(message)
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment its zone back: SQLite keeps none."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CleanText(TypeDecorator[str]):
    """Text without what one of the databases refuses: NUL and lone surrogates become U+FFFD."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace the characters that cannot be stored."""
        del dialect
        if value is None:
            return None
        return "".join("\ufffd" if _is_unstorable(character) else character for character in value)


# Discord's ids (`Snowflake`) have 64 bits. SQLite numbers rows by itself only in an INTEGER key.
Snowflake = BigInteger
RowId = BigInteger().with_variant(Integer, "sqlite")


def _is_unstorable(character: str) -> bool:
    return character == "\x00" or "\ud800" <= character <= "\udfff"
